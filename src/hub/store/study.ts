import { sql } from "kysely";
import type { ContentRow, FileRow } from "./file.ts";
import type { Db } from "./tables.ts";

/** Rows of type DICOM: one a study and patient number (root `studiesRoot`), and one a file that could not be read (root `dicom:` and its place). */
export const studiesRoot = "dicom:";

export type StudyRow = FileRow & Pick<ContentRow, "body">;

/** Column-free, so that the partial index of the migration is seen by the planner. */
const isDicom = sql<boolean>`type = 'DICOM'`;

/** Path of a study: all patients that it is said to belong to stand side by side. */
export function studyPath(uid: string, pid: string): string {
  return `${uid}@${pid}`;
}

/** Rows of these studies of one facility, whoever's they are, gone ones too. */
export async function studyRows(db: Db, facility: string, uids: readonly string[]): Promise<StudyRow[]> {
  const found: StudyRow[] = [];
  for (const uid of new Set(uids))
    found.push(
      ...(await db
        .selectFrom("file")
        .innerJoin("content", "content.file", "file.id")
        .selectAll("file")
        .select("body")
        .where("facility", "=", facility)
        .where(isDicom)
        .where("root", "=", studiesRoot)
        .where("path", ">=", `${uid}@`)
        .where("path", "<", `${uid}A`)
        .orderBy("path")
        .execute()),
    );
  return found;
}

/** Study UIDs of one facility that stand, in order. */
export async function standingStudies(db: Db, facility: string): Promise<string[]> {
  const rows = await db
    .selectFrom("file")
    .select("path")
    .where("facility", "=", facility)
    .where(isDicom)
    .where("root", "=", studiesRoot)
    .where("state", "=", "accepted")
    .orderBy("path")
    .execute();
  return [...new Set(rows.map(({ path }) => path.slice(0, path.indexOf("@"))))];
}

/** Rows of those of these files of one place that could not be read, gone ones too, by path. */
export async function refusedRows(db: Db, facility: string, root: string, paths: readonly string[]): Promise<Map<string, FileRow>> {
  const found = new Map<string, FileRow>();
  for (let at = 0; at < paths.length; at += CHUNK) {
    const rows = await db
      .selectFrom("file")
      .selectAll()
      .where("facility", "=", facility)
      .where(isDicom)
      .where("root", "=", root)
      .where("path", "in", paths.slice(at, at + CHUNK))
      .execute();
    for (const row of rows) found.set(row.path, row);
  }
  return found;
}

const CHUNK = 400;

/** The first free id of the file table. */
export async function nextFileId(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom("file")
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}
