import { insertMany } from "./bulk.ts";
import type { Db } from "./tables.ts";

/** A person as one facility knows them: what identity links. */
export interface PatientRow {
  facility: string;
  pid: string;
  /** Link keys, JSON array of strings, sorted (identity/links.ts). */
  links: string;
  /** Row of `person`; null until identity has run. */
  person: string | null;
  /** 1: records came or went since identity last looked. */
  stale: number;
}

/** Writes what was learned of patients and leaves them for identity to look at; their person stays as it is. */
export async function putPatients(db: Db, rows: readonly Pick<PatientRow, "facility" | "pid" | "links">[]): Promise<void> {
  await insertMany(
    db,
    "patient",
    ["facility", "pid", "links", "person", "stale"],
    rows.map((row) => ({ ...row, person: null, stale: 1 })),
    "on conflict (facility, pid) do update set links = excluded.links, stale = 1",
  );
}

/** The patients of a person, in order. */
export async function patientsOf(db: Db, persons: readonly string[]): Promise<PatientRow[]> {
  if (persons.length === 0) return [];
  return await db.selectFrom("patient").selectAll().where("person", "in", persons).orderBy("facility").orderBy("pid").execute();
}
