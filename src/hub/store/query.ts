import type { Db } from "./tables.ts";

/** One question about people that another system asked. Append-only: who asked what, never of whom in words. */
export interface QueryRow {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Feed id, or address and names of an MLLP sender. */
  who: string;
  /** Facility of the feed; "" when the sender proved none. */
  facility: string;
  /** pixm, pdqm, match, read, pix, pdq, other. */
  kind: string;
  /** Keyed hash of what was asked: the same question gives the same one, and nobody reads it back. */
  digest: string;
  /** Persons told of. */
  found: number;
  /** AA, AE, AR, or the HTTP status. */
  outcome: string;
}

export async function putQuery(db: Db, row: QueryRow): Promise<void> {
  await db.insertInto("identity_query").values(row).execute();
}

/** The latest, newest first. */
export async function queries(db: Db, most: number): Promise<QueryRow[]> {
  return await db.selectFrom("identity_query").selectAll().orderBy("at", "desc").orderBy("id").limit(most).execute();
}
