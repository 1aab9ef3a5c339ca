import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Journals as they came home, what could not be accepted, alerts, and the reviews made of them. */
export const journal: Migration = {
  name: "004-journal",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    await db.schema
      .createTable("journal_chain")
      .addColumn("chain", text, (c) => c.primaryKey())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("hash", bytes, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("review")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("staff", text, (c) => c.notNull())
      .addColumn("role", text, (c) => c.notNull())
      .addColumn("person", text, (c) => c.notNull())
      .addColumn("purpose", text, (c) => c.notNull())
      .addColumn("opened", "bigint", (c) => c.notNull())
      .addColumn("ended", "integer", (c) => c.notNull())
      .addColumn("confirmed", "integer", (c) => c.notNull())
      .addColumn("rest", "integer", (c) => c.notNull())
      .addColumn("protected", "integer", (c) => c.notNull())
      .addColumn("odd", "integer", (c) => c.notNull())
      .addColumn("state", text, (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("reviewer", text, (c) => c.notNull())
      .addColumn("decided", "bigint", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("review_running").on("review").columns(["chain", "ended"]).execute();
    await db.schema.createIndex("review_opened").on("review").column("opened").execute();
    await db.schema
      .createTable("review_decision")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("review", text, (c) => c.notNull().references("review.id"))
      .addColumn("state", text, (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("reviewer", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("journal_entry")
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("hash", bytes, (c) => c.notNull())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("trusted", "bigint", (c) => c.notNull())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .addColumn("staff", text, (c) => c.notNull())
      .addColumn("role", text, (c) => c.notNull())
      .addColumn("purpose", text, (c) => c.notNull())
      .addColumn("person", text, (c) => c.notNull())
      .addColumn("what", text, (c) => c.notNull())
      .addColumn("reason", text, (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("received", "bigint", (c) => c.notNull())
      .addColumn("review", text, (c) => c.references("review.id"))
      .addPrimaryKeyConstraint("journal_entry_key", ["chain", "seq"])
      .execute();
    await db.schema.createIndex("journal_entry_review").on("journal_entry").column("review").execute();
    await db.schema
      .createTable("journal_quarantine")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("reason", text, (c) => c.notNull())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .addColumn("received", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("alert")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("last", "bigint", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .execute();
  },
};
