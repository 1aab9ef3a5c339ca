import type { Db } from "./tables.ts";

/** A generation after the first, by its root-signed statement. */
export interface LogGenerationRow {
  generation: number;
  statement: Uint8Array;
  at: number;
}

/** How much of the log a backup was found to hold, signed. */
export interface LogBackupRow {
  generation: number;
  size: number;
  mark: Uint8Array;
  at: number;
}

/** What a device saw and what it was shown instead, as it sent it. */
export interface LogEvidenceRow {
  /** SHA-256 of the two, base64url. */
  id: string;
  device: string;
  received: number;
  seen: string;
  /** The receipt it was shown. */
  shown: Uint8Array;
}

/** Oldest first; all after `generation`. */
export async function generationsAfter(db: Db, generation: number): Promise<LogGenerationRow[]> {
  return await db.selectFrom("log_generation").selectAll().where("generation", ">", generation).orderBy("generation").execute();
}

/** The signed statement and the state, in one transaction of the caller's. */
export async function beginGeneration(tx: Db, row: LogGenerationRow): Promise<void> {
  await tx.insertInto("log_generation").values(row).execute();
  await tx.updateTable("log_state").set({ generation: row.generation }).where("id", "=", 1).execute();
}

/** The mark that covers most. */
export async function newestBackup(db: Db): Promise<LogBackupRow | null> {
  const rows = db.selectFrom("log_backup").selectAll().orderBy("size", "desc").orderBy("generation", "desc");
  return (await rows.limit(1).executeTakeFirst()) ?? null;
}

export async function backups(db: Db): Promise<LogBackupRow[]> {
  return await db.selectFrom("log_backup").selectAll().orderBy("size").orderBy("generation").execute();
}

export async function addBackup(db: Db, row: LogBackupRow): Promise<void> {
  await db
    .insertInto("log_backup")
    .values(row)
    .onConflict((conflict) => conflict.columns(["generation", "size"]).doNothing())
    .execute();
}

/** True when it was not kept already. */
export async function addEvidence(db: Db, row: LogEvidenceRow): Promise<boolean> {
  const done = await db
    .insertInto("log_evidence")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function evidence(db: Db): Promise<LogEvidenceRow[]> {
  return await db.selectFrom("log_evidence").selectAll().orderBy("received").orderBy("id").execute();
}
