import { type Bytes, concat, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { EpochKeys } from "../crypto/derive.ts";
import { unwrapBytes, wrapSynthetic } from "../crypto/wrap.ts";
import { TomoshibiError } from "../error.ts";

export const SHARD_BYTES = 65_536;
const LABEL = 4;
/** A shard may end only after this many bytes … */
const EARLIEST_END = 40_960;
/** … at a line whose person reference ends in four zero bits: the content chooses the ends, so a change stays in its shard. */
const END_MASK = 15;

/** What index shards and ring parts are bound to. */
export interface EpochScope {
  /** 16 bytes. */
  readonly hubId: Bytes;
  readonly cohort: string;
  readonly epoch: number;
}

/** One searchable person. */
export interface ShardLine {
  /** 16 bytes. */
  readonly personRef: Bytes;
  /** What search matches, folded; holds neither tab nor newline. */
  readonly folded: string;
  /** JSON of the row, parsed for hits only. */
  readonly json: string;
}

/** Divides lines (sorted here by person reference) into shards of a fixed size and seals each; the same lines give the same bytes. */
export async function sealShards(lines: readonly ShardLine[], keys: EpochKeys, scope: EpochScope): Promise<readonly Bytes[]> {
  const sorted = [...lines].sort((a, b) => compareRefs(a.personRef, b.personRef));
  return Promise.all(divide(sorted).map((shard) => sealShard(shard, keys, scope)));
}

/**
 * The lines of one shard as UTF-8 bytes (`folded TAB JSON NEWLINE`), without padding. Errors: seal-open-failed (key, hub, cohort or epoch),
 * shard-malformed. What stands in JSON was written by the hub and is checked line by line where it is shown.
 */
export async function openShard(bytes: Bytes, keys: Pick<EpochKeys, "shard">, scope: EpochScope): Promise<Bytes> {
  const plain = await unwrapBytes(keys.shard, binding(bytes.slice(0, LABEL), scope), bytes.subarray(LABEL));
  if (plain.length !== SHARD_BYTES) throw new TomoshibiError("shard-malformed", { bytes: plain.length });
  const zero = plain.indexOf(0);
  const end = zero === -1 ? plain.length : zero;
  if ((end > 0 && plain[end - 1] !== 10) || plain.subarray(end).some((byte) => byte !== 0))
    throw new TomoshibiError("shard-malformed", { end });
  return plain.subarray(0, end);
}

interface Encoded {
  readonly personRef: Bytes;
  readonly bytes: Bytes;
}

function divide(sorted: readonly ShardLine[]): readonly (readonly Encoded[])[] {
  const shards: Encoded[][] = [];
  let current: Encoded[] = [];
  let size = 0;
  for (const line of sorted) {
    const encoded = encodeLine(line);
    if (size + encoded.bytes.length > SHARD_BYTES) {
      shards.push(current);
      current = [];
      size = 0;
    }
    current.push(encoded);
    size += encoded.bytes.length;
    if (size >= EARLIEST_END && ((encoded.personRef.at(-1) ?? 0) & END_MASK) === 0) {
      shards.push(current);
      current = [];
      size = 0;
    }
  }
  if (current.length > 0) shards.push(current);
  return shards;
}

function encodeLine({ personRef, folded, json }: ShardLine): Encoded {
  const text = `${folded}\t${json}\n`;
  if (/[\t\n\0]/.test(folded) || /[\t\n\0]/.test(json)) throw new TomoshibiError("shard-malformed", { field: "control character" });
  const bytes = utf8(text);
  if (bytes.length > SHARD_BYTES) throw new TomoshibiError("shard-malformed", { bytes: bytes.length });
  return { personRef, bytes };
}

async function sealShard(lines: readonly Encoded[], keys: EpochKeys, scope: EpochScope): Promise<Bytes> {
  const plain = new Uint8Array(SHARD_BYTES);
  plain.set(concat(...lines.map((line) => line.bytes)));
  const label = (lines[0]?.personRef ?? new Uint8Array(LABEL)).slice(0, LABEL);
  return concat(label, await wrapSynthetic(keys.shard, keys.nonce, binding(label, scope), plain));
}

const binding = (label: Bytes, { hubId, cohort, epoch }: EpochScope): Bytes =>
  encodeCbor(["tomoshibi/index/1", hubId, cohort, epoch, label]);

function compareRefs(a: Bytes, b: Bytes): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
