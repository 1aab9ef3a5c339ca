/**
 * What comes down: lease, policy, roster, manifest, then all the manifest names. Each is verified before it is stored, each newer than
 * what is there or refused; what was good before stays until the next is whole.
 */
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { leasePath, manifestPath, policyPath, rosterPath } from "../../shared/protocol/files.ts";
import { type Lease, openLease } from "../../shared/protocol/lease.ts";
import { type Manifest, openManifest } from "../../shared/protocol/manifest.ts";
import { openPolicy } from "../../shared/protocol/policy.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import { openRoster } from "../../shared/protocol/roster.ts";
import type { SignedKind, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { HubClient } from "./client.ts";
import type { NewManifest } from "./current.ts";
import { fileHere, namedFiles, names } from "./named.ts";
import type { Trust } from "./trust.ts";

const SIGNED_LIMIT = 1024 * 1024;
const MANIFEST_LIMIT = 16 * 1024 * 1024;

export interface PullDeps {
  readonly client: HubClient;
  readonly db: VaultDb;
  readonly device: Bytes;
  readonly signer: RequestSigner;
  readonly signal: AbortSignal;
  /** A good lease has come; an unlocked device opens its epoch key now, a locked one at the next unlock. */
  readonly onLease: (lease: Lease) => Promise<void>;
}

/** Lease, policy and roster. Errors: those of the client and of each object; "lease-malformed" … with field "seq" for an older one. */
export async function certify(deps: PullDeps, trust: Trust): Promise<Trust> {
  const { hubKeys } = trust;
  const leaseBytes = await get(deps, leasePath);
  const lease = newer("lease-malformed", await openLease(leaseBytes, hubKeys, deps.device), trust.lease);
  const leaseBefore = beforeNext(trust, lease);
  await keepLease(deps.db, leaseBytes, leaseBefore !== null && leaseBefore === trust.lease);
  await deps.onLease(lease);
  const rosterBytes = await get(deps, rosterPath);
  const roster = newer("roster-malformed", await openRoster(rosterBytes, hubKeys), trust.roster);
  await keep(deps.db, "roster", rosterBytes);
  const policyBytes = await getOrNone(deps, policyPath, "policy-missing");
  if (!policyBytes) return { ...trust, lease, leaseBefore, roster };
  const policy = newer("policy-malformed", await openPolicy(policyBytes, hubKeys), trust.policy);
  await keep(deps.db, "policy", policyBytes);
  return { ...trust, lease, leaseBefore, roster, policy };
}

/**
 * The lease that may be the only copy of the current manifest's epoch key, on a device that has not been unlocked since: however many epochs
 * pass before the next manifest is whole, that one stays.
 */
function beforeNext({ lease, leaseBefore, manifest }: Trust, next: Lease): Lease | null {
  if (!lease || lease.epoch === next.epoch) return leaseBefore;
  return leaseBefore && leaseBefore.epoch === manifest?.epoch && lease.epoch !== manifest.epoch ? leaseBefore : lease;
}

/**
 * The hub's manifest when it is newer than ours, null when it is ours or nothing was published yet. Errors: "manifest-other-region" (hub or cohort), "manifest-rollback",
 * "manifest-fork" (same sequence with other content, or a successor of another predecessor), "hub-answer-bad" for another epoch than the lease's.
 */
export async function listNew(deps: PullDeps, trust: Trust): Promise<Omit<NewManifest, "named"> | null> {
  const bytes = await getOrNone(deps, manifestPath, "not-found", MANIFEST_LIMIT);
  if (!bytes) return null;
  const current = (await stored(() => deps.db.signed.get("manifest")))?.bytes ?? null;
  const same = current !== null && equalBytes(current, bytes);
  if (same && trust.manifest && (await isWhole(deps.db, trust.manifest))) return null;
  const manifest = await openManifest(bytes, trust.hubKeys);
  const { lease, manifest: ours } = trust;
  if (!lease || manifest.cohort !== lease.cohort) throw new TomoshibiError("manifest-other-region", { field: "cohort" });
  if (ours && current && !same) await checkSuccession(manifest, ours, current);
  if (manifest.epoch !== lease.epoch) throw new TomoshibiError("hub-answer-bad", { field: "epoch" });
  return { manifest, bytes, before: current };
}

async function checkSuccession(next: Manifest, ours: Manifest, current: Bytes): Promise<void> {
  if (next.cohort !== ours.cohort) return;
  if (next.seq < ours.seq) throw new TomoshibiError("manifest-rollback", { have: ours.seq, offered: next.seq });
  if (next.seq === ours.seq) throw new TomoshibiError("manifest-fork", { seq: next.seq });
  if (next.seq === ours.seq + 1 && !equalBytes(next.prev, await sha256(current)))
    throw new TomoshibiError("manifest-fork", { seq: next.seq });
}

/**
 * Just as many files as the manifest names: another number means that the storage has lost some, or that old ones wait to be dropped. Of the rule
 * table there is one, so its bytes are compared.
 */
async function isWhole(db: VaultDb, manifest: Manifest): Promise<boolean> {
  const rings = Object.values(manifest.rings).reduce((sum, parts) => sum + parts.length, 0);
  const packs = manifest.bundles.reduce((sum, bundle) => sum + bundle.lengths.length, 0);
  const counts = await stored(() => Promise.all([db.shards.count(), db.rings.count(), db.packs.count()]));
  const whole = counts[0] === manifest.shards.length && counts[1] === rings && counts[2] === packs;
  if (!whole) return false;
  for (const what of namedFiles) if (names(manifest, what) && (await fileHere(db, manifest, what)) === null) return false;
  return true;
}

function newer<T extends { readonly seq: number }>(code: ErrorCode, next: T, ours: T | null): T {
  if (ours && next.seq < ours.seq) throw new TomoshibiError(code, { field: "seq", have: ours.seq, offered: next.seq });
  return next;
}

/** moveOld: the lease so far is the only copy of its epoch's key on a device that has not been unlocked since. */
async function keepLease(db: VaultDb, bytes: Bytes, moveOld: boolean): Promise<void> {
  await stored(() =>
    db.transaction("rw", db.signed, async () => {
      const old = moveOld ? await db.signed.get("lease") : undefined;
      if (old) await db.signed.put({ what: "leaseBefore", bytes: old.bytes });
      await db.signed.put({ what: "lease", bytes });
    }),
  );
}

async function keep(db: VaultDb, what: SignedKind, bytes: Bytes): Promise<void> {
  await stored(() => db.signed.put({ what, bytes }));
}

function get({ client, signer, signal }: PullDeps, path: string, limit = SIGNED_LIMIT): Promise<Bytes> {
  return client.askSigned({ path, limit, signal }, signer);
}

async function getOrNone(deps: PullDeps, path: string, none: ErrorCode, limit = SIGNED_LIMIT): Promise<Bytes | null> {
  try {
    return await get(deps, path, limit);
  } catch (error) {
    if (codeOf(error) === none || codeOf(error) === "not-found") return null;
    throw error;
  }
}
