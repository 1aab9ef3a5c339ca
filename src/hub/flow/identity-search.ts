import { sql } from "kysely";
import type { Agreement } from "../identity/compare.ts";
import { fits, likens, traitsWanted, type Wanted } from "../identity/fit.ts";
import type { Score } from "../identity/score.ts";
import { parseTraits, type Traits } from "../identity/traits.ts";
import { type PatientId, type PatientRow, patientById, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";

/** A patient as the hub knows them. */
export interface KnownPatient extends PatientId {
  /** Null until identity has looked. */
  readonly person: string | null;
  /** What their records state, the fullest first; empty when no record in force says who they are. */
  readonly traits: readonly Traits[];
}

/** A person that may be meant. */
export interface Candidate {
  /** Person reference; null of a patient at whom identity has not looked. */
  readonly person: string | null;
  /** 0 to 1, as far as the weights of identity/score.ts are right: for an order and a grade, never to choose by. */
  readonly score: number;
  /** How the best fitting statement agrees with what was asked. */
  readonly agreement: Agreement;
  /** All patients of the person, the best fitting first. */
  readonly patients: readonly KnownPatient[];
}

/** Nobody reads further; more than this says that the question is too wide. */
const MOST = 200;

/** What is less likely is not worth showing as a match. */
export const leastLikely = 0.02;

/**
 * Persons that fit, best first, at most 200; none when nothing was asked. "search" (PDQ, the console): every word asked must be
 * there, by its beginning or with one slip. "match" ($match): whoever is likely to be the one described, whatever differs.
 */
export async function findPersons(db: Db, wanted: Wanted, how: "search" | "match" = "search"): Promise<Candidate[]> {
  const asked = traitsWanted(wanted);
  const best = new Map<string, Found>();
  for (const patient of await patientsNaming(db, wordsOf(asked))) {
    const traits = traitsIn(patient.links);
    const score = how === "search" ? fits(asked, traits) : likens(asked, traits);
    if (score === null || (how === "match" && score.probability < leastLikely)) continue;
    const key = patient.person ?? `${patient.facility}|${patient.pid}`;
    const known = best.get(key);
    if (known === undefined || score.probability > known.score.probability) best.set(key, { patient, score });
  }
  const found = [...best.values()].sort((a, b) => b.score.probability - a.score.probability || (key(a.patient) < key(b.patient) ? -1 : 1));
  return await withMembers(db, found.slice(0, MOST));
}

/**
 * Every number of the person whom this facility knows by this one, that one included, in order of facility and number;
 * "unknown" when nobody is known there by it.
 */
export async function identifiersOf(db: Db, id: PatientId): Promise<PatientId[] | "unknown"> {
  const patient = await patientById(db, id);
  if (patient === null) return "unknown";
  const all = patient.person === null ? [patient] : await patientsOf(db, [patient.person]);
  return all.map(({ facility, pid }) => ({ facility, pid }));
}

/** The patients of one person, in order; none for a reference that nobody has. */
export async function personPatients(db: Db, person: string): Promise<KnownPatient[]> {
  return (await patientsOf(db, [person])).map(knownPatient);
}

export function knownPatient({ facility, pid, person, links }: PatientRow): KnownPatient {
  return { facility, pid, person, traits: traitsIn(links) };
}

/** Traits in the `links` of a row; what is not traits is left out. */
export function traitsIn(links: string): Traits[] {
  return (JSON.parse(links) as string[]).flatMap((text) => parseTraits(text) ?? []);
}

interface Found {
  readonly patient: PatientRow;
  readonly score: Score;
}

async function withMembers(db: Db, found: readonly Found[]): Promise<Candidate[]> {
  const persons = found.flatMap(({ patient }) => patient.person ?? []);
  const members = new Map<string, PatientRow[]>();
  for (const member of await patientsOf(db, persons))
    members.set(member.person ?? "", [...(members.get(member.person ?? "") ?? []), member]);
  return found.map(({ patient, score }) => {
    const others = (members.get(patient.person ?? "") ?? []).filter((other) => key(other) !== key(patient));
    return {
      person: patient.person,
      score: score.probability,
      agreement: score.agreement,
      patients: [patient, ...others].map(knownPatient),
    };
  });
}

/**
 * Texts of which whoever fits has at least one, as they stand in the rows: the first two letters of each part of a name, the year of
 * birth, a telephone number. A postal code or an address is asked for by itself only where nothing else is.
 */
function wordsOf(asked: Traits): string[] {
  const names = [...asked.folded.kana, ...asked.folded.kanji]
    .filter((part) => part !== "")
    .map((part) => `"${[...part].slice(0, 2).join("")}`);
  const birth = asked.birth === "" ? [] : [String.raw`"birth\":\"${asked.birth.slice(0, 4)}`];
  const phones = asked.phones.map((phone) => `"${phone}`);
  const words = [...names, ...birth, ...phones];
  if (words.length > 0) return words;
  return asked.addresses.flatMap(({ postal, text }) => (postal === "" ? (text === "" ? [] : [text]) : [`"${postal}`]));
}

async function patientsNaming(db: Db, words: readonly string[]): Promise<PatientRow[]> {
  if (words.length === 0) return [];
  return await db
    .selectFrom("patient")
    .selectAll()
    .where((is) => is.or(words.map((word) => sql<boolean>`links like ${`%${word.replace(/[!%_]/g, "!$&")}%`} escape '!'`)))
    .orderBy("facility")
    .orderBy("pid")
    .execute();
}

function key({ facility, pid }: PatientId): string {
  return `${facility}|${pid}`;
}
