import { sql } from "kysely";
import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/** What people and hospitals decided of who is who (never changed, never deleted), pairs to be looked at, and cards given out. */
export const identity: Migration = {
  name: "007-identity",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .alterTable("patient")
      .addColumn("matched", "integer", (c) => c.notNull().defaultTo(0))
      .execute();
    // Keys of before: identity reads the records anew and keeps what they state.
    await sql`update patient set links = '["?"]', stale = 1`.execute(db);
    await db.schema
      .createTable("identity_decision")
      .addColumn("id", "integer", (c) => c.primaryKey())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("a_facility", text, (c) => c.notNull())
      .addColumn("a_pid", text, (c) => c.notNull())
      .addColumn("b_facility", text, (c) => c.notNull())
      .addColumn("b_pid", text, (c) => c.notNull())
      .addColumn("undoes", "integer", (c) => c.notNull())
      .addColumn("who", text, (c) => c.notNull())
      .addColumn("why", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .execute();
    if (dialect === "postgres") {
      await sql`create function identity_decision_stays() returns trigger language plpgsql as
        'begin raise exception ''identity_decision is append-only''; end'`.execute(db);
      await sql`create trigger identity_decision_stays before update or delete on identity_decision
        for each row execute function identity_decision_stays()`.execute(db);
    } else {
      await sql`create trigger identity_decision_no_update before update on identity_decision
        begin select raise(abort, 'identity_decision is append-only'); end`.execute(db);
      await sql`create trigger identity_decision_no_delete before delete on identity_decision
        begin select raise(abort, 'identity_decision is append-only'); end`.execute(db);
    }
    await db.schema
      .createTable("identity_pair")
      .addColumn("a_facility", text, (c) => c.notNull())
      .addColumn("a_pid", text, (c) => c.notNull())
      .addColumn("b_facility", text, (c) => c.notNull())
      .addColumn("b_pid", text, (c) => c.notNull())
      .addColumn("cause", text, (c) => c.notNull())
      .addColumn("score", "integer", (c) => c.notNull())
      .addColumn("detail", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("identity_pair_key", ["a_facility", "a_pid", "b_facility", "b_pid", "cause"])
      .execute();
    await db.schema.createIndex("identity_pair_b").on("identity_pair").columns(["b_facility", "b_pid"]).execute();
    await db.schema
      .createTable("identity_card")
      .addColumn("card", text, (c) => c.notNull())
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("pid", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("identity_card_key", ["card", "facility", "pid"])
      .execute();
    await db.schema
      .createTable("identity_look")
      .addColumn("name", text, (c) => c.primaryKey())
      .addColumn("decision", "integer", (c) => c.notNull())
      .addColumn("cards", "integer", (c) => c.notNull())
      .execute();
  },
};
