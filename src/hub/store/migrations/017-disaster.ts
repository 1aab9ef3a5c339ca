import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Disasters that the operator declared, and what was done after them. */
export const disaster: Migration = {
  name: "017-disaster",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("disaster")
      .addColumn("seq", "integer", (c) => c.primaryKey())
      .addColumn("disaster", text, (c) => c.notNull())
      .addColumn("sites", text, (c) => c.notNull())
      .addColumn("begins", "bigint", (c) => c.notNull())
      .addColumn("ends", "bigint", (c) => c.notNull())
      .addColumn("words", text, (c) => c.notNull())
      .addColumn("bytes", bytesType(dialect), (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("disaster_step")
      .addColumn("disaster", text, (c) => c.notNull())
      .addColumn("site", text, (c) => c.notNull())
      .addColumn("step", text, (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("disaster_step_disaster").on("disaster_step").column("disaster").execute();
  },
};
