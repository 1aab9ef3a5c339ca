import { insertMany } from "./bulk.ts";
import type { PatientId } from "./patient.ts";
import type { Db } from "./tables.ts";

/**
 * What was decided of two patients. link: one person; apart: two. a40: their hospital merged the first number into the second.
 * undo: takes back the decision that `undoes` names. Rows are never changed nor deleted: the database itself refuses.
 */
export interface DecisionRow {
  id: number;
  kind: "link" | "apart" | "a40" | "undo";
  a_facility: string;
  a_pid: string;
  b_facility: string;
  b_pid: string;
  /** 0 but for an undo. */
  undoes: number;
  /** Reviewer, operator, or the message that said so. */
  who: string;
  why: string;
  at: number;
}

/** Two patients that somebody should look at, the smaller by code point first. */
export interface PairRow {
  a_facility: string;
  a_pid: string;
  b_facility: string;
  b_pid: string;
  /** "likeness", or why a link was not made (identity/identify.ts). */
  cause: string;
  /** Chance in thousandths. */
  score: number;
  /** JSON of an Agreement. */
  detail: string;
}

/** A card the hub gave to a person, as it was shown at a hospital. */
export interface CardRow {
  card: string;
  facility: string;
  pid: string;
  at: number;
}

/** What identity had seen when it last looked. */
export interface LookRow {
  name: "last";
  /** Newest decision; 0 before the first. */
  decision: number;
  /** How many cards there were. */
  cards: number;
}

/** What is there to be seen now. */
export async function currentLook(db: Db): Promise<LookRow> {
  const { last } = await db
    .selectFrom("identity_decision")
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  const { count } = await db
    .selectFrom("identity_card")
    .select((q) => q.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return { name: "last", decision: Number(last ?? 0), cards: Number(count) };
}

/** Whether anything was decided or given out that identity has not seen. */
export async function isUnseen(db: Db): Promise<boolean> {
  const [now, seen] = [await currentLook(db), await db.selectFrom("identity_look").selectAll().executeTakeFirst()];
  return now.decision !== (seen?.decision ?? 0) || now.cards !== (seen?.cards ?? 0);
}

/** Call with the look that was taken before decisions and cards were read. */
export async function putLook(db: Db, look: LookRow): Promise<void> {
  const { decision, cards } = look;
  await db
    .insertInto("identity_look")
    .values(look)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ decision, cards }))
    .execute();
}

/** Every decision, oldest first. */
export async function decisions(db: Db): Promise<DecisionRow[]> {
  return await db.selectFrom("identity_decision").selectAll().orderBy("id").execute();
}

/** Adds decisions; call inside a transaction. Returns their ids. */
export async function addDecisions(db: Db, rows: readonly Omit<DecisionRow, "id">[]): Promise<number[]> {
  const { last } = await db
    .selectFrom("identity_decision")
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  const numbered = rows.map((row, i) => ({ id: Number(last ?? 0) + 1 + i, ...row }));
  for (const row of numbered) await db.insertInto("identity_decision").values(row).execute();
  return numbered.map(({ id }) => id);
}

/** The pairs, likeliest first. */
export async function pairs(db: Db): Promise<PairRow[]> {
  return await db
    .selectFrom("identity_pair")
    .selectAll()
    .orderBy("score", "desc")
    .orderBy("a_facility")
    .orderBy("a_pid")
    .orderBy("b_facility")
    .orderBy("b_pid")
    .execute();
}

export async function putPairs(db: Db, rows: readonly PairRow[]): Promise<void> {
  const columns = ["a_facility", "a_pid", "b_facility", "b_pid", "cause", "score", "detail"] as const;
  const tail = "on conflict (a_facility, a_pid, b_facility, b_pid, cause) do update set score = excluded.score, detail = excluded.detail";
  await insertMany(db, "identity_pair", columns, rows, tail);
}

/** Forgets the pairs of some patients that likeness found. */
export async function forgetLikeness(db: Db, ids: readonly PatientId[]): Promise<void> {
  for (const { facility, pid } of ids) {
    await db
      .deleteFrom("identity_pair")
      .where("cause", "=", "likeness")
      .where("a_facility", "=", facility)
      .where("a_pid", "=", pid)
      .execute();
    await db
      .deleteFrom("identity_pair")
      .where("cause", "=", "likeness")
      .where("b_facility", "=", facility)
      .where("b_pid", "=", pid)
      .execute();
  }
}

/** Forgets every pair whose link was refused. */
export async function forgetRefused(db: Db): Promise<void> {
  await db.deleteFrom("identity_pair").where("cause", "!=", "likeness").execute();
}

/** The hub's cards by patient. */
export async function cards(db: Db): Promise<CardRow[]> {
  return await db.selectFrom("identity_card").selectAll().orderBy("card").execute();
}

/** Keeps that this patient holds the card; two hospitals that know its holder are then one person's. */
export async function putCard(db: Db, row: CardRow): Promise<void> {
  await db
    .insertInto("identity_card")
    .values(row)
    .onConflict((conflict) => conflict.columns(["card", "facility", "pid"]).doNothing())
    .execute();
}
