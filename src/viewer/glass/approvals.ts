/** Approvals of a second person that wait for the opening they were given for: in memory alone, each for one opening within five minutes. */
import type { Clock } from "../../shared/clock.ts";
import type { PartName } from "../../shared/summary/summary.ts";

export const APPROVAL_MS = 5 * 60 * 1000;

export interface Approved {
  /** Who opens. */
  readonly staff: string;
  readonly person: string;
  readonly parts: readonly PartName[];
  /** Sequence number of the "second-person" entry, durable on disk. */
  readonly seq: number;
}

/** An approval taken for one opening. */
export interface Taken {
  readonly seq: number;
  /** The opening could not be written: it may be tried again with the same approval. */
  giveBack(): void;
}

export interface Approvals {
  add(approved: Approved): void;
  /** null: none for this member, person and part that is not used up or too old. */
  take(staff: string, person: string, part: PartName): Taken | null;
  /** At lock. */
  clear(): void;
}

interface Waiting extends Approved {
  readonly left: Set<PartName>;
  readonly until: number;
  readonly runUntil: number;
}

/** Five minutes by the clock and by running time, whichever is over first. */
export function makeApprovals(clock: Clock): Approvals {
  let waiting: readonly Waiting[] = [];
  const alive = ({ left, until, runUntil }: Waiting) =>
    left.size > 0 && clock.monotonic() < runUntil && clock.now() < until && clock.now() >= until - APPROVAL_MS;
  return {
    add(approved) {
      const times = { until: clock.now() + APPROVAL_MS, runUntil: clock.monotonic() + APPROVAL_MS };
      waiting = [...waiting.filter(alive), { ...approved, left: new Set(approved.parts), ...times }];
    },
    take(staff, person, part) {
      const found = waiting.find((each) => alive(each) && each.staff === staff && each.person === person && each.left.has(part));
      if (!found) return null;
      found.left.delete(part);
      return { seq: found.seq, giveBack: () => void found.left.add(part) };
    },
    clear() {
      waiting = [];
    },
  };
}
