import type { Db } from "./tables.ts";

/** A signed policy. The newest is in force; none means that nothing may be opened. */
export interface PolicyRow {
  seq: number;
  /** COSE. */
  bytes: Uint8Array;
  created: number;
  /** Who set it; "": before this was kept. */
  by: string;
}

export async function newestPolicy(db: Db): Promise<PolicyRow | null> {
  return (await db.selectFrom("policy").selectAll().orderBy("seq", "desc").limit(1).executeTakeFirst()) ?? null;
}

export async function addPolicy(db: Db, row: PolicyRow): Promise<void> {
  await db.insertInto("policy").values(row).execute();
}

/** Every policy ever signed, the oldest first. */
export async function policies(db: Db): Promise<PolicyRow[]> {
  return await db.selectFrom("policy").selectAll().orderBy("created").orderBy("seq").execute();
}
