/**
 * The receipt for pushed journal entries: how far the hub has linked the device's chain, and the proof that this stands in its log. Signed by
 * the checkpoint key. Nothing counts as delivered without it; an alert in it tells the device to take a new chain.
 */
import { alertKinds } from "../audit/chain.ts";
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import type { HubKeys } from "./keys.ts";
import { type LogAnswer, parseLogAnswer } from "./log.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export interface Receipt {
  readonly hub: Bytes;
  readonly device: Bytes;
  readonly chain: Bytes;
  /** Last linked entry; 0 and 32 zero bytes when there is none. */
  readonly seq: number;
  readonly hash: Bytes;
  /** ms of the hub's clock. */
  readonly at: number;
  readonly alerts: readonly { readonly kind: (typeof alertKinds)[number]; readonly seq: number }[];
  /** SHA-256 of the request's body that this answers: no older receipt passes for it. */
  readonly batch: Bytes;
  readonly log: LogAnswer;
}

const context = "tomoshibi/receipt/1";
const shape = shapeOf("hub-answer-bad");

export async function signReceipt(receipt: Receipt, signer: Signer): Promise<Bytes> {
  return signObject(context, receipt, signer);
}

/** Errors: hub-answer-bad (malformed, another hub's, or for another device), cose-*. */
export async function openReceipt(bytes: Bytes, { hub, keys }: HubKeys, device: Bytes): Promise<Receipt> {
  const map = shape.map(
    await openObject(context, "hub-answer-bad", bytes, keys.checkpoint),
    ["hub", "device", "chain", "seq", "hash", "at", "alerts", "batch", "log"],
    "receipt",
  );
  const receipt = {
    hub: shape.bytes(map.hub, 16, "hub"),
    device: shape.bytes(map.device, 16, "device"),
    chain: shape.bytes(map.chain, 16, "chain"),
    seq: shape.uint(map.seq, "seq"),
    hash: shape.bytes(map.hash, 32, "hash"),
    at: shape.uint(map.at, "at"),
    alerts: shape.list(map.alerts, 1000, "alerts").map((alert) => {
      const { kind, seq } = shape.map(alert, ["kind", "seq"], "alert");
      return { kind: shape.oneOf(kind, alertKinds, "alert.kind"), seq: shape.uint(seq, "alert.seq") };
    }),
    batch: shape.bytes(map.batch, 32, "batch"),
    log: parseLogAnswer(map.log),
  };
  if (!equalBytes(receipt.hub, hub) || !equalBytes(receipt.device, device)) throw new TomoshibiError("hub-answer-bad", { field: "device" });
  return receipt;
}
