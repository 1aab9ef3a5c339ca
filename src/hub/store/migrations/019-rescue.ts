import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/** Who needs rescue in a disaster, one line a person, as of their last summary. */
export const rescue: Migration = {
  name: "019-rescue",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("rescue_line")
      .addColumn("person", text, (c) => c.primaryKey())
      .addColumn("line", text, (c) => c.notNull())
      .execute();
  },
};
