import type { Clock } from "../../shared/clock.ts";
import { fits, likens, nothingWanted, traitsWanted, type Wanted } from "../identity/fit.ts";
import type { Traits } from "../identity/traits.ts";
import { dayInJapan } from "../people/consent.ts";
import { facilities } from "../store/facility.ts";
import { type PatientId, type PatientRow, patientById, patientsByPid, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { findPersons, leastLikely, traitsIn } from "./identity-search.ts";
import { permitsOf, refusersLike } from "./permit.ts";
import { permittedOf } from "./summary.ts";

export interface LookupDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** What another system asks for. */
export interface Asked extends Wanted {
  /** A number of some facility; facility "" is any. Null: none was asked. */
  readonly id: PatientId | null;
}

export const nothingAsked: Asked = { ...nothingWanted, id: null };

/** One person that may be meant, as far as consent lets others know of them. */
export interface Answer {
  /** Person reference; null of a patient at whom identity has not looked. */
  readonly person: string | null;
  /** 0 to 1: for an order and a grade, never to choose by. */
  readonly score: number;
  /** certain only where the very number was asked and nothing asked besides differs. */
  readonly grade: "certain" | "probable" | "possible";
  /** Never empty. */
  readonly ids: readonly PatientId[];
  /** What is stated of them by whom may be shown, the fullest first; may be empty. */
  readonly traits: readonly Traits[];
}

const probableFrom = 0.9;

/**
 * Persons that fit, best first (identity-search.ts tells how); whoever opted out, or whom the region's rules withhold, is not there, nor is
 * what a facility said whose records may not be shown. "match": whoever is likely to be the one described.
 */
export async function lookUp(deps: LookupDeps, asked: Asked, how: "search" | "match"): Promise<Answer[]> {
  const byId = asked.id === null ? [] : await holdersOf(deps.db, asked.id);
  const describes = asked.names.length > 0 || [asked.birth, asked.postal, asked.address, asked.phone].some((text) => text !== "");
  const found = describes ? await findPersons(deps.db, asked, how) : [];
  const named = new Set(byId.map(keyOf));
  const described = new Set(found.flatMap(({ patients }) => patients.map(keyOf)));
  const groups = [...(await groupsOf(deps.db, [...byId, ...found.flatMap(({ patients }) => patients)])).values()];
  const readable = await readableOf(deps, groups);
  const wanted = traitsWanted(asked);
  return readable
    .flatMap((shown): Answer[] => {
      if (shown.length === 0) return [];
      // By what may be shown alone: who asks must not learn that a number or an address of a hidden hospital is this person's.
      const isNamed = shown.some((row) => named.has(keyOf(row)));
      const rows = describes ? byLikeness(wanted, shown, how) : shown.map((row) => ({ row, likely: 1 }));
      const likely = describes && !shown.some((row) => described.has(keyOf(row))) ? null : (rows[0]?.likely ?? null);
      if (describes && how === "search" ? likely === null || (asked.id !== null && !isNamed) : !isNamed && !(describes && likely !== null))
        return [];
      const certain = isNamed && (!describes || (likely ?? 0) >= probableFrom);
      const score = certain ? 1 : (likely ?? 0);
      return [
        {
          person: shown[0]?.person ?? null,
          score,
          grade: certain ? "certain" : score >= probableFrom ? "probable" : "possible",
          ids: shown.map(({ facility, pid }) => ({ facility, pid })),
          traits: rows.flatMap(({ row }) => traitsIn(row.links)),
        },
      ];
    })
    .sort((a, b) => b.score - a.score || (keyOf(a.ids[0]) < keyOf(b.ids[0]) ? -1 : 1));
}

/** The rows, those that fit first, the best of them before all. */
function byLikeness(wanted: Traits, rows: readonly PatientRow[], how: "search" | "match") {
  const all = rows.map((row) => {
    const score = how === "search" ? fits(wanted, traitsIn(row.links)) : likens(wanted, traitsIn(row.links));
    return { row, likely: score === null || (how === "match" && score.probability < leastLikely) ? null : score.probability };
  });
  return all.sort((a, b) => (b.likely ?? -1) - (a.likely ?? -1));
}

/** The person behind this reference, when consent lets others know of them. */
export async function lookUpPerson(deps: LookupDeps, person: string): Promise<Answer | null> {
  const [shown = []] = await readableOf(deps, [await patientsOf(deps.db, [person])]);
  if (shown.length === 0) return null;
  const traits = shown.flatMap(({ links }) => traitsIn(links));
  return { person, score: 1, grade: "certain", ids: shown.map(({ facility, pid }) => ({ facility, pid })), traits };
}

/**
 * All numbers of the person whom this facility knows by this one, that one included; "unknown" when nobody is known there by it, and the
 * same for whoever consent withholds: who asks does not learn which.
 */
export async function crossReference(
  deps: LookupDeps,
  id: PatientId,
): Promise<{ person: string | null; ids: readonly PatientId[] } | "unknown"> {
  const patient = await patientById(deps.db, id);
  if (patient === null) return "unknown";
  const linked = patient.person === null ? [patient] : await patientsOf(deps.db, [patient.person]);
  const [shown = []] = await readableOf(deps, [linked]);
  if (!shown.some((row) => keyOf(row) === keyOf(id))) return "unknown";
  return { person: patient.person, ids: shown.map(({ facility, pid }) => ({ facility, pid })) };
}

/** Codes of the facilities that the hub knows: the domains of its patient numbers. */
export async function domains(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await facilities(db)).map(({ code }) => code));
}

async function holdersOf(db: Db, id: PatientId): Promise<PatientRow[]> {
  if (id.facility === "") return await patientsByPid(db, id.pid);
  const patient = await patientById(db, id);
  return patient === null ? [] : [patient];
}

/** All patients of the persons of these, by person reference, or by themselves when they have none. */
async function groupsOf(db: Db, patients: readonly PatientId[]): Promise<Map<string, PatientRow[]>> {
  const rows = await Promise.all([...new Map(patients.map((one) => [keyOf(one), one])).values()].map((one) => patientById(db, one)));
  const groups = new Map<string, PatientRow[]>();
  const persons = rows.flatMap((row) => row?.person ?? []);
  for (const row of await patientsOf(db, [...new Set(persons)]))
    groups.set(row.person ?? "", [...(groups.get(row.person ?? "") ?? []), row]);
  for (const row of rows) if (row !== null && row.person === null) groups.set(keyOf(row), [row]);
  return groups;
}

async function readableOf({ db, clock }: LookupDeps, persons: readonly (readonly PatientRow[])[]): Promise<(readonly PatientRow[])[]> {
  const all = persons.flat();
  const permits = await permitsOf(db, all, dayInJapan(clock.now()));
  const likeness = await refusersLike(db, all, permits);
  return persons.map((rows) => {
    const permitted = permittedOf(rows, permits, likeness);
    return "withheld" in permitted ? [] : permitted.readable;
  });
}

function keyOf(id: PatientId | undefined): string {
  return id === undefined ? "" : `${id.facility}|${id.pid}`;
}
