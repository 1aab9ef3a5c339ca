/** Packs in the store + cohorts → bundles, index shards, key rings and a signed manifest for each cohort. Rules and their tests: README.md. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { epochKeys } from "../../shared/crypto/derive.ts";
import type { BundleIndex } from "../../shared/pack/bundle.ts";
import { type Manifest, signManifest } from "../../shared/protocol/manifest.ts";
import { type PackHead, packBytes, packHeads } from "../store/pack.ts";
import { newestPolicy } from "../store/policy.ts";
import {
  addParts,
  addPublication,
  newestPublications,
  type PublicationPartRow,
  type PublicationRow,
  partBytes,
} from "../store/publication.ts";
import type { Db } from "../store/tables.ts";
import { type BundleCounts, nameBytes, writeBundles } from "./bundles.ts";
import { type Belongs, classesOf } from "./cohorts.ts";
import { epochOf, forgetEpochs, regionCohort } from "./epoch.ts";
import type { HubSecrets } from "./keys.ts";
import { countRings, sealParts } from "./parts.ts";
import { nodePrimitives } from "./primitives.ts";
import { type Known, newestManifests, sweep } from "./sweep.ts";

export { bundlePath } from "./bundles.ts";
export { belongsTo, listIn, publishedCohorts } from "./cohorts.ts";
export { type Epoch, epochOf, type LeaseTerms, leaseFor, regionCohort, rotateEpoch } from "./epoch.ts";
export { type HubSecrets, openKeys } from "./keys.ts";
export { nodePrimitives } from "./primitives.ts";
export { type PersonToSeal, removePerson, type SealCounts, sealPerson } from "./seal.ts";

export interface CohortToPublish {
  readonly id: string;
  readonly belongs: Belongs;
  /** Run in the transaction that puts the manifest in force, also when nothing else of it changed. */
  readonly also?: (tx: Db, epoch: number) => Promise<void>;
}

export interface PublishOptions {
  readonly clock: Clock;
  /** The rule table that made the strips, as its file. */
  readonly rules: { readonly version: string; readonly date: string; readonly bytes: Bytes };
  readonly onPhase?: (phase: "bundling" | "manifest") => void;
}

export interface Published {
  readonly cohort: string;
  /** Packs that are new since the previous manifest, those that stayed, and those that went. */
  readonly sealed: number;
  readonly kept: number;
  readonly removed: number;
  readonly people: number;
  /** Of all cohorts together, where several are published. */
  readonly bundles: BundleCounts;
  readonly shards: number;
  readonly rings: number;
  readonly seq: number;
  /** False: nothing had changed, and the manifest in force stays. */
  readonly changed: boolean;
}

/** Publishes the region's one cohort, to which everybody belongs. */
export async function publishCohort(db: Db, secrets: HubSecrets, options: PublishOptions): Promise<Published> {
  const [published] = await publishCohorts(db, secrets, [{ id: regionCohort, belongs: () => true }], options);
  if (published === undefined) throw new Error("nothing was published");
  return published;
}

/**
 * Publishes what is sealed now. Bundles reach the disk first, then shards, ring parts and manifest in one transaction for each cohort: a
 * kill at any moment leaves each cohort's previous manifest in force with all it names. The same content gives no new manifest. Packs are
 * sealed once for all; a cohort that is not given is no longer published. Hold the store's lock.
 */
export async function publishCohorts(
  db: Db,
  secrets: HubSecrets,
  cohorts: readonly CohortToPublish[],
  options: PublishOptions,
): Promise<readonly Published[]> {
  const known = new Map<string, Known | undefined>();
  for (const { id } of cohorts) known.set(id, (await newestManifests(db, secrets, id))[0]);
  options.onPhase?.("bundling");
  const heads = await packHeads(db);
  const written = await bundlesOf(db, secrets, heads, cohorts, [...known.values()]);
  options.onPhase?.("manifest");
  const published: Published[] = [];
  for (const cohort of cohorts) {
    const { id, belongs } = cohort;
    const own = { heads: heads.filter(({ person }) => belongs(person)), bundles: written.bundlesFor(id) };
    published.push({ ...(await publishOne(db, secrets, cohort, own, known.get(id), options)), bundles: written.counts });
    await forgetEpochs(secrets, id);
  }
  await sweep(
    db,
    secrets,
    cohorts.map(({ id }) => id),
    options.clock.now(),
  );
  return published;
}

interface Own {
  readonly heads: readonly PackHead[];
  readonly bundles: readonly BundleIndex[];
}

