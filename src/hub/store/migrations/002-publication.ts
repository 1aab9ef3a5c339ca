import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Sealed packs, the rows search needs, manifests, and the shards and ring parts they name. */
export const publication: Migration = {
  name: "002-publication",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    await db.schema
      .createTable("pack")
      .addColumn("person", text, (c) => c.notNull())
      .addColumn("part", text, (c) => c.notNull())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("plain", text, (c) => c.notNull())
      .addColumn("key", bytes, (c) => c.notNull())
      .addColumn("generation", "integer", (c) => c.notNull())
      .addColumn("size", "integer", (c) => c.notNull())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .addPrimaryKeyConstraint("pack_key", ["person", "part"])
      .execute();
    await db.schema.createIndex("pack_name").on("pack").column("name").execute();
    await db.schema
      .createTable("index_row")
      .addColumn("person", text, (c) => c.primaryKey())
      .addColumn("folded", text, (c) => c.notNull())
      .addColumn("row", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("publication")
      .addColumn("cohort", text, (c) => c.notNull())
      .addColumn("seq", "integer", (c) => c.notNull())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("content", text, (c) => c.notNull())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("publication_key", ["cohort", "seq"])
      .execute();
    await db.schema
      .createTable("publication_part")
      .addColumn("name", text, (c) => c.primaryKey())
      .addColumn("what", text, (c) => c.notNull())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .execute();
  },
};
