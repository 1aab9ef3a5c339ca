import type { Db } from "./tables.ts";

/** What was changed of a site, a member, a device or a cohort, by whom; added only. */
export interface PeopleChangeRow {
  id: string;
  /** ms. */
  at: number;
  by: string;
  /** Site it belongs to; "" for a cohort. */
  site: string;
  /** Id of what was changed. */
  subject: string;
  kind: string;
  before: string;
  after: string;
}

export async function addPeopleChange(db: Db, row: PeopleChangeRow): Promise<void> {
  await db.insertInto("people_change").values(row).execute();
}

/** Newest first. */
export async function peopleChanges(db: Db, site: string, most: number): Promise<PeopleChangeRow[]> {
  return await db
    .selectFrom("people_change")
    .selectAll()
    .where("site", "=", site)
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(most)
    .execute();
}
