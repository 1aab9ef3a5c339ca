import type { MasterEntry, MasterKind } from "../record/master.ts";
import { insertMany } from "./bulk.ts";
import type { Db } from "./tables.ts";

/** One imported code master; a kind has one at most. */
export interface MasterRow {
  kind: MasterKind;
  /** Day of the master itself, YYYY-MM-DD, as its publisher or the operator says. */
  date: string;
  /** Name of the file it came from, without its folder. */
  file: string;
  /** SHA-256 of the file, base64url. */
  hash: string;
  /** Instant of the import (ISO 8601, UTC). */
  imported: string;
  read: number;
  taken: number;
  /** JSON list of {reason, count, line}. */
  refused: string;
}

export interface MasterCodeRow {
  kind: MasterKind;
  code: string;
  name: string;
  target: string;
}

/** In order of their kinds. */
export async function masters(db: Db): Promise<MasterRow[]> {
  return await db.selectFrom("master").selectAll().orderBy("kind").execute();
}

/** Takes the place of the master of this kind, whole. Call inside a transaction. */
export async function replaceMaster(tx: Db, row: MasterRow, entries: readonly MasterEntry[]): Promise<void> {
  await removeMaster(tx, row.kind);
  await tx.insertInto("master").values(row).execute();
  await insertMany(
    tx,
    "master_code",
    ["kind", "code", "name", "target"],
    entries.map((entry) => ({ kind: row.kind, ...entry })),
  );
}

/** False when there was none. Call inside a transaction. */
export async function removeMaster(tx: Db, kind: MasterKind): Promise<boolean> {
  await tx.deleteFrom("master_code").where("kind", "=", kind).execute();
  const { numDeletedRows } = await tx.deleteFrom("master").where("kind", "=", kind).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Those of the codes that the master of this kind knows. */
export async function masterEntries(db: Db, kind: MasterKind, codes: readonly string[]): Promise<Map<string, MasterEntry>> {
  const found = new Map<string, MasterEntry>();
  for (let at = 0; at < codes.length; at += 500) {
    const rows = await db
      .selectFrom("master_code")
      .select(["code", "name", "target"])
      .where("kind", "=", kind)
      .where("code", "in", codes.slice(at, at + 500))
      .execute();
    for (const row of rows) found.set(row.code, row);
  }
  return found;
}
