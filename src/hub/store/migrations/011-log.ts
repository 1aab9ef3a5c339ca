import type { Kysely } from "kysely";
import { appendLeaves, holdLog, type NewLeaf } from "../log.ts";
import type { Tables } from "../tables.ts";
import type { Migration } from "./index.ts";
import { bytesType, textType } from "./types.ts";

/** The log of all entries: its leaves, its stored hashes, what was signed about it. Entries that came before it are logged here. */
export const log: Migration = {
  name: "011-log",
  async up(db, dialect) {
    const text = textType(dialect);
    const bytes = bytesType(dialect);
    // SQLite: the row id itself, so that no second index is needed.
    const place = dialect === "postgres" ? "bigint" : "integer";
    await db.schema
      .createTable("log_state")
      .addColumn("id", "integer", (c) => c.primaryKey())
      .addColumn("generation", "integer", (c) => c.notNull())
      .addColumn("size", "bigint", (c) => c.notNull())
      .addColumn("received", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("log_leaf")
      .addColumn("idx", place, (c) => c.primaryKey())
      .addColumn("kind", text, (c) => c.notNull())
      .addColumn("chain", text, (c) => c.notNull())
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("aside", text, (c) => c.notNull())
      .addColumn("received", "bigint", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("log_leaf_entry").on("log_leaf").columns(["chain", "seq"]).execute();
    await db.schema
      .createTable("log_node")
      .addColumn("place", place, (c) => c.primaryKey())
      .addColumn("hashes", bytes, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("log_checkpoint")
      .addColumn("generation", "integer", (c) => c.notNull())
      .addColumn("size", "bigint", (c) => c.notNull())
      .addColumn("note", text, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("log_checkpoint_key", ["size", "generation"])
      .execute();
    await db.schema
      .createTable("log_generation")
      .addColumn("generation", "integer", (c) => c.primaryKey())
      .addColumn("statement", bytes, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("log_backup")
      .addColumn("generation", "integer", (c) => c.notNull())
      .addColumn("size", "bigint", (c) => c.notNull())
      .addColumn("mark", bytes, (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("log_backup_key", ["size", "generation"])
      .execute();
    await db.schema
      .createTable("log_evidence")
      .addColumn("id", text, (c) => c.primaryKey())
      .addColumn("device", text, (c) => c.notNull())
      .addColumn("received", "bigint", (c) => c.notNull())
      .addColumn("seen", text, (c) => c.notNull())
      .addColumn("shown", bytes, (c) => c.notNull())
      .execute();
    await db.insertInto("log_state").values({ id: 1, generation: 1, size: 0, received: 0 }).execute();
    await logOlder(db);
  },
};

/** In the order in which the hub took them in, each under the instant it was received. */
async function logOlder(db: Kysely<Tables>): Promise<void> {
  const instants = await db.selectFrom("journal_entry").select("received").distinct().orderBy("received").execute();
  for (const { received } of instants) {
    const rows = db.selectFrom("journal_entry").select(["chain", "seq", "bytes"]).where("received", "=", received);
    const leaves = (await rows.orderBy("chain").orderBy("seq").execute()).map(
      ({ chain, seq, bytes }): NewLeaf => ({ kind: "linked", chain, seq, aside: "", entry: new Uint8Array(bytes) }),
    );
    await appendLeaves(db, await holdLog(db), received, leaves);
  }
}
