import type { ReviewState } from "../../shared/protocol/console.ts";
import type { Db } from "./tables.ts";

/** One grant to be reviewed: the openings of one person by one member, from the first strip to the grant's end. */
export interface ReviewRow {
  id: string;
  chain: string;
  /** Sequence of the first opening. */
  seq: number;
  device: string;
  staff: string;
  role: string;
  person: string;
  purpose: string;
  /** ms, trusted time of the first opening. */
  opened: number;
  /** 1 once the grant has ended. */
  ended: number;
  confirmed: number;
  rest: number;
  protected: number;
  /** 1: its entries do not fit together, or cannot be read. */
  odd: number;
  state: ReviewState;
  note: string;
  reviewer: string;
  /** ms; 0 while open. */
  decided: number;
}

/** Every decision ever taken, in order. */
export interface DecisionRow {
  id: string;
  review: string;
  state: ReviewState;
  note: string;
  reviewer: string;
  at: number;
}

export async function addReview(db: Db, row: ReviewRow): Promise<void> {
  await db.insertInto("review").values(row).execute();
}

export async function reviewById(db: Db, id: string): Promise<ReviewRow | null> {
  return (await db.selectFrom("review").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** The item of this chain, member and person whose grant has not ended. */
export async function runningReview(db: Db, chain: string, staff: string, person: string): Promise<ReviewRow | null> {
  const row = await db
    .selectFrom("review")
    .selectAll()
    .where("chain", "=", chain)
    .where("staff", "=", staff)
    .where("person", "=", person)
    .where("ended", "=", 0)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends what runs on a chain: a locked device has no grants. */
export async function endReviews(db: Db, chain: string): Promise<void> {
  await db.updateTable("review").set({ ended: 1 }).where("chain", "=", chain).where("ended", "=", 0).execute();
}

export async function markReview(
  db: Db,
  id: string,
  marks: Partial<Pick<ReviewRow, "ended" | "confirmed" | "rest" | "protected">>,
): Promise<void> {
  await db.updateTable("review").set(marks).where("id", "=", id).execute();
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

export async function decideReview(db: Db, row: DecisionRow): Promise<void> {
  await db
    .updateTable("review")
    .set({ state: row.state, note: row.note, reviewer: row.reviewer, decided: row.at })
    .where("id", "=", row.review)
    .execute();
  await db.insertInto("review_decision").values(row).execute();
}
