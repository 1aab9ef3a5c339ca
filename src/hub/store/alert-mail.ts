import { sql } from "kysely";
import type { AlertRow } from "./journal.ts";
import type { Db } from "./tables.ts";

/** How much of an alert has been put into the queue: an alert that counts up is told again. */
export interface ToldRow {
  alert: string;
  count: number;
}

/** An alert on its way out. No column has room for a person or a member. */
export interface MailRow {
  id: string;
  sink: "smtp" | "webhook";
  kind: string;
  /** "" when none is concerned. */
  device: string;
  /** ms: of the first and the last event it tells of. */
  first: number;
  last: number;
  count: number;
  tries: number;
  /** ms: not sent before. */
  due: number;
  state: "waiting" | "sent" | "given-up";
  /** ms: when it was sent or given up; 0 while it waits. */
  ended: number;
}

/** Alerts that counted up since they were last told, among those that rang since `since` (ms). */
export async function untoldAlerts(db: Db, since: number, most: number): Promise<(AlertRow & { more: number })[]> {
  const rows = await db
    .selectFrom("alert as a")
    .leftJoin("alert_told as t", "t.alert", "a.id")
    .selectAll("a")
    .select(sql<number>`a.count - coalesce(t.count, 0)`.as("more"))
    .where("a.last", ">=", since)
    .where(sql<boolean>`a.count > coalesce(t.count, 0)`)
    .orderBy("a.last")
    .orderBy("a.id")
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, more: Number(row.more) }));
}

export async function isTold(db: Db, alert: string): Promise<boolean> {
  return (await db.selectFrom("alert_told").select("count").where("alert", "=", alert).executeTakeFirst()) !== undefined;
}

export async function tellAlert(db: Db, row: ToldRow): Promise<void> {
  await db
    .insertInto("alert_told")
    .values(row)
    .onConflict((conflict) => conflict.column("alert").doUpdateSet({ count: row.count }))
    .execute();
}

/** Of this kind and device for a sink: one that waits, rather untried, else the one that left last. */
export async function newestMail(db: Db, sink: MailRow["sink"], kind: string, device: string): Promise<MailRow | null> {
  const row = await db
    .selectFrom("alert_mail")
    .selectAll()
    .where("sink", "=", sink)
    .where("kind", "=", kind)
    .where("device", "=", device)
    .orderBy(sql`case when state = 'waiting' then tries else 1000000 end`)
    .orderBy("ended", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export async function addMail(db: Db, row: MailRow): Promise<void> {
  await db.insertInto("alert_mail").values(row).execute();
}

/** Changes one that still waits; false when it has left meanwhile. */
export async function changeMail(db: Db, id: string, change: Partial<Omit<MailRow, "id" | "sink" | "kind" | "device">>): Promise<boolean> {
  const done = await db.updateTable("alert_mail").set(change).where("id", "=", id).where("state", "=", "waiting").executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Nothing waits longer by intent: what is due later was put off by a clock that was wrong. */
const longestMs = 3_600_000;

/** What may be sent now, the longest waiting first. */
export async function dueMail(db: Db, sink: MailRow["sink"], now: number, most: number): Promise<MailRow[]> {
  return await db
    .selectFrom("alert_mail")
    .selectAll()
    .where("sink", "=", sink)
    .where("state", "=", "waiting")
    .where((is) => is.or([is("due", "<=", now), is("due", ">", now + longestMs)]))
    .orderBy("due")
    .orderBy("id")
    .limit(most)
    .execute();
}

/** Forgets what left long ago. */
export async function forgetMail(db: Db, before: number): Promise<void> {
  await db.deleteFrom("alert_mail").where("state", "!=", "waiting").where("ended", "<", before).execute();
}
