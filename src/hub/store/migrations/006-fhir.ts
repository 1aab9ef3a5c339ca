import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Feeds of facilities, and what FHIR resources and Bundles are named by. */
export const fhir: Migration = {
  name: "006-fhir",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("feed")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("facility", text, (c) => c.notNull().references("facility.code"))
      .addColumn("hash", bytesType(dialect), (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("fhir_unit")
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("unit", text, (c) => c.notNull())
      .addColumn("file", "integer", (c) => c.notNull().references("file.id"))
      .addPrimaryKeyConstraint("fhir_unit_key", ["facility", "unit"])
      .execute();
    await db.schema
      .createTable("fhir_name")
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("unit", text, (c) => c.notNull())
      .addColumn("pid", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("fhir_name_key", ["facility", "name", "unit"])
      .execute();
    await db.schema.createIndex("fhir_name_unit").on("fhir_name").columns(["facility", "unit"]).execute();
  },
};
