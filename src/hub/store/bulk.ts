import { CompiledQuery, PostgresAdapter } from "kysely";
import type { Db, Tables } from "./tables.ts";

/** PostgreSQL takes 65,535 parameters a statement, SQLite 32,766; small statements cost no more and stay in the cache. */
const PARAMETERS = 2_000;

/**
 * Inserts many rows with few statements, far faster than a builder's. `onConflict` is the SQL tail, e.g.
 * `on conflict (code) do update set name = excluded.name`. Call inside a transaction.
 */
export async function insertMany<T extends keyof Tables & string>(
  db: Db,
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Tables[T][],
  onConflict = "",
): Promise<void> {
  const step = Math.max(1, Math.floor(PARAMETERS / columns.length));
  const numbered = db.getExecutor().adapter instanceof PostgresAdapter;
  const head = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) values `;
  for (let at = 0; at < rows.length; at += step) {
    const part = rows.slice(at, at + step);
    const parameters: unknown[] = [];
    for (const row of part) for (const column of columns) parameters.push(row[column]);
    await db.executeQuery(CompiledQuery.raw(`${head}${placeholders(part.length, columns.length, numbered)} ${onConflict}`, parameters));
  }
}

function placeholders(rows: number, columns: number, numbered: boolean): string {
  const row = `(${Array.from({ length: columns }, () => "?").join(", ")})`;
  const all = Array.from({ length: rows }, () => row).join(", ");
  let number = 0;
  return numbered ? all.replace(/\?/g, () => `$${++number}`) : all;
}
