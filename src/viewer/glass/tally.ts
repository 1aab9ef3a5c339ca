/**
 * Whom each member has opened within the hour, in memory and kept current, so that a tap waits for no disk. Read from the journal at unlock
 * and whenever another page has written (journal/recent.ts).
 */
import type { Clock } from "../../shared/clock.ts";
import { HOUR_MS, type Opening } from "../journal/recent.ts";
import type { About } from "./rules.ts";

interface Counted {
  readonly staff: string;
  readonly person: string;
  readonly trusted: number;
  readonly run: number;
}

export interface Tally {
  load(openings: readonly Opening[]): void;
  add(staff: string, person: string): void;
  of(staff: string, person: string): Pick<About, "others" | "again">;
}

/** `trusted`: trusted time, ms. An opening leaves the hour when trusted and running time both have passed it: a clock put ahead alone ends none. */
export function makeTally(clock: Pick<Clock, "monotonic">, trusted: () => number): Tally {
  let counted: readonly Counted[] = [];
  const within = (each: Counted) => trusted() - each.trusted < HOUR_MS || clock.monotonic() - each.run < HOUR_MS;
  return {
    load(openings) {
      counted = openings.map(({ staff, person, age }) => ({ staff, person, trusted: trusted() - age, run: clock.monotonic() - age }));
    },
    add(staff, person) {
      counted = [...counted.filter(within), { staff, person, trusted: trusted(), run: clock.monotonic() }];
    },
    of(staff, person) {
      const people = new Set(counted.filter((each) => each.staff === staff && within(each)).map((each) => each.person));
      const again = people.delete(person);
      return { others: people.size, again };
    },
  };
}
