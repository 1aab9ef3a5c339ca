import type { Db } from "./tables.ts";

/** JSON of the index row of one person, as search shows it, or null for a reference that is published no more. */
export async function indexRowOf(db: Db, person: string): Promise<string | null> {
  return (await db.selectFrom("index_row").select("row").where("person", "=", person).executeTakeFirst())?.row ?? null;
}

/** Family names of these persons as search shows them, by reference; who is published no more is not there. */
export async function indexNamesOf(db: Db, persons: readonly string[]): Promise<Map<string, { kanji: string; kana: string }>> {
  const found = new Map<string, { kanji: string; kana: string }>();
  for (let at = 0; at < persons.length; at += 400) {
    const part = persons.slice(at, at + 400);
    for (const { person, row } of await db.selectFrom("index_row").select(["person", "row"]).where("person", "in", part).execute()) {
      const { k, n }: { k?: unknown; n?: unknown } = JSON.parse(row);
      found.set(person, { kanji: familyIn(k), kana: familyIn(n) });
    }
  }
  return found;
}

/** A name stands as [family, given]; what was never sent is null. */
function familyIn(name: unknown): string {
  const family: unknown = Array.isArray(name) ? name[0] : name;
  return typeof family === "string" ? family : "";
}
