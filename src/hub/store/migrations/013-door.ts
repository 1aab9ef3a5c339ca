import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";
import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/**
 * What an account at the console may do and by what it signs in. Accounts made before keep what they could: everything.
 */
export const door: Migration = {
  name: "013-door",
  async up(db, dialect) {
    const text = textType(dialect);
    await alter(db, "roles", sql`text not null default 'reviewer operator'`);
    await alter(db, "handle", sql`text not null default ''`);
    await alter(db, "generation", sql`integer not null default 0`);
    await db.schema
      .createTable("reviewer_passkey")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("reviewer", text, (c) => c.notNull().references("reviewer.name"))
      .addColumn("label", text, (c) => c.notNull())
      .addColumn("public_key", bytesType(dialect), (c) => c.notNull())
      .addColumn("counter", "bigint", (c) => c.notNull())
      .addColumn("transports", text, (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .addColumn("used", "bigint", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("reviewer_passkey_reviewer").on("reviewer_passkey").column("reviewer").execute();
    await db.schema
      .createTable("reviewer_invite")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("reviewer", text, (c) => c.notNull().references("reviewer.name"))
      .addColumn("until", "bigint", (c) => c.notNull())
      .addColumn("used", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("reviewer_oidc")
      .addColumn("issuer", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("value", text, (c) => c.notNull())
      .addColumn("reviewer", text, (c) => c.notNull().references("reviewer.name"))
      .addColumn("sub", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("reviewer_oidc_key", ["issuer", "kind", "value"])
      .execute();
  },
};

async function alter(db: Kysely<Tables>, column: string, type: ReturnType<typeof sql>): Promise<void> {
  await sql`alter table reviewer add column ${sql.ref(column)} ${type}`.execute(db);
}
