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

/** How long a killed holder's session may take to be noticed by the server. */
const GRACE_MS = 2_000;

async function lockSession(connectionString: string): Promise<{ release(): Promise<void> }> {
  const session = new pg.Client({ connectionString });
  await session.connect();
  const until = performance.now() + GRACE_MS;
  while (!(await tryLock(session))) {
    if (performance.now() > until) {
      await session.end();
      throw new TomoshibiError("hub-data-locked");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // A killed process may have left a commit under way in the server: it ends before anything is read.
  await session.query("begin; lock table file, patient, person, pack, publication in share row exclusive mode; commit");
  return { release: () => session.end() };
}

async function tryLock(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [WRITER_LOCK]);
  return rows[0]?.got === true;
}
