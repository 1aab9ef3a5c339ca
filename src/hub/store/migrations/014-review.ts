import { sql } from "kysely";
import type { Migration } from "./index.ts";
import { textType } from "./types.ts";

/**
 * What a review is about, when it came, and by which account; what was decided, answered and printed, never to be changed afterwards;
 * the settings of review with their history; which members a reviewer is.
 */
export const review: Migration = {
  name: "014-review",
  async up(db, dialect) {
    const text = textType(dialect);
    const alter = (table: "review" | "review_decision") => db.schema.alterTable(table);
    await alter("review")
      .addColumn("kind", text, (c) => c.notNull().defaultTo("opening"))
      .execute();
    await alter("review")
      .addColumn("made", "bigint", (c) => c.notNull().defaultTo(0))
      .execute();
    for (const column of ["strip", "envelope", "sponsored"])
      await alter("review")
        .addColumn(column, "integer", (c) => c.notNull().defaultTo(0))
        .execute();
    await alter("review")
      .addColumn("called", text, (c) => c.notNull().defaultTo(""))
      .execute();
    await sql`update review set strip = 1, made = coalesce((select received from journal_entry
      where journal_entry.chain = review.chain and journal_entry.seq = review.seq), opened)`.execute(db);

    await alter("review_decision")
      .addColumn("what", text, (c) => c.notNull().defaultTo("decided"))
      .execute();
    await alter("review_decision")
      .addColumn("answered_by", text, (c) => c.notNull().defaultTo(""))
      .execute();
    for (const column of ["rules", "rank"])
      await alter("review_decision")
        .addColumn(column, "integer", (c) => c.notNull().defaultTo(0))
        .execute();
    await alter("review_decision")
      .addColumn("findings", text, (c) => c.notNull().defaultTo("[]"))
      .execute();
    await db.schema.createIndex("review_decision_review").on("review_decision").column("review").execute();

    await db.schema
      .createTable("review_setting")
      .addColumn("seq", "integer", (c) => c.primaryKey())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("value", text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("review_letter")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("review", text, (c) => c.notNull().references("review.id"))
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("language", text, (c) => c.notNull())
      .addColumn("digest", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("review_letter_review").on("review_letter").column("review").execute();
    await db.schema
      .createTable("reviewer_staff")
      .addColumn("reviewer", text, (c) => c.notNull())
      .addColumn("staff", text, (c) => c.notNull())
      .addPrimaryKeyConstraint("reviewer_staff_key", ["reviewer", "staff"])
      .execute();

    // What was decided is added to, never rewritten: not even by a faulty program.
    if (dialect === "postgres")
      await sql`create function review_stays() returns trigger language plpgsql as
        $$ begin raise exception 'what was reviewed is append-only'; end $$`.execute(db);
    for (const table of ["review_decision", "review_setting", "review_letter"])
      if (dialect === "postgres")
        await sql`create trigger ${sql.raw(`${table}_stays`)} before update or delete on ${sql.raw(table)}
          for each row execute function review_stays()`.execute(db);
      else
        for (const change of ["update", "delete"])
          await sql`create trigger ${sql.raw(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.raw(table)}
            begin select raise(abort, 'what was reviewed is append-only'); end`.execute(db);
  },
};
