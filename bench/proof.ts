/**
 * Consistency over ten million entries: the hub makes the proof from stored hashes on SQLite, the device verifies it, against hashing as many
 * nodes as both of them hash, with the same two functions. What it saves: hashing the whole tree anew.
 */
import { randomFillSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { insertMany } from "../src/hub/store/bulk.ts";
import { type LogNodeRow, nodeReader, nodeSha256 } from "../src/hub/store/log.ts";
import { openStore, type Store } from "../src/hub/store/store.ts";
import { verifyConsistency } from "../src/shared/audit/proof.ts";
import { consistencyProof, type Hash, rootOf } from "../src/shared/audit/tree.ts";
import { sha256 } from "../src/shared/crypto/hash.ts";
import type { Figure } from "./bench.ts";
import { median, rounded } from "./lib/stats.ts";

const LEAVES = 10_000_000;
const BLOCK = 32;
const PROOFS = 300;

export default async function run(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const store = await openStore({ dataDir: folder, databaseUrl: null });
  try {
    const whole = await build(store);
    const read = nodeReader(store.db);
    const newer = { size: LEAVES, root: await rootOf(LEAVES, read, nodeSha256) };
    const [made, verified, raw, bytes, hashes]: number[][] = [[], [], [], [], []];
    for (let i = 0; i < PROOFS; i++) {
      const size = 1 + Math.floor(((i * 0.618034) % 1) * (LEAVES - 1));
      const older = { size, root: await rootOf(size, read, nodeSha256) };
      const [hub, device] = [counting(nodeSha256), counting(sha256)];
      const start = performance.now();
      const proof = await consistencyProof(size, LEAVES, read, hub.hash);
      const middle = performance.now();
      await verifyConsistency(older, newer, proof, device.hash);
      const end = performance.now();
      made?.push(middle - start);
      verified?.push(end - middle);
      bytes?.push(32 * proof.length);
      hashes?.push(hub.count() + device.count());
      raw?.push(await hashed(hub.count(), nodeSha256, device.count(), sha256));
    }
    const both = (made ?? []).map((ms, i) => ms + (verified?.[i] ?? 0));
    return {
      ratio: median(both.map((ms, i) => ms / (raw?.[i] ?? Number.NaN))),
      reference: "as many SHA-256 of 65 bytes as hub (node:crypto) and device (WebCrypto) compute for the same proof",
      detail: {
        leaves: LEAVES,
        proofs: PROOFS,
        milliseconds: rounded([median(made ?? []), median(verified ?? []), median(raw ?? [])]),
        millisecondsOf: ["hub makes", "device verifies", "reference"],
        bytes: median(bytes ?? []),
        hashes: median(hashes ?? []),
        ...whole,
      },
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Stores every whole subtree of ten million random leaves, as `appendLeaves` would have. */
async function build(store: Store): Promise<{ readonly wholeTreeSeconds: number; readonly storedMegabytes: number }> {
  let level = Buffer.alloc(32 * LEAVES);
  for (let at = 0; at < level.length; at += 2 ** 30) randomFillSync(level, at, Math.min(2 ** 30, level.length - at));
  let [hashing, stored] = [0, 0];
  for (let height = 0; level.length > 0; height++) {
    stored += level.length;
    await keep(store, height, level);
    const start = performance.now();
    level = await parents(level);
    hashing += performance.now() - start;
  }
  return { wholeTreeSeconds: Math.round(hashing / 1000), storedMegabytes: Math.round(stored / 1e6) };
}

async function parents(level: Buffer): Promise<Buffer<ArrayBuffer>> {
  const count = Math.floor(level.length / 64);
  const above = Buffer.alloc(32 * count);
  const both = new Uint8Array(65);
  both[0] = 1;
  for (let i = 0; i < count; i++) {
    both.set(level.subarray(64 * i, 64 * i + 64), 1);
    above.set((await nodeSha256(both)) as Uint8Array, 32 * i);
  }
  return above;
}

async function keep(store: Store, height: number, level: Buffer): Promise<void> {
  const blocks = Math.ceil(level.length / (32 * BLOCK));
  for (let from = 0; from < blocks; from += 10_000) {
    const rows = Array.from({ length: Math.min(10_000, blocks - from) }, (_, i): LogNodeRow => {
      const at = 32 * BLOCK * (from + i);
      return { place: height * 2 ** 40 + from + i, hashes: level.subarray(at, at + 32 * BLOCK) };
    });
    await store.db.transaction().execute((tx) => insertMany(tx, "log_node", ["place", "hashes"], rows));
  }
}

function counting(hash: Hash): { readonly hash: Hash; readonly count: () => number } {
  let count = 0;
  const counted: Hash = (bytes) => {
    count += 1;
    return hash(bytes);
  };
  return { hash: counted, count: () => count };
}

async function hashed(a: number, first: Hash, b: number, second: Hash): Promise<number> {
  const node = new Uint8Array(65);
  const start = performance.now();
  for (let i = 0; i < a; i++) await first(node);
  for (let i = 0; i < b; i++) await second(node);
  return performance.now() - start;
}
