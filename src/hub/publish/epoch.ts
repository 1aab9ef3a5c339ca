import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from "../../shared/bytes.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type Lease, type LeaseScope, sealEpochKey, signLease } from "../../shared/protocol/lease.ts";
import { writeDurably } from "./files.ts";
import { readOrMake } from "./keyFile.ts";
import type { HubSecrets } from "./keys.ts";

/** The cohort of a region in which all consent. */
export const regionCohort = "region";

export interface Epoch {
  readonly cohort: string;
  readonly epoch: number;
  /** EK, 32 bytes. */
  readonly key: Bytes;
}

/** DATA/keys/epoch-COHORT.json. `older`: epochs that a manifest in force may still be sealed under, until the next one is. */
interface StoredEpochs {
  readonly newest: Epoch;
  readonly older: readonly Epoch[];
}

/** The newest epoch key, under which the next publication seals; made at first use in DATA/keys/epoch-COHORT.json. */
export async function epochOf({ dataDir }: Pick<HubSecrets, "dataDir">, cohort: string): Promise<Epoch> {
  return (await readEpochs(dataDir, cohort)).newest;
}

/**
 * The key of the epoch that a manifest in force names: between a rotation and the publication that follows it, leases still carry it, so
 * that no device holds a key that opens nothing. Errors: "keys-malformed" when the file does not know it.
 */
export async function epochNumbered({ dataDir }: Pick<HubSecrets, "dataDir">, cohort: string, epoch: number): Promise<Epoch> {
  const { newest, older } = await readEpochs(dataDir, cohort);
  const found = [newest, ...older].find((known) => known.epoch === epoch);
  if (found === undefined) throw new TomoshibiError("keys-malformed", { file: `keys/epoch-${cohort}.json`, epoch });
  return found;
}

/**
 * A new epoch key: index and ring are sealed anew at the next publication, packs and record keys stay as they are. The key so far stays in
 * the file until that publication is in force (`forgetEpochs`). Hold the store's lock.
 */
export async function rotateEpoch({ dataDir }: Pick<HubSecrets, "dataDir">, cohort: string): Promise<Epoch> {
  const { newest, older } = await readEpochs(dataDir, cohort);
  const next = { cohort, epoch: 1 + (await highestEpoch(dataDir)), key: randomBytes(32) };
  await writeEpochs(dataDir, { newest: next, older: [newest, ...older] });
  return next;
}

/** Drops the keys of all epochs but the newest, once its manifest is in force. */
export async function forgetEpochs({ dataDir }: Pick<HubSecrets, "dataDir">, cohort: string): Promise<void> {
  const { newest, older } = await readEpochs(dataDir, cohort);
  if (older.length > 0) await writeEpochs(dataDir, { newest, older: [] });
}

export interface LeaseTerms extends Pick<Lease, "seq" | "normalUntil" | "disasterUntil" | "graceHours" | "at"> {
  readonly cohort: string;
  /** Epoch of the manifest in force; absent: the newest. */
  readonly epoch?: number | undefined;
  /** 16 bytes. */
  readonly device: Bytes;
  /** Raw public seal key of the device, as certified. */
  readonly seal: Bytes;
}

/** A signed lease with the epoch key sealed to this device. The caller has checked that the device is approved and may have this cohort. */
export async function leaseFor(secrets: HubSecrets, terms: LeaseTerms): Promise<Bytes> {
  const { seal, cohort, device, seq, normalUntil, disasterUntil, graceHours, at } = terms;
  const { epoch, key } = await (terms.epoch === undefined ? epochOf(secrets, cohort) : epochNumbered(secrets, cohort, terms.epoch));
  const scope: LeaseScope = { hub: secrets.hub, device, cohort, epoch, seq };
  const lease: Lease = { ...scope, ek: await sealEpochKey(key, seal, scope), normalUntil, disasterUntil, graceHours, at };
  return signLease(lease, secrets.signers.lease);
}

/** Numbers are the region's, not a cohort's: a device that moves to another cohort never meets the same number with another key. */
async function highestEpoch(dataDir: string): Promise<number> {
  const files = await filesIn(join(dataDir, "keys"));
  const names = files.flatMap((file) => /^epoch-(.+)\.json$/.exec(file)?.[1] ?? []);
  const known = await Promise.all(names.filter(isCohortId).map((name) => readEpochs(dataDir, name)));
  return Math.max(0, ...known.map(({ newest }) => newest.epoch));
}

/** None where the folder was not made yet. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function readEpochs(dataDir: string, cohort: string): Promise<StoredEpochs> {
  const path = pathOf(dataDir, cohort);
  const stored = await readOrMake(path, async () => ({
    version: 1,
    epoch: cohort === regionCohort ? 1 : 1 + (await highestEpoch(dataDir)),
    key: toBase64Url(randomBytes(32)),
  }));
  const { older = [] } = stored as { readonly older?: unknown };
  if (!Array.isArray(older)) return damaged(cohort);
  return { newest: readEpoch(stored, cohort), older: older.map((item) => readEpoch(item, cohort)) };
}

function readEpoch(value: unknown, cohort: string): Epoch {
  const { epoch, key } = (typeof value === "object" && value !== null ? value : {}) as { readonly epoch?: unknown; readonly key?: unknown };
  const bytes = typeof key === "string" ? fromBase64Url(key) : null;
  if (bytes?.length !== 32 || typeof epoch !== "number" || !Number.isSafeInteger(epoch)) return damaged(cohort);
  return { cohort, epoch, key: bytes };
}

async function writeEpochs(dataDir: string, { newest, older }: StoredEpochs): Promise<void> {
  const written = ({ epoch, key }: Epoch) => ({ epoch, key: toBase64Url(key) });
  const file = { version: 1, ...written(newest), ...(older.length === 0 ? {} : { older: older.map(written) }) };
  await writeDurably(pathOf(dataDir, newest.cohort), utf8(`${JSON.stringify(file, null, 2)}\n`), 0o600);
}

function damaged(cohort: string): never {
  throw new TomoshibiError("keys-malformed", { file: `keys/epoch-${cohort}.json` });
}

const isCohortId = (cohort: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(cohort);

function pathOf(dataDir: string, cohort: string): string {
  if (!isCohortId(cohort)) throw new TomoshibiError("bad-request", { field: "cohort" });
  return join(dataDir, "keys", `epoch-${cohort}.json`);
}
