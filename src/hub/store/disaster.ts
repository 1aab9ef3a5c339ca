import type { Db } from "./tables.ts";

/** One word of the operator about a disaster: its declaration, or its end (same `disaster`, later `seq`). Never changed, never deleted. */
export interface DisasterRow {
  seq: number;
  /** 16 bytes, base64url. */
  disaster: string;
  /** Site ids, as JSON; ["*"]: the region. */
  sites: string;
  /** ms. */
  begins: number;
  ends: number;
  words: string;
  /** COSE, as devices get it. */
  bytes: Uint8Array;
  /** Who said it, and when. */
  by: string;
  created: number;
}

/** What was done after a disaster, step by step, for one site. */
export interface DisasterStepRow {
  disaster: string;
  site: string;
  step: string;
  note: string;
  by: string;
  at: number;
}

/** Newest first. */
export async function disasterRows(db: Db): Promise<DisasterRow[]> {
  return await db.selectFrom("disaster").selectAll().orderBy("seq", "desc").execute();
}

export async function addDisaster(db: Db, row: DisasterRow): Promise<void> {
  await db.insertInto("disaster").values(row).execute();
}

export async function addDisasterStep(db: Db, row: DisasterStepRow): Promise<void> {
  await db.insertInto("disaster_step").values(row).execute();
}

/** Oldest first: the last word about a step counts. */
export async function disasterSteps(db: Db, disaster: string): Promise<DisasterStepRow[]> {
  return await db.selectFrom("disaster_step").selectAll().where("disaster", "=", disaster).orderBy("at").execute();
}

/** Entries of these kinds, by device, of a stretch of the devices' trusted time. */
export async function entriesBetween(
  db: Db,
  kinds: readonly string[],
  from: number,
  until: number,
): Promise<readonly { readonly device: string; readonly kind: string; readonly count: number }[]> {
  const rows = await db
    .selectFrom("journal_entry")
    .select(["device", "kind"])
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("kind", "in", [...kinds])
    .where("trusted", ">=", from)
    .where("trusted", "<", until)
    .groupBy(["device", "kind"])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** What devices wrote of these kinds, newest first. */
export async function entriesOfKinds(db: Db, kinds: readonly string[], most: number) {
  return await db
    .selectFrom("journal_entry")
    .select(["device", "kind", "trusted", "what", "reason", "note"])
    .where("kind", "in", [...kinds])
    .orderBy("trusted", "desc")
    .limit(most)
    .execute();
}
