import { hash } from "node:crypto";
import type { Bytes } from "../../shared/bytes.ts";
import { newStatements } from "../identity/traits.ts";
import { readFile, type WalkedPerson } from "../ingest/ssmix2/index.ts";
import type { FileRow, FileState } from "../store/file.ts";
import { type Expected, expect, readOrCode, stands } from "./expected.ts";

/** What one run knows while it plans. */
export interface Run {
  readonly facility: string;
  /** Absolute roots of this run. */
  readonly roots: readonly string[];
  /** Instant of the run, ISO 8601 UTC. */
  readonly now: string;
}

/** A row to be written, with its bytes; `was`: the row it takes over, null for a new one. */
export interface Write {
  readonly was: FileRow | null;
  readonly row: Omit<FileRow, "id">;
  readonly body: Bytes;
  /** What its records state of who the patient is, for identity, where no file of the folder before it said the same. */
  readonly links: readonly string[];
}

/** All that one person folder changes: written in one transaction. */
export interface Plan {
  readonly folder: string;
  readonly pid: string;
  readonly writes: readonly Write[];
  /** Same bytes and state, other time or root. */
  readonly touched: readonly { readonly id: number; readonly root: string; readonly size: number; readonly mtime: number }[];
  readonly gone: readonly FileRow[];
  /** Of `gone`, those whose bytes were replaced under the same name. */
  readonly replaced: number;
  readonly counts: Readonly<Record<"accepted" | "quarantined" | "unchanged" | "superseded" | "deleted", number>>;
  /** What no file could be read of, by path. */
  readonly unreadable: readonly { readonly path: string; readonly code: string }[];
}

/**
 * One folder as it lies there against what is known of it → what to write. Reads only files that are new, or whose size,
 * time or standing changed. Known bytes that turn up under another name are that file, renamed; new bytes under a known
 * name are a new file, and the old one is gone. `known`: every row of the folder, under any root.
 */
export function plan(run: Run, unit: WalkedPerson, known: readonly FileRow[]): Plan {
  const { person, expected } = expect(run, unit, known);
  const standing = new Map(known.filter((row) => row.state !== "gone").map((row) => [`${row.root}\0${row.path}`, row]));
  const elsewhere = new Map(known.filter((row) => row.state !== "gone" && !run.roots.includes(row.root)).map((row) => [row.path, row]));
  const counts = { accepted: 0, quarantined: 0, unchanged: 0, superseded: 0, deleted: 0 };
  const unreadable = person.unreadable.map(({ relative, code }) => ({ path: relative, code }));
  const writes: Write[] = [];
  const touched: { id: number; root: string; size: number; mtime: number }[] = [];
  const left = new Set(known.filter((row) => row.state !== "gone" && run.roots.includes(row.root)));
  const arrivals: { one: Expected; bytes: Bytes; digest: string }[] = [];
  const replaced: FileRow[] = [];
  const said = new Set<string>();

  for (const one of expected) {
    const { relative } = one.walked;
    const row = known.length === 0 ? null : (standing.get(`${one.root}\0${relative}`) ?? elsewhere.get(relative) ?? null);
    if (row) left.delete(row);
    const mtime = Math.floor(one.walked.mtimeMs);
    const settled = row !== null && stands(row, one) && row.notes === notesOf(one);
    if (settled && row.root === one.root && row.size === one.walked.size && row.mtime === mtime && row.hash !== "") {
      counts.unchanged++;
      continue;
    }
    const bytes = one.walked.bytes ?? readOrCode(one.walked);
    if (typeof bytes === "string") {
      unreadable.push({ path: one.walked.relative, code: bytes });
      if (row?.hash === "") counts.unchanged++;
      else counts.quarantined++;
      if (row === null) writes.push(write(run, unit, null, { ...one, state: "quarantined", reason: bytes }, null, "", new Set()));
      continue;
    }
    const digest = hash("sha256", bytes, "base64url");
    if (settled && row.hash === digest) {
      counts.unchanged++;
      touched.push({ id: row.id, root: one.root, size: bytes.length, mtime });
    } else if (row !== null && row.hash === digest) {
      const made = write(run, unit, row, one, bytes, digest, said);
      counts[made.row.state === row.state && made.row.reason === row.reason ? "unchanged" : counted(made.row.state)]++;
      writes.push(made);
    } else {
      if (row !== null) replaced.push(row);
      arrivals.push({ one, bytes, digest });
    }
  }

  const shielded = person.unreadable.map(({ relative }) => relative);
  for (const row of left) if (shielded.some((path) => row.path === path || row.path.startsWith(`${path}/`))) left.delete(row);
  const lost = [...replaced, ...left];
  const revivable = [...lost, ...known.filter((row) => row.state === "gone")];
  const revived = new Set<FileRow>();
  for (const { one, bytes, digest } of arrivals) {
    const was = revivable.find((row) => row.hash === digest && !revived.has(row)) ?? null;
    if (was) revived.add(was);
    const made = write(run, unit, was, one, bytes, digest, said);
    counts[counted(made.row.state)]++;
    writes.push(made);
  }
  const gone = lost.filter((row) => !revived.has(row));
  return {
    folder: unit.folder,
    pid: unit.pid,
    writes,
    touched,
    gone,
    replaced: replaced.filter((row) => !revived.has(row)).length,
    counts,
    unreadable,
  };
}

function write(
  run: Run,
  unit: WalkedPerson,
  was: FileRow | null,
  one: Expected,
  bytes: Bytes | null,
  digest: string,
  said: Set<string>,
): Write {
  const read = bytes !== null && one.file !== null && one.state === "accepted" ? readFile(bytes, one.file) : null;
  const patients = read?.disposition === "accepted" ? read.records.filter((record) => record.kind === "patient") : [];
  return {
    was,
    row: {
      facility: run.facility,
      root: one.root,
      folder: unit.folder,
      path: one.walked.relative,
      pid: unit.pid,
      type: one.file?.type ?? "",
      hash: digest,
      size: bytes?.length ?? one.walked.size,
      mtime: Math.floor(one.walked.mtimeMs),
      state: read?.disposition ?? one.state,
      reason: read?.reason ?? one.reason,
      records: read?.records.length ?? 0,
      warnings: one.warnings.length + (read?.warnings.length ?? 0),
      received: was?.received ?? run.now,
      notes: notesOf(one),
    },
    body: bytes ?? new Uint8Array(),
    links: newStatements(patients, said),
  };
}

const notesOf = (one: Expected): string => (one.warnings.length === 0 ? "" : JSON.stringify(one.warnings));

/** Under which disposition a file that is there is counted. */
export function counted(state: FileState): "accepted" | "quarantined" | "superseded" | "deleted" {
  return state === "gone" ? "quarantined" : state;
}