async function publishOne(
  db: Db,
  secrets: HubSecrets,
  { id: cohort, also }: CohortToPublish,
  { heads, bundles }: Own,
  current: Known | undefined,
  options: PublishOptions,
): Promise<Omit<Published, "bundles">> {
  const epoch = await epochOf(secrets, cohort);
  const sealed = await sealParts(db, heads, await epochKeys(epoch.key), { hubId: secrets.hub, cohort, epoch: epoch.epoch });
  const { count, shards, rings, rescue } = sealed;
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
    rescue,
  };
  const content = toBase64Url(nodePrimitives.sha256(encodeCbor(body)));
  const changed = current === undefined || current.row.content !== content || current.row.gone === 1;
  const seq = (current?.row.seq ?? 0) + (changed ? 1 : 0);
  if (changed) {
    const prev = current === undefined ? new Uint8Array(0) : nameBytes(current.row.name);
    const manifest: Manifest = { ...body, seq, prev, at: Math.trunc(options.clock.now()) };
    const ruleFile: PublicationPartRow = { name: toBase64Url(rules.name), what: "rules", cohort: "", bytes: table };
    await putManifest(db, secrets, manifest, content, [...sealed.parts, ruleFile], also);
  } else await also?.(db, epoch.epoch);
  return { cohort, ...packCounts(heads, current?.manifest), people: count, shards: shards.length, rings: countRings(rings), seq, changed };
}

interface Bundled {
  readonly counts: BundleCounts;
  bundlesFor(cohort: string): readonly BundleIndex[];
}

/** People of the same cohorts share bundles; what any cohort's manifest in force names and nobody touched is not even read. */
async function bundlesOf(
  db: Db,
  secrets: HubSecrets,
  heads: readonly PackHead[],
  cohorts: readonly CohortToPublish[],
  known: readonly (Known | undefined)[],
): Promise<Bundled> {
  const previous = known.flatMap((manifest) => manifest?.manifest.bundles ?? []);
  const counts = { written: 0, kept: 0, bytes: 0 };
  const classes: { name: string; bundles: readonly BundleIndex[] }[] = [];
  const groups = classesOf(
    heads,
    cohorts.map(({ belongs }) => belongs),
  );
  for (const [name, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Nobody's: not published anywhere.
    if (!name.includes("1")) continue;
    const made = await writeBundles(db, secrets.dataDir, members, previous);
    classes.push({ name, bundles: made.bundles });
    for (const figure of ["written", "kept", "bytes"] as const) counts[figure] += made.counts[figure];
  }
  return {
    counts,
    bundlesFor: (cohort) => {
      const at = cohorts.findIndex(({ id }) => id === cohort);
      return classes.filter(({ name }) => name[at] === "1").flatMap(({ bundles }) => bundles);
    },
  };
}

/** The manifest in force, or null before the first publication. `name`: base64url of its hash, for ETag. */
export async function currentManifest(
  db: Db,
  cohort: string = regionCohort,
): Promise<Pick<PublicationRow, "name" | "bytes" | "seq" | "at" | "epoch"> | null> {
  const newest = (await newestPublications(db, cohort, 1))[0];
  return newest === undefined || newest.gone === 1 ? null : newest;
}

/** Bytes of the newest pack of this name (base64url), or null. */
export async function packByName(db: Db, name: string): Promise<Bytes | null> {
  return owned(await packBytes(db, name));
}

/** Null also for another cohort's. */
export async function shardByName(db: Db, name: string, cohort: string = regionCohort): Promise<Bytes | null> {
  return owned(await partBytes(db, "shard", name, cohort));
}

/** Null also for another cohort's. */
export async function ringByName(db: Db, name: string, cohort: string = regionCohort): Promise<Bytes | null> {
  return owned(await partBytes(db, "ring", name, cohort));
}

export async function rulesByName(db: Db, name: string, cohort: string = regionCohort): Promise<Bytes | null> {
  return owned(await partBytes(db, "rules", name, cohort));
}

/** Null also for another cohort's. */
export async function rescueByName(db: Db, name: string, cohort: string = regionCohort): Promise<Bytes | null> {
  return owned(await partBytes(db, "rescue", name, cohort));
}

async function putManifest(
  db: Db,
  secrets: HubSecrets,
  manifest: Manifest,
  content: string,
  parts: readonly PublicationPartRow[],
  also: CohortToPublish["also"],
): Promise<void> {
  const bytes = await signManifest(manifest, secrets.signers.manifest);
  const name = toBase64Url(nodePrimitives.sha256(bytes));
  const { cohort, seq, at, epoch } = manifest;
  const put = async (tx: Db) => {
    await addParts(tx, parts);
    await addPublication(tx, { cohort, seq, name, content, bytes, at, epoch });
    await also?.(tx, epoch);
  };
  await (db.isTransaction ? put(db) : db.transaction().execute(put));
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
