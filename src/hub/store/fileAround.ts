import type { StoredFile } from "./file.ts";
import type { PatientId } from "./patient.ts";
import type { Db } from "./tables.ts";

const CHUNK = 200;

/**
 * Files in force of these patients that may tell of care on one of these days (YYYYMMDD): those whose path names such a day, and those
 * that name none or are of `anyDay` types. No attachments of documents.
 */
export async function filesAround(
  db: Db,
  patients: readonly PatientId[],
  days: readonly string[],
  anyDay: readonly string[],
): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for (const facility of new Set(patients.map((patient) => patient.facility))) {
    const pids = patients.filter((patient) => patient.facility === facility).map(({ pid }) => pid);
    for (let at = 0; at < pids.length; at += CHUNK)
      found.push(
        ...(await db
          .selectFrom("file")
          .innerJoin("content", "content.file", "file.id")
          .select(["facility", "pid", "type", "path", "received", "notes", "size", "hash", "body"])
          .where("facility", "=", facility)
          .where("pid", "in", pids.slice(at, at + CHUNK))
          .where("state", "=", "accepted")
          .where("type", "not like", "%^%")
          .where((is) => is.or([is("type", "in", anyDay), ...days.map((day) => is("path", "like", `%/${day}/%`))]))
          .execute()),
      );
  }
  return found;
}

/** When each facility was last heard, ISO 8601; whoever never sent is not there. */
export async function lastHeard(db: Db, facilities: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const facility of facilities) {
    const row = await db
      .selectFrom("file")
      .select("received")
      .where("facility", "=", facility)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) found.set(facility, row.received);
  }
  return found;
}
