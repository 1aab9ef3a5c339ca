import { type Facility, facilities } from "./facilities.ts";
import { makePerson, type Person } from "./people.ts";

export { filesOf, makeTables, type StoredFile } from "./files.ts";
export type { LocalRecord } from "./people.ts";
export { type Query, searchQueries } from "./queries.ts";
export { type Fault, type Written, writeRegion } from "./write.ts";
export type { Facility, Person };

/** The truth about a demo region: who lives in it and how each facility has registered them. Clinical files are made from it on the way out. */
export interface Region {
  readonly seed: string;
  /** YYYYMMDD: nothing in the region is later. */
  readonly today: string;
  readonly facilities: readonly Facility[];
  readonly people: readonly Person[];
}

export const DEFAULT_TODAY = "20261101";

/** The region of this size and seed; the same arguments give the same region, and its first people are those of any larger one. */
export function region(people: number, seed: string, today = DEFAULT_TODAY): Region {
  return { seed, today, facilities, people: Array.from({ length: people }, (_, index) => makePerson(seed, index, today)) };
}
