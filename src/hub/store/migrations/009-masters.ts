import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/** Code masters that an operator imported. */
export const codeMasters: Migration = {
  name: "009-masters",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("master")
      .addColumn("kind", text, (c) => c.primaryKey())
      .addColumn("date", text, (c) => c.notNull())
      .addColumn("file", text, (c) => c.notNull())
      .addColumn("hash", text, (c) => c.notNull())
      .addColumn("imported", text, (c) => c.notNull())
      .addColumn("read", "integer", (c) => c.notNull())
      .addColumn("taken", "integer", (c) => c.notNull())
      .addColumn("refused", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("master_code")
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("code", text, (c) => c.notNull())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("target", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("master_code_key", ["kind", "code"])
      .execute();
  },
};
