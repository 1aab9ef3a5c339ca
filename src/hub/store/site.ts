import type { Db } from "./tables.ts";

/** A place that may pull a cohort and break the glass: an emergency ward, an ambulance station. */
export interface SiteRow {
  id: string;
  name: string;
  /** ms. */
  created: number;
  /** Sequence of the newest roster signed for it. */
  roster: number;
}

export async function sites(db: Db): Promise<SiteRow[]> {
  return await db.selectFrom("site").selectAll().orderBy("created").orderBy("id").execute();
}

export async function siteById(db: Db, id: string): Promise<SiteRow | null> {
  return (await db.selectFrom("site").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

export async function addSite(db: Db, row: SiteRow): Promise<void> {
  await db.insertInto("site").values(row).execute();
}

/** The next roster sequence, raised in one statement: two who sign at once never share one. */
export async function raiseRoster(db: Db, id: string): Promise<number> {
  const row = await db
    .updateTable("site")
    .set((e) => ({ roster: e("roster", "+", 1) }))
    .where("id", "=", id)
    .returning("roster")
    .executeTakeFirstOrThrow();
  return row.roster;
}
