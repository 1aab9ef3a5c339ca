import type { LetterLanguage } from "../../shared/protocol/review.ts";
import type { EntryRow } from "./journal.ts";
import type { Db } from "./tables.ts";

/** Settings of review, one row a change, the last in force; never changed (held by a trigger). */
export interface ReviewSettingRow {
  seq: number;
  at: number;
  by: string;
  /** ReviewSettings, JSON. */
  value: string;
}

/** A patient's letter that was printed; never changed (held by a trigger). */
export interface ReviewLetterRow {
  id: string;
  review: string;
  at: number;
  by: string;
  language: LetterLanguage;
  /** SHA-256 of what the letter said, base64url. */
  digest: string;
}

/** Which members a reviewer is: nobody reviews what they did themselves. */
export interface ReviewerStaffRow {
  reviewer: string;
  staff: string;
}

const CHUNK = 400;

export async function reviewSettings(db: Db): Promise<ReviewSettingRow[]> {
  return await db.selectFrom("review_setting").selectAll().orderBy("seq").execute();
}

export async function addReviewSetting(db: Db, row: Omit<ReviewSettingRow, "seq">): Promise<void> {
  const last = await db
    .selectFrom("review_setting")
    .select((e) => e.fn.max("seq").as("seq"))
    .executeTakeFirst();
  await db
    .insertInto("review_setting")
    .values({ ...row, seq: Number(last?.seq ?? 0) + 1 })
    .execute();
}

export async function addLetter(db: Db, row: ReviewLetterRow): Promise<void> {
  await db.insertInto("review_letter").values(row).execute();
}

/** By review, in the order of printing. */
export async function lettersOf(db: Db, reviews: readonly string[]): Promise<Map<string, ReviewLetterRow[]>> {
  const found = new Map<string, ReviewLetterRow[]>();
  for (let at = 0; at < reviews.length; at += CHUNK) {
    const part = reviews.slice(at, at + CHUNK);
    const rows = await db.selectFrom("review_letter").selectAll().where("review", "in", part).orderBy("at").orderBy("id").execute();
    for (const row of rows) found.set(row.review, [...(found.get(row.review) ?? []), row]);
  }
  return found;
}

export async function staffOfReviewer(db: Db, reviewer: string): Promise<string[]> {
  return (await db.selectFrom("reviewer_staff").select("staff").where("reviewer", "=", reviewer).execute()).map(({ staff }) => staff);
}

export async function linkReviewer(db: Db, row: ReviewerStaffRow): Promise<void> {
  await db
    .insertInto("reviewer_staff")
    .values(row)
    .onConflict((conflict) => conflict.columns(["reviewer", "staff"]).doNothing())
    .execute();
}

/** The entries of these reviews, by review, in the order of their chain; without their bytes. */
export async function entriesOfReviews(db: Db, reviews: readonly string[]): Promise<Map<string, ReviewEntry[]>> {
  const found = new Map<string, ReviewEntry[]>();
  for (let at = 0; at < reviews.length; at += CHUNK) {
    const rows = await db
      .selectFrom("journal_entry")
      .select(["review", "kind", "trusted", "staff", "what", "reason", "note"])
      .where("review", "in", reviews.slice(at, at + CHUNK))
      .orderBy("chain")
      .orderBy("seq")
      .execute();
    for (const row of rows) found.set(row.review ?? "", [...(found.get(row.review ?? "") ?? []), row]);
  }
  return found;
}

export type ReviewEntry = Pick<EntryRow, "review" | "kind" | "trusted" | "staff" | "what" | "reason" | "note">;

/** The last entry of one of these kinds on the chain before `seq`. */
export async function lastOf(
  db: Db,
  chain: string,
  seq: number,
  kinds: readonly string[],
): Promise<Pick<EntryRow, "kind" | "note"> | null> {
  const row = await db
    .selectFrom("journal_entry")
    .select(["kind", "note"])
    .where("chain", "=", chain)
    .where("seq", "<", seq)
    .where("kind", "in", kinds)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** How often each kind of entry was written in [from, until) of trusted time. */
export async function kindsBetween(db: Db, from: number, until: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("journal_entry")
    .select((e) => ["kind", e.fn.countAll<number>().as("count")])
    .where("trusted", ">=", from)
    .where("trusted", "<", until)
    .groupBy("kind")
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
}

/** Drills begun, and those that ended with a signed record, in [from, until) of trusted time. */
export async function drillsBetween(db: Db, from: number, until: number): Promise<{ readonly begun: number; readonly recorded: number }> {
  const rows = await db
    .selectFrom("journal_entry")
    .select("what")
    .where("kind", "=", "drill")
    .where("trusted", ">=", from)
    .where("trusted", "<", until)
    .execute();
  const recorded = rows.filter(({ what }) => what.startsWith("record ")).length;
  return { begun: rows.length - recorded, recorded };
}

/** By reason: entries that were kept aside in [from, until) of the hub's clock. */
export async function refusedBetween(db: Db, from: number, until: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("journal_quarantine")
    .select((e) => ["reason", e.fn.countAll<number>().as("count")])
    .where("received", ">=", from)
    .where("received", "<", until)
    .groupBy("reason")
    .execute();
  return new Map(rows.map(({ reason, count }) => [reason, Number(count)]));
}

/** By kind: alerts first raised in [from, until) of the hub's clock. */
export async function alertsBetween(db: Db, from: number, until: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("alert")
    .select((e) => ["kind", e.fn.countAll<number>().as("count")])
    .where("at", ">=", from)
    .where("at", "<", until)
    .groupBy("kind")
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
}

export async function lettersBetween(db: Db, from: number, until: number): Promise<number> {
  const row = await db
    .selectFrom("review_letter")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("at", ">=", from)
    .where("at", "<", until)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
