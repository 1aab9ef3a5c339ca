import { CompiledQuery, PostgresAdapter } from "kysely";
import type { Db, Tables } from "./tables.ts";

/** PostgreSQL takes 65,535 parameters a statement; a statement is a round trip. */
const PARAMETERS = 4_000;

/** SQLite keeps prepared statements, so a few lengths that return cost less than one long statement for each odd rest. */
const LENGTHS = [64, 16, 4, 1];

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
  const numbered = db.getExecutor().adapter instanceof PostgresAdapter;
  const lengths = numbered ? [Math.max(1, Math.floor(PARAMETERS / columns.length))] : LENGTHS;
  const head = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) values `;
  const texts = new Map<number, string>();
  const textOf = (count: number): string => {
    const text = texts.get(count) ?? `${head}${placeholders(count, columns.length, numbered)} ${onConflict}`;
    texts.set(count, text);
    return text;
  };
  for (let at = 0; at < rows.length; ) {
    const rest = rows.length - at;
    const count = lengths.find((length) => length <= rest) ?? rest;
    const parameters: unknown[] = [];
    for (const row of rows.slice(at, at + count)) for (const column of columns) parameters.push(row[column]);
    await db.executeQuery(CompiledQuery.raw(textOf(count), parameters));
    at += count;
  }
}

function placeholders(rows: number, columns: number, numbered: boolean): string {
  const row = `(${Array.from({ length: columns }, () => "?").join(", ")})`;
  const all = Array.from({ length: rows }, () => row).join(", ");
  let number = 0;
  return numbered ? all.replace(/\?/g, () => `$${++number}`) : all;
}
