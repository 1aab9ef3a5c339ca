/**
 * What stands in the hub's log for one journal entry: kind ‖ instant it came, u64 ms ‖ the entry's bytes as the device sent them, so that
 * the log holds everything that device and member signed, and when the hub said that it had it.
 */
import { type Bytes, concat } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";

/** linked: next of its chain · held: rightly signed, but behind a gap or on a second history; kept as evidence, never part of the chain. */
export const leafKinds = ["linked", "held"] as const;
export type LeafKind = (typeof leafKinds)[number];

export interface Leaf {
  readonly kind: LeafKind;
  /** ms of the hub's clock; never less than the leaf's before. */
  readonly received: number;
  /** The entry's bytes. */
  readonly entry: Bytes;
}

export function encodeLeaf({ kind, received, entry }: Leaf): Bytes {
  if (!Number.isSafeInteger(received) || received < 0) throw new TomoshibiError("log-place-bad", { received });
  const head = new Uint8Array(9);
  head[0] = 1 + leafKinds.indexOf(kind);
  new DataView(head.buffer).setBigUint64(1, BigInt(received));
  return concat(head, entry);
}
