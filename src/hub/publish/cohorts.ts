import { foldForSearch } from "../../shared/summary/fold.ts";
import { type CohortRow, cohortRows, personsAtFacilities } from "../store/cohort.ts";
import { indexRows, type PackHead } from "../store/pack.ts";
import { workingSites } from "../store/site.ts";
import type { Db } from "../store/tables.ts";
import { regionCohort } from "./epoch.ts";

/** Whether a person of this reference belongs to a cohort. */
export type Belongs = (person: string) => boolean;

/** The cohorts that are published: the region's, and each that a site at work uses. */
export async function publishedCohorts(db: Db): Promise<readonly CohortRow[]> {
  const used = new Set((await workingSites(db)).map(({ cohort }) => cohort));
  return (await cohortRows(db)).filter(({ id }) => id === regionCohort || used.has(id));
}

/**
 * Who belongs: everybody, or whoever has records at one of its facilities or lives where its areas say (the beginning of the address that
 * the summary shows, folded; who has no known address lives nowhere). Whoever refused has no packs and is in none.
 */
export async function belongsTo(db: Db, cohort: CohortRow): Promise<Belongs> {
  if (cohort.everybody === 1) return () => true;
  const persons = new Set(await personsAtFacilities(db, listIn(cohort.facilities)));
  const areas = listIn(cohort.areas)
    .map(foldForSearch)
    .filter((area) => area !== "");
  if (areas.length > 0)
    for (const { person, folded } of await indexRows(db)) {
      const address = folded.slice(folded.lastIndexOf("\u0001") + 1);
      if (areas.some((area) => address.startsWith(area))) persons.add(person);
    }
  return (person) => persons.has(person);
}

/**
 * People by which of the cohorts they belong to, in one string a person: whoever shares it shares bundles, so that no pack lies in two
 * files, however many cohorts hold it. One cohort: one class.
 */
export function classesOf(heads: readonly PackHead[], cohorts: readonly Belongs[]): ReadonlyMap<string, readonly PackHead[]> {
  const classes = new Map<string, PackHead[]>();
  for (const head of heads) {
    const name = cohorts.map((belongs) => (belongs(head.person) ? "1" : "0")).join("");
    const known = classes.get(name);
    if (known === undefined) classes.set(name, [head]);
    else known.push(head);
  }
  return classes;
}

/** A JSON array of texts that this hub wrote. */
export function listIn(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
