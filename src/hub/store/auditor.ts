import type { Db } from "./tables.ts";

/** Who may read the journal as AuditEvents; the token itself is nowhere. */
export interface AuditorRow {
  id: string;
  /** Whose system it is, as the operator called it. */
  name: string;
  /** SHA-256 of the token. */
  hash: Uint8Array;
  /** Milliseconds since 1970. */
  created: number;
}

/** One look into the journal from outside. Append-only, held by a trigger: who asked by which parameters; the values as a keyed hash alone. */
export interface AuditQueryRow {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** "auditor ID", or "command". */
  who: string;
  /** Names of the parameters, parted by blanks. */
  asked: string;
  /** Keyed hash of the whole question. */
  digest: string;
  /** Events told. */
  found: number;
  /** HTTP status, or "written". */
  outcome: string;
}

export async function putAuditor(db: Db, row: AuditorRow): Promise<void> {
  await db.insertInto("auditor").values(row).execute();
}

export async function auditors(db: Db): Promise<AuditorRow[]> {
  return await db.selectFrom("auditor").selectAll().orderBy("created").orderBy("id").execute();
}

/** True when there was one of this name. */
export async function removeAuditor(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("auditor").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function putAuditQuery(db: Db, row: AuditQueryRow): Promise<void> {
  await db.insertInto("audit_query").values(row).execute();
}

/** The latest, newest first. */
export async function auditQueries(db: Db, most: number): Promise<AuditQueryRow[]> {
  return await db.selectFrom("audit_query").selectAll().orderBy("at", "desc").orderBy("id").limit(most).execute();
}
