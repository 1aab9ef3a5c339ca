import { createHash } from "node:crypto";
import type { NodeReader, TreeNode } from "../../../src/shared/audit/tree.ts";
import { type Bytes, equalBytes, utf8 } from "../../../src/shared/bytes.ts";

/** RFC 6962 §2.1 word for word, by recursion over all leaves: another hand than src/shared/audit/tree.ts, and far slower. */
export const sha = (...parts: readonly Uint8Array[]): Bytes => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
export const leafOf = (data: Uint8Array): Bytes => sha(Uint8Array.of(0), data);
export const nodeOf = (left: Uint8Array, right: Uint8Array): Bytes => sha(Uint8Array.of(1), left, right);

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

export function mth(data: readonly Uint8Array[]): Bytes {
  if (data.length === 0) return sha();
  if (data.length === 1) return leafOf(data[0] as Uint8Array);
  const k = split(data.length);
  return nodeOf(mth(data.slice(0, k)), mth(data.slice(k)));
}

export function path(m: number, data: readonly Uint8Array[]): Bytes[] {
  if (data.length === 1) return [];
  const k = split(data.length);
  return m < k ? [...path(m, data.slice(0, k)), mth(data.slice(k))] : [...path(m - k, data.slice(k)), mth(data.slice(0, k))];
}

export function proof(m: number, data: readonly Uint8Array[]): Bytes[] {
  return m === 0 || m === data.length ? [] : subproof(m, data, true);
}

function subproof(m: number, data: readonly Uint8Array[], whole: boolean): Bytes[] {
  if (m === data.length) return whole ? [] : [mth(data)];
  const k = split(data.length);
  return m <= k
    ? [...subproof(m, data.slice(0, k), whole), mth(data.slice(k))]
    : [...subproof(m - k, data.slice(k), false), mth(data.slice(0, k))];
}

/** Stored nodes in memory: refuses to overwrite one, and to read what was never stored. */
export function memoryNodes(): { readonly read: NodeReader; store(nodes: readonly TreeNode[]): void; readonly count: () => number } {
  const nodes = new Map<string, Bytes>();
  return {
    read: async (places) =>
      places.map(({ level, index }) => {
        const found = nodes.get(`${level}/${index}`);
        if (found === undefined) throw new Error(`no node ${level}/${index}`);
        return found;
      }),
    store(added) {
      for (const { level, index, hash } of added) {
        const before = nodes.get(`${level}/${index}`);
        if (before !== undefined && !equalBytes(before, hash)) throw new Error(`node ${level}/${index} changed`);
        nodes.set(`${level}/${index}`, hash);
      }
    },
    count: () => nodes.size,
  };
}

export const dataOf = (count: number): Bytes[] => Array.from({ length: count }, (_, i) => utf8(`entry ${i}`));
