import type { Db } from "./tables.ts";

/** A hospital, clinic or pharmacy that sends data. */
export interface FacilityRow {
  /** 10-digit 医療機関コード. */
  code: string;
  name: string;
  /** "" when unknown. */
  telephone: string;
}

export async function facilities(db: Db): Promise<FacilityRow[]> {
  return await db.selectFrom("facility").selectAll().orderBy("code").execute();
}

/** Writes a facility; an empty name or telephone leaves what is known. True when something changed. */
export async function putFacility(db: Db, row: FacilityRow): Promise<boolean> {
  const known = await db.selectFrom("facility").selectAll().where("code", "=", row.code).executeTakeFirst();
  const next = { code: row.code, name: row.name || (known?.name ?? ""), telephone: row.telephone || (known?.telephone ?? "") };
  if (known && known.name === next.name && known.telephone === next.telephone) return false;
  await db
    .insertInto("facility")
    .values(next)
    .onConflict((conflict) => conflict.column("code").doUpdateSet({ name: next.name, telephone: next.telephone }))
    .execute();
  return true;
}
