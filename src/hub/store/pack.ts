import type { PartName } from "../../shared/summary/summary.ts";
import { insertMany } from "./bulk.ts";
import type { Db } from "./tables.ts";

/** The newest sealed pack of one part of one person. */
export interface PackRow {
  /** Person reference, base64url. */
  person: string;
  part: PartName;
  /** SHA-256 of the bytes, base64url. */
  name: string;
  /** SHA-256 of the text that was sealed, base64url: equal means nothing to do. */
  plain: string;
  /** Record key, 32 bytes: goes into key rings only. */
  key: Uint8Array;
  generation: number;
  size: number;
  bytes: Uint8Array;
}

/** What search shows of a person; `row` is the JSON of an IndexRow without pack names. */
export interface IndexRowRow {
  person: string;
  folded: string;
  row: string;
  /** Birth date as the row has it; "" when unknown. */
  born: string;
}

/** A pack without its bytes. */
export type PackHead = Omit<PackRow, "bytes" | "plain" | "generation">;

export async function packStates(db: Db, person: string): Promise<Pick<PackRow, "part" | "plain" | "generation" | "name">[]> {
  return await db.selectFrom("pack").select(["part", "plain", "generation", "name"]).where("person", "=", person).execute();
}

export async function putPacks(db: Db, rows: readonly PackRow[]): Promise<void> {
  const columns = ["person", "part", "name", "plain", "key", "generation", "size", "bytes"] as const;
  const changed = ["name", "plain", "key", "generation", "size", "bytes"].map((column) => `"${column}" = excluded."${column}"`).join(", ");
  await insertMany(db, "pack", columns, rows, `on conflict (person, part) do update set ${changed}`);
}

export async function deletePack(db: Db, person: string, part: PartName): Promise<void> {
  await db.deleteFrom("pack").where("person", "=", person).where("part", "=", part).execute();
}

export async function putIndexRow(db: Db, row: IndexRowRow): Promise<void> {
  const { folded, born } = row;
  await db
    .insertInto("index_row")
    .values(row)
    .onConflict((conflict) => conflict.column("person").doUpdateSet({ folded, row: row.row, born }))
    .execute();
}

/** Every trace of a person in what is published next. Returns how many packs there were. */
export async function deletePersonPacks(db: Db, person: string): Promise<number> {
  await db.deleteFrom("index_row").where("person", "=", person).execute();
  const done = await db.deleteFrom("pack").where("person", "=", person).executeTakeFirst();
  return Number(done.numDeletedRows);
}

export async function packHeads(db: Db): Promise<PackHead[]> {
  return await db.selectFrom("pack").select(["person", "part", "name", "key", "size"]).orderBy("person").orderBy("part").execute();
}

export async function indexRows(db: Db): Promise<IndexRowRow[]> {
  return await db.selectFrom("index_row").selectAll().orderBy("person").execute();
}

/** Bytes of the packs of these people, given in the order of packHeads, in that order. */
export async function packBytesOf(db: Db, persons: readonly string[]): Promise<Pick<PackRow, "name" | "bytes">[]> {
  const found: Pick<PackRow, "name" | "bytes">[] = [];
  for (let at = 0; at < persons.length; at += 500)
    found.push(
      ...(await db
        .selectFrom("pack")
        .select(["name", "bytes"])
        .where("person", "in", persons.slice(at, at + 500))
        .orderBy("person")
        .orderBy("part")
        .execute()),
    );
  return found;
}

/** Who was born on this day, at most `most`. */
export async function indexRowsBorn(db: Db, born: string, most: number): Promise<IndexRowRow[]> {
  return await db.selectFrom("index_row").selectAll().where("born", "=", born).orderBy("person").limit(most).execute();
}

export async function packsOf(db: Db, person: string): Promise<PackRow[]> {
  return await db.selectFrom("pack").selectAll().where("person", "=", person).execute();
}

export async function packBytes(db: Db, name: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom("pack").select("bytes").where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : new Uint8Array(row.bytes);
}
