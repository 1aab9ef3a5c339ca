/** The manifest: everything a device of a cohort may hold, by hash. Signed by the manifest key; a lower sequence is refused by who pulls. */
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { type PackKind, packKinds } from "../crypto/derive.ts";
import { TomoshibiError } from "../error.ts";
import { type BundleIndex, placesIn } from "../pack/bundle.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export interface ShardIndex {
  readonly name: Bytes;
  readonly bytes: number;
}

export interface RingIndex extends ShardIndex {
  /** Smallest pack name in this part. */
  readonly first: Bytes;
}

/** The rule table that made the strips: a file of the publication. */
export interface RulesIndex extends ShardIndex {
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** The sealed rescue roster of the cohort (shared/pack/rescue.ts). */
export interface RescueIndex extends ShardIndex {
  /** People in it. */
  readonly count: number;
}

export interface Manifest {
  readonly hub: Bytes;
  readonly cohort: string;
  readonly epoch: number;
  /** 1 for the first. */
  readonly seq: number;
  /** SHA-256 of the previous manifest's bytes; empty for the first. */
  readonly prev: Bytes;
  /** ms. */
  readonly at: number;
  /** People in it. */
  readonly count: number;
  readonly shards: readonly ShardIndex[];
  readonly rings: Readonly<Record<PackKind, readonly RingIndex[]>>;
  readonly bundles: readonly BundleIndex[];
  /** SHA-256 of the policy's bytes in force; empty when there is none, and then nothing may be opened. */
  readonly policy: Bytes;
  /** `name` is empty in manifests of hubs that did not publish their table yet. */
  readonly rules: RulesIndex;
  /** Absent in manifests of hubs that made no roster yet. */
  readonly rescue?: RescueIndex;
}

const context = "tomoshibi/manifest/1";
const shape = shapeOf("manifest-malformed");
const MOST = 100_000;

export async function signManifest(manifest: Manifest, signer: Signer): Promise<Bytes> {
  return signObject(context, manifest, signer);
}

/** Errors: manifest-malformed, manifest-other-region (another hub's), cose-*. Sequence and cohort are the caller's to compare. */
export async function openManifest(bytes: Bytes, { hub, keys }: HubKeys): Promise<Manifest> {
  const manifest = parseManifest(await openObject(context, "manifest-malformed", bytes, keys.manifest));
  if (!equalBytes(manifest.hub, hub)) throw new TomoshibiError("manifest-other-region");
  return manifest;
}

const fields = ["hub", "cohort", "epoch", "seq", "prev", "at", "count", "shards", "rings", "bundles", "policy", "rules"];

function parseManifest(value: unknown): Manifest {
  const map = shape.map(value, fields, "manifest", ["rescue"]);
  const rings = shape.map(map.rings, packKinds, "rings");
  const ring = (kind: PackKind) => shape.list(rings[kind], MOST, "rings").map(parseRing);
  return {
    hub: shape.bytes(map.hub, 16, "hub"),
    cohort: shape.text(map.cohort, 64, "cohort"),
    epoch: shape.uint(map.epoch, "epoch"),
    seq: shape.uint(map.seq, "seq"),
    prev: hashOrNone(map.prev, "prev"),
    at: shape.uint(map.at, "at"),
    count: shape.uint(map.count, "count"),
    shards: shape.list(map.shards, MOST, "shards").map(parseShard),
    rings: { strip: ring("strip"), rest: ring("rest"), protected: ring("protected") },
    bundles: shape.list(map.bundles, MOST, "bundles").map(parseBundle),
    policy: hashOrNone(map.policy, "policy"),
    rules: parseRules(map.rules),
    ...(map.rescue === undefined ? {} : { rescue: parseRescue(map.rescue) }),
  };
}

function parseRescue(value: unknown): RescueIndex {
  const map = shape.map(value, ["name", "bytes", "count"], "rescue");
  return {
    name: shape.bytes(map.name, 32, "rescue.name"),
    bytes: shape.uint(map.bytes, "rescue.bytes"),
    count: shape.uint(map.count, "rescue.count"),
  };
}

function parseShard(value: unknown): ShardIndex {
  const map = shape.map(value, ["name", "bytes"], "shard");
  return { name: shape.bytes(map.name, 32, "shard.name"), bytes: shape.uint(map.bytes, "shard.bytes") };
}

function parseRing(value: unknown): RingIndex {
  const map = shape.map(value, ["name", "bytes", "first"], "ring");
  return {
    name: shape.bytes(map.name, 32, "ring.name"),
    bytes: shape.uint(map.bytes, "ring.bytes"),
    first: shape.bytes(map.first, 32, "ring.first"),
  };
}

/** A version alone: signed before the table itself was published. */
function parseRules(value: unknown): RulesIndex {
  if (typeof value === "string") return { version: shape.text(value, 64, "rules"), date: "", name: new Uint8Array(0), bytes: 0 };
  const map = shape.map(value, ["version", "date", "name", "bytes"], "rules");
  return {
    version: shape.text(map.version, 64, "rules.version"),
    date: shape.text(map.date, 10, "rules.date"),
    name: shape.bytes(map.name, 32, "rules.name"),
    bytes: shape.uint(map.bytes, "rules.bytes"),
  };
}

function parseBundle(value: unknown): BundleIndex {
  const map = shape.map(value, ["name", "bytes", "packs", "lengths"], "bundle");
  const bundle = {
    name: shape.bytes(map.name, 32, "bundle.name"),
    bytes: shape.uint(map.bytes, "bundle.bytes"),
    packs: shape.bytes(map.packs, [32, 32 * MOST], "bundle.packs"),
    lengths: shape.list(map.lengths, MOST, "bundle.lengths").map((length) => shape.uint(length, "bundle.lengths")),
  };
  placesIn(bundle);
  return bundle;
}

function hashOrNone(value: unknown, field: string): Bytes {
  const bytes = shape.bytes(value, [0, 32], field);
  if (bytes.length !== 0 && bytes.length !== 32) throw new TomoshibiError("manifest-malformed", { field });
  return bytes;
}
