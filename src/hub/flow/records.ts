import { joinContents } from "../ingest/ssmix2/index.ts";
import type { FiledRecords, Warning } from "../record/record.ts";
import { filesInForce } from "../store/file.ts";
import type { Db } from "../store/tables.ts";
import { readStored } from "./formats.ts";

/**
 * The records in force of several patients, by "facility|pid", each patient's files in order of their paths. Read from the
 * bytes as sent; a file that a newer reader would quarantine is left out. What lies beside a document is attached to it.
 */
export async function recordsOf(
  db: Db,
  patients: readonly { facility: string; pid: string }[],
  type?: string,
): Promise<Map<string, FiledRecords[]>> {
  const found = new Map<string, FiledRecords[]>();
  for (const stored of await filesInForce(db, patients, type)) {
    const read = readStored(stored);
    if (read === null) continue;
    const notes = stored.notes === "" ? [] : (JSON.parse(stored.notes) as Warning[]);
    const entry = { ...read, received: stored.received, warnings: [...notes, ...read.warnings] };
    const key = `${stored.facility}|${stored.pid}`;
    const list = found.get(key);
    if (list) list.push(entry);
    else found.set(key, [entry]);
  }
  for (const [key, list] of found) found.set(key, joinContents(list));
  return found;
}
