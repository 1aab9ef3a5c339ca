import type { Db } from "./tables.ts";

/** The newest report of one device; older ones are not kept. */
export interface ReadinessRow {
  device: string;
  /** ms of the hub's clock. */
  received: number;
  /** Which of the device's keys signed: "locked" lies in the clear on the device. */
  key: "open" | "locked";
  version: string;
  build: string;
  /** ms; 0: nothing was pulled. */
  as_of: number;
  /** JSON: check → level. */
  lines: string;
}

export async function readinessRows(db: Db): Promise<ReadinessRow[]> {
  return await db.selectFrom("device_readiness").selectAll().execute();
}

export async function keepReadiness(db: Db, { device, ...row }: ReadinessRow): Promise<void> {
  await db
    .insertInto("device_readiness")
    .values({ device, ...row })
    .onConflict((c) => c.column("device").doUpdateSet(row))
    .execute();
}
