/** The hub's order to wipe (sync/wipe.ts), wired to the Context: whoever is unlocked leaves first, and nothing unlocks while it is under way. */

import type { Glass } from "../glass/glass.ts";
import type { GoodWipe } from "../sync/orders.ts";
import { dropWipe, erase, forget, keepWipe, noWipe, type WipeDeps, wipeHolds, wipeOnDisk } from "../sync/wipe.ts";
import { wiping } from "../sync/wipe-machine.ts";
import type { FactRow, SignedRow } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { type Context, needDevice } from "./core-context.ts";
import { writeAsLocked } from "./core-journal.ts";
import { leave, moveLock } from "./core-lock.ts";

/** erasing: under way · waiting: empty, the sealed outbox waits for the hub · done: nothing is left. */
export interface WipeView {
  readonly step: "erasing" | "waiting" | "done";
  readonly reason: "revoked" | "renew";
  /** ms of the hub's clock when it was ordered. */
  readonly at: number;
}

export function wipeView({ wipe }: Context): WipeView | null {
  const { state, reason, at } = wipe;
  if (state === "none") return null;
  return { step: state === "gone" ? "done" : state === "erased" || state === "home" ? "waiting" : "erasing", reason, at };
}

export const isWiping = ({ wipe }: Context): boolean => wiping(wipe.state);

/**
 * At the start, before anybody can unlock: a wipe that was under way goes on. A storage that fails leaves it where it is: the device stays
 * closed, and the next start or sync tries again.
 */
export async function resumeWipe(context: Context, facts: readonly FactRow[], signed: readonly SignedRow[]): Promise<void> {
  const wipe = wipeOnDisk(facts);
  if (wipe.state === "none") return;
  if (context.device && !(await wipeHolds(wipe, signed, needDevice(context).trust.hubKeys, context.device.device))) {
    await dropWipe(context.db);
    return;
  }
  context.wipe = wipe;
  if (context.device && isWiping(context)) await goOn(context).catch(() => undefined);
}

/** Follows an order, or goes on with the one under way. Errors: "storage-failed". */
export async function followWipe(context: Context, glass: Pick<Glass, "endAll">, order: GoodWipe | null): Promise<void> {
  if (order && !isWiping(context)) context.wipe = await keepWipe(wipeDeps(context), order);
  // Whether or not its entry can be written, and within two seconds.
  await leave(context, glass, "wiped").catch(() => undefined);
  await goOn(context);
}

async function goOn(context: Context): Promise<void> {
  context.slots = [];
  context.changed();
  context.wipe = await erase(wipeDeps(context), context.wipe);
  await takeOver(context);
}

/** After a push: when all is home, the last traces go. */
export async function finishWipe(context: Context): Promise<void> {
  context.wipe = await forget(wipeDeps(context), context.wipe);
  await takeOver(context);
}

/** Another page of this device may have followed an order meanwhile: this one drops what it holds, and takes over what is on the disk. */
export async function noticeWipe(context: Context, glass: Pick<Glass, "endAll">): Promise<void> {
  if (!context.device || context.wipe.state !== "none") return;
  const wipe = wipeOnDisk(await stored(() => context.db.facts.where("id").startsWith("wipe").toArray()));
  if (wipe.state === "none") return;
  context.wipe = wipe;
  // Nothing is left to write to once all is gone: an entry then would begin a journal that no device answers for.
  if (wipe.state === "gone") dropSession(context);
  else await leave(context, glass, "wiped").catch(() => undefined);
  await takeOver(context);
}

function dropSession(context: Context): void {
  if (context.session) moveLock(context, "wiped");
  context.session = null;
  context.opened = null;
  context.keys.pin = null;
}

/** Somebody enrols this device anew. */
export async function endWipe(context: Context): Promise<void> {
  if (context.wipe.state === "none") return;
  await dropWipe(context.db);
  context.wipe = noWipe;
}

/** The memory follows the disk. */
async function takeOver(context: Context): Promise<void> {
  const { trust } = context;
  context.device = (await stored(() => context.db.device.get("device"))) ?? null;
  const nothing = { lease: null, leaseBefore: null, policy: null, roster: null, manifest: null, disaster: null, declared: null };
  context.trust = trust && context.device ? { ...trust, ...nothing } : null;
  if (!context.device) {
    context.fingerprint = "";
    context.deps.mark?.forget();
  }
  context.slots = [];
  context.time.until(null);
  context.changed();
}

function wipeDeps(context: Context): WipeDeps {
  return { db: context.db, journal: context.journal, note: (what) => writeAsLocked(context, "wipe", { what }) };
}
