/** The lease: what one device may do until when, and the epoch key sealed to that device. Signed by the lease key. */
import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { TomoshibiError } from "../error.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

/** What an epoch key is sealed for. */
export interface LeaseScope {
  readonly hub: Bytes;
  readonly device: Bytes;
  readonly cohort: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface Lease extends LeaseScope {
  /** HPKE of the 32-byte epoch key to the device's seal key. */
  readonly ek: Bytes;
  /** ms: after it each opening needs a declared reason. */
  readonly normalUntil: number;
  /** ms: after it nothing opens. */
  readonly disasterUntil: number;
  /** Running hours after which the ring is deleted where hub time cannot be had. */
  readonly graceHours: number;
  /** ms of the hub's clock. */
  readonly at: number;
}

const context = "tomoshibi/lease/1";
const shape = shapeOf("lease-malformed");
const none = new Uint8Array(0);

export async function sealEpochKey(epochKey: Bytes, devicePublic: Bytes, scope: LeaseScope): Promise<Bytes> {
  return hpkeSeal(devicePublic, infoOf(scope), none, epochKey);
}

/** `seal`: the device's seal pair. Errors: "lease-other-device" when it was sealed for another device, epoch or lease. */
export async function openEpochKey(lease: Lease, seal: CryptoKeyPair): Promise<Bytes> {
  try {
    return await hpkeOpen(seal, infoOf(lease), none, lease.ek);
  } catch (cause) {
    throw new TomoshibiError("lease-other-device", { epoch: lease.epoch, seq: lease.seq }, { cause });
  }
}

export async function signLease(lease: Lease, signer: Signer): Promise<Bytes> {
  return signObject(context, lease, signer);
}

/** Errors: lease-malformed, lease-other-device (another hub's or device's), cose-*. Sequence and times are the caller's to compare. */
export async function openLease(bytes: Bytes, { hub, keys }: HubKeys, device: Bytes): Promise<Lease> {
  const lease = parseLease(await openObject(context, "lease-malformed", bytes, keys.lease));
  if (!equalBytes(lease.hub, hub) || !equalBytes(lease.device, device)) throw new TomoshibiError("lease-other-device", { seq: lease.seq });
  return lease;
}

const fields = ["hub", "device", "cohort", "epoch", "seq", "ek", "normalUntil", "disasterUntil", "graceHours", "at"];

function parseLease(value: unknown): Lease {
  const map = shape.map(value, fields, "lease");
  const lease = {
    hub: shape.bytes(map.hub, 16, "hub"),
    device: shape.bytes(map.device, 16, "device"),
    cohort: shape.text(map.cohort, 64, "cohort"),
    epoch: u32(map.epoch, "epoch"),
    seq: u32(map.seq, "seq"),
    ek: shape.bytes(map.ek, 65 + 32 + 16, "ek"),
    normalUntil: shape.uint(map.normalUntil, "normalUntil"),
    disasterUntil: shape.uint(map.disasterUntil, "disasterUntil"),
    graceHours: shape.uint(map.graceHours, "graceHours"),
    at: shape.uint(map.at, "at"),
  };
  if (lease.disasterUntil < lease.normalUntil) throw new TomoshibiError("lease-malformed", { field: "disasterUntil" });
  return lease;
}

function u32(value: unknown, field: string): number {
  const number = shape.uint(value, field);
  if (number > 0xffffffff) throw new TomoshibiError("lease-malformed", { field });
  return number;
}

/** "tomoshibi/ek/1" ‖ hub (16) ‖ device (16) ‖ length of cohort u8 ‖ cohort ‖ epoch u32 ‖ seq u32. */
function infoOf({ hub, device, cohort, epoch, seq }: LeaseScope): Bytes {
  const name = utf8(cohort);
  const numbers = new Uint8Array(8);
  const view = new DataView(numbers.buffer);
  view.setUint32(0, epoch);
  view.setUint32(4, seq);
  return concat(utf8("tomoshibi/ek/1"), hub, device, Uint8Array.of(name.length), name, numbers);
}
