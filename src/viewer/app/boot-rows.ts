/** What a start reads from the disk before the first screen: nothing in it opens anything, and what is signed is verified after it. */
import type { JournalDb } from "../journal/db.ts";
import { outboxCount } from "../journal/outbox.ts";
import type { DeviceRow, FactRow, SignedRow, SlotRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";

export interface BootRows {
  readonly device: DeviceRow | undefined;
  readonly signed: readonly SignedRow[];
  readonly slots: readonly SlotRow[];
  readonly facts: readonly FactRow[];
  /** Entries that the hub has not acknowledged. */
  readonly outbox: number;
}

/** What public/warm.js has read already; null when it is late, found anything unusual, or failed: then `readBootRows` says why. */
export async function earlyBootRows(place: {
  readonly tomoshibiBootRows?: Promise<BootRows | null> | undefined;
}): Promise<BootRows | null> {
  return (await place.tomoshibiBootRows) ?? null;
}

/** What does not depend on each other is asked of the disk together. Errors: "storage-failed". */
export async function readBootRows(db: VaultDb, journal: JournalDb): Promise<BootRows> {
  const [device, signed, slots, facts, outbox] = await Promise.all([
    stored(() => db.device.get("device")),
    stored(() => db.signed.toArray()),
    stored(() => db.slots.toArray()),
    stored(() => db.facts.toArray()),
    stored(() => outboxCount(journal)),
  ]);
  return { device, signed, slots, facts, outbox };
}
