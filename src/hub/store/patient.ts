import { insertMany } from "./bulk.ts";
import type { Db } from "./tables.ts";

/** How a facility calls a patient. */
export interface PatientId {
  readonly facility: string;
  readonly pid: string;
}

/** A person as one facility knows them: what identity links. */
export interface PatientRow {
  facility: string;
  pid: string;
  /** What the records in force state of who they are: JSON array of texts (identity/traits.ts); any other text in it: to be read anew. */
  links: string;
  /** Row of `person`; null until identity has run. */
  person: string | null;
  /** 1: records came or went since identity last looked. */
  stale: number;
  /** 1: likely pairs were looked for since what the records state last changed. */
  matched: number;
}

/** Entry of `links` that makes identity read the records in force itself. */
export const unreadLinks: string = JSON.stringify(["?"]);

const columns = ["facility", "pid", "links", "person", "stale", "matched"] as const satisfies readonly (keyof PatientRow)[];

/** Writes what was learned of patients and leaves them for identity to look at; their person stays as it is. */
export async function putPatients(db: Db, rows: readonly Pick<PatientRow, "facility" | "pid" | "links">[]): Promise<void> {
  await insertMany(
    db,
    "patient",
    columns,
    rows.map(({ facility, pid, links }) => ({ facility, pid, links, person: null, stale: 1, matched: 0 })),
    "on conflict (facility, pid) do update set links = excluded.links, stale = 1, matched = 0",
  );
}

/** Writes what identity made of patients. */
export async function settlePatients(db: Db, rows: readonly PatientRow[]): Promise<void> {
  const changed = ["links", "person", "stale", "matched"].map((column) => `${column} = excluded.${column}`).join(", ");
  await insertMany(db, "patient", columns, rows, `on conflict (facility, pid) do update set ${changed}`);
}

/** The patients of a person, in order. */
export async function patientsOf(db: Db, persons: readonly string[]): Promise<PatientRow[]> {
  if (persons.length === 0) return [];
  return await db.selectFrom("patient").selectAll().where("person", "in", persons).orderBy("facility").orderBy("pid").execute();
}

/** Null: nobody is known there by that number. */
export async function patientById(db: Db, { facility, pid }: PatientId): Promise<PatientRow | null> {
  return (await db.selectFrom("patient").selectAll().where("facility", "=", facility).where("pid", "=", pid).executeTakeFirst()) ?? null;
}

/** Everybody, in order. */
export async function allPatients(db: Db): Promise<PatientRow[]> {
  return await db.selectFrom("patient").selectAll().orderBy("facility").orderBy("pid").execute();
}

/** Likely pairs of these patients stand in the queue. */
export async function markMatched(db: Db, ids: readonly PatientId[]): Promise<void> {
  for (const facility of new Set(ids.map((id) => id.facility))) {
    const pids = ids.filter((id) => id.facility === facility).map(({ pid }) => pid);
    for (let at = 0; at < pids.length; at += 1_000)
      await db
        .updateTable("patient")
        .set({ matched: 1 })
        .where("facility", "=", facility)
        .where("pid", "in", pids.slice(at, at + 1_000))
        .execute();
  }
}

/** Whoever any facility knows by this number, in order. */
export async function patientsByPid(db: Db, pid: string): Promise<PatientRow[]> {
  return await db.selectFrom("patient").selectAll().where("pid", "=", pid).orderBy("facility").limit(200).execute();
}
