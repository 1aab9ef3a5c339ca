import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { type EpochKeys, type PackKind, packKinds } from "../../shared/crypto/derive.ts";
import { sealRescue } from "../../shared/pack/rescue.ts";
import { sealRing } from "../../shared/pack/ring.ts";
import { type EpochScope, type ShardLine, sealShards } from "../../shared/pack/shard.ts";
import type { RescueIndex, RingIndex, ShardIndex } from "../../shared/protocol/manifest.ts";
import { encodeRescue } from "../../shared/summary/rescue.ts";
import { type IndexRowRow, indexRows, type PackHead } from "../store/pack.ts";
import type { PublicationPartRow } from "../store/publication.ts";
import { rescueRows } from "../store/rescue.ts";
import type { Db } from "../store/tables.ts";
import { nameBytes } from "./bundles.ts";
import { nodePrimitives } from "./primitives.ts";
import { refBytes } from "./seal.ts";

export interface SealedParts {
  readonly count: number;
  readonly shards: readonly ShardIndex[];
  readonly rings: Readonly<Record<PackKind, readonly RingIndex[]>>;
  readonly rescue: RescueIndex;
  readonly parts: readonly PublicationPartRow[];
}

/** Index shards, key rings and rescue roster of one cohort's packs, under its own epoch. */
export async function sealParts(db: Db, heads: readonly PackHead[], keys: EpochKeys, scope: EpochScope): Promise<SealedParts> {
  const parts: PublicationPartRow[] = [];
  const named = (what: PublicationPartRow["what"], bytes: Bytes): ShardIndex => {
    const name = nodePrimitives.sha256(bytes);
    parts.push({ name: toBase64Url(name), what, cohort: scope.cohort, bytes });
    return { name, bytes: bytes.length };
  };
  const lines = shardLines(await indexRows(db), heads);
  const shards = (await sealShards(lines, keys, scope)).map((bytes) => named("shard", bytes));
  const ring = async (kind: PackKind): Promise<readonly RingIndex[]> => {
    const entries = heads
      .filter(({ part }) => part === kind)
      .map(({ name, key }) => ({ name: nameBytes(name), key: Uint8Array.from(key) }));
    return (await sealRing(kind, entries, keys, scope)).map(({ bytes, first }) => ({ ...named("ring", bytes), first }));
  };
  const rings = { strip: await ring("strip"), rest: await ring("rest"), protected: await ring("protected") };
  const here = new Set(heads.map(({ person }) => person));
  const needing = (await rescueRows(db)).filter(({ person }) => here.has(person)).map(({ line }) => line);
  const roster = await sealRescue(nodePrimitives.deflateRaw(encodeRescue(needing)), keys, scope);
  const rescue = { ...named("rescue", roster), count: needing.length };
  return { count: lines.length, shards, rings, rescue, parts };
}

/** How many ring parts there are. */
export function countRings(rings: SealedParts["rings"]): number {
  return packKinds.reduce((sum, kind) => sum + rings[kind].length, 0);
}

/** Rows of everyone who has a strip: without one there is nothing to open. */
function shardLines(rows: readonly IndexRowRow[], heads: readonly PackHead[]): readonly ShardLine[] {
  const names = new Map<string, Partial<Record<PackKind, string>>>();
  for (const { person, part, name } of heads) names.set(person, { ...names.get(person), [part]: name });
  return rows.flatMap(({ person, folded, row }) => {
    const packs = names.get(person);
    if (packs?.strip === undefined) return [];
    const json = JSON.stringify({ ...JSON.parse(row), p: [packs.strip, packs.rest ?? "", packs.protected ?? ""] });
    return [{ personRef: refBytes(person), folded, json }];
  });
}
