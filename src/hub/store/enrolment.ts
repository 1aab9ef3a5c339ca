import type { Db } from "./tables.ts";

/** A single-use invitation for one device of one site. */
export interface EnrolmentRow {
  /** Hex of the 5 bytes in the code. */
  id: string;
  site: string;
  /** 16 bytes, in the clear: the device proves it by an HMAC. Of no use to anybody once a device has taken the invitation. */
  secret: Uint8Array;
  /** 1: the operator approves the device that comes with it beforehand (demo). */
  preapproved: number;
  created: number;
  /** ms. */
  expires: number;
  /** Device that used it; null while unused. */
  device: string | null;
}

export async function addEnrolment(db: Db, row: EnrolmentRow): Promise<void> {
  await db.insertInto("enrolment").values(row).execute();
}

export async function enrolmentById(db: Db, id: string): Promise<EnrolmentRow | null> {
  return (await db.selectFrom("enrolment").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** Takes the invitation for a device: true for exactly one of those who try. */
export async function takeEnrolment(db: Db, id: string, device: string): Promise<boolean> {
  const done = await db.updateTable("enrolment").set({ device }).where("id", "=", id).where("device", "is", null).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
