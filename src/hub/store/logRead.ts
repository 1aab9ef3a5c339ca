import type { ChainRow, EntryRow } from "./journal.ts";
import type { LogCheckpointRow, LogLeafRow } from "./log.ts";
import type { StaffKeyRow } from "./staff.ts";
import type { Db } from "./tables.ts";

export type StoredLeaf = LogLeafRow;

/** What a leaf stands for: its bytes, and its row where it is linked. */
export interface LeafEntry {
  readonly bytes: Uint8Array;
  readonly entry: EntryRow | null;
}

/** Leaves [from, to), in order. */
export async function leavesFrom(db: Db, from: number, to: number): Promise<StoredLeaf[]> {
  return await db.selectFrom("log_leaf").selectAll().where("idx", ">=", from).where("idx", "<", to).orderBy("idx").execute();
}

/** By place; what is missing has no row. */
export async function entriesOfLeaves(db: Db, leaves: readonly StoredLeaf[]): Promise<ReadonlyMap<number, LeafEntry>> {
  const found = new Map<number, LeafEntry>();
  const [first, last] = [leaves[0]?.idx, leaves.at(-1)?.idx];
  if (first === undefined || last === undefined) return found;
  const linked = await db
    .selectFrom("log_leaf")
    .innerJoin("journal_entry", (join) =>
      join.onRef("journal_entry.chain", "=", "log_leaf.chain").onRef("journal_entry.seq", "=", "log_leaf.seq"),
    )
    .selectAll("journal_entry")
    .select("log_leaf.idx as idx")
    .where("log_leaf.idx", ">=", first)
    .where("log_leaf.idx", "<=", last)
    .where("log_leaf.kind", "=", "linked")
    .execute();
  for (const { idx, ...entry } of linked) found.set(idx, { bytes: entry.bytes, entry });
  const held = await db
    .selectFrom("log_leaf")
    .innerJoin("journal_quarantine", "journal_quarantine.id", "log_leaf.aside")
    .select(["log_leaf.idx as idx", "journal_quarantine.bytes as bytes"])
    .where("log_leaf.idx", ">=", first)
    .where("log_leaf.idx", "<=", last)
    .where("log_leaf.kind", "=", "held")
    .execute();
  for (const { idx, bytes } of held) found.set(idx, { bytes, entry: null });
  return found;
}

/** Signed checkpoints of sizes (from, to]; from 0 that of nothing as well. */
export async function checkpointsBetween(db: Db, from: number, to: number): Promise<LogCheckpointRow[]> {
  const rows = db.selectFrom("log_checkpoint").selectAll().where("size", ">", from).where("size", "<=", to);
  return await rows.orderBy("size").orderBy("generation").execute();
}

/** Entries that stand in the journal and not in the log. */
export async function unloggedEntries(db: Db): Promise<Pick<EntryRow, "device" | "chain" | "seq">[]> {
  return await db
    .selectFrom("journal_entry")
    .leftJoin("log_leaf", (join) =>
      join
        .onRef("journal_entry.chain", "=", "log_leaf.chain")
        .onRef("journal_entry.seq", "=", "log_leaf.seq")
        .on("log_leaf.kind", "=", "linked"),
    )
    .select(["journal_entry.device", "journal_entry.chain", "journal_entry.seq"])
    .where("log_leaf.idx", "is", null)
    .orderBy("journal_entry.chain")
    .orderBy("journal_entry.seq")
    .limit(10_000)
    .execute();
}

/** Every key that any member ever registered, from any device. */
export async function allStaffKeys(db: Db): Promise<StaffKeyRow[]> {
  return await db.selectFrom("staff_key").selectAll().orderBy("registered").orderBy("id").execute();
}

/** Where each chain ends, as the hub goes on from it. */
export async function chainHeads(db: Db): Promise<ChainRow[]> {
  return await db.selectFrom("journal_chain").selectAll().orderBy("chain").execute();
}
