import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Sealed envelopes of the sites: public keys alone; the secret is on paper. */
export const envelope: Migration = {
  name: "018-envelope",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    await db.schema
      .createTable("envelope")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("site", text, (c) => c.notNull().references("site.id"))
      .addColumn("role", text, (c) => c.notNull())
      .addColumn("sign", bytes, (c) => c.notNull())
      .addColumn("seal", bytes, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .addColumn("created_by", text, (c) => c.notNull())
      .addColumn("ended", "bigint", (c) => c.notNull())
      .addColumn("ended_by", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("envelope_site").on("envelope").column("site").execute();
  },
};
