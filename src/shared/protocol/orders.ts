/**
 * GET /api/orders, signed by the open or the locked key, answered to approved and to revoked devices: what the hub orders this device to do
 * or to know before anything else. Each order is a COSE_Sign1 of its own; an answer without one says that there is none now.
 * - wipe (lease key, context "tomoshibi/wipe/1"): delete everything that opens anything; valid for one device, works while locked.
 * - disaster (policy key, context "tomoshibi/disaster/1"): the operator declares a disaster for sites, dated, ending by itself; a later
 *   sequence with `until` in the past ends it early.
 */
import { type Bytes, equalBytes } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import type { Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export const ordersPath = "/api/orders";

export interface WipeOrder {
  readonly hub: Bytes;
  /** 16 bytes. */
  readonly device: Bytes;
  /** "revoked": also of a lost device · "renew": the device may enrol again. */
  readonly reason: "revoked" | "renew";
  /** ms of the hub's clock. */
  readonly at: number;
}

export interface Disaster {
  readonly hub: Bytes;
  /** Later ones replace earlier ones; a lower one is refused. */
  readonly seq: number;
  /** 16 random bytes, one for each declaration: named in the journal. */
  readonly id: Bytes;
  /** Site ids; "*" alone: the whole region. */
  readonly sites: readonly string[];
  /** ms of the hub's clock; over when until has passed. */
  readonly from: number;
  readonly until: number;
  /** What staff read: "架空県南部地震". */
  readonly words: string;
}

const shape = shapeOf("order-malformed");
/** What the second "wipe" entry of a device says: nothing that opens anything is left on it. The first, before it deletes, says "ordered". */
export const wipeDone = "done";
/** Longest declaration: 30 days, the longest lease. */
export const DISASTER_MS = 30 * 24 * 60 * 60 * 1000;

export async function signWipe(order: WipeOrder, signer: Signer): Promise<Bytes> {
  return signObject("tomoshibi/wipe/1", order, signer);
}

/** Errors: order-malformed (also another hub's or device's), cose-*. */
export async function openWipe(bytes: Bytes, { hub, keys }: HubKeys, device: Bytes): Promise<WipeOrder> {
  const value = await openObject("tomoshibi/wipe/1", "order-malformed", bytes, keys.lease);
  const map = shape.map(value, ["hub", "device", "reason", "at"], "wipe");
  const order = {
    hub: shape.bytes(map.hub, 16, "hub"),
    device: shape.bytes(map.device, 16, "device"),
    reason: shape.oneOf(map.reason, ["revoked", "renew"] as const, "reason"),
    at: shape.uint(map.at, "at"),
  };
  if (!equalBytes(order.hub, hub) || !equalBytes(order.device, device)) throw new TomoshibiError("order-malformed", { field: "device" });
  return order;
}

export async function signDisaster(disaster: Disaster, signer: Signer): Promise<Bytes> {
  return signObject("tomoshibi/disaster/1", disaster, signer);
}

/** Errors: order-malformed (also another hub's), cose-*. Sequence and times are the caller's to compare. */
export async function openDisaster(bytes: Bytes, { hub, keys }: HubKeys): Promise<Disaster> {
  const value = await openObject("tomoshibi/disaster/1", "order-malformed", bytes, keys.policy);
  const map = shape.map(value, ["hub", "seq", "id", "sites", "from", "until", "words"], "disaster");
  const disaster = {
    hub: shape.bytes(map.hub, 16, "hub"),
    seq: shape.uint(map.seq, "seq"),
    id: shape.bytes(map.id, 16, "id"),
    sites: shape.list(map.sites, 4000, "sites").map((site) => shape.text(site, 64, "sites")),
    from: shape.uint(map.from, "from"),
    until: shape.uint(map.until, "until"),
    words: shape.text(map.words, 200, "words"),
  };
  if (!equalBytes(disaster.hub, hub)) throw new TomoshibiError("order-malformed", { field: "hub" });
  if (disaster.until - disaster.from > DISASTER_MS) throw new TomoshibiError("order-malformed", { field: "until" });
  return disaster;
}

/** Whether it concerns this site at all. */
export function disasterFor({ sites }: Pick<Disaster, "sites">, site: string): boolean {
  return sites.includes("*") || sites.includes(site);
}

/** Whether it is in force for this site at this time, ms. */
export function disasterAt(disaster: Disaster, site: string, at: number): boolean {
  return at >= disaster.from && at < disaster.until && disasterFor(disaster, site);
}

export interface Orders {
  readonly wipe: Bytes | null;
  readonly disaster: Bytes | null;
}

export function encodeResponse({ wipe, disaster }: Orders): Bytes {
  return encodeCbor({ wipe, disaster });
}

/** Shape alone: each order is opened by itself. */
export function parseResponse(body: Uint8Array): Orders {
  const answer = shapeOf("hub-answer-bad");
  if (body.length > 512 * 1024) throw new TomoshibiError("hub-answer-bad", { field: "orders" });
  const map = answer.map(decodeCbor(body), ["wipe", "disaster"], "orders");
  const order = (value: unknown, field: string) => (value === null ? null : answer.bytes(value, [1, 256 * 1024], field));
  return { wipe: order(map.wipe, "wipe"), disaster: order(map.disaster, "disaster") };
}
