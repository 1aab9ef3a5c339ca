/** The lease's state (vault/lease-machine.ts) carried out: what is hidden, what is deleted, and what opens again. */
import { codeOf } from "../../shared/error.ts";
import type { Glass } from "../glass/glass.ts";
import { stored } from "../vault/failure.ts";
import { leaseOpens } from "../vault/lease-machine.ts";
import { type Context, needDevice } from "./core-context.ts";
import { openIndex } from "./core-index.ts";
import { writeAsLocked } from "./core-journal.ts";
import { LEASE_ENDED, leaseNow } from "./core-lease-state.ts";

/**
 * After a start, a sync, a confirmed date, and every minute: what the lease no longer allows leaves the memory, and once its end is certain
 * the disk. What it allows again opens again. Grants end before their ends are written: a full disk keeps nothing open.
 */
export async function enforceLease(context: Context, glass: Pick<Glass, "endAll">): Promise<void> {
  const { device, session } = context;
  if (device?.state !== "approved" || device.nursery) return;
  const state = leaseNow(context);
  if (!leaseOpens(state) && session && context.opened) {
    context.opened = null;
    context.changed();
    await glass.endAll();
  }
  if (state === "over") await deleteRing(context);
  if (leaseOpens(state) && session && !context.opened) {
    const opened = await openIndex(context, session);
    if (context.session !== session) return;
    context.opened = opened;
  }
  // Time itself changes what the status line says.
  context.changed();
}

/**
 * Ring, index and epoch keys: the packs stay, they open nothing without the ring, and a new lease brings only index and ring again. The
 * entry is tried first, and a journal that cannot be written does not keep the ring.
 */
async function deleteRing(context: Context): Promise<void> {
  const { db, trust, time } = context;
  const left = await stored(() => Promise.all([db.rings.count(), db.shards.count()]));
  if (left.every((count) => count === 0)) return;
  const why = time.reading().signed > (trust?.lease?.disasterUntil ?? 0) ? "hub time" : "running hours";
  await writeAsLocked(context, "lease", { what: `over by ${why}: ring deleted` }).catch((error: unknown) => {
    if (codeOf(error) !== "journal-write-failed") throw error;
  });
  await stored(() =>
    db.transaction("rw", db.rings, db.shards, db.wrapped, db.facts, async () => {
      await db.rings.clear();
      await db.shards.clear();
      await db.wrapped.where("what").startsWith("ek/").delete();
      await db.facts.put({ id: LEASE_ENDED, value: needDevice(context).trust.manifest?.seq ?? 0 });
    }),
  );
}
