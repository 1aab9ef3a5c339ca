import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { records } from "./001-records.ts";
import { publication } from "./002-publication.ts";
import { people } from "./003-people.ts";
import { journal } from "./004-journal.ts";
import { compression } from "./005-compression.ts";
import { fhir } from "./006-fhir.ts";
import { identity } from "./007-identity.ts";
import { consent } from "./008-consent.ts";
import { codeMasters } from "./009-masters.ts";
import { dicom } from "./010-dicom.ts";
import { queries } from "./010-queries.ts";
import { log } from "./011-log.ts";
import { cohortsAndPeople } from "./012-people.ts";
import { door } from "./013-door.ts";
import { review } from "./014-review.ts";
import { auditOut } from "./015-audit-out.ts";
import { wipe } from "./016-wipe.ts";
import { disaster } from "./017-disaster.ts";
import { envelope } from "./018-envelope.ts";
import { rescue } from "./019-rescue.ts";
import { note } from "./020-note.ts";
import { readiness } from "./021-readiness.ts";

export type Dialect = "sqlite" | "postgres";

export interface Migration {
  readonly name: string;
  up(db: Kysely<Tables>, dialect: Dialect): Promise<void>;
}

/** In order; a released migration is never changed. */
export const migrations: readonly Migration[] = [
  records,
  publication,
  people,
  journal,
  compression,
  fhir,
  identity,
  codeMasters,
  consent,
  dicom,
  queries,
  log,
  cohortsAndPeople,
  door,
  review,
  auditOut,
  wipe,
  disaster,
  envelope,
  rescue,
  note,
  readiness,
];

const advisoryLock = 0x746f6d6f;

/**
 * Brings the schema up to date in one transaction: all of it or nothing. Processes that start at once wait for each
 * other (SQLite by its write lock, PostgreSQL by an advisory lock).
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (dialect === "postgres") await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(tx);
    await sql`create table if not exists migration (name text primary key)`.execute(tx);
    const done = new Set((await sql<{ name: string }>`select name from migration`.execute(tx)).rows.map((row) => row.name));
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await migration.up(tx, dialect);
      await sql`insert into migration (name) values (${migration.name})`.execute(tx);
    }
  });
}
