import type { Db } from "./tables.ts";

/** A renewal of a cohort's epoch key: wanted from `asked`, in force from `done`. */
export interface RotationRow {
  id: string;
  cohort: string;
  /** "operator", "schedule", "device-revoked", "member-removed", "site-moved", "after-disaster" or what another room names. */
  why: string;
  by: string;
  /** ms. */
  asked: number;
  /** ms; 0 while it waits for the next publication. */
  done: number;
  /** The epoch that began with it; 0 before. */
  epoch: number;
}

export async function addRotation(db: Db, row: RotationRow): Promise<void> {
  await db.insertInto("epoch_rotation").values(row).execute();
}

export async function pendingRotations(db: Db): Promise<RotationRow[]> {
  return await db.selectFrom("epoch_rotation").selectAll().where("done", "=", 0).orderBy("asked").orderBy("id").execute();
}

/** Newest first. */
export async function rotations(db: Db, most: number): Promise<RotationRow[]> {
  return await db.selectFrom("epoch_rotation").selectAll().orderBy("asked", "desc").orderBy("id").limit(most).execute();
}

/** In the transaction that puts the new epoch's manifest in force. */
export async function endRotations(db: Db, ids: readonly string[], done: number, epoch: number): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable("epoch_rotation").set({ done, epoch }).where("id", "in", ids).execute();
}

/** ms of the last rotation that came into force; 0: none. */
export async function lastRotation(db: Db, cohort: string): Promise<number> {
  const row = await db
    .selectFrom("epoch_rotation")
    .select((e) => e.fn.max("done").as("done"))
    .where("cohort", "=", cohort)
    .executeTakeFirst();
  return Number(row?.done ?? 0);
}
