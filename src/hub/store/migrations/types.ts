import { type RawBuilder, sql } from "kysely";
import type { Dialect } from "./index.ts";

/** Bytes. */
export function bytesType(dialect: Dialect): RawBuilder<unknown> {
  return dialect === "postgres" ? sql`bytea` : sql`blob`;
}

/** Text that sorts by code point in both databases, whatever the locale of the server. */
export function textType(dialect: Dialect): RawBuilder<unknown> {
  return dialect === "postgres" ? sql`text collate "C"` : sql`text`;
}
