/** Packs in the store + a cohort → bundles, index shards, key rings and a signed manifest. Rules and their tests: README.md. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { type EpochKeys, epochKeys, type PackKind, packKinds } from "../../shared/crypto/derive.ts";
import { sealRing } from "../../shared/pack/ring.ts";
import { type EpochScope, type ShardLine, sealShards } from "../../shared/pack/shard.ts";
import { type Manifest, openManifest, type RingIndex, type ShardIndex, signManifest } from "../../shared/protocol/manifest.ts";
import { indexRows, type PackHead, packBytes, packHeads } from "../store/pack.ts";
import { newestPolicy } from "../store/policy.ts";
import {
  addParts,
  addPublication,
  cohorts,
  deleteParts,
  newestPublications,
  type PublicationPartRow,
  type PublicationRow,
  partBytes,
  partNames,
} from "../store/publication.ts";
import type { Db } from "../store/tables.ts";
import { type BundleCounts, nameBytes, sweepBundles, writeBundles } from "./bundles.ts";
import { epochOf, regionCohort } from "./epoch.ts";
import type { HubSecrets } from "./keys.ts";
import { nodePrimitives } from "./primitives.ts";
import { refBytes } from "./seal.ts";

export { bundlePath } from "./bundles.ts";
export { type Epoch, epochOf, type LeaseTerms, leaseFor, regionCohort, rotateEpoch } from "./epoch.ts";
export { type HubSecrets, openKeys } from "./keys.ts";
export { nodePrimitives } from "./primitives.ts";
export { type PersonToSeal, removePerson, type SealCounts, sealPerson } from "./seal.ts";

export interface PublishOptions {
  readonly cohort?: string;
  readonly clock: Clock;
  /** The rule table that made the strips, as its file. */
  readonly rules: { readonly version: string; readonly date: string; readonly bytes: Bytes };
  readonly onPhase?: (phase: "bundling" | "manifest") => void;
}

export interface Published {
  /** Packs that are new since the previous manifest, those that stayed, and those that went. */
  readonly sealed: number;
  readonly kept: number;
  readonly removed: number;
  readonly people: number;
  readonly bundles: BundleCounts;
  readonly shards: number;
  readonly rings: number;
  readonly seq: number;
  /** False: nothing had changed, and the manifest in force stays. */
  readonly changed: boolean;
}

/**
 * Publishes what is sealed now. Bundles reach the disk first, then shards, ring parts and manifest in one transaction: a kill at any moment
 * leaves the previous manifest in force with all it names. The same content gives no new manifest. Hold the store's lock.
 */
export async function publishCohort(db: Db, secrets: HubSecrets, options: PublishOptions): Promise<Published> {
  const cohort = options.cohort ?? regionCohort;
  const [current] = await newestManifests(db, secrets, cohort);
  options.onPhase?.("bundling");
  const heads = await packHeads(db);
  const { bundles, counts } = await writeBundles(db, secrets.dataDir, heads, current?.manifest.bundles ?? []);
  options.onPhase?.("manifest");
  const epoch = await epochOf(secrets, cohort);
  const scope: EpochScope = { hubId: secrets.hub, cohort, epoch: epoch.epoch };
  const sealedParts = await sealParts(db, heads, await epochKeys(epoch.key), scope);
  const { count, shards, rings } = sealedParts;
  const { version, date, bytes: table } = options.rules;
  const rules = { version, date, name: nodePrimitives.sha256(table), bytes: table.length };
  const policy = await newestPolicy(db);
  const body = {
    hub: secrets.hub,
    cohort,
    epoch: epoch.epoch,
    count,
    shards,
    rings,
    bundles,
    policy: policy === null ? new Uint8Array(0) : nodePrimitives.sha256(new Uint8Array(policy.bytes)),
    rules,
  };
  const content = toBase64Url(nodePrimitives.sha256(encodeCbor(body)));
  const changed = current?.row.content !== content;
  const seq = changed ? (current?.row.seq ?? 0) + 1 : (current?.row.seq ?? 0);
  if (changed) {
    const prev = current === undefined ? new Uint8Array(0) : nameBytes(current.row.name);
    const manifest: Manifest = { ...body, seq, prev, at: Math.trunc(options.clock.now()) };
    const ruleFile: PublicationPartRow = { name: toBase64Url(rules.name), what: "rules", bytes: table };
    await putManifest(db, secrets, manifest, content, [...sealedParts.parts, ruleFile]);
  }
  await sweep(db, secrets, options.clock.now());
  const ringCount = packKinds.reduce((sum, kind) => sum + rings[kind].length, 0);
  return { ...packCounts(heads, current?.manifest), people: count, bundles: counts, shards: shards.length, rings: ringCount, seq, changed };
}

/** The manifest in force, or null before the first publication. `name`: base64url of its hash, for ETag. */
export async function currentManifest(
  db: Db,
  cohort: string = regionCohort,
): Promise<Pick<PublicationRow, "name" | "bytes" | "seq" | "at"> | null> {
  return (await newestPublications(db, cohort, 1))[0] ?? null;
}

/** Bytes of the newest pack of this name (base64url), or null. */
export async function packByName(db: Db, name: string): Promise<Bytes | null> {
  return owned(await packBytes(db, name));
}

export async function shardByName(db: Db, name: string): Promise<Bytes | null> {
  return owned(await partBytes(db, "shard", name));
}

