import { type Bytes, concat } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { EpochKeys, PackKind } from "../crypto/derive.ts";
import { unwrapBytes, wrapSynthetic } from "../crypto/wrap.ts";
import { TomoshibiError } from "../error.ts";
import { divideByLeading } from "./divide.ts";
import type { EpochScope } from "./shard.ts";
import { zeroFrom } from "./zeros.ts";

export const RING_PART_BYTES = 65_536;
export const RING_PART_ENTRIES = 1_024;
const ENTRY = 64;
const LABEL = 4;
/** At most 832 entries a part on average: the limit is six standard deviations away. */
const division = { leading: ({ name }: RingEntry) => leading(name), size: () => 1, aim: 832, limit: RING_PART_ENTRIES };

export interface RingEntry {
  /** Pack name, 32 bytes. */
  readonly name: Bytes;
  /** Record key, 32 bytes. */
  readonly key: Bytes;
}

export interface RingPart {
  readonly bytes: Bytes;
  /** Smallest pack name in it: stands in the manifest, so that one opening reads one part. */
  readonly first: Bytes;
}

/**
 * Divides the ring of one kind into parts by leading bits of the pack names and seals each; the same entries give the same bytes, and a
 * changed pack changes one or two parts. Byte table: README.md.
 */
export async function sealRing(
  kind: PackKind,
  entries: readonly RingEntry[],
  keys: EpochKeys,
  scope: EpochScope,
): Promise<readonly RingPart[]> {
  const sorted = [...entries].sort((a, b) => compareNames(a.name, b.name));
  return Promise.all(divideByLeading(sorted, division).map((part) => sealPart(kind, part, keys, scope)));
}

/** Plain part (sorted entries, zero padded). Errors: seal-open-failed (key, kind, hub, cohort or epoch), ring-malformed. */
export async function openRing(kind: PackKind, bytes: Bytes, keys: Pick<EpochKeys, "ring">, scope: EpochScope): Promise<Bytes> {
  const label = bytes.slice(0, LABEL);
  const plain = await unwrapBytes(keys.ring[kind], binding(kind, label, scope), bytes.subarray(LABEL));
  if (plain.length !== RING_PART_BYTES) throw new TomoshibiError("ring-malformed", { bytes: plain.length });
  const count = entryCount(plain);
  for (let i = 1; i < count; i++) {
    if (compareNames(nameAt(plain, i - 1), nameAt(plain, i)) >= 0) throw new TomoshibiError("ring-malformed", { entry: i });
  }
  if (!zeroFrom(plain, count * ENTRY)) throw new TomoshibiError("ring-malformed", { entry: count });
  return plain;
}

/** Record key of a pack in an opened part. Errors: "ring-entry-missing". */
export function keyInRing(plain: Bytes, name: Bytes): Bytes {
  let low = 0;
  let high = entryCount(plain) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compareNames(nameAt(plain, middle), name);
    if (order === 0) return plain.slice(middle * ENTRY + 32, (middle + 1) * ENTRY);
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  throw new TomoshibiError("ring-entry-missing");
}

/** Position of the part that may hold `name`, by the `first` names of the manifest. Errors: "ring-entry-missing". */
export function ringPartFor(parts: readonly { readonly first: Bytes }[], name: Bytes): number {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i];
    if (part !== undefined && compareNames(part.first, name) <= 0) return i;
  }
  throw new TomoshibiError("ring-entry-missing");
}

export function compareNames(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < 32; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

async function sealPart(kind: PackKind, entries: readonly RingEntry[], keys: EpochKeys, scope: EpochScope): Promise<RingPart> {
  const plain = new Uint8Array(RING_PART_BYTES);
  plain.set(concat(...entries.flatMap(({ name, key }) => [name, key])));
  const first = plain.slice(0, 32);
  const label = first.slice(0, LABEL);
  return { first, bytes: concat(label, await wrapSynthetic(keys.ring[kind], keys.nonce, binding(kind, label, scope), plain)) };
}

function binding(kind: PackKind, label: Bytes, { hubId, cohort, epoch }: EpochScope): Bytes {
  return encodeCbor([`tomoshibi/ring/${kind}/1`, hubId, cohort, epoch, label]);
}

const leading = (name: Bytes): number => new DataView(name.buffer, name.byteOffset).getUint32(0);
const nameAt = (plain: Bytes, i: number): Bytes => plain.subarray(i * ENTRY, i * ENTRY + 32);

/** No pack has the all-zero name: the first one marks the padding. */
function entryCount(plain: Bytes): number {
  let low = 0;
  let high = Math.floor(plain.length / ENTRY);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameAt(plain, middle).some((byte) => byte !== 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
