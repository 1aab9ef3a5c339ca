/** The grants that are alive. A Grant opens only while it is in here, whatever a cast may claim; its key leaves with it. */
import type { Bytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { PartName } from "../../shared/summary/summary.ts";

import type { Written } from "../journal/append.ts";
import type { Grant } from "./grant.ts";
import type { Target } from "./scene.ts";

const kinds = { strip: "open-strip", rest: "open-rest", protected: "open-protected" } as const;

export interface Live {
  readonly grant: Grant<PartName>;
  readonly hit: Target;
  /** Record key of that one pack. */
  readonly key: Bytes;
  /** The sealed pack, where the hub brought it for this grant; null: it lies in the vault. */
  readonly bytes: Bytes | null;
  /** Running time at which it ends, whatever the clock does; the clock's own time ends it too, since running time may stop while a tablet sleeps. */
  readonly endsAt: number;
}

export interface Given extends Pick<Live, "hit" | "key" | "bytes"> {
  readonly staff: string;
  readonly minutes: number;
}

export interface Book {
  /** `written` must be the entry for this part and person: no entry, no grant. */
  give<P extends PartName>(part: P, given: Given, written: Written): Grant<P>;
  /** "grant-ended" when it is over or was never given here, "grant-wrong-phase" when it was given for another part. */
  find(grant: Grant<PartName>, part: PartName): Live;
  /** Takes out what is over. */
  expired(): readonly Live[];
  /** Takes out all of one person, of everybody but one, or all. */
  take(which: { readonly person?: string; readonly notPerson?: string }): readonly Live[];
  /** Whether a part of this person is open now. */
  open(person: string): boolean;
}

export function makeBook(clock: Clock): Book {
  const live = new Map<Grant<PartName>, Live>();
  const isOver = ({ endsAt, grant }: Live) => clock.monotonic() >= endsAt || clock.now() >= grant.expiresAt;
  const takeIf = (over: (each: Live) => boolean): readonly Live[] => {
    const taken = [...live.values()].filter(over);
    for (const each of taken) live.delete(each.grant);
    return taken;
  };
  return {
    give<P extends PartName>(part: P, { hit, key, bytes, staff, minutes }: Given, written: Written): Grant<P> {
      if (written.kind !== kinds[part]) throw new TomoshibiError("grant-wrong-phase", { part });
      if (written.person !== hit.personRef) throw new TomoshibiError("grant-wrong-person");
      const ms = minutes * 60_000;
      const bare = Object.freeze({
        part,
        person: hit.personRef,
        staff,
        expiresAt: clock.now() + ms,
        chain: written.chain,
        seq: written.seq,
      });
      const grant = bare as Grant<P>;
      live.set(grant, { grant, hit, key, bytes, endsAt: clock.monotonic() + ms });
      return grant;
    },
    find(grant, part) {
      const found = live.get(grant);
      if (!found || isOver(found)) throw new TomoshibiError("grant-ended");
      if (found.grant.part !== part) throw new TomoshibiError("grant-wrong-phase", { part });
      return found;
    },
    expired: () => takeIf(isOver),
    take: ({ person, notPerson }) =>
      takeIf(
        (each) => (person === undefined || each.grant.person === person) && (notPerson === undefined || each.grant.person !== notPerson),
      ),
    open: (person) => [...live.values()].some((each) => each.grant.person === person && !isOver(each)),
  };
}
