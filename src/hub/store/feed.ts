import type { Db } from "./tables.ts";

/** What one facility's system shows when it sends to the hub; the token itself is nowhere. */
export interface FeedRow {
  id: string;
  facility: string;
  /** SHA-256 of the token. */
  hash: Uint8Array;
  /** Milliseconds since 1970. */
  created: number;
}

export async function putFeed(db: Db, row: FeedRow): Promise<void> {
  await db.insertInto("feed").values(row).execute();
}

export async function feeds(db: Db): Promise<FeedRow[]> {
  return await db.selectFrom("feed").selectAll().orderBy("facility").orderBy("created").orderBy("id").execute();
}

/** True when there was one of this name. */
export async function removeFeed(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("feed").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
