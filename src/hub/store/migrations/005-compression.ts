import { sql } from "kysely";
import type { Migration } from "./index.ts";

/**
 * PostgreSQL compresses long values by itself, by default with a slow method: messages take the fast one where the server has it, and
 * sealed packs, which cannot get shorter, are not tried. Rows that are already there stay readable as they are.
 */
export const compression: Migration = {
  name: "005-compression",
  async up(db, dialect) {
    if (dialect !== "postgres") return;
    const { rows } = await sql`select 1 from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)`.execute(db);
    if (rows.length > 0) await sql`alter table content alter column body set compression lz4`.execute(db);
    await sql`alter table pack alter column bytes set storage external`.execute(db);
  },
};
