import { type ConsentPatient, everyFacility } from "../../shared/protocol/consent.ts";
import { inForce as decisionsInForce, pairOf } from "../identity/decisions.ts";
import {
  assentOf,
  byPatient,
  type EntriesOf,
  hiddenBy,
  inForce,
  type Permission,
  permissionOf,
  refusalOf,
  theRegion,
} from "../people/consent.ts";
import { addMarks, deleteMarks, entriesOf, marksOf, patientsMarked, withheldFor } from "../store/consent.ts";
import { decisions } from "../store/identity.ts";
import { allPatients, type PatientRow } from "../store/patient.ts";
import { raisePersons } from "../store/person.ts";
import type { Db } from "../store/tables.ts";
import { traitsIn } from "./identity-search.ts";
import { written } from "./link.ts";

/** What may be published of each of several persons, and what they said themselves. */
export interface Permits {
  readonly day: string;
  readonly entriesOf: EntriesOf;
  of(patients: readonly PatientRow[]): Permission;
}

export async function permitsOf(db: Db, patients: readonly ConsentPatient[], day: string): Promise<Permits> {
  const known = byPatient(await entriesOf(db, [theRegion, ...patients]));
  return { day, entriesOf: known, of: (linked) => permissionOf(linked, known, day) };
}

/**
 * For each of these patients the one who refused and who they may be, though identity does not link them; null: none. Identity may be
 * uncertain (a card mistyped, a link that came apart, a queue nobody looked at): whoever bears the same card, or the same name and birth
 * date, or was linked with them once, is held back until somebody says more: an entry of their own made later, or the decision that they
 * are two people.
 */
export async function refusersLike(
  db: Db,
  patients: readonly PatientRow[],
  permits: Permits,
): Promise<(patient: PatientRow) => ConsentPatient | null> {
  const marked = new Map<string, ConsentPatient[]>();
  for (const { mark, facility, pid } of await patientsMarked(db, [...new Set(patients.flatMap(marksOfPatient))]))
    marked.set(mark, [...(marked.get(mark) ?? []), { facility, pid }]);
  if (marked.size === 0) return () => null;
  const apart = await decidedApart(db);
  const entries = byPatient(await entriesOf(db, [...marked.values()].flat()));
  const personOf = new Map(patients.map((patient) => [keyOf(patient), patient.person]));
  return (patient) => {
    const assent = assentOf(inForce(permits.entriesOf(patient), permits.day));
    const refuses = (other: ConsentPatient): boolean => {
      // Whoever is linked with them is refused by permissionOf, not by likeness.
      if (keyOf(other) === keyOf(patient) || (patient.person !== null && personOf.get(keyOf(other)) === patient.person)) return false;
      const standing = inForce(entries(other), permits.day);
      const refusal = refusalOf(standing) ?? hiddenBy(standing, patient.facility);
      return refusal !== null && (assent === null || assent.seq < refusal.seq) && !apart(patient, other);
    };
    return (
      marksOfPatient(patient)
        .flatMap((mark) => marked.get(mark) ?? [])
        .find(refuses) ?? null
    );
  };
}

/**
 * Keeps by what each of these linked patients who refused something may be recognised, and forgets it when they no longer do; marks whoever
 * must be looked at again for it. In the transaction that seals the person. Returns the marks that are new.
 */
export async function keepMarks(db: Db, patients: readonly PatientRow[], permits: Permits): Promise<readonly string[]> {
  const fresh: string[] = [];
  for (const { facility, pid } of patients) {
    const entries = permits.entriesOf({ facility, pid });
    if (entries.length === 0) continue;
    const known = new Set(await marksOf(db, { facility, pid }));
    if (refusesSomething(entries, permits.day)) {
      // A card or a name they had before stays with them: marks are added while the refusal stands.
      const added = patients.flatMap(marksOfPatient).filter((mark) => !known.has(mark));
      await addMarks(
        db,
        added.map((mark) => ({ facility, pid, mark })),
      );
      fresh.push(...added);
    } else if (known.size > 0) {
      await deleteMarks(db, { facility, pid });
      await lookAgainAtHeld(db);
    }
  }
  return fresh;
}

/** Marks everybody who bears one of these marks, so that they are looked at again. */
export async function raiseAlike(db: Db, marks: readonly string[]): Promise<void> {
  if (marks.length === 0) return;
  const wanted = new Set(marks);
  const persons = new Set<string>();
  for (const patient of await allPatients(db))
    if (patient.person !== null && marksOfPatient(patient).some((mark) => wanted.has(mark))) persons.add(patient.person);
  await raisePersons(db, [...persons].sort());
}

/** The number itself; each card without its branch, and each name, with the whole birth date. */
export function marksOfPatient({ facility, pid, links }: Pick<PatientRow, "facility" | "pid" | "links">): readonly string[] {
  const marks = new Set([`at|${facility}|${pid}`]);
  for (const { birth, cards, folded } of traitsIn(links)) {
    const day = birth.slice(0, 10);
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue;
    for (const { insurer, symbol, number } of cards) marks.add(`card|${insurer}|${symbol}|${number}|${day}`);
    for (const [family, given] of [folded.kana, folded.kanji])
      if (family !== "" && given !== "") marks.add(`name|${family}|${given}|${day}`);
  }
  return [...marks];
}

function refusesSomething(entries: Parameters<typeof inForce>[0], day: string): boolean {
  const standing = inForce(entries, day);
  if (refusalOf(standing) !== null) return true;
  const named = new Set(entries.filter(({ kind }) => kind === "facility").map(({ target }) => target));
  return [...named].some((target) => hiddenBy(standing, target === everyFacility ? "" : target) !== null);
}

/** Whether two patients were decided to be two people, and that decision stands. */
async function decidedApart(db: Db): Promise<(a: ConsentPatient, b: ConsentPatient) => boolean> {
  const standing = decisionsInForce((await decisions(db)).map(written));
  const apart = new Set(standing.filter(({ kind }) => kind === "apart").map(pairOf));
  return (a, b) => apart.has(pairOf({ a: keyOf(a), b: keyOf(b) }));
}

/** Marks everybody who is held back for resembling somebody: what was decided meanwhile may let them go. */
export async function lookAgainAtHeld(db: Db): Promise<void> {
  await raisePersons(
    db,
    (await withheldFor(db, "held")).map(({ person }) => person),
  );
}

function keyOf({ facility, pid }: ConsentPatient): string {
  return `${facility}|${pid}`;
}
