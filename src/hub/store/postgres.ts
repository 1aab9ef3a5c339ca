import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { TomoshibiError } from "../../shared/error.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** Of the session that changes clinical data; any number, the same in every release. */
const WRITER_LOCK = 0x746f6d70;

const INT8 = 20;
const NUMERIC = 1700;

/** The store in a PostgreSQL database; see openStore. */
export async function openPostgres(databaseUrl: string): Promise<Omit<Store, "dataDir">> {
  const config: pg.PoolConfig = { connectionString: databaseUrl, types: { getTypeParser }, max: 10 };
  const pool = new pg.Pool(config);
  // An idle connection that breaks is replaced by the pool; the query that needs one reports its own failure.
  pool.on("error", () => undefined);
  try {
    await pool.query("select 1");
  } catch (cause) {
    await pool.end();
    throw new TomoshibiError("config-bad-database-url", { reason: (cause as { code?: string }).code ?? "" }, { cause });
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, dialect: "postgres", lock: () => lockSession(databaseUrl), close: () => db.destroy() };
}

/** Counts and sizes are numbers in both databases. */
function getTypeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format as "text");
}

async function lockSession(connectionString: string): Promise<{ release(): Promise<void> }> {
  const session = new pg.Client({ connectionString });
  await session.connect();
  const { rows } = await session.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [WRITER_LOCK]);
  if (rows[0]?.got !== true) {
    await session.end();
    throw new TomoshibiError("hub-data-locked");
  }
  return { release: () => session.end() };
}
