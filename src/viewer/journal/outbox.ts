/** What the hub has not acknowledged yet. Entries leave the outbox by a verified receipt alone, and the disk not at all. */
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { ChainRow, EntryRow, JournalDb } from "./db.ts";

export interface Batch {
  readonly chain: string;
  readonly entries: readonly Bytes[];
  readonly last: number;
  /** The hub refuses to link this chain: what was not sent yet goes home as evidence, and needs no receipt for its place. */
  readonly left: boolean;
}

/** Entries that the hub does not have, over all chains. */
export async function outboxCount(db: JournalDb): Promise<number> {
  const chains = await db.chains.toArray();
  const counts = await Promise.all(chains.map((row) => after(db, row.chain, row.acked).count()));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The next batch, oldest first, chains that were left before the current one, within both limits; null when the hub has all. */
export async function nextBatch(db: JournalDb, limit: { readonly entries: number; readonly bytes: number }): Promise<Batch | null> {
  const chains = await db.chains.toArray();
  for (const row of [...chains.filter(({ state }) => state === "left"), ...chains.filter(({ state }) => state === "current")]) {
    const waiting = await after(db, row.chain, row.acked).limit(limit.entries).toArray();
    if (waiting.length > 0) return batchOf(row, waiting, limit.bytes);
  }
  return null;
}

function batchOf({ chain, acked, state }: ChainRow, waiting: readonly EntryRow[], most: number): Batch {
  const entries: Bytes[] = [];
  let bytes = 16;
  let last = acked;
  for (const entry of waiting) {
    // 5: the longest CBOR head of a byte string of this size.
    if (entries.length > 0 && bytes + entry.bytes.length + 5 > most) break;
    bytes += entry.bytes.length + 5;
    entries.push(entry.bytes);
    last = entry.seq;
  }
  return { chain, entries, last, left: state === "left" };
}

/** That an entry stands in the hub's log, verified by the caller. */
export interface Proven {
  readonly generation: number;
  readonly index: number;
}

/** The entry that a receipt names. Errors: "journal-fork" when ours there has another hash: the hub knows another history of this device. */
export async function entryOf(db: JournalDb, chain: string, seq: number, hash: Bytes): Promise<EntryRow> {
  const entry = await db.entries.get([chain, seq]);
  if (!entry || !equalBytes(entry.hash, hash)) throw new TomoshibiError("journal-fork", { seq });
  return entry;
}

/**
 * The hub holds the chain up to `seq`, and has proven it; 0 and null: it holds nothing. Less than before means a hub restored from backup: it
 * gets the rest again. Errors: "journal-fork" for a chain that is not ours.
 */
export async function acknowledge(db: JournalDb, chain: string, seq: number, proven: Proven | null): Promise<void> {
  await db.transaction("rw", db.proofs, db.chains, async () => {
    const row = await db.chains.get(chain);
    if (!row) throw new TomoshibiError("journal-fork", { seq });
    await db.chains.put({ ...row, acked: seq });
    if (proven) await db.proofs.put({ chain, seq, ...proven });
  });
}

/** The hub will not link this chain any more, but has what was sent up to `sent`: the next entry starts a new chain, the rest goes home as evidence. */
export async function leaveChain(db: JournalDb, chain: string, sent: number): Promise<void> {
  await db.chains.update(chain, { state: "left", acked: sent });
}

function after(db: JournalDb, chain: string, acked: number) {
  return db.entries.where("[chain+seq]").between([chain, acked], [chain, Number.MAX_SAFE_INTEGER], false, true);
}
