import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Orders to delete everything on a device. */
export const wipe: Migration = {
  name: "016-wipe",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("device_wipe")
      .addColumn("device", text, (c) => c.primaryKey().references("device.id"))
      .addColumn("reason", text, (c) => c.notNull())
      .addColumn("bytes", bytesType(dialect), (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("ordered", "bigint", (c) => c.notNull())
      .addColumn("told", "bigint", (c) => c.notNull())
      .addColumn("done", "bigint", (c) => c.notNull())
      .execute();
  },
};
