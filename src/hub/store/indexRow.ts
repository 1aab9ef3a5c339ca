import type { Db } from "./tables.ts";

/** JSON of the index row of one person, as search shows it, or null for a reference that is published no more. */
export async function indexRowOf(db: Db, person: string): Promise<string | null> {
  return (await db.selectFrom("index_row").select("row").where("person", "=", person).executeTakeFirst())?.row ?? null;
}
