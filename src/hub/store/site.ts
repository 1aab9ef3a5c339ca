import type { SiteKind } from "../../shared/protocol/sites.ts";
import type { Db } from "./tables.ts";

/** A place that may pull a cohort and break the glass: an emergency ward, an ambulance station. */
export interface SiteRow {
  id: string;
  name: string;
  /** ms. */
  created: number;
  /** Sequence of the newest roster signed for it. */
  roster: number;
  kind: SiteKind;
  telephone: string;
  /** JSON array: codes of the facilities whose patients are its own. */
  facilities: string;
  /** Id of its cohort. */
  cohort: string;
  /** ms; 0: at work. */
  removed: number;
}

export async function sites(db: Db): Promise<SiteRow[]> {
  return await db.selectFrom("site").selectAll().orderBy("created").orderBy("id").execute();
}

export async function siteById(db: Db, id: string): Promise<SiteRow | null> {
  return (await db.selectFrom("site").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** Sites at work. */
export async function workingSites(db: Db): Promise<SiteRow[]> {
  return (await sites(db)).filter(({ removed }) => removed === 0);
}

export async function changeSite(db: Db, id: string, change: Partial<Omit<SiteRow, "id" | "created" | "roster">>): Promise<void> {
  await db.updateTable("site").set(change).where("id", "=", id).execute();
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
