/** What the hub has not acknowledged yet. Entries leave the outbox by a verified receipt alone, and the disk not at all. */
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { JournalDb } from "./db.ts";

export interface Batch {
  readonly chain: string;
  readonly entries: readonly Bytes[];
  readonly last: number;
}

/** Entries not acknowledged, over all chains in use. */
export async function outboxCount(db: JournalDb): Promise<number> {
  const chains = await db.chains.where("state").equals("current").toArray();
  const counts = await Promise.all(chains.map((row) => after(db, row.chain, row.acked).count()));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The next batch, oldest first, within both limits; null when all is acknowledged. */
export async function nextBatch(db: JournalDb, limit: { readonly entries: number; readonly bytes: number }): Promise<Batch | null> {
  const row = await db.chains.where("state").equals("current").first();
  if (!row) return null;
  const waiting = await after(db, row.chain, row.acked).limit(limit.entries).toArray();
  const entries: Bytes[] = [];
  let bytes = 16;
  let last = row.acked;
  for (const entry of waiting) {
    // 5: the longest CBOR head of a byte string of this size.
    if (entries.length > 0 && bytes + entry.bytes.length + 5 > limit.bytes) break;
    bytes += entry.bytes.length + 5;
    entries.push(entry.bytes);
    last = entry.seq;
  }
  return entries.length > 0 ? { chain: row.chain, entries, last } : null;
}

/**
 * A receipt says the hub holds the chain up to `seq` (0: nothing) with this hash. "journal-fork" when our entry there has another hash:
 * the hub knows another history of this device. A receipt for less than before means a hub restored from backup: it gets them again.
 */
export async function acknowledge(db: JournalDb, chain: string, seq: number, hash: Bytes): Promise<void> {
  await db.transaction("rw", db.entries, db.chains, async () => {
    const entry = await db.entries.get([chain, seq]);
    const row = await db.chains.get(chain);
    if (!row || (seq > 0 && !(entry && equalBytes(entry.hash, hash)))) throw new TomoshibiError("journal-fork", { seq });
    await db.chains.put({ ...row, acked: seq });
  });
}

/** The hub will not link this chain any more: the next entry starts a new one. What was written stays on disk. */
export async function leaveChain(db: JournalDb, chain: string): Promise<void> {
  await db.chains.update(chain, { state: "left" });
}

function after(db: JournalDb, chain: string, acked: number) {
  return db.entries.where("[chain+seq]").between([chain, acked], [chain, Number.MAX_SAFE_INTEGER], false, true);
}
