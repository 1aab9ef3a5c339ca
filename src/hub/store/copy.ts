import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { TomoshibiError } from "../../shared/error.ts";
import { openPostgres } from "./postgres.ts";
import type { Db, Tables } from "./tables.ts";

/**
 * A copy of a hub's database, read and never written: a SQLite file, or the URL of a PostgreSQL database into which a dump was restored.
 * Errors: "backup-refused" when it cannot be read, config-bad-database-url.
 */
export async function openCopy(where: string): Promise<{ readonly db: Db; close(): Promise<void> }> {
  if (/^postgres(ql)?:\/\//.test(where)) {
    const { db, close } = await openPostgres(where);
    return { db, close };
  }
  if (!existsSync(where)) throw new TomoshibiError("backup-refused", { reason: "not-found" });
  try {
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(where, { readonly: true }) }) });
    await db.selectFrom("log_state").selectAll().execute();
    return { db, close: () => db.destroy() };
  } catch (cause) {
    throw new TomoshibiError("backup-refused", { reason: "not-a-hub" }, { cause });
  }
}
