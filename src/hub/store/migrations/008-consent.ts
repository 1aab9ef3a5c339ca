import { sql } from "kysely";
import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/**
 * What people and the region said about showing their data, who is withheld for it, and by what an opted-out person may be recognised.
 * A hub that had published before did so under the rule that everybody takes part: the rule is written down as it was, so that an upgrade
 * neither empties the devices nor leaves the rule unsaid. A new hub has none.
 */
export const consent: Migration = {
  name: "008-consent",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("consent_entry")
      .addColumn("seq", "integer", (c) =>
        dialect === "postgres" ? c.primaryKey().generatedByDefaultAsIdentity() : c.primaryKey().autoIncrement(),
      )
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("pid", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("target", text, (c) => c.notNull())
      .addColumn("value", text, (c) => c.notNull())
      .addColumn("from", text, (c) => c.notNull())
      .addColumn("basis", text, (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("entered", text, (c) => c.notNull())
      .addColumn("batch", text, (c) => c.notNull())
      .addColumn("undoes", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("consent_patient").on("consent_entry").columns(["facility", "pid"]).execute();
    await db.schema.createIndex("consent_batch").on("consent_entry").column("batch").execute();
    await db.schema.createIndex("consent_undoes").on("consent_entry").column("undoes").execute();
    await db.schema.createIndex("consent_from").on("consent_entry").column("from").execute();
    await db.schema
      .createTable("consent_day")
      .addColumn("id", "integer", (c) => c.primaryKey())
      .addColumn("day", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("withheld_person")
      .addColumn("person", text, (c) => c.primaryKey())
      .addColumn("reason", text, (c) => c.notNull())
      .addColumn("like_facility", text, (c) => c.notNull())
      .addColumn("like_pid", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("consent_mark")
      .addColumn("facility", text, (c) => c.notNull())
      .addColumn("pid", text, (c) => c.notNull())
      .addColumn("mark", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("consent_mark_key", ["facility", "pid", "mark"])
      .execute();
    await db.schema.createIndex("consent_mark_mark").on("consent_mark").column("mark").execute();
    await sql`insert into consent_entry
      (facility, pid, kind, target, value, "from", basis, "by", note, at, entered, batch, undoes)
      select '', '', 'participation', '', 'participating', '2000-01-01', 'other', 'hub',
        '同意の管理が加わる前の規則を引き継いだもの', 0, 'hub', '008-consent', ''
      where exists (select 1 from publication)`.execute(db);
    // History is added to, never rewritten: not even by a faulty program.
    if (dialect === "postgres") {
      await sql`create function consent_entry_stays() returns trigger language plpgsql as
        $$ begin raise exception 'consent_entry is append-only'; end $$`.execute(db);
      await sql`create trigger consent_entry_stays before update or delete on consent_entry
        for each row execute function consent_entry_stays()`.execute(db);
    } else
      for (const change of ["update", "delete"] as const)
        await sql`create trigger ${sql.raw(`consent_entry_no_${change}`)} before ${sql.raw(change)} on consent_entry
          begin select raise(abort, 'consent_entry is append-only'); end`.execute(db);
  },
};
