import type { Db } from "./tables.ts";

/** The order to delete everything on one device; there is one at most. */
export interface WipeRow {
  device: string;
  reason: "revoked" | "renew";
  /** COSE, as the device gets it. */
  bytes: Uint8Array;
  by: string;
  /** ms. */
  ordered: number;
  /** ms when the device first asked and was told; 0: not yet. */
  told: number;
  /** ms when the device's own word that it is empty came home; 0: not yet. */
  done: number;
}

export async function wipeOf(db: Db, device: string): Promise<WipeRow | null> {
  return (await db.selectFrom("device_wipe").selectAll().where("device", "=", device).executeTakeFirst()) ?? null;
}

export async function wipes(db: Db): Promise<WipeRow[]> {
  return await db.selectFrom("device_wipe").selectAll().orderBy("ordered", "desc").orderBy("device").execute();
}

/** The first order stands: true when this is it. */
export async function addWipe(db: Db, row: WipeRow): Promise<boolean> {
  const done = await db
    .insertInto("device_wipe")
    .values(row)
    .onConflict((conflict) => conflict.column("device").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Notes a moment that was not noted yet: true for exactly one who tries. */
export async function markWipe(db: Db, device: string, moment: "told" | "done", at: number): Promise<boolean> {
  const done = await db
    .updateTable("device_wipe")
    .set({ [moment]: at })
    .where("device", "=", device)
    .where(moment, "=", 0)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** What the device's wipe entries say, as far as they have come home. */
export async function wipeEntries(db: Db, device: string): Promise<{ readonly what: string; readonly received: number }[]> {
  return await db
    .selectFrom("journal_entry")
    .select(["what", "received"])
    .where("device", "=", device)
    .where("kind", "=", "wipe")
    .orderBy("received")
    .execute();
}
