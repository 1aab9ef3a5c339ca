import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Sites, staff and their keys, enrolments, devices, policies, reviewers. */
export const people: Migration = {
  name: "003-people",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    await db.schema
      .createTable("site")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .addColumn("roster", "integer", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("staff")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("site", text, (c) => c.notNull().references("site.id"))
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("kana", text, (c) => c.notNull())
      .addColumn("role", text, (c) => c.notNull())
      .addColumn("code", bytes)
      .addColumn("code_until", "bigint", (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("enrolment")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("site", text, (c) => c.notNull().references("site.id"))
      .addColumn("secret", bytes, (c) => c.notNull())
      .addColumn("preapproved", "integer", (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .addColumn("expires", "bigint", (c) => c.notNull())
      .addColumn("device", text)
      .execute();
    await db.schema
      .createTable("device")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("site", text, (c) => c.notNull().references("site.id"))
      .addColumn("enrolment", text, (c) => c.notNull().references("enrolment.id"))
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("open", bytes, (c) => c.notNull())
      .addColumn("locked", bytes, (c) => c.notNull())
      .addColumn("seal", bytes, (c) => c.notNull())
      .addColumn("fingerprint", text, (c) => c.notNull())
      .addColumn("state", text, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .addColumn("decided", "bigint", (c) => c.notNull())
      .addColumn("decided_by", text, (c) => c.notNull())
      .addColumn("certificate", bytes)
      .addColumn("lease", "integer", (c) => c.notNull())
      .addColumn("seen", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("staff_key")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("staff", text, (c) => c.notNull().references("staff.id"))
      .addColumn("device", text, (c) => c.notNull().references("device.id"))
      .addColumn("sign", bytes, (c) => c.notNull())
      .addColumn("seal", bytes, (c) => c.notNull())
      .addColumn("registered", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("policy")
      .addColumn("seq", "integer", (c) => c.primaryKey())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("reviewer")
      .addColumn("name", text, (c) => c.primaryKey())
      .addColumn("hash", text, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
  },
};
