/**
 * Orders to delete everything on a device: made when it is revoked, told whenever it asks, done when its own word has come home.
 * That word is signed by the device's locked key, which lies in the clear on its disk: it shows that an honest device obeyed, not that
 * no copy is left.
 */
import { type Bytes, fromBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { signWipe, type WipeOrder, wipeDone } from "../../shared/protocol/orders.ts";
import { type DeviceRow, decideDevice, deviceById } from "../store/device.ts";
import { raiseAlert } from "../store/journal.ts";
import type { Db } from "../store/store.ts";
import { addWipe, markWipe, type WipeRow, wipeEntries, wipeOf, wipes } from "../store/wipe.ts";
import type { PeopleDeps } from "./deps.ts";

/** An order as the operator sees it. */
export type WipeItem = Pick<WipeRow, "device" | "reason" | "by" | "ordered" | "told" | "done">;

/** Orders the device wiped and raises "wipe-waiting"; the order that stands already is kept. */
export async function orderWipe(deps: PeopleDeps, device: string, reason: WipeOrder["reason"], by: string): Promise<void> {
  const id = fromBase64Url(device);
  if (id === null) throw new TomoshibiError("internal", { field: "device" });
  const at = Math.trunc(deps.clock.now());
  const bytes = await signWipe({ hub: deps.keys.hub, device: id, reason, at }, deps.keys.signers.lease);
  if (await addWipe(deps.db, { device, reason, bytes, by, ordered: at, told: 0, done: 0 }))
    await raiseAlert(deps.db, { kind: "wipe-waiting", device, chain: "", seq: 0, at });
}

/** Ends a device that shall enrol again (lost credentials, another site): revoked and wiped, but not for a fault. Errors: not-found, bad-request. */
export async function renewDevice(deps: PeopleDeps, device: string, by: string): Promise<void> {
  if ((await deviceById(deps.db, device)) === null) throw new TomoshibiError("not-found", { field: "device" });
  const change = { state: "revoked" as const, decided: deps.clock.now(), decided_by: by };
  if (!(await decideDevice(deps.db, device, "approved", change))) throw new TomoshibiError("bad-request", { field: "state" });
  await orderWipe(deps, device, "renew", by);
}

/** What a device is told when it asks: null unless it is revoked. A device revoked before there were orders gets its order now. */
export async function wipeFor(deps: PeopleDeps, row: DeviceRow): Promise<Bytes | null> {
  if (row.state !== "revoked") return null;
  if ((await wipeOf(deps.db, row.id)) === null) await orderWipe(deps, row.id, "revoked", row.decided_by);
  await markWipe(deps.db, row.id, "told", deps.clock.now());
  const order = await wipeOf(deps.db, row.id);
  return order && new Uint8Array(order.bytes);
}

/** After a push: whether the device's word that it is empty is among what has come home. Raises "wipe-done" once. */
export async function noteWipe(deps: Pick<PeopleDeps, "db">, row: Pick<DeviceRow, "id" | "state">): Promise<void> {
  if (row.state !== "revoked") return;
  const word = (await wipeEntries(deps.db, row.id)).find(({ what }) => what === wipeDone);
  if (word === undefined || !(await markWipe(deps.db, row.id, "done", word.received))) return;
  await raiseAlert(deps.db, { kind: "wipe-done", device: row.id, chain: "", seq: 0, at: word.received });
}

/** Every order, the newest first: for the list of devices. */
export async function listWipes(db: Db): Promise<readonly WipeItem[]> {
  return (await wipes(db)).map(({ device, reason, by, ordered, told, done }) => ({ device, reason, by, ordered, told, done }));
}
