import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/** Who asked the hub for people over PIX and PDQ. */
export const queries: Migration = {
  name: "010-queries",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("identity_query")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("who", text, (c) => c.notNull())
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("digest", text, (c) => c.notNull())
      .addColumn("found", "integer", (c) => c.notNull())
      .addColumn("outcome", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("identity_query_at").on("identity_query").column("at").execute();
  },
};
