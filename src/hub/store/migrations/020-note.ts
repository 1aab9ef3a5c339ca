import { type RawBuilder, sql } from "kysely";
import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** Downtime notes as devices sent them, what was decided of them, who an unknown patient is, and what was handed to a chart. */
export const note: Migration = {
  name: "020-note",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    const table = (name: string, texts: readonly string[], numbers: readonly string[]) => {
      let made = db.schema.createTable(name);
      for (const column of texts) made = made.addColumn(column, text, (c) => c.notNull());
      for (const column of numbers) made = made.addColumn(column, "bigint", (c) => c.notNull());
      return made;
    };
    const texts = ["id", "device", "site", "hash", "chain", "staff", "role", "person", "unknown", "kind", "happened", "corrects", "form"];
    await table("note", [...texts, "identifies", "state", "of"], ["seq", "received", "written", "changed"])
      .addColumn("key", text, (c) => c.primaryKey())
      .addColumn("sealed", bytes, (c) => c.notNull())
      .execute();
    for (const [name, columns] of [
      ["changed", ["site", "changed"]],
      ["person", ["person"]],
      ["unknown", ["unknown"]],
      ["waiting", ["device", "seq"]],
      ["of", ["of"]],
      ["identifies", ["identifies"]],
    ] as const)
      await db.schema
        .createIndex(`note_${name}`)
        .on("note")
        .columns([...columns])
        .execute();
    // Which entry declares a note is asked for each that comes.
    await sql`create index journal_entry_note on journal_entry (device, what) where kind = 'note'`.execute(db);
    await table("note_change", ["name"], ["last"]).execute();
    await sql`insert into note_change (name, last) values ('last', 0)`.execute(db);
    await table("note_refused", ["device", "code"], ["received"])
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("bytes", bytes, (c) => c.notNull())
      .execute();
    const numbered = { note_decision: ["note", "state", "of", "who", "why"], note_link: ["unknown", "person", "who", "why"] };
    for (const [name, columns] of Object.entries({ ...numbered, note_export: ["who", "format", "subject", "notes", "digest"] }))
      await table(name, columns, ["at"])
        .addColumn("id", "integer", (c) => c.primaryKey())
        .execute();
    await db.schema.createIndex("note_decision_note").on("note_decision").column("note").execute();
    await db.schema.createIndex("note_link_unknown").on("note_link").column("unknown").execute();

    // What was written, decided and handed out is added to, never rewritten: not even by a faulty program.
    if (dialect === "postgres")
      await sql`create function note_stays() returns trigger language plpgsql as
        $$ begin raise exception 'downtime notes are append-only'; end $$`.execute(db);
    const stays = async (name: string, changes: readonly string[], when: RawBuilder<unknown>) => {
      for (const change of changes)
        if (dialect === "postgres")
          await sql`create trigger ${sql.raw(`${name}_no_${change}`)} before ${sql.raw(change)} on ${sql.raw(name)}
            for each row ${when} execute function note_stays()`.execute(db);
        else
          await sql`create trigger ${sql.raw(`${name}_no_${change}`)} before ${sql.raw(change)} on ${sql.raw(name)}
            ${when} begin select raise(abort, 'downtime notes are append-only'); end`.execute(db);
    };
    for (const name of ["note_refused", "note_decision", "note_link", "note_export"]) await stays(name, ["update", "delete"], sql``);
    await stays("note", ["delete"], sql``);
    // Its state is told by the newest decision, its place and author by the entry that declares it; the rest never changes.
    const differs = dialect === "postgres" ? "is distinct from" : "is not";
    const fixed = ["key", "id", "device", "site", "hash", "sealed", "person", "unknown", "kind", "happened", "corrects", "form"];
    const changed = [...fixed, "identifies", "received", "written"].map((column) => `old.${column} ${differs} new.${column}`).join(" or ");
    await stays("note", ["update"], sql`when (${sql.raw(changed)})`);
  },
};
