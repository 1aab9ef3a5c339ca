import { type Bytes, fromBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { sealEpochKey, signLease } from "../../shared/protocol/lease.ts";
import { type DeviceRow, raiseLease } from "../store/device.ts";
import type { PeopleDeps } from "./deps.ts";
import { currentPolicy } from "./policy.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** The epoch in force of a cohort, from publish. */
export interface EpochInForce {
  readonly cohort: string;
  readonly epoch: number;
  /** 32 bytes. */
  readonly key: Bytes;
}

/**
 * A lease for an approved device: the epoch key sealed to it, normal use for 7 days, under a declared disaster for 30.
 * Errors: policy-missing, enrol-not-approved.
 */
export async function issueLease(deps: PeopleDeps, row: DeviceRow, { cohort, epoch, key }: EpochInForce): Promise<Bytes> {
  if (row.state !== "approved") throw new TomoshibiError("enrol-not-approved");
  await currentPolicy(deps.db);
  const device = fromBase64Url(row.id);
  if (device === null) throw new TomoshibiError("internal", { field: "device" });
  const scope = { hub: deps.keys.hub, device, cohort, epoch, seq: await raiseLease(deps.db, row.id) };
  const at = deps.clock.now();
  const ek = await sealEpochKey(key, new Uint8Array(row.seal), scope);
  const until = { normalUntil: at + 7 * dayMs, disasterUntil: at + 30 * dayMs, graceHours: 72, at };
  return await signLease({ ...scope, ek, ...until }, deps.keys.lease);
}
