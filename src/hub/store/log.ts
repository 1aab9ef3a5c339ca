import { createHash } from "node:crypto";
import { encodeLeaf, type LeafKind } from "../../shared/audit/leaf.ts";
import { grow, type Hash, leafHash, type NodePlace, type NodeReader, type TreeNode } from "../../shared/audit/tree.ts";
import type { Bytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { insertMany } from "./bulk.ts";
import type { Db } from "./tables.ts";

/** How far the log has grown: one row. */
export interface LogStateRow {
  id: number;
  generation: number;
  size: number;
  /** ms of the newest leaf. */
  received: number;
}

/** Which entry stands at a place of the log. */
export interface LogLeafRow {
  idx: number;
  kind: LeafKind;
  chain: string;
  seq: number;
  /** Id of the quarantined entry; "" when it is linked. */
  aside: string;
  received: number;
}

/** Up to 32 neighbouring subtree hashes of one level. */
export interface LogNodeRow {
  /** level · 2^40 + index of the first ÷ 32. */
  place: number;
  hashes: Uint8Array;
}

/** Every checkpoint this hub has ever signed. */
export interface LogCheckpointRow {
  generation: number;
  size: number;
  note: string;
  at: number;
}

/** A leaf to be, with the row that it stands for. */
export interface NewLeaf extends Omit<LogLeafRow, "idx" | "received"> {
  readonly entry: Bytes;
}

export const nodeSha256: Hash = (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest());

const BLOCK = 32;
const LEVEL = 2 ** 40;

export async function logState(db: Db): Promise<LogStateRow> {
  return await db.selectFrom("log_state").selectAll().executeTakeFirstOrThrow();
}

/** The state, with the log held for this transaction: whoever else appends waits. */
export async function holdLog(tx: Db): Promise<LogStateRow> {
  await tx.updateTable("log_state").set({ id: 1 }).where("id", "=", 1).execute();
  return await logState(tx);
}

/** Appends in O(log n) with few statements; call with the state of `holdLog`, in the transaction that stores the entries. */
export async function appendLeaves(tx: Db, state: LogStateRow, received: number, leaves: readonly NewLeaf[]): Promise<void> {
  if (leaves.length === 0) return;
  const hashes = await Promise.all(leaves.map(({ kind, entry }) => leafHash(encodeLeaf({ kind, received, entry }), nodeSha256)));
  await storeNodes(tx, await grow(state.size, hashes, nodeReader(tx), nodeSha256));
  const rows = leaves.map(({ kind, chain, seq, aside }, i): LogLeafRow => ({ idx: state.size + i, kind, chain, seq, aside, received }));
  await insertMany(tx, "log_leaf", ["idx", "kind", "chain", "seq", "aside", "received"], rows);
  await tx
    .updateTable("log_state")
    .set({ size: state.size + leaves.length, received })
    .where("id", "=", 1)
    .execute();
}

/** Errors: "log-damaged" when a stored hash is missing. */
export function nodeReader(db: Db): NodeReader {
  return async (places) => {
    const blocks = await blocksOf(db, places);
    return places.map(({ level, index }) => {
      const at = 32 * (index % BLOCK);
      const hash = blocks.get(blockOf({ level, index }))?.slice(at, at + 32);
      if (hash?.length !== 32) throw new TomoshibiError("log-damaged", { level, index });
      return hash;
    });
  };
}

const blockOf = ({ level, index }: NodePlace): number => level * LEVEL + Math.floor(index / BLOCK);

async function blocksOf(db: Db, places: readonly NodePlace[]): Promise<ReadonlyMap<number, Bytes>> {
  const wanted = [...new Set(places.map(blockOf))];
  const blocks = new Map<number, Bytes>();
  for (let at = 0; at < wanted.length; at += 500) {
    const rows = await db
      .selectFrom("log_node")
      .selectAll()
      .where("place", "in", wanted.slice(at, at + 500))
      .execute();
    for (const { place, hashes } of rows) blocks.set(place, new Uint8Array(hashes));
  }
  return blocks;
}

/** Nodes follow those that are stored already, level by level: nothing is ever written over. */
async function storeNodes(tx: Db, nodes: readonly TreeNode[]): Promise<void> {
  const begun = await blocksOf(tx, nodes);
  const blocks = new Map<number, Uint8Array[]>();
  for (const node of nodes) {
    const place = blockOf(node);
    const before = begun.get(place);
    const block = blocks.get(place) ?? (before === undefined ? [] : [before]);
    const length = block.reduce((sum, part) => sum + part.length, 0);
    if (length !== 32 * (node.index % BLOCK)) throw new TomoshibiError("log-damaged", { level: node.level, index: node.index });
    blocks.set(place, [...block, node.hash]);
  }
  const rows = [...blocks].map(([place, parts]): LogNodeRow => ({ place, hashes: Buffer.concat(parts) }));
  await insertMany(tx, "log_node", ["place", "hashes"], rows, "on conflict (place) do update set hashes = excluded.hashes");
}

/** Where an entry that is linked stands in the log; null: nowhere. */
export async function leafOf(db: Db, chain: string, seq: number): Promise<LogLeafRow | null> {
  const rows = db.selectFrom("log_leaf").selectAll().where("chain", "=", chain).where("seq", "=", seq).where("kind", "=", "linked");
  return (await rows.orderBy("idx").executeTakeFirst()) ?? null;
}

export async function checkpointAt(db: Db, generation: number, size: number): Promise<LogCheckpointRow | null> {
  const rows = db.selectFrom("log_checkpoint").selectAll().where("generation", "=", generation).where("size", "=", size);
  return (await rows.executeTakeFirst()) ?? null;
}

/** Keeps a signed checkpoint; of two for one size the first stays, and is returned. */
export async function keepCheckpoint(db: Db, row: LogCheckpointRow): Promise<LogCheckpointRow> {
  await db
    .insertInto("log_checkpoint")
    .values(row)
    .onConflict((conflict) => conflict.columns(["generation", "size"]).doNothing())
    .execute();
  return (await checkpointAt(db, row.generation, row.size)) ?? row;
}
