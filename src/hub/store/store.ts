import { mkdirSync } from "node:fs";
import { TomoshibiError } from "../../shared/error.ts";
import { type Dialect, migrate } from "./migrations/index.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import type { Db } from "./tables.ts";

export type { Db, Tables } from "./tables.ts";

/** Where a hub keeps its data: always a folder, and a PostgreSQL database where one is named. */
export interface StorePlace {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}

export interface Store {
  readonly db: Db;
  readonly dialect: Dialect;
  readonly dataDir: string;
  /**
   * The right to change clinical data (ingest, identity, publish), for one process at a time; a killed holder loses it
   * at once. Throws hub-data-locked when another process has it. Requests, journals and people need no such right.
   */
  lock(): Promise<{ release(): Promise<void> }>;
  close(): Promise<void>;
}

/**
 * Opens the hub's store and brings its schema up to date.
 * Without a database URL: DATA/hub.sqlite (WAL, every commit synced to disk). Errors: config-bad-data when the folder
 * cannot be made, config-bad-database-url when the database cannot be reached, hub-data-locked when it stays busy.
 */
export async function openStore(place: StorePlace): Promise<Store> {
  makeFolder(place.dataDir);
  const opened = place.databaseUrl === null ? openSqlite(place.dataDir) : await openPostgres(place.databaseUrl);
  try {
    await migrate(opened.db, opened.dialect);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return { ...opened, dataDir: place.dataDir };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new TomoshibiError("config-bad-data", { folder, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}
