import type { Db } from "./tables.ts";

/** What the rescue roster says of one person who needs rescue. */
export interface RescueRow {
  person: string;
  /** JSON (shared/summary/rescue.ts). */
  line: string;
}

export async function putRescue(db: Db, row: RescueRow): Promise<void> {
  await db
    .insertInto("rescue_line")
    .values(row)
    .onConflict((conflict) => conflict.column("person").doUpdateSet({ line: row.line }))
    .execute();
}

export async function deleteRescue(db: Db, person: string): Promise<void> {
  await db.deleteFrom("rescue_line").where("person", "=", person).execute();
}

export async function rescueRows(db: Db): Promise<RescueRow[]> {
  return await db.selectFrom("rescue_line").selectAll().orderBy("person").execute();
}
