import type { DeviceState } from "../../shared/protocol/console.ts";
import type { Db } from "./tables.ts";

export interface DeviceRow {
  /** 16 bytes, base64url. */
  id: string;
  site: string;
  enrolment: string;
  name: string;
  /** Raw public keys, 65 bytes. */
  open: Uint8Array;
  locked: Uint8Array;
  seal: Uint8Array;
  /** Five groups of four letters. */
  fingerprint: string;
  state: DeviceState;
  created: number;
  /** ms; 0 while pending. */
  decided: number;
  decided_by: string;
  /** COSE; null before approval. */
  certificate: Uint8Array | null;
  /** Sequence of the newest lease. */
  lease: number;
  /** ms of the last proven request; 0: never. */
  seen: number;
}

export async function devices(db: Db): Promise<DeviceRow[]> {
  return await db.selectFrom("device").selectAll().orderBy("created", "desc").orderBy("id").execute();
}

export async function deviceById(db: Db, id: string): Promise<DeviceRow | null> {
  return (await db.selectFrom("device").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

export async function addDevice(db: Db, row: DeviceRow): Promise<void> {
  await db.insertInto("device").values(row).execute();
}

/** Changes the state if it is still `from`: true for exactly one of those who try. */
export async function decideDevice(
  db: Db,
  id: string,
  from: DeviceState,
  change: Pick<DeviceRow, "state" | "decided" | "decided_by"> & { certificate?: Uint8Array },
): Promise<boolean> {
  const done = await db.updateTable("device").set(change).where("id", "=", id).where("state", "=", from).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function seeDevice(db: Db, id: string, at: number): Promise<void> {
  await db.updateTable("device").set({ seen: at }).where("id", "=", id).execute();
}

/** The next lease sequence of this device. */
export async function raiseLease(db: Db, id: string): Promise<number> {
  const row = await db
    .updateTable("device")
    .set((e) => ({ lease: e("lease", "+", 1) }))
    .where("id", "=", id)
    .returning("lease")
    .executeTakeFirstOrThrow();
  return row.lease;
}
