import { sql } from "kysely";
import { opaqueEndings } from "../record/file.ts";
import type { Db } from "./tables.ts";

/**
 * What became of a file. accepted: its records are in force. quarantined: kept, not read as anybody's. superseded, deleted:
 * the hospital's own flags 2 and 0. gone: no longer there at the hospital; never among the files of a run.
 */
export const fileStates = ["accepted", "quarantined", "superseded", "deleted", "gone"] as const;
export type FileState = (typeof fileStates)[number];

/** One row per file a hospital ever showed us; slim, so that a run can read the index of many persons at once. */
export interface FileRow {
  id: number;
  facility: string;
  /** Root it was found under (absolute). */
  root: string;
  /** Person folder below the root; for a stray file the folder it lies in. */
  folder: string;
  /** Below the root, with "/". */
  path: string;
  /** Person whose folder it lies in; "" for a stray file. */
  pid: string;
  /** ADT-00 …; "" where the name cannot be read. */
  type: string;
  /** SHA-256, base64url; "" when the bytes could not be read. */
  hash: string;
  size: number;
  /** Milliseconds since 1970, whole. */
  mtime: number;
  state: FileState;
  /** Why it is quarantined: a warning code, or the system's code when it could not be read; "" otherwise. */
  reason: string;
  records: number;
  warnings: number;
  /** Instant of the run that took these bytes in (ISO 8601, UTC). */
  received: string;
  /** Warnings that its name, place and neighbours gave it, JSON; "" for none. Those of its bytes are read with them. */
  notes: string;
}

/**
 * The bytes as sent, kept for ever. Records are not stored: they are read from the bytes when a summary needs them, so that
 * there is one truth, half the disk, and a better reader serves what is already here.
 */
export interface ContentRow {
  file: number;
  body: Uint8Array;
}

export const fileColumns = [
  "id",
  "facility",
  "root",
  "folder",
  "path",
  "pid",
  "type",
  "hash",
  "size",
  "mtime",
  "state",
  "reason",
  "records",
  "warnings",
  "received",
  "notes",
] as const satisfies readonly (keyof FileRow)[];

/** Every row of these persons of one facility, gone ones too; "" for stray files. */
export async function filesOfPersons(db: Db, facility: string, pids: readonly string[]): Promise<FileRow[]> {
  return await db.selectFrom("file").selectAll().where("facility", "=", facility).where("pid", "in", pids).orderBy("id").execute();
}

/** Folders of these roots that still have files in some state but gone. */
export async function standingFolders(db: Db, facility: string, roots: readonly string[]): Promise<Pick<FileRow, "folder" | "pid">[]> {
  return await db
    .selectFrom("file")
    .select(["folder", "pid"])
    .distinct()
    .where("facility", "=", facility)
    .where("root", "in", roots)
    .where("state", "!=", "gone")
    .orderBy("folder")
    .execute();
}

export type StoredFile = Pick<FileRow, "facility" | "pid" | "type" | "path" | "received" | "notes" | "size" | "hash"> & {
  /** Of a file beside a document that no reader opens (`opaqueEndings`) the beginning alone: a summary only names it. */
  readonly body: Uint8Array;
};

/** So many bytes tell what such a file is. */
const HEAD = 4_096;

/** The extended storage names its types in two triplets parted by ^. */
const bodyOrHead = sql<Uint8Array>`case when ${sql.ref("type")} like '%^%' and (${sql.join(
  opaqueEndings.map((ending) => sql`lower(${sql.ref("path")}) like ${`%.${ending}`}`),
  sql` or `,
)}) then substr(${sql.ref("body")}, 1, ${sql.lit(HEAD)}) else ${sql.ref("body")} end`;

/** The files in force of several patients with their bytes, each patient's in order of their paths. */
export async function filesInForce(db: Db, patients: readonly { facility: string; pid: string }[], type?: string): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for (const facility of [...new Set(patients.map((patient) => patient.facility))].sort()) {
    const pids = patients.filter((patient) => patient.facility === facility).map((patient) => patient.pid);
    let query = db
      .selectFrom("file")
      .innerJoin("content", "content.file", "file.id")
      .select(["facility", "pid", "type", "path", "received", "notes", "size", "hash", bodyOrHead.as("body")])
      .where("facility", "=", facility)
      .where("pid", "in", pids)
      .where("state", "=", "accepted")
      .orderBy("path")
      .orderBy("root");
    if (type !== undefined) query = query.where("type", "=", type);
    found.push(...(await query.execute()));
  }
  return found;
}
