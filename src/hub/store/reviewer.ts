import type { Db } from "./tables.ts";

/** Who may sign in at the console. */
export interface ReviewerRow {
  name: string;
  /** scrypt$N$r$p$salt$hash. */
  hash: string;
  created: number;
}

export async function reviewerByName(db: Db, name: string): Promise<ReviewerRow | null> {
  return (await db.selectFrom("reviewer").selectAll().where("name", "=", name).executeTakeFirst()) ?? null;
}

/** Adds a reviewer, or gives a known one a new passphrase. */
export async function putReviewer(db: Db, row: ReviewerRow): Promise<void> {
  await db
    .insertInto("reviewer")
    .values(row)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ hash: row.hash }))
    .execute();
}
