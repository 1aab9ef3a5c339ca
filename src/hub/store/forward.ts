import { sql } from "kysely";
import type { EntryRow } from "./journal.ts";
import type { Db } from "./tables.ts";

/** How far a consumer has taken a chain. A chain grows by one entry after another, so this loses nothing whatever commits first. */
export interface CursorRow {
  consumer: string;
  chain: string;
  seq: number;
}

/** The chain that stands for "this consumer has been here": no chain has an empty name. */
const begun = "";

export async function hasBegun(db: Db, consumer: string): Promise<boolean> {
  const row = await db
    .selectFrom("forward_cursor")
    .select("seq")
    .where("consumer", "=", consumer)
    .where("chain", "=", begun)
    .executeTakeFirst();
  return row !== undefined;
}

/** From now on: what is there already counts as taken. Once per consumer. */
export async function beginNow(db: Db, consumer: string): Promise<void> {
  // Asked often, true but once: no lock is taken for it.
  if (await hasBegun(db, consumer)) return;
  await db.transaction().execute(async (tx) => {
    if (await hasBegun(tx, consumer)) return;
    const chains = await tx.selectFrom("journal_chain").select(["chain", "seq"]).execute();
    for (const row of [...chains, { chain: begun, seq: 0 }]) await takeCursor(tx, { ...row, consumer });
  });
}

/** Chains that hold more than this consumer has taken, and from where on. */
export async function chainsAhead(db: Db, consumer: string): Promise<{ chain: string; after: number }[]> {
  const rows = await db
    .selectFrom("journal_chain as c")
    .leftJoin("forward_cursor as k", (join) => join.onRef("k.chain", "=", "c.chain").on("k.consumer", "=", consumer))
    .select(["c.chain", sql<number>`coalesce(k.seq, 0)`.as("after")])
    .where(sql<boolean>`c.seq > coalesce(k.seq, 0)`)
    .orderBy("c.chain")
    .execute();
  return rows.map(({ chain, after }) => ({ chain, after: Number(after) }));
}

export type ForwardRow = Omit<EntryRow, "bytes" | "note" | "what">;

/** The next entries of a chain, in its order; what is sealed or in free words stays behind. */
export async function entriesAfter(db: Db, chain: string, after: number, most: number): Promise<ForwardRow[]> {
  return await db
    .selectFrom("journal_entry")
    .select([
      "chain",
      "seq",
      "hash",
      "device",
      "kind",
      "at",
      "trusted",
      "staff",
      "role",
      "purpose",
      "person",
      "reason",
      "received",
      "review",
    ])
    .where("chain", "=", chain)
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(most)
    .execute();
}

export async function takeCursor(db: Db, row: CursorRow): Promise<void> {
  await db
    .insertInto("forward_cursor")
    .values(row)
    .onConflict((conflict) => conflict.columns(["consumer", "chain"]).doUpdateSet({ seq: row.seq }))
    .execute();
}

/** Failed unlocks of a chain up to this entry, since the last unlock. */
export async function failuresInSeries(db: Db, chain: string, seq: number): Promise<number> {
  const { count } = await db
    .selectFrom("journal_entry as e")
    .select((q) => q.fn.countAll<number>().as("count"))
    .where("e.chain", "=", chain)
    .where("e.kind", "=", "unlock-failed")
    .where("e.seq", "<=", seq)
    .where(
      sql<boolean>`e.seq > coalesce((select max(u.seq) from journal_entry u where u.chain = ${chain} and u.kind = 'unlock' and u.seq < ${seq}), 0)`,
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}
