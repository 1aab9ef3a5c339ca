/**
 * The Merkle tree of RFC 6962 §2.1 over stored subtree hashes: pure functions that ask a reader for the nodes they need, so that a tree of
 * ten million leaves costs some fifty hashes a proof. A node is the hash of a whole subtree: level 0 are leaves, node [level, index]
 * covers the leaves from index·2^level to (index+1)·2^level. What is not whole yet (the right edge) is never stored, only folded.
 */
import { type Bytes, concat } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";

/** SHA-256. The default is WebCrypto's; a hub gives a synchronous one. */
export type Hash = (bytes: Bytes) => Bytes | Promise<Bytes>;

export interface NodePlace {
  readonly level: number;
  readonly index: number;
}

export interface TreeNode extends NodePlace {
  readonly hash: Bytes;
}

/** The stored hashes at these places, in their order. Rejects when one is missing. */
export type NodeReader = (places: readonly NodePlace[]) => Promise<readonly Bytes[]>;

export async function leafHash(data: Bytes, hash: Hash = sha256): Promise<Bytes> {
  return hash(concat(Uint8Array.of(0), data));
}

/** Hash of two subtrees side by side. */
export function nodeHash(left: Bytes, right: Bytes, hash: Hash = sha256): Bytes | Promise<Bytes> {
  const both = new Uint8Array(65);
  both[0] = 1;
  both.set(left, 1);
  both.set(right, 33);
  return hash(both);
}

/** Root of the first `size` leaves; of none: SHA-256 of nothing. */
export async function rootOf(size: number, read: NodeReader, hash: Hash = sha256): Promise<Bytes> {
  if (size === 0) return hash(new Uint8Array(0));
  const [root] = await hashesOf([{ from: 0, to: size }], read, hash);
  return root as Bytes;
}

/** Path from leaf `index` to the root of the first `size` leaves (RFC 6962 §2.1.1). Errors: "log-place-bad". */
export async function inclusionProof(index: number, size: number, read: NodeReader, hash: Hash = sha256): Promise<readonly Bytes[]> {
  if (!(isCount(index) && isCount(size) && index < size)) throw new TomoshibiError("log-place-bad", { index, size });
  const path: Span[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + halfOf(to - from);
    if (index < middle) path.push({ from: middle, to });
    else path.push({ from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return hashesOf(path.reverse(), read, hash);
}

/** Proof that the tree of `older` leaves is the beginning of the one of `newer` (RFC 6962 §2.1.2); none from 0 or to itself. Errors: "log-place-bad". */
export async function consistencyProof(older: number, newer: number, read: NodeReader, hash: Hash = sha256): Promise<readonly Bytes[]> {
  if (!(isCount(older) && isCount(newer) && older <= newer)) throw new TomoshibiError("log-place-bad", { older, newer });
  if (older === 0 || older === newer) return [];
  const path: Span[] = [];
  let [from, to, whole] = [0, newer, true];
  while (older !== to) {
    const middle = from + halfOf(to - from);
    if (older <= middle) path.push({ from: middle, to });
    else path.push({ from, to: middle });
    if (older <= middle) to = middle;
    else [from, whole] = [middle, false];
  }
  if (!whole) path.push({ from, to });
  return hashesOf(path.reverse(), read, hash);
}

/** Nodes that become whole when `leaves` (their hashes) are added to a tree of `size`: the leaves themselves, and every subtree they complete. */
export async function grow(size: number, leaves: readonly Bytes[], read: NodeReader, hash: Hash = sha256): Promise<readonly TreeNode[]> {
  const edges = wholeNodes(0, size);
  const peaks = (await read(edges)).map((each, i): TreeNode => ({ ...(edges[i] as NodePlace), hash: each }));
  const added: TreeNode[] = [];
  for (const [i, leaf] of leaves.entries()) {
    let node: TreeNode = { level: 0, index: size + i, hash: leaf };
    added.push(node);
    while (node.index % 2 === 1) {
      const left = peaks.pop() as TreeNode;
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: await nodeHash(left.hash, node.hash, hash) };
      added.push(node);
    }
    peaks.push(node);
  }
  return added;
}

/** Whole subtrees that make up the leaves [from, to), left to right; `from` is the beginning of a subtree. */
export function wholeNodes(from: number, to: number): readonly NodePlace[] {
  const places: NodePlace[] = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (2 * width) === 0 && at + 2 * width <= to) [level, width] = [level + 1, 2 * width];
    places.push({ level, index: at / width });
    at += width;
  }
  return places;
}

/** Leaves [from, to) whose common hash a proof names. */
interface Span {
  readonly from: number;
  readonly to: number;
}

async function hashesOf(spans: readonly Span[], read: NodeReader, hash: Hash): Promise<readonly Bytes[]> {
  const parts = spans.map(({ from, to }) => wholeNodes(from, to));
  const hashes = await read(parts.flat());
  let at = 0;
  const folded: Bytes[] = [];
  for (const places of parts) {
    folded.push(await foldPeaks(hashes.slice(at, at + places.length), hash));
    at += places.length;
  }
  return folded;
}

/** Hash of whole subtrees that shrink from left to right, as one tree. Errors: "log-place-bad" when there is none. */
export async function foldPeaks(peaks: readonly Bytes[], hash: Hash = sha256): Promise<Bytes> {
  let folded = peaks.at(-1);
  if (folded === undefined) throw new TomoshibiError("log-place-bad", { peaks: 0 });
  for (let i = peaks.length - 2; i >= 0; i--) folded = await nodeHash(peaks[i] as Bytes, folded, hash);
  return folded;
}

/** Largest power of two below n, for n of two and more. */
function halfOf(n: number): number {
  let half = 1;
  while (2 * half < n) half *= 2;
  return half;
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
