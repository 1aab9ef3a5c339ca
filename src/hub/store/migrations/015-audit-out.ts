import { sql } from "kysely";
import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** What leaves the hub of its journal: who may ask for it, who asked, how far it was forwarded, and the alerts that wait to be sent. */
export const auditOut: Migration = {
  name: "015-audit-out",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("auditor")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("hash", bytesType(dialect), (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("audit_query")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("who", text, (c) => c.notNull())
      .addColumn("asked", text, (c) => c.notNull())
      .addColumn("digest", text, (c) => c.notNull())
      .addColumn("found", "integer", (c) => c.notNull())
      .addColumn("outcome", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("audit_query_at").on("audit_query").column("at").execute();
    if (dialect === "postgres") {
      await sql`create function audit_query_stays() returns trigger language plpgsql as
        'begin raise exception ''audit_query is append-only''; end'`.execute(db);
      await sql`create trigger audit_query_stays before update or delete on audit_query
        for each row execute function audit_query_stays()`.execute(db);
    } else
      for (const change of ["update", "delete"])
        await sql`create trigger ${sql.raw(`audit_query_no_${change}`)} before ${sql.raw(change)} on audit_query
          begin select raise(abort, 'audit_query is append-only'); end`.execute(db);
    await db.schema
      .createTable("forward_cursor")
      .addColumn("consumer", text, (c) => c.notNull())
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("forward_cursor_key", ["consumer", "chain"])
      .execute();
    await db.schema
      .createTable("alert_told")
      .addColumn("alert", text, (c) => c.primaryKey())
      .addColumn("count", "integer", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("alert_mail")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("sink", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("first", "bigint", (c) => c.notNull())
      .addColumn("last", "bigint", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .addColumn("tries", "integer", (c) => c.notNull())
      .addColumn("due", "bigint", (c) => c.notNull())
      .addColumn("state", text, (c) => c.notNull())
      .addColumn("ended", "bigint", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("alert_mail_due").on("alert_mail").columns(["state", "due"]).execute();
    await db.schema.createIndex("journal_entry_trusted").on("journal_entry").columns(["trusted", "chain", "seq"]).execute();
    await db.schema.createIndex("journal_entry_person").on("journal_entry").column("person").execute();
    await db.schema.createIndex("alert_last").on("alert").column("last").execute();
  },
};
