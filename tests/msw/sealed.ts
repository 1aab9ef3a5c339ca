/** A population sealed by the real encoders of shared/pack, as a hub would publish it. */
import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { type Bytes, concat, toBase64Url, utf8 } from "../../src/shared/bytes.ts";
import { type EpochKeys, epochKeys } from "../../src/shared/crypto/derive.ts";
import type { BundleIndex } from "../../src/shared/pack/bundle.ts";
import { type RingEntry, sealRing } from "../../src/shared/pack/ring.ts";
import { type SealedPack, type SealPrimitives, sealPack } from "../../src/shared/pack/seal.ts";
import { type EpochScope, type ShardLine, sealShards } from "../../src/shared/pack/shard.ts";
import { encodePart } from "../../src/shared/summary/encode.ts";
import { foldForSearch } from "../../src/shared/summary/fold.ts";
import { type PartName, partNames } from "../../src/shared/summary/summary.ts";
import { type Synthetic, syntheticPerson } from "./parts.ts";

const own = (buffer: ArrayBuffer | Uint8Array): Bytes => Uint8Array.from(buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : buffer);

export const nodePrimitives: SealPrimitives = {
  sha256: (bytes) => own(createHash("sha256").update(bytes).digest()),
  hkdf: (ikm, salt, info, length) => own(hkdfSync("sha256", ikm, salt, info, length)),
  aesGcmSeal(key, nonce, aad, plain) {
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
    return own(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  },
  deflateRaw: (bytes) => own(deflateRawSync(bytes)),
};

export interface Named {
  readonly name: Bytes;
  readonly bytes: Bytes;
}

export interface Sealed {
  readonly scope: EpochScope;
  readonly ek: Bytes;
  readonly keys: EpochKeys;
  readonly shards: readonly Named[];
  readonly rings: Readonly<Record<PartName, readonly (Named & { readonly first: Bytes })[]>>;
  readonly bundles: readonly { readonly index: BundleIndex; readonly bytes: Bytes }[];
  readonly packs: ReadonlyMap<string, Bytes>;
  readonly count: number;
}

export interface Sealing {
  readonly people: number;
  readonly scope: EpochScope;
  readonly ek: Bytes;
  /** Another population than the small synthetic one. */
  readonly person?: (i: number) => Synthetic;
  /** false: rows, and no packs behind them; for measuring the index alone. */
  readonly packs?: boolean;
  /** Text of a person's strip, so that a second publication can change some. */
  readonly drug?: (i: number) => string;
  /** Everybody's address, so that a second publication changes every part of everybody. */
  readonly address?: string;
  /** People a bundle; small, so that a test has several. */
  readonly perBundle?: number;
}

export async function sealPopulation({
  people,
  scope,
  ek,
  drug = () => "ワルファリンカリウム錠",
  address,
  perBundle = 10,
  person = (i) => syntheticPerson(i, drug(i), address),
  packs: withPacks = true,
}: Sealing): Promise<Sealed> {
  const keys = await epochKeys(ek);
  const entries: Record<PartName, RingEntry[]> = { strip: [], rest: [], protected: [] };
  const lines: ShardLine[] = [];
  const packs = new Map<string, Bytes>();
  const bundles: { index: BundleIndex; bytes: Bytes }[] = [];
  let group: SealedPack[] = [];
  const close = () => {
    if (group.length === 0) return;
    const bytes = concat(...group.map((pack) => pack.bytes));
    const index = {
      name: nodePrimitives.sha256(bytes),
      bytes: bytes.length,
      packs: concat(...group.map((pack) => pack.name)),
      lengths: group.map((pack) => pack.bytes.length),
    };
    bundles.push({ index, bytes });
    group = [];
  };
  for (let i = 0; i < people; i++) {
    const personRef = refOf(i);
    const someone = person(i);
    const sealed = new Map<PartName, SealedPack>();
    for (const part of withPacks ? someone.parts : []) {
      const input = {
        kind: part.part,
        plain: encodePart(part),
        hubId: scope.hubId,
        personRef,
        generation: 1,
        summaryVersion: 1,
        secret: new Uint8Array(32).fill(9),
      };
      const pack = sealPack(input, nodePrimitives);
      sealed.set(part.part, pack);
      entries[part.part].push(pack);
      packs.set(toBase64Url(pack.name), pack.bytes);
      group.push(pack);
    }
    lines.push(lineOf(personRef, someone, sealed));
    if ((i + 1) % perBundle === 0) close();
  }
  close();
  const named = async (bytes: Bytes): Promise<Named> => ({ name: nodePrimitives.sha256(bytes), bytes });
  const ring = async (part: PartName) =>
    Promise.all((await sealRing(part, entries[part], keys, scope)).map(async ({ bytes, first }) => ({ ...(await named(bytes)), first })));
  return {
    scope,
    ek,
    keys,
    shards: await Promise.all((await sealShards(lines, keys, scope)).map(named)),
    rings: { strip: await ring("strip"), rest: await ring("rest"), protected: await ring("protected") },
    bundles,
    packs,
    count: people,
  };
}

export function refOf(i: number): Bytes {
  return nodePrimitives.sha256(utf8(`person ${i}`)).slice(0, 16);
}

/** A population without packs has names all the same, so that its rows are as long as real ones. */
function nameIn(sealed: ReadonlyMap<PartName, SealedPack>, part: PartName, personRef: Bytes): string {
  if (sealed.size === 0) return toBase64Url(nodePrimitives.sha256(concat(utf8(part), personRef)));
  return toBase64Url(sealed.get(part)?.name ?? new Uint8Array(0));
}

function lineOf(personRef: Bytes, { identity, sources }: Synthetic, sealed: ReadonlyMap<PartName, SealedPack>): ShardLine {
  const { kanji, kana, birthDate, address } = identity;
  const pids = identity.identifiers.map(({ value }) => value);
  const pair = (name: typeof kanji) => (name ? [name.family, name.given] : null);
  const folded = [(pair(kanji) ?? []).join(""), (pair(kana) ?? []).join(""), (birthDate ?? "").replaceAll("-", ""), ...pids, address]
    .map(foldForSearch)
    .join("\u0001");
  const row = {
    r: toBase64Url(personRef),
    k: pair(kanji),
    n: pair(kana),
    b: birthDate,
    s: identity.sex === "male" ? "m" : "f",
    a: address,
    i: identity.identifiers.map(({ source, value }) => [sources[source]?.facility ?? "", value]),
    h: sources.map((source) => source.name),
    p: partNames.map((part) => nameIn(sealed, part, personRef)),
  };
  return { personRef, folded, json: JSON.stringify(row) };
}
