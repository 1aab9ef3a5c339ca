/** The sync room, wired to the Context: what came down is taken over, what is unlocked is opened again. */
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { Glass } from "../glass/glass.ts";
import type { Sync, SyncDeps } from "../sync/run.ts";
import { type Context, freshen, needDevice, refreshSlots, signerFor } from "./core-context.ts";
import { dropOldEpochs, keepEpochKey, openIndex } from "./core-index.ts";
import { countOutbox, writeAsMember } from "./core-journal.ts";
import { enforceLease } from "./core-lease.ts";
import { endVisit } from "./core-lock.ts";
import { countNotes, siteNotesOf } from "./core-notes.ts";
import { finishWipe, followWipe, isWiping } from "./core-wipe.ts";

/** Errors: "vault-missing" (never enrolled), "enrol-not-approved", "not-unlocked" before there is a member, else what stopped the run. */
export async function syncSoon(context: Context, sync: Sync): Promise<void> {
  const { row } = needDevice(context);
  if (row.state === "pending") throw new TomoshibiError("enrol-not-approved");
  // Before the first member, VK lies beside its key: no epoch key may come to such a device.
  if (row.nursery) throw new TomoshibiError("not-unlocked");
  try {
    // What cannot be reopened for want of a file is fetched by the run that follows, and reopened then.
    if (await freshen(context)) await reopen(context).catch(() => undefined);
    await sync.run(await signerFor(context));
    context.syncError = null;
  } catch (error) {
    context.syncError = codeOf(error);
    throw error;
  } finally {
    await countOutbox(context);
    await countNotes(context);
  }
}

export function syncDeps(context: Context, glass: Pick<Glass, "endAll">): SyncDeps {
  return {
    client: context.client,
    db: context.db,
    journal: context.journal,
    device: () => needDevice(context).row.device,
    trust: () => needDevice(context).trust,
    async onTrust(trust, refill) {
      // The run began with what was declared then: what members declared or ended here since is theirs, not the hub's.
      context.trust = { ...trust, declared: context.trust?.declared ?? null };
      context.time.until(trust.lease?.disasterUntil ?? null);
      await refreshSlots(context);
      await endVisit(context, glass);
      if (refill) await reopen(context);
      context.changed();
    },
    async onLease(lease) {
      if (context.session) await keepEpochKey(context, context.session, lease);
    },
    async onContact({ time }) {
      context.hubReached = true;
      await context.time.contact(time);
      context.changed();
    },
    async onSignedTime(at, fresh) {
      await context.time.heard(at, fresh);
      if (isWiping(context)) return;
      // What cannot be opened again for want of a file is fetched by this run, and opened then.
      await enforceLease(context, glass).catch(() => undefined);
    },
    siteNotes: (signer) => siteNotesOf(context, signer),
    wiping: () => isWiping(context),
    onWipe: (order) => followWipe(context, glass, order),
    onHome: () => finishWipe(context),
    onProgress(progress) {
      context.pull = progress;
      context.changed();
    },
    onState(state, error) {
      if (state === "offline") context.hubReached = false;
      if (error) context.syncError = error;
      context.changed();
    },
  };
}

/** A new population under an unlocked device: the index is read again, grants stay. */
async function reopen(context: Context): Promise<void> {
  const { session } = context;
  if (!session) return;
  const opened = await openIndex(context, session);
  if (context.session !== session) return;
  context.opened = opened;
  await writeAsMember(context, session, "pull", { what: `manifest ${context.trust?.manifest?.seq ?? 0}` });
  await dropOldEpochs(context);
}
