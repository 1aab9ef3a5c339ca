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
  /** Epoch whose key its files are sealed under; 0: of before this was kept. */
  epoch: number;
  /** 1: no site uses the cohort any more and its files were swept; the row stays, so that its sequence never falls back. */
  gone: number;
}

/** An index shard, a ring part, a rule table or a rescue roster. */
export interface PublicationPartRow {
  /** SHA-256 of the bytes, base64url. */
  name: string;
  what: "shard" | "ring" | "rules" | "rescue";
  /** Whose devices may have it; "": every cohort's. */
  cohort: string;
  bytes: Uint8Array;
}

/** The newest first. */
export async function newestPublications(db: Db, cohort: string, count: number): Promise<PublicationRow[]> {
  const rows = await db.selectFrom("publication").selectAll().where("cohort", "=", cohort).orderBy("seq", "desc").limit(count).execute();
  return rows.map((row) => ({ ...row, bytes: new Uint8Array(row.bytes) }));
}

/** The files of these cohorts are swept: their manifests name nothing any more. */
export async function markGone(db: Db, cohorts: readonly string[]): Promise<void> {
  if (cohorts.length > 0) await db.updateTable("publication").set({ gone: 1 }).where("cohort", "in", cohorts).execute();
}

/** Every cohort that was ever published. */
export async function cohorts(db: Db): Promise<string[]> {
  return (await db.selectFrom("publication").select("cohort").distinct().execute()).map(({ cohort }) => cohort);
}

export async function addPublication(db: Db, row: Omit<PublicationRow, "gone">): Promise<void> {
  await db
    .insertInto("publication")
    .values({ ...row, gone: 0 })
    .execute();
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

/** Null: there is no such file, or it is another cohort's. */
export async function partBytes(db: Db, what: PublicationPartRow["what"], name: string, cohort: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("publication_part")
    .select("bytes")
    .where("name", "=", name)
    .where("what", "=", what)
    .where("cohort", "in", [cohort, ""])
    .executeTakeFirst();
  return row === undefined ? null : new Uint8Array(row.bytes);
}
