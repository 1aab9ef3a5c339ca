import type { ReviewEvent, ReviewKind, ReviewState } from "../../shared/protocol/review.ts";
import type { Db } from "./tables.ts";

/** One thing to be reviewed: a grant (the openings of one person by one member, from the first entry to its end), or what stands by itself. */
export interface ReviewRow {
  id: string;
  kind: ReviewKind;
  chain: string;
  /** Sequence of the first entry. */
  seq: number;
  device: string;
  staff: string;
  /** Name of a sponsored member whom no register knows, as the sponsor signed it; "" otherwise. */
  called: string;
  role: string;
  person: string;
  purpose: string;
  /** ms, trusted time of the first entry. */
  opened: number;
  /** ms of the hub's clock. */
  made: number;
  /** 1 once the grant has ended. */
  ended: number;
  strip: number;
  confirmed: number;
  rest: number;
  protected: number;
  /** 1: its entries do not fit together, or cannot be read. */
  odd: number;
  /** 1: opened while the device was unlocked by the sealed envelope. */
  envelope: number;
  /** 1: signed by a key that a colleague vouched for. */
  sponsored: number;
  state: ReviewState;
  note: string;
  reviewer: string;
  /** ms; 0 while open. */
  decided: number;
}

export type ReviewMarks = Partial<Pick<ReviewRow, "ended" | "strip" | "confirmed" | "rest" | "protected">>;

/** Everything ever done about a review, in order; rows are added and never changed (held by a trigger). */
export interface DecisionRow {
  id: string;
  review: string;
  what: ReviewEvent;
  state: ReviewState;
  note: string;
  /** "": the hub itself. */
  reviewer: string;
  answered_by: string;
  at: number;
  /** Version of the rules, the rank, and each rule's verdict (JSON) as they stood when it was decided. */
  rules: number;
  rank: number;
  findings: string;
}

/** What the rules about several openings look at. */
export type SlimReview = Pick<ReviewRow, "id" | "kind" | "staff" | "person" | "opened">;

const CHUNK = 400;

export async function addReview(db: Db, row: ReviewRow): Promise<void> {
  await db.insertInto("review").values(row).execute();
}

export async function reviewById(db: Db, id: string): Promise<ReviewRow | null> {
  return (await db.selectFrom("review").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** The item of this chain, kind and person whose grant has not ended; `staff` null: whoever's. */
export async function runningReview(
  db: Db,
  { chain, staff, person }: { readonly chain: string; readonly staff: string | null; readonly person: string },
  kinds: readonly ReviewKind[],
): Promise<ReviewRow | null> {
  let query = db
    .selectFrom("review")
    .selectAll()
    .where("chain", "=", chain)
    .where("person", "=", person)
    .where("ended", "=", 0)
    .where("kind", "in", kinds);
  if (staff !== null) query = query.where("staff", "=", staff);
  return (await query.orderBy("seq", "desc").limit(1).executeTakeFirst()) ?? null;
}

/** Ends what a lock ends on a chain: a locked device has no grants. */
export async function endReviews(db: Db, chain: string, kinds: readonly ReviewKind[]): Promise<void> {
  await db.updateTable("review").set({ ended: 1 }).where("chain", "=", chain).where("ended", "=", 0).where("kind", "in", kinds).execute();
}

export async function markReview(db: Db, id: string, marks: ReviewMarks): Promise<void> {
  if (Object.keys(marks).length > 0) await db.updateTable("review").set(marks).where("id", "=", id).execute();
}

/** Whose opening it is becomes known with the strip: what a second member approved before it has no opener yet. */
export async function takeOver(
  db: Db,
  id: string,
  opener: Pick<ReviewRow, "staff" | "role" | "purpose" | "called" | "sponsored">,
): Promise<void> {
  await db.updateTable("review").set(opener).where("id", "=", id).execute();
}

/** Every review that still waits, is asked about or was escalated: however many, none may fall off the list. */
export async function waitingReviews(db: Db): Promise<ReviewRow[]> {
  return await db.selectFrom("review").selectAll().where("state", "!=", "accepted").orderBy("opened", "desc").orderBy("id").execute();
}

/** The newest accepted ones. */
export async function acceptedReviews(db: Db, most: number): Promise<ReviewRow[]> {
  return await db
    .selectFrom("review")
    .selectAll()
    .where("state", "=", "accepted")
    .orderBy("opened", "desc")
    .orderBy("id")
    .limit(most)
    .execute();
}

/** Those that began in [from, until), ms. */
export async function reviewsBetween(db: Db, from: number, until: number): Promise<ReviewRow[]> {
  return await db
    .selectFrom("review")
    .selectAll()
    .where("opened", ">=", from)
    .where("opened", "<", until)
    .orderBy("opened")
    .orderBy("id")
    .execute();
}

/** The same, of these members, slim. */
export async function slimBetween(db: Db, from: number, until: number): Promise<SlimReview[]> {
  return await db
    .selectFrom("review")
    .select(["id", "kind", "staff", "person", "opened"])
    .where("opened", ">=", from)
    .where("opened", "<=", until)
    .execute();
}

/** Adds what was done, and leaves its outcome with the review. */
export async function addDeed(db: Db, row: DecisionRow): Promise<void> {
  const { state, note, reviewer, at } = row;
  if (row.what === "decided")
    await db.updateTable("review").set({ state, note, reviewer, decided: at }).where("id", "=", row.review).execute();
  if (row.what === "grown") await db.updateTable("review").set({ state }).where("id", "=", row.review).execute();
  await db.insertInto("review_decision").values(row).execute();
}

/** By review, in the order of what was done. */
export async function deedsOf(db: Db, reviews: readonly string[]): Promise<Map<string, DecisionRow[]>> {
  const found = new Map<string, DecisionRow[]>();
  for (let at = 0; at < reviews.length; at += CHUNK) {
    const part = reviews.slice(at, at + CHUNK);
    const rows = await db.selectFrom("review_decision").selectAll().where("review", "in", part).orderBy("at").orderBy("id").execute();
    for (const row of rows) found.set(row.review, [...(found.get(row.review) ?? []), row]);
  }
  return found;
}
