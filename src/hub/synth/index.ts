import { type Disease, readDiseases } from "./diseases.ts";
import { type Facility, facilities } from "./facilities.ts";
import { type Fit, makePerson, type Person } from "./people.ts";
import { turnOf } from "./plan.ts";

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
  const diseases = readDiseases();
  return {
    seed,
    today,
    facilities,
    people: Array.from({ length: people }, (_, index) => makePerson(seed, index, today, fitOf(index, diseases))),
  };
}

/** A disease finds somebody it can befall; a drug an adult. */
function fitOf(index: number, diseases: readonly Disease[]): Fit | null {
  const turn = turnOf(index);
  if (turn === null) return null;
  return turn.kind === "drug" ? { ages: [24, 92], sex: "" } : (diseases[turn.turn % diseases.length] ?? null);
}
