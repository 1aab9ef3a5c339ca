import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Files, their records, patients, persons, facilities and the hub's own random values. */
export const records: Migration = {
  name: "001-records",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    await db.schema
      .createTable("secret")
      .addColumn("name", text, (c) => c.primaryKey())
      .addColumn("value", bytes, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("facility")
      .addColumn("code", text, (c) => c.primaryKey())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("telephone", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("file")
      .addColumn("id", "integer", (c) => c.primaryKey())
      .addColumn("facility", text, (c) => c.notNull().references("facility.code"))
      .addColumn("root", text, (c) => c.notNull())
      .addColumn("folder", text, (c) => c.notNull())
      .addColumn("path", text, (c) => c.notNull())
      .addColumn("pid", text, (c) => c.notNull())
      .addColumn("type", text, (c) => c.notNull())
      .addColumn("hash", text, (c) => c.notNull())
      .addColumn("size", "bigint", (c) => c.notNull())
      .addColumn("mtime", "bigint", (c) => c.notNull())
      .addColumn("state", text, (c) => c.notNull())
      .addColumn("reason", text, (c) => c.notNull())
      .addColumn("records", "integer", (c) => c.notNull())
      .addColumn("warnings", "integer", (c) => c.notNull())
      .addColumn("received", text, (c) => c.notNull())
      .addColumn("notes", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("file_patient").on("file").columns(["facility", "pid"]).execute();
    await db.schema
      .createTable("content")
      .addColumn("file", "integer", (c) => c.primaryKey().references("file.id"))
      .addColumn("body", bytes, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("person")
      .addColumn("ref", text, (c) => c.primaryKey())
      .addColumn("changed", "integer", (c) => c.notNull())
      .addColumn("sealed", "integer", (c) => c.notNull())
      .addColumn("maker", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("patient")
      .addColumn("facility", text, (c) => c.notNull().references("facility.code"))
      .addColumn("pid", text, (c) => c.notNull())
      .addColumn("links", text, (c) => c.notNull())
      .addColumn("person", text, (c) => c.references("person.ref"))
      .addColumn("stale", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("patient_key", ["facility", "pid"])
      .execute();
    await db.schema.createIndex("patient_person").on("patient").column("person").execute();
  },
};
