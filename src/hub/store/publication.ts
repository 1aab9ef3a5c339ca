import type { Db } from "./tables.ts";

/** A signed manifest; the highest sequence of a cohort is in force. */
export interface PublicationRow {
  cohort: string;
  seq: number;
  /** SHA-256 of the bytes, base64url: ETag, and `prev` of the next. */
  name: string;
  /** SHA-256 of what it says apart from sequence, predecessor and time, base64url. */
  content: string;
  /** COSE. */
  bytes: Uint8Array;
  at: number;
}

/** An index shard, a ring part or a rule table. */
export interface PublicationPartRow {
  /** SHA-256 of the bytes, base64url. */
  name: string;
  what: "shard" | "ring" | "rules";
  bytes: Uint8Array;
}

/** The newest first. */
export async function newestPublications(db: Db, cohort: string, count: number): Promise<PublicationRow[]> {
  const rows = await db.selectFrom("publication").selectAll().where("cohort", "=", cohort).orderBy("seq", "desc").limit(count).execute();
  return rows.map((row) => ({ ...row, bytes: new Uint8Array(row.bytes) }));
}

/** Every cohort that was ever published. */
export async function cohorts(db: Db): Promise<string[]> {
  return (await db.selectFrom("publication").select("cohort").distinct().execute()).map(({ cohort }) => cohort);
}

export async function addPublication(db: Db, row: PublicationRow): Promise<void> {
  await db.insertInto("publication").values(row).execute();
}

export async function addParts(db: Db, rows: readonly PublicationPartRow[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto("publication_part")
      .values(row)
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
  }
}

export async function partNames(db: Db): Promise<string[]> {
  return (await db.selectFrom("publication_part").select("name").execute()).map(({ name }) => name);
}

export async function deleteParts(db: Db, names: readonly string[]): Promise<void> {
  for (let at = 0; at < names.length; at += 1_000) {
    await db
      .deleteFrom("publication_part")
      .where("name", "in", names.slice(at, at + 1_000))
      .execute();
  }
}

export async function partBytes(db: Db, what: PublicationPartRow["what"], name: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom("publication_part").select("bytes").where("name", "=", name).where("what", "=", what).executeTakeFirst();
  return row === undefined ? null : new Uint8Array(row.bytes);
}
