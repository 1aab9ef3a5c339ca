import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection, type Driver, Kysely, SqliteDialect, SqliteDriver, type SqliteStatement } from "kysely";
import { TomoshibiError } from "../../shared/error.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** How long one process waits for another's transaction. */
const BUSY_MS = 15_000;

/** How long of that it may stand still. */
const BLOCK_MS = 20;

/** The embedded store; see openStore. */
export function openSqlite(dataDir: string): Omit<Store, "dataDir"> {
  try {
    const path = join(dataDir, "hub.sqlite");
    // Made before SQLite makes it for all to read: the folder may be an older one that others can enter. Its logs follow its mode.
    closeSync(openSync(path, "a", 0o600));
    const file = new Database(path, { timeout: BLOCK_MS });
    // Only of a new file: hospital messages of one to three kilobytes fill smaller pages badly.
    file.pragma("page_size = 8192");
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = FULL");
    file.pragma("foreign_keys = ON");
    // 32 MB each: a batch of an ingest stays in memory until it commits, and the log is carried over seldom.
    file.pragma("cache_size = -32768");
    file.pragma("wal_autocheckpoint = 4000");
    const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: withStatementCache(file) }) });
    return { db, dialect: "sqlite", lock: async () => lockFile(dataDir), close: () => db.destroy() };
  } catch (cause) {
    throw busy(cause) ?? new TomoshibiError("config-bad-data", { folder: dataDir, reason: reasonOf(cause) }, { cause });
  }
}

/**
 * Takes the write lock when a transaction begins: one that reads first and writes later would otherwise fail at once,
 * not wait, when another process wrote in between. Waiting for another's transaction leaves this process answering.
 */
class ImmediateDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: (query) => whenFree(() => connection.executeQuery(query)),
      streamQuery: (query, chunk) => connection.streamQuery(query, chunk),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** A statement that found the database busy has done nothing, so it may be tried again. */
async function whenFree<T>(run: () => Promise<T>): Promise<T> {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return await run();
    } catch (cause) {
      const locked = busy(cause);
      if (locked === null) throw cause;
      if (performance.now() > until) throw locked;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 10));
    }
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

/** Keeps the newest prepared statements; SQLite prepares them again by itself after a change of schema. */
function withStatementCache(file: Database.Database): { prepare(sql: string): SqliteStatement; close(): void } {
  const cache = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = cache.get(sql);
      if (known) return known;
      const made: SqliteStatement = file.prepare(sql);
      if (cache.size >= 100) cache.delete(cache.keys().next().value ?? "");
      cache.set(sql, made);
      return made;
    },
    close: () => file.close(),
  };
}

/** A second, empty database whose exclusive lock the operating system drops with the process. */
function lockFile(dataDir: string): { release(): Promise<void> } {
  const file = new Database(join(dataDir, "writer.lock"), { timeout: 0 });
  try {
    file.exec("begin exclusive");
  } catch (cause) {
    file.close();
    throw busy(cause) ?? cause;
  }
  return {
    async release() {
      file.close();
    },
  };
}

function busy(cause: unknown): TomoshibiError | null {
  return reasonOf(cause).startsWith("SQLITE_BUSY") ? new TomoshibiError("hub-data-locked", {}, { cause }) : null;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Database.SqliteError ? cause.code : "";
}
