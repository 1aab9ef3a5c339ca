import type { Bytes } from "../../shared/bytes.ts";
import {
  contentOf,
  isExtended,
  isMain,
  listPerson,
  locate,
  readFile,
  readFileAt,
  settle,
  type WalkedFile,
  type WalkedPerson,
} from "../ingest/ssmix2/index.ts";
import type { FileIdentity, Warning, WarningCode } from "../record/record.ts";
import type { FileRow, FileState } from "../store/file.ts";
import type { Run } from "./plan.ts";

/** What a file's name, place and neighbours make of it, before its bytes are read. */
export interface Expected {
  readonly walked: WalkedFile;
  readonly root: string;
  readonly file: FileIdentity | null;
  readonly state: FileState;
  readonly reason: string;
  readonly warnings: readonly Warning[];
}

/** Locates and settles; a key with only superseded files is looked at a second time unless it was so before. */
export function expect(run: Run, unit: WalkedPerson, known: readonly FileRow[]): { person: WalkedPerson; expected: readonly Expected[] } {
  const first = settleUnit(run, unit, false);
  if (first.retry.length === 0) return { person: unit, expected: withMains(first.expected, known) };
  const before = new Set(known.filter((row) => row.state === "superseded").map((row) => row.path));
  const again = first.retry.every((path) => before.has(path)) ? unit : listPerson(run.roots, unit.folder);
  return { person: again, expected: withMains(settleUnit(run, again, true).expected, known) };
}

function settleUnit(run: Run, unit: WalkedPerson, relisted: boolean): { expected: Expected[]; retry: string[] } {
  const expected: Expected[] = [];
  const placed = new Map<FileIdentity, WalkedFile>();
  for (const walked of unit.files) {
    const { file, reason } = locate(walked.relative, run.facility);
    // A whole person folder inside another's: its files agree with their own place, and are not this person's.
    const place: WarningCode | null = reason === null && file.pid !== unit.pid ? "path-differs" : reason;
    if (file !== null && place === null) placed.set(file, walked);
    else if (place !== null)
      expected.push({ walked, root: rootOf(walked), file, state: "quarantined", reason: place, warnings: [note(place, walked.name)] });
  }
  const settled = settle([...placed.keys()], relisted);
  const walkedOf = (file: FileIdentity) => placed.get(file) as WalkedFile;
  const add = (list: readonly FileIdentity[], state: FileState) => {
    for (const file of list) {
      const walked = walkedOf(file);
      const warnings = settled.warnings.length === 0 ? [] : settled.warnings.filter((warning) => warning.file === file.name);
      expected.push({ walked, root: rootOf(walked), file, state, reason: "", warnings });
    }
  };
  add(settled.valid, "accepted");
  add(settled.superseded, "superseded");
  add(settled.deleted, "deleted");
  return { expected, retry: settled.retry.map((file) => walkedOf(file).relative) };
}

const note = (code: WarningCode, file: string): Warning => ({ code, file, segment: "", field: "", seen: "" });

function rootOf(walked: WalkedFile): string {
  return walked.path.slice(0, -walked.relative.length - 1);
}

/** What lies beside a main document that may not be used, since it may be another person's or was cut, is not used either. */
function withMains(expected: readonly Expected[], known: readonly FileRow[]): readonly Expected[] {
  const contents = new Map<string, Expected[]>();
  for (const one of expected) {
    if (one.file === null || one.state !== "accepted" || !isExtended(one.file.type)) continue;
    const key = contentKey(one.file);
    contents.set(key, [...(contents.get(key) ?? []), one]);
  }
  const refused = new Set<string>();
  for (const [key, files] of contents) {
    const main = files.length > 1 ? files.find(({ file }) => file !== null && isMain(file)) : undefined;
    if (main !== undefined && isRefused(main, known)) refused.add(key);
  }
  if (refused.size === 0) return expected;
  return expected.map((one) => {
    if (one.file === null || one.state !== "accepted" || isMain(one.file) || !refused.has(contentKey(one.file))) return one;
    return { ...one, state: "quarantined", reason: "main-refused", warnings: [...one.warnings, note("main-refused", one.file.name)] };
  });
}

const contentKey = (file: FileIdentity): string => `${file.pid}/${file.day}/${file.type}/${contentOf(file)}`;

/** As it was judged before where nothing of it has changed, else by reading it. */
function isRefused(main: Expected, known: readonly FileRow[]): boolean {
  const { walked, file, root } = main;
  const row = known.find((one) => one.state !== "gone" && one.root === root && one.path === walked.relative);
  if (row && stands(row, main) && row.hash !== "" && row.size === walked.size && row.mtime === Math.floor(walked.mtimeMs))
    return row.state !== "accepted";
  const bytes = walked.bytes ?? readOrCode(walked);
  return typeof bytes === "string" || file === null || readFile(bytes, file).disposition === "quarantined";
}

/** A valid file may have been quarantined for its bytes; every other state is told by name, place and neighbours alone. */
export function stands(row: FileRow, one: Expected): boolean {
  if (one.state === "accepted") return row.state === "accepted" || (row.state === "quarantined" && !placeReasons.has(row.reason));
  return row.state === one.state && row.reason === one.reason;
}

const placeReasons = new Set(["name-unreadable", "path-differs", "main-refused"]);

/** Bytes; films and archives that lie beside a document are not taken into the store. */
const keptLimit = 64 * 1024 * 1024;

/** A file's bytes, or the code why there are none. */
export function readOrCode({ path, size }: WalkedFile): Bytes | string {
  if (size > keptLimit) return "too-large";
  try {
    return readFileAt(path, (room) => new Uint8Array(room)).bytes;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unknown";
  }
}
