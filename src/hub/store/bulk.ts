import { CompiledQuery, PostgresAdapter } from "kysely";
import type { Db, Tables } from "./tables.ts";

/** PostgreSQL takes 65,535 parameters a statement; a statement is a round trip. */
const PARAMETERS = 2_000;
const ARRAY_ROWS = 5_000;

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
  const head = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")})`;
  const statements =
    db.getExecutor().adapter instanceof PostgresAdapter ? forPostgres(head, columns, rows) : forSqlite(head, columns, rows);
  for (const { text, parameters } of statements) await db.executeQuery(CompiledQuery.raw(`${text} ${onConflict}`, parameters));
}

interface Statement {
  readonly text: string;
  readonly parameters: unknown[];
}

/** Each column as one array, which the server need not parse row by row; bytes, whose arrays would be text, row by row. */
function* forPostgres<R extends object>(head: string, columns: readonly (keyof R)[], rows: readonly R[]): Generator<Statement> {
  const types = columns.map((column) => arrayType(rows.find((row) => row[column] !== null)?.[column]));
  const inArrays = types.every((type) => type !== null);
  const step = inArrays ? ARRAY_ROWS : Math.max(1, Math.floor(PARAMETERS / columns.length));
  for (let at = 0; at < rows.length; at += step) {
    const part = rows.slice(at, at + step);
    yield inArrays
      ? {
          text: `${head} select * from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(", ")})`,
          parameters: columns.map((column) => part.map((row) => row[column])),
        }
      : { text: `${head} values ${placeholders(part.length, columns.length, true)}`, parameters: valuesOf(columns, part) };
  }
}

/** By a column's first value; null: there is no array for it (bytes, or nothing was given at all). */
function arrayType(sample: unknown): "bigint" | "text" | null {
  return typeof sample === "number" ? "bigint" : typeof sample === "string" ? "text" : null;
}

function* forSqlite<R extends object>(head: string, columns: readonly (keyof R)[], rows: readonly R[]): Generator<Statement> {
  let at = 0;
  for (const length of LENGTHS) {
    const text = `${head} values ${placeholders(length, columns.length, false)}`;
    for (; rows.length - at >= length; at += length) yield { text, parameters: valuesOf(columns, rows.slice(at, at + length)) };
  }
}

function valuesOf<R extends object>(columns: readonly (keyof R)[], rows: readonly R[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) for (const column of columns) values.push(row[column]);
  return values;
}

function placeholders(rows: number, columns: number, numbered: boolean): string {
  const row = `(${Array.from({ length: columns }, () => "?").join(", ")})`;
  const all = Array.from({ length: rows }, () => row).join(", ");
  let number = 0;
  return numbered ? all.replace(/\?/g, () => `$${++number}`) : all;
}
