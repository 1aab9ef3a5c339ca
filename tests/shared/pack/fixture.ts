import { nodePrimitives } from "../../../src/hub/publish/primitives.ts";
import { type Bytes, utf8 } from "../../../src/shared/bytes.ts";
import type { PackKind } from "../../../src/shared/crypto/derive.ts";
import { codeOf } from "../../../src/shared/error.ts";
import type { PackKeys } from "../../../src/shared/pack/open.ts";
import { type PackInput, type SealedPack, sealPack } from "../../../src/shared/pack/seal.ts";

export const fill = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);

export const input = (change: Partial<PackInput> = {}): PackInput => ({
  kind: "strip",
  plain: utf8('{"name":"灯台 あかり","drug":"ワルファリン"}'),
  hubId: fill(16, 1),
  personRef: fill(16, 2),
  summaryVersion: 1,
  generation: 1,
  secret: fill(32, 3),
  ...change,
});

export const seal = (change: Partial<PackInput> = {}): SealedPack => sealPack(input(change), nodePrimitives);

export const keysOf = (pack: SealedPack, change: Partial<PackKeys> = {}): PackKeys => ({
  name: pack.name,
  key: pack.key,
  kind: "strip" satisfies PackKind,
  hubId: fill(16, 1),
  personRef: fill(16, 2),
  ...change,
});

export async function codeFrom(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return codeOf(error);
  }
  return "none";
}

export const flipped = (bytes: Bytes, at: number, bit = 1): Bytes => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ bit;
  return copy;
};
