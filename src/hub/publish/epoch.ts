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

/** The epoch key in force, made at first use in DATA/keys/epoch-COHORT.json. */
export async function epochOf({ dataDir }: Pick<HubSecrets, "dataDir">, cohort: string): Promise<Epoch> {
  const stored = await readOrMake(pathOf(dataDir, cohort), async () => ({ version: 1, epoch: 1, key: toBase64Url(randomBytes(32)) }));
  const { epoch, key } = stored as { readonly epoch?: unknown; readonly key?: unknown };
  const bytes = typeof key === "string" ? fromBase64Url(key) : null;
  if (bytes?.length !== 32 || typeof epoch !== "number" || !Number.isSafeInteger(epoch)) {
    throw new TomoshibiError("keys-malformed", { file: `keys/epoch-${cohort}.json` });
  }
  return { cohort, epoch, key: bytes };
}

/** A new epoch key: index and ring are sealed anew at the next publication, packs and record keys stay as they are. */
export async function rotateEpoch(secrets: Pick<HubSecrets, "dataDir">, cohort: string): Promise<Epoch> {
  const { epoch } = await epochOf(secrets, cohort);
  const next = { version: 1, epoch: epoch + 1, key: toBase64Url(randomBytes(32)) };
  await writeDurably(pathOf(secrets.dataDir, cohort), utf8(`${JSON.stringify(next, null, 2)}\n`), 0o600);
  return epochOf(secrets, cohort);
}

export interface LeaseTerms extends Pick<Lease, "seq" | "normalUntil" | "disasterUntil" | "graceHours" | "at"> {
  readonly cohort: string;
  /** 16 bytes. */
  readonly device: Bytes;
  /** Raw public seal key of the device, as certified. */
  readonly seal: Bytes;
}

/** A signed lease with the epoch key sealed to this device. The caller has checked that the device is approved and may have this cohort. */
export async function leaseFor(secrets: HubSecrets, terms: LeaseTerms): Promise<Bytes> {
  const { seal, cohort, device, seq, normalUntil, disasterUntil, graceHours, at } = terms;
  const { epoch, key } = await epochOf(secrets, cohort);
  const scope: LeaseScope = { hub: secrets.hub, device, cohort, epoch, seq };
  const lease: Lease = { ...scope, ek: await sealEpochKey(key, seal, scope), normalUntil, disasterUntil, graceHours, at };
  return signLease(lease, secrets.signers.lease);
}

function pathOf(dataDir: string, cohort: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(cohort)) throw new TomoshibiError("bad-request", { field: "cohort" });
  return join(dataDir, "keys", `epoch-${cohort}.json`);
}
