import type { StaffRole } from "../../shared/protocol/enrolment.ts";
import type { Db } from "./tables.ts";

export interface StaffRow {
  id: string;
  site: string;
  name: string;
  kana: string;
  role: StaffRole;
  /** The one-time code stretched by Argon2id; null when none is open. */
  code: Uint8Array | null;
  /** ms; 0 when none is open. */
  code_until: number;
  created: number;
  /** ms; 0: a member. Never deleted: their openings are still verified and reviewed. */
  removed: number;
  /** 1: named for declaring a disaster, together with one other. */
  declares: number;
}

/** Public keys a member brought from one device. Kept for ever: old entries are verified by them. */
export interface StaffKeyRow {
  /** Hex key id of `sign`. */
  id: string;
  staff: string;
  device: string;
  sign: Uint8Array;
  seal: Uint8Array;
  registered: number;
}

/** Members of a site; who left is not among them. */
export async function staffOf(db: Db, site: string): Promise<StaffRow[]> {
  return await db.selectFrom("staff").selectAll().where("site", "=", site).where("removed", "=", 0).orderBy("kana").orderBy("id").execute();
}

/** Those who left, the last first. */
export async function formerStaffOf(db: Db, site: string): Promise<StaffRow[]> {
  return await db
    .selectFrom("staff")
    .selectAll()
    .where("site", "=", site)
    .where("removed", ">", 0)
    .orderBy("removed", "desc")
    .orderBy("id")
    .execute();
}

export async function staffById(db: Db, id: string): Promise<StaffRow | null> {
  return (await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** These members, by id; whom the hub does not know is not there. */
export async function staffByIds(db: Db, ids: readonly string[]): Promise<Map<string, StaffRow>> {
  const found = new Map<string, StaffRow>();
  for (let at = 0; at < ids.length; at += 400)
    for (const row of await db
      .selectFrom("staff")
      .selectAll()
      .where("id", "in", ids.slice(at, at + 400))
      .execute())
      found.set(row.id, row);
  return found;
}

export async function addStaff(db: Db, row: Omit<StaffRow, "removed" | "declares">): Promise<void> {
  await db
    .insertInto("staff")
    .values({ ...row, removed: 0, declares: 0 })
    .execute();
}

/** False: there is no such member any more. */
export async function changeStaff(
  db: Db,
  id: string,
  change: Partial<Pick<StaffRow, "name" | "kana" | "role" | "declares" | "removed" | "code" | "code_until">>,
): Promise<boolean> {
  const done = await db.updateTable("staff").set(change).where("id", "=", id).where("removed", "=", 0).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function setStaffCode(db: Db, id: string, code: Uint8Array, until: number): Promise<void> {
  await db.updateTable("staff").set({ code, code_until: until }).where("id", "=", id).execute();
}

/** Burns the code if it is still this one: true for exactly one of those who try. */
export async function burnStaffCode(db: Db, id: string, code: Uint8Array): Promise<boolean> {
  const done = await db
    .updateTable("staff")
    .set({ code: null, code_until: 0 })
    .where("id", "=", id)
    .where("code", "=", code)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function addStaffKey(db: Db, row: StaffKeyRow): Promise<void> {
  await db.insertInto("staff_key").values(row).execute();
}

export async function staffKeyById(db: Db, id: string): Promise<StaffKeyRow | null> {
  return (await db.selectFrom("staff_key").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** Every key of every member of a site, also of those who left, oldest first. */
export async function staffKeysOf(db: Db, site: string): Promise<StaffKeyRow[]> {
  return await db
    .selectFrom("staff_key")
    .innerJoin("staff", "staff.id", "staff_key.staff")
    .selectAll("staff_key")
    .where("staff.site", "=", site)
    .orderBy("staff_key.registered")
    .orderBy("staff_key.id")
    .execute();
}

export async function countStaff(db: Db): Promise<number> {
  const row = await db
    .selectFrom("staff")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("removed", "=", 0)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
