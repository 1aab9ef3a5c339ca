import { type Bytes, fromBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { Lease } from "../../shared/protocol/lease.ts";
import { type DeviceRow, raiseLease } from "../store/device.ts";
import type { PeopleDeps } from "./deps.ts";
import { currentPolicy } from "./policy.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** What a device is granted: publish seals the epoch key to it. */
export interface GrantedLease extends Pick<Lease, "seq" | "normalUntil" | "disasterUntil" | "graceHours" | "at"> {
  /** 16 bytes. */
  readonly device: Bytes;
  /** Raw public seal key, as certified. */
  readonly seal: Bytes;
}

/**
 * Grants an approved device its next lease: normal use for 7 days, under a declared disaster for 30.
 * Errors: policy-missing (nothing may be opened, so there is nothing to lease), enrol-not-approved.
 */
export async function grantLease(deps: Pick<PeopleDeps, "db" | "clock">, row: DeviceRow): Promise<GrantedLease> {
  if (row.state !== "approved") throw new TomoshibiError("enrol-not-approved");
  await currentPolicy(deps.db);
  const device = fromBase64Url(row.id);
  if (device === null) throw new TomoshibiError("internal", { field: "device" });
  const at = Math.trunc(deps.clock.now());
  const until = { normalUntil: at + 7 * dayMs, disasterUntil: at + 30 * dayMs, graceHours: 72, at };
  return { device, seal: new Uint8Array(row.seal), seq: await raiseLease(deps.db, row.id), ...until };
}
