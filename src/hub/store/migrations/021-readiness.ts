import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/** What each device said last of its own readiness. */
export const readiness: Migration = {
  name: "021-readiness",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("device_readiness")
      .addColumn("device", text, (c) => c.primaryKey().references("device.id"))
      .addColumn("received", "bigint", (c) => c.notNull())
      .addColumn("key", text, (c) => c.notNull())
      .addColumn("version", text, (c) => c.notNull())
      .addColumn("build", text, (c) => c.notNull())
      .addColumn("as_of", "bigint", (c) => c.notNull())
      .addColumn("lines", text, (c) => c.notNull())
      .execute();
  },
};
