import { hash } from "node:crypto";
import { decodeStudy, encodeStudy, type Noted, readStudy, type Study } from "../ingest/dicom/index.ts";
import { insertMany } from "../store/bulk.ts";
import { type ContentRow, type FileRow, fileColumns } from "../store/file.ts";
import { putPatients, unreadLinks } from "../store/patient.ts";
import { raisePersons } from "../store/person.ts";
import { studiesRoot, studyPath, studyRows } from "../store/study.ts";
import type { Db } from "../store/tables.ts";

/** Some studies of one facility, as they stand and as a batch changes them. */
export interface Studies {
  /** The study as this patient's; null when it is not there. */
  get(uid: string, pid: string): Study | null;
  /** All patients that the study stands under. */
  of(uid: string): readonly Study[];
  /** Another patient number that this instance stands under; null: none. */
  holderOf(uid: string, instance: string, pid: string): string | null;
  put(study: Study): void;
  /** It is no more: out of every summary, in the history. */
  remove(uid: string, pid: string): void;
  /** Writes what changed, with the patients it concerns left for identity and their persons marked, inside the caller's transaction. */
  write(now: string, nextId: number): Promise<{ studies: number; records: number; warnings: number }>;
}

/** Reads the studies of these UIDs. */
export async function openStudies(tx: Db, facility: string, uids: readonly string[]): Promise<Studies> {
  const rows = new Map<string, FileRow>();
  const held = new Map<string, Study>();
  for (const { body, ...row } of await studyRows(tx, facility, uids)) {
    rows.set(row.path, row);
    const study = row.state === "accepted" ? decodeStudy(body) : null;
    if (study !== null) held.set(row.path, study);
  }
  const changed = new Map<string, Study | null>();
  const of = (uid: string) => [...held.values()].filter(({ study }) => study.uid === uid);
  const put = (study: Study) => {
    const path = studyPath(study.study.uid, study.patient.pid);
    held.set(path, study);
    changed.set(path, study);
  };
  return {
    get: (uid, pid) => held.get(studyPath(uid, pid)) ?? null,
    of,
    put,
    holderOf(uid, instance, pid) {
      const has = ({ series }: Study) => series.some(({ instances }) => instances.some((one) => one.uid === instance));
      return of(uid).find((study) => study.patient.pid !== pid && has(study))?.patient.pid ?? null;
    },
    remove(uid, pid) {
      held.delete(studyPath(uid, pid));
      changed.set(studyPath(uid, pid), null);
    },
    async write(now, nextId) {
      for (const uid of new Set([...changed.keys()].map((path) => path.slice(0, path.indexOf("@"))))) agreed(of(uid)).forEach(put);
      return await writeStudies(tx, facility, rows, changed, now, nextId);
    },
  };
}

const sharedNote: Noted = { code: "study-differs", tag: "(0010,0020)", seen: "" };

/** A study belongs to one patient: where two numbers have it, both say so; those that do not say what they should, mended. */
function agreed(studies: readonly Study[]): Study[] {
  const shared = studies.length > 1;
  const isNote = ({ tag }: Noted) => tag === sharedNote.tag;
  const wrong = studies.filter(({ warnings }) => warnings.some(isNote) !== shared);
  return wrong.map((study) => ({ ...study, warnings: [...study.warnings.filter((one) => !isNote(one)), ...(shared ? [sharedNote] : [])] }));
}

async function writeStudies(
  tx: Db,
  facility: string,
  known: ReadonlyMap<string, FileRow>,
  changed: ReadonlyMap<string, Study | null>,
  now: string,
  nextId: number,
): Promise<{ studies: number; records: number; warnings: number }> {
  let id = nextId;
  const files: FileRow[] = [];
  const contents: ContentRow[] = [];
  let [records, warnings] = [0, 0];
  for (const [path, study] of changed) {
    const was = known.get(path);
    if (study === null) {
      if (was !== undefined) files.push({ ...was, state: "gone" });
      continue;
    }
    const row = rowOf(facility, path, study, was, now, was?.id ?? id++);
    files.push(row.file);
    contents.push(row.content);
    records += row.file.records;
    warnings += row.file.warnings;
  }
  const columns = fileColumns.filter((column) => column !== "id").map((column) => `"${column}" = excluded."${column}"`);
  await insertMany(tx, "file", fileColumns, files, `on conflict (id) do update set ${columns.join(", ")}`);
  await insertMany(tx, "content", ["file", "body"], contents, "on conflict (file) do update set body = excluded.body");
  await leaveForIdentity(tx, facility, [...new Set(files.map(({ pid }) => pid))]);
  return { studies: contents.length, records, warnings };
}

function rowOf(facility: string, path: string, study: Study, was: FileRow | undefined, now: string, id: number) {
  const body = new Uint8Array(Buffer.from(encodeStudy(study)));
  const read = readStudy(body, facility);
  const file: FileRow = {
    id,
    facility,
    root: studiesRoot,
    folder: `dicom:${study.patient.pid}`,
    path,
    pid: study.patient.pid,
    type: "DICOM",
    hash: hash("sha256", body, "base64url"),
    size: body.length,
    mtime: 0,
    state: "accepted",
    reason: "",
    records: read?.records.length ?? 0,
    warnings: read?.warnings.length ?? 0,
    received: was?.state === "accepted" ? was.received : now,
    notes: "",
  };
  return { file, content: { file: id, body } };
}

async function leaveForIdentity(tx: Db, facility: string, pids: readonly string[]): Promise<void> {
  if (pids.length === 0) return;
  const known = await tx.selectFrom("patient").select("person").where("facility", "=", facility).where("pid", "in", pids).execute();
  await putPatients(
    tx,
    pids.map((pid) => ({ facility, pid, links: unreadLinks })),
  );
  await raisePersons(tx, [...new Set(known.flatMap(({ person }) => (person === null ? [] : [person])))]);
}
