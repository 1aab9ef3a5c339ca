/** Checking what a log says of itself: RFC 9162 §2.1.3.2 and §2.1.4.2, on numbers above 32 bits. Everything here is attacker-controlled. */
import { type Bytes, equalBytes } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";
import { type Hash, nodeHash } from "./tree.ts";

/** A tree of a size, by its root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Bytes;
}

/** More than any tree of 2^53 leaves needs. */
export const PROOF_MOST = 64;

/** Errors: "log-proof-bad" unless this leaf stands at `index` of this tree. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  path: readonly Bytes[],
  head: TreeHead,
  hash: Hash = sha256,
): Promise<void> {
  if (!(isCount(index) && isCount(head.size) && index < head.size) || path.length > PROOF_MOST) throw bad("index");
  if (![leaf, head.root, ...path].every(isHash)) throw bad("length");
  let [at, last, folded] = [index, head.size - 1, leaf];
  for (const each of path) {
    if (last === 0) throw bad("long");
    if (at % 2 === 1 || at === last) {
      folded = await nodeHash(each, folded, hash);
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, half(last)];
    } else folded = await nodeHash(folded, each, hash);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) throw bad("short");
  if (!equalBytes(folded, head.root)) throw bad("root");
}

/** Errors: "log-proof-bad" unless `older` is the beginning of `newer`. */
export async function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Bytes[], hash: Hash = sha256): Promise<void> {
  if (!(isCount(older.size) && isCount(newer.size) && older.size <= newer.size) || proof.length > PROOF_MOST) throw bad("size");
  if (![older.root, newer.root, ...proof].every(isHash)) throw bad("length");
  if (older.size === newer.size || older.size === 0) {
    if (proof.length > 0) throw bad("long");
    if (older.size === 0 && !equalBytes(older.root, await hash(new Uint8Array(0)))) throw bad("root");
    if (older.size === newer.size && !equalBytes(older.root, newer.root)) throw bad("root");
    return;
  }
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const [first, ...rest] = at === 0 ? [older.root, ...proof] : proof;
  if (first === undefined) throw bad("short");
  let [was, is] = [first, first];
  for (const each of rest) {
    if (last === 0) throw bad("long");
    if (at % 2 === 1 || at === last) {
      was = await nodeHash(each, was, hash);
      is = await nodeHash(each, is, hash);
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, half(last)];
    } else is = await nodeHash(is, each, hash);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) throw bad("short");
  if (!equalBytes(was, older.root) || !equalBytes(is, newer.root)) throw bad("root");
}

const bad = (field: string): TomoshibiError => new TomoshibiError("log-proof-bad", { field });
const isHash = (bytes: Bytes): boolean => bytes.length === 32;
const half = (n: number): number => Math.floor(n / 2);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
