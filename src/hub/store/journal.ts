import type { Db } from "./tables.ts";

/** A chain of entries as far as the hub has verified it. */
export interface ChainRow {
  /** 16 bytes, hex. */
  chain: string;
  device: string;
  /** Last accepted sequence. */
  seq: number;
  /** Its hash, 32 bytes. */
  hash: Uint8Array;
}

/** A verified entry: as sent, and what its sealed body says. Never changed, never deleted. */
export interface EntryRow {
  chain: string;
  seq: number;
  hash: Uint8Array;
  device: string;
  kind: string;
  /** ms, by the device's clock and by its trusted time. */
  at: number;
  trusted: number;
  bytes: Uint8Array;
  /** Of the opened body; "" where it has none. */
  staff: string;
  role: string;
  purpose: string;
  person: string;
  what: string;
  reason: string;
  note: string;
  received: number;
  /** Review item it belongs to; null: none. */
  review: string | null;
}

/** What came and could not be accepted: kept as sent, with its alert. */
export interface QuarantineRow {
  /** SHA-256 of the bytes, base64url: the same thing sent twice is kept once. */
  id: string;
  device: string;
  reason: string;
  bytes: Uint8Array;
  received: number;
}

export interface AlertRow {
  /** Made of kind, device, chain and sequence: the same alarm counts up. */
  id: string;
  kind: string;
  device: string;
  chain: string;
  seq: number;
  at: number;
  last: number;
  count: number;
}

export async function chainById(db: Db, chain: string): Promise<ChainRow | null> {
  return (await db.selectFrom("journal_chain").selectAll().where("chain", "=", chain).executeTakeFirst()) ?? null;
}

/** How many chains a device has begun. */
export async function chainsOf(db: Db, device: string): Promise<number> {
  return (await db.selectFrom("journal_chain").select("chain").where("device", "=", device).execute()).length;
}

export async function putChain(db: Db, row: ChainRow): Promise<void> {
  await db
    .insertInto("journal_chain")
    .values(row)
    .onConflict((conflict) => conflict.column("chain").doUpdateSet({ seq: row.seq, hash: row.hash }))
    .execute();
}

export async function entryAt(db: Db, chain: string, seq: number): Promise<EntryRow | null> {
  return (await db.selectFrom("journal_entry").selectAll().where("chain", "=", chain).where("seq", "=", seq).executeTakeFirst()) ?? null;
}

/** Entries with this number on every chain that begins so (hex): on paper a chain stands with its first letters alone. */
export async function entriesOnPaper(db: Db, start: string, seq: number): Promise<EntryRow[]> {
  const rows = await db.selectFrom("journal_entry").selectAll().where("seq", "=", seq).where("chain", "like", `${start}%`).execute();
  return rows.sort((a, b) => a.received - b.received);
}

export async function addEntry(db: Db, row: EntryRow): Promise<void> {
  await db.insertInto("journal_entry").values(row).execute();
}

export async function entriesOfReview(db: Db, review: string): Promise<EntryRow[]> {
  return await db.selectFrom("journal_entry").selectAll().where("review", "=", review).orderBy("seq").execute();
}

/** True when it was not kept already. */
export async function addQuarantine(db: Db, row: QuarantineRow): Promise<boolean> {
  const done = await db
    .insertInto("journal_quarantine")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function quarantined(db: Db): Promise<QuarantineRow[]> {
  return await db.selectFrom("journal_quarantine").selectAll().orderBy("received").orderBy("id").execute();
}

export async function raiseAlert(db: Db, row: Omit<AlertRow, "id" | "last" | "count">): Promise<void> {
  const id = `${row.kind}/${row.device}/${row.chain}/${row.seq}`;
  await db
    .insertInto("alert")
    .values({ ...row, id, last: row.at, count: 1 })
    .onConflict((conflict) => conflict.column("id").doUpdateSet((e) => ({ last: row.at, count: e("alert.count", "+", 1) })))
    .execute();
}

/** Newest first. */
export async function alerts(db: Db, most: number): Promise<AlertRow[]> {
  return await db.selectFrom("alert").selectAll().orderBy("last", "desc").orderBy("id").limit(most).execute();
}
