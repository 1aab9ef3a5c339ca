import type { Db } from "./tables.ts";

/** A journal entry that was used for a search or an opening beyond the device's cohort. */
export interface RegionUseRow {
  /** 16 bytes, hex. */
  chain: string;
  seq: number;
  kind: string;
  device: string;
  /** ms. */
  at: number;
}

/** True for the first use of this entry, and for exactly one of several at once. */
export async function takeRegionEntry(db: Db, row: RegionUseRow): Promise<boolean> {
  const done = await db
    .insertInto("region_use")
    .values(row)
    .onConflict((conflict) => conflict.columns(["chain", "seq"]).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
