/** What the hub orders before anything else: an order to wipe is verified here and followed by wipe.ts; a disaster is kept for the screens. */
import type { Bytes } from "../../shared/bytes.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openDisaster, openWipe, ordersPath, parseResponse, type WipeOrder } from "../../shared/protocol/orders.ts";
import { stored } from "../vault/failure.ts";
import type { PullDeps } from "./pull.ts";
import type { Trust } from "./trust.ts";

/** An order that holds for this device, and its bytes as signed. */
export interface GoodWipe {
  readonly order: WipeOrder;
  readonly bytes: Bytes;
}

export interface GoodOrders {
  readonly wipe: GoodWipe | null;
  /** With the declaration that is now the newest. */
  readonly trust: Trust;
}

/**
 * Errors: the client's; "order-malformed" and "cose-…" for an order that the hub did not sign, or for another device or hub: it is not
 * followed, and said. A hub that is older than orders has none.
 */
export async function askOrders(deps: PullDeps, trust: Trust): Promise<GoodOrders> {
  const bytes = await ask(deps);
  if (bytes === null) return { wipe: null, trust };
  const { wipe, disaster } = parseResponse(bytes);
  if (wipe !== null) return { wipe: { order: await openWipe(wipe, trust.hubKeys, deps.device), bytes: wipe }, trust };
  return { wipe: null, trust: disaster === null ? trust : await keepDisaster(deps, trust, disaster) };
}

async function ask({ client, signer, signal }: PullDeps): Promise<Bytes | null> {
  try {
    return await client.askSigned({ path: ordersPath, limit: 512 * 1024, signal }, signer);
  } catch (error) {
    if (codeOf(error) === "not-found") return null;
    throw error;
  }
}

async function keepDisaster({ db }: PullDeps, trust: Trust, bytes: Bytes): Promise<Trust> {
  const disaster = await openDisaster(bytes, trust.hubKeys);
  if (trust.disaster && disaster.seq < trust.disaster.seq)
    throw new TomoshibiError("order-malformed", { field: "seq", have: trust.disaster.seq, offered: disaster.seq });
  if (disaster.seq === trust.disaster?.seq) return trust;
  await stored(() => db.signed.put({ what: "disaster", bytes }));
  return { ...trust, disaster };
}
