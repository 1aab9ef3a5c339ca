import { type Bytes, concat, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { EpochKeys } from "../crypto/derive.ts";
import { unwrapBytes, wrapSynthetic } from "../crypto/wrap.ts";
import { TomoshibiError } from "../error.ts";
import { divideByLeading } from "./divide.ts";
import { zeroFrom } from "./zeros.ts";

export const SHARD_BYTES = 65_536;
const LABEL = 4;
/** Bytes a shard holds on average, at most: a row is a few hundred bytes, so the limit is four standard deviations away. */
const AIM = 45_056;

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

/** Divides lines by person reference into shards of a fixed size and seals each; the same lines give the same bytes, whatever their order. */
export async function sealShards(lines: readonly ShardLine[], keys: EpochKeys, scope: EpochScope): Promise<readonly Bytes[]> {
  const sorted = [...lines].sort((a, b) => compareRefs(a.personRef, b.personRef)).map(encodeLine);
  const leading = ({ personRef }: Encoded) => new DataView(personRef.buffer, personRef.byteOffset).getUint32(0);
  const shards = divideByLeading(sorted, { leading, size: ({ bytes }) => bytes.length, aim: AIM, limit: SHARD_BYTES });
  return Promise.all(shards.map((shard) => sealShard(shard, keys, scope)));
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
  if ((end > 0 && plain[end - 1] !== 10) || !zeroFrom(plain, end)) throw new TomoshibiError("shard-malformed", { end });
  return plain.subarray(0, end);
}

interface Encoded {
  readonly personRef: Bytes;
  readonly bytes: Bytes;
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
