import type { Db } from "./tables.ts";

/** The people whom the sites of this cohort may open in an emergency. */
export interface CohortRow {
  /** Short; in manifests, leases and the name of a key file. "region" always exists. */
  id: string;
  name: string;
  /** 1: all who take part. */
  everybody: number;
  /** JSON array: codes of facilities with records of them. */
  facilities: string;
  /** JSON array: beginnings of addresses. */
  areas: string;
  /** Days after which the epoch key is renewed by itself; 0: never. */
  rotate_days: number;
  created: number;
}

export async function cohortRows(db: Db): Promise<CohortRow[]> {
  return await db.selectFrom("cohort").selectAll().orderBy("created").orderBy("id").execute();
}

export async function cohortById(db: Db, id: string): Promise<CohortRow | null> {
  return (await db.selectFrom("cohort").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

export async function putCohort(db: Db, row: CohortRow): Promise<void> {
  const { id: _, created: __, ...changed } = row;
  await db
    .insertInto("cohort")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
    .execute();
}

export async function deleteCohort(db: Db, id: string): Promise<void> {
  await db.deleteFrom("cohort").where("id", "=", id).execute();
}

/** Persons of whom any of these facilities has records. */
export async function personsAtFacilities(db: Db, facilities: readonly string[]): Promise<string[]> {
  if (facilities.length === 0) return [];
  const rows = await db
    .selectFrom("patient")
    .select("person")
    .distinct()
    .where("facility", "in", facilities)
    .where("person", "is not", null)
    .execute();
  return rows.flatMap(({ person }) => (person === null ? [] : [person]));
}
