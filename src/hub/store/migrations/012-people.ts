import { sql } from "kysely";
import type { Dialect, Migration } from "./index.ts";
import { textType } from "./types.ts";

/**
 * Sites with a kind and facilities of their own, cohorts, members who left, rotations of epoch keys, who changed the policy, and what the
 * search beyond a cohort needs. What stood before belongs to the one cohort there was.
 */
export const cohortsAndPeople: Migration = {
  name: "012-people",
  async up(db, dialect) {
    const text = textType(dialect);
    await db.schema
      .createTable("cohort")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("name", text, (c) => c.notNull())
      .addColumn("everybody", "integer", (c) => c.notNull())
      .addColumn("facilities", text, (c) => c.notNull())
      .addColumn("areas", text, (c) => c.notNull())
      .addColumn("rotate_days", "integer", (c) => c.notNull())
      .addColumn("created", "bigint", (c) => c.notNull())
      .execute();
    await sql`insert into cohort (id, name, everybody, facilities, areas, rotate_days, created)
      values ('region', '地域全体', 1, '[]', '[]', 0, 0)`.execute(db);
    await db.schema
      .createTable("epoch_rotation")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("cohort", text, (c) => c.notNull())
      .addColumn("why", text, (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("asked", "bigint", (c) => c.notNull())
      .addColumn("done", "bigint", (c) => c.notNull())
      .addColumn("epoch", "integer", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("epoch_rotation_cohort").on("epoch_rotation").columns(["cohort", "done"]).execute();
    await db.schema
      .createTable("people_change")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("by", text, (c) => c.notNull())
      .addColumn("site", text, (c) => c.notNull())
      .addColumn("subject", text, (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("before", text, (c) => c.notNull())
      .addColumn("after", text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex("people_change_site").on("people_change").columns(["site", "at"]).execute();
    await db.schema
      .createTable("region_use")
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("region_use_key", ["chain", "seq"])
      .execute();
    await addColumns(db, dialect);
    await sql`update publication_part set cohort = '' where what = 'rules'`.execute(db);
    await sql`update index_row set born = ${
      dialect === "postgres" ? sql`coalesce(row::json->>'b', '')` : sql`coalesce(json_extract("row", '$.b'), '')`
    }`.execute(db);
    await db.schema.createIndex("index_row_born").on("index_row").column("born").execute();
  },
};

async function addColumns(db: Parameters<Migration["up"]>[0], dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  const texts = [
    ["site", "kind", "hospital"],
    ["site", "telephone", ""],
    ["site", "facilities", "[]"],
    ["site", "cohort", "region"],
    ["policy", "by", ""],
    ["publication_part", "cohort", "region"],
    ["index_row", "born", ""],
  ] as const;
  for (const [table, column, fallback] of texts)
    await db.schema
      .alterTable(table)
      .addColumn(column, text, (c) => c.notNull().defaultTo(fallback))
      .execute();
  for (const [table, column] of [
    ["site", "removed"],
    ["staff", "removed"],
  ] as const)
    await db.schema
      .alterTable(table)
      .addColumn(column, "bigint", (c) => c.notNull().defaultTo(0))
      .execute();
  for (const [table, column] of [
    ["staff", "declares"],
    ["publication", "epoch"],
    ["publication", "gone"],
  ] as const)
    await db.schema
      .alterTable(table)
      .addColumn(column, "integer", (c) => c.notNull().defaultTo(0))
      .execute();
}
