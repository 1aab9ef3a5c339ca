/** The log of the test hub: made anew from its entries at each answer, so that a test may rewrite them. */
import { openCheckpoint, signCheckpoint } from "../../src/shared/audit/checkpoint.ts";
import type { Entry } from "../../src/shared/audit/entry.ts";
import { encodeLeaf } from "../../src/shared/audit/leaf.ts";
import { consistencyProof, grow, inclusionProof, leafHash, type NodeReader, rootOf } from "../../src/shared/audit/tree.ts";
import type { Bytes } from "../../src/shared/bytes.ts";
import type { LogAnswer, LogSeen } from "../../src/shared/protocol/log.ts";
import { memoryNodes } from "../shared/audit/naive-tree.ts";
import type { TestHub } from "./hub.ts";

export interface TestLog {
  generation: number;
  /** Root-signed beginnings of generations 2, 3, … */
  readonly statements: Bytes[];
  backup: { readonly size: number; readonly mark: Bytes } | null;
  /** What devices brought. */
  readonly evidence: LogSeen["evidence"][number][];
  /** Place of the one entry that every receipt names; null: the last. */
  stuckAt: number | null;
  /** Shows another entry's place. */
  misproves: boolean;
}

const received = 1;

export async function nodesOf(entries: readonly { readonly bytes: Bytes }[]): Promise<NodeReader> {
  const nodes = memoryNodes();
  const leaves = await Promise.all(entries.map(({ bytes }) => leafHash(encodeLeaf({ kind: "linked", received, entry: bytes }))));
  nodes.store(await grow(0, leaves, nodes.read));
  return nodes.read;
}

export async function logAnswer(hub: TestHub, entries: readonly Entry[], last: Entry | null, seen: LogSeen): Promise<LogAnswer> {
  const read = await nodesOf(entries);
  const size = entries.length;
  const key = hub.hubKeys.keys.checkpoint;
  hub.log.evidence.push(...seen.evidence);
  const known = seen.checkpoint === null ? null : await openCheckpoint(seen.checkpoint, hub.id, key);
  const sizes = new Set([known?.size ?? 0, seen.backup, hub.log.backup?.size ?? 0].filter((each) => each > 0 && each <= size));
  const index = last === null ? -1 : entries.findIndex(({ bytes }) => bytes === last.bytes) - (hub.log.misproves ? 1 : 0);
  return {
    checkpoint: await signCheckpoint(
      { hub: hub.id, generation: hub.log.generation, size, root: await rootOf(size, read) },
      hub.signers.checkpoint.key,
      key,
    ),
    entry: last === null ? null : { seq: last.header.seq, received, index, path: await inclusionProof(index, size, read) },
    consistency: await Promise.all([...sizes].map(async (from) => ({ from, path: await consistencyProof(from, size, read) }))),
    generations: known === null ? [] : hub.log.statements.slice(known.generation - 1),
    backup: hub.log.backup?.mark ?? null,
  };
}