export async function ringByName(db: Db, name: string): Promise<Bytes | null> {
  return owned(await partBytes(db, "ring", name));
}

export async function rulesByName(db: Db, name: string): Promise<Bytes | null> {
  return owned(await partBytes(db, "rules", name));
}

interface Known {
  readonly row: PublicationRow;
  readonly manifest: Manifest;
}

/** The manifest in force and the one before it. */
async function newestManifests(db: Db, secrets: HubSecrets, cohort: string): Promise<readonly Known[]> {
  const rows = await newestPublications(db, cohort, 2);
  return Promise.all(rows.map(async (row) => ({ row, manifest: await openManifest(Uint8Array.from(row.bytes), secrets.publicKeys) })));
}

interface SealedParts {
  readonly count: number;
  readonly shards: readonly ShardIndex[];
  readonly rings: Readonly<Record<PackKind, readonly RingIndex[]>>;
  readonly parts: readonly PublicationPartRow[];
}

async function sealParts(db: Db, heads: readonly PackHead[], keys: EpochKeys, scope: EpochScope): Promise<SealedParts> {
  const parts: PublicationPartRow[] = [];
  const named = (what: PublicationPartRow["what"], bytes: Bytes): ShardIndex => {
    const name = nodePrimitives.sha256(bytes);
    parts.push({ name: toBase64Url(name), what, bytes });
    return { name, bytes: bytes.length };
  };
  const lines = await shardLines(db, heads);
  const shards = (await sealShards(lines, keys, scope)).map((bytes) => named("shard", bytes));
  const ring = async (kind: PackKind): Promise<readonly RingIndex[]> => {
    const entries = heads
      .filter(({ part }) => part === kind)
      .map(({ name, key }) => ({ name: nameBytes(name), key: Uint8Array.from(key) }));
    return (await sealRing(kind, entries, keys, scope)).map(({ bytes, first }) => ({ ...named("ring", bytes), first }));
  };
  const rings = { strip: await ring("strip"), rest: await ring("rest"), protected: await ring("protected") };
  return { count: lines.length, shards, rings, parts };
}

/** Rows of everyone who has a strip: without one there is nothing to open. */
async function shardLines(db: Db, heads: readonly PackHead[]): Promise<readonly ShardLine[]> {
  const names = new Map<string, Partial<Record<PackKind, string>>>();
  for (const { person, part, name } of heads) names.set(person, { ...names.get(person), [part]: name });
  return (await indexRows(db)).flatMap(({ person, folded, row }) => {
    const packs = names.get(person);
    if (packs?.strip === undefined) return [];
    const json = JSON.stringify({ ...JSON.parse(row), p: [packs.strip, packs.rest ?? "", packs.protected ?? ""] });
    return [{ personRef: refBytes(person), folded, json }];
  });
}

async function putManifest(
  db: Db,
  secrets: HubSecrets,
  manifest: Manifest,
  content: string,
  parts: readonly PublicationPartRow[],
): Promise<void> {
  const bytes = await signManifest(manifest, secrets.signers.manifest);
  const name = toBase64Url(nodePrimitives.sha256(bytes));
  const put = async (tx: Db) => {
    await addParts(tx, parts);
    await addPublication(tx, { cohort: manifest.cohort, seq: manifest.seq, name, content, bytes, at: manifest.at });
  };
  await (db.isTransaction ? put(db) : db.transaction().execute(put));
}

/** So long may a device that began with the manifest before still ask for what it names. */
const pullMs = 60 * 60_000;

/**
 * What the manifest in force names stays; what the one before names stays for as long as a device may still be pulling it, and goes at the
 * first publishing after that, changed or not: packs and keys of whoever withdrew lie there.
 */
async function sweep(db: Db, secrets: HubSecrets, now: number): Promise<void> {
  const newest = await Promise.all((await cohorts(db)).map((cohort) => newestManifests(db, secrets, cohort)));
  // A clock that was set back keeps nothing for ever: a manifest of the future is as old as any.
  const isPulled = ({ manifest: { at } }: Known) => now >= at && now - at < pullMs;
  const kept = newest.flatMap(([current, before]) =>
    current === undefined ? [] : before !== undefined && isPulled(current) ? [current, before] : [current],
  );
  const names = (list: readonly { readonly name: Bytes }[]) => list.map(({ name }) => toBase64Url(name));
  await sweepBundles(secrets.dataDir, new Set(kept.flatMap(({ manifest }) => names(manifest.bundles))));
  const parts = new Set(
    kept.flatMap(({ manifest: { shards, rings, rules } }) => [
      ...names([...shards, rules]),
      ...packKinds.flatMap((kind) => names(rings[kind])),
    ]),
  );
  const old = (await partNames(db)).filter((name) => !parts.has(name));
  await deleteParts(db, old);
}

function packCounts(heads: readonly PackHead[], previous: Manifest | undefined): Pick<Published, "sealed" | "kept" | "removed"> {
  const before = new Set<string>();
  for (const { packs } of previous?.bundles ?? []) {
    for (let at = 0; at < packs.length; at += 32) before.add(toBase64Url(packs.subarray(at, at + 32)));
  }
  const kept = heads.filter(({ name }) => before.has(name)).length;
  return { sealed: heads.length - kept, kept, removed: before.size - kept };
}

const owned = (bytes: Uint8Array | null): Bytes | null => bytes && Uint8Array.from(bytes);
