import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import type { Bytes } from "../../../shared/bytes.ts";
import { TomoshibiError } from "../../../shared/error.ts";

export interface WalkedFile {
  readonly path: string;
  /** Below its root, with "/" on every system. */
  readonly relative: string;
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** What stood in it at that time, where it was read while walking. */
  readonly bytes?: Bytes;
}

/** One person's files over all roots; pid "" for files that lie outside any person folder. */
export interface WalkedPerson {
  readonly pid: string;
  /** Below the roots, e.g. "999/901/9999013". */
  readonly folder: string;
  readonly files: readonly WalkedFile[];
  /** Folders and files that could not be read, with the system's code (EACCES …). */
  readonly unreadable: readonly { readonly relative: string; readonly code: string }[];
}

interface Listing {
  readonly folders: string[];
  readonly files: string[];
}

/** Looks at one file; throws the system's error. `measureFile`, or `readFileAt` to read it in the same step. */
export type Look = (path: string) => Pick<WalkedFile, "size" | "mtimeMs" | "bytes">;

/** Person folders lie three down; sites with short PIDs leave prefix folders out. */
const personDepth = 3;
/** Below a person: day, type, and in the extended storage a folder per document. */
const depthLimit = 12;

/**
 * Walks standardized storage, one person folder at a time in sorted order, merging the same folder of every root (a store may
 * be split over volumes). Every file is yielded, misplaced and unreadably named ones too, so that each gets a disposition.
 * Throws `ingest-root-missing` for a root that is no folder; what cannot be read below is named in `unreadable`.
 * `mine`: only folders it takes, by their path below the root, where several walk one store together; what stands above a
 * person and cannot be listed is named by each.
 */
export function* walkStorage(
  roots: readonly string[],
  look: Look = measureFile,
  mine: (folder: string) => boolean = () => true,
): Generator<WalkedPerson> {
  for (const root of roots) {
    const entry = statSync(root, { throwIfNoEntry: false });
    if (!entry?.isDirectory()) throw new TomoshibiError("ingest-root-missing", { root });
  }
  yield* walkPrefix(roots, "", 0, look, mine);
}

/** Reads one person folder again: renaming and rewriting at the hospital are two steps, so a key with only flag 2 is looked at twice. */
export function listPerson(roots: readonly string[], folder: string, look: Look = measureFile): WalkedPerson {
  for (let attempt = 0; ; attempt++) {
    const found: Found = { files: [], unreadable: [], vanished: [] };
    for (const root of roots) collect(root, folder, 0, found, look);
    // A file that vanished between listing and stat was renamed just now: look again, a few times.
    if (found.vanished.length > 0 && attempt < 3) continue;
    for (const relative of found.vanished) found.unreadable.push({ relative, code: "ENOENT" });
    found.files.sort((a, b) => order(a.relative, b.relative) || order(a.path, b.path));
    return { pid: folder.split("/").at(-1) ?? "", folder, files: found.files, unreadable: found.unreadable };
  }
}

/** Size and time alone. */
export function measureFile(path: string): Pick<WalkedFile, "size" | "mtimeMs"> {
  const { size, mtimeMs } = statSync(path);
  return { size, mtimeMs };
}

/**
 * Opens, measures and reads one file. `room` gives the place for so many bytes. What is no file (a pipe, a device) is
 * refused with code "not-a-file" and never waited for. Throws the system's error.
 */
export function readFileAt(path: string, room: (size: number) => Bytes): Required<Pick<WalkedFile, "size" | "mtimeMs" | "bytes">> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw Object.assign(new Error("not a file"), { code: "not-a-file" });
    const place = room(stat.size);
    let length = 0;
    while (length < place.length) {
      const read = readSync(file, place, length, place.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return { size: length, mtimeMs: stat.mtimeMs, bytes: length === place.length ? place : place.subarray(0, length) };
  } finally {
    closeSync(file);
  }
}

interface Found {
  readonly files: WalkedFile[];
  readonly unreadable: { relative: string; code: string }[];
  /** Names that were listed and then gone: renamed just now, or links to nothing. */
  readonly vanished: string[];
}

function* walkPrefix(
  roots: readonly string[],
  folder: string,
  depth: number,
  look: Look,
  mine: (folder: string) => boolean,
  { listings, stray } = listAll(roots, folder),
): Generator<WalkedPerson> {
  roots.forEach((root, i) => {
    if (mine(folder)) for (const name of listings[i]?.files ?? []) take(root, folder, name, stray, look);
  });
  for (const relative of stray.vanished) stray.unreadable.push({ relative, code: "ENOENT" });
  if (stray.files.length > 0 || stray.unreadable.length > 0) {
    stray.files.sort((a, b) => order(a.relative, b.relative) || order(a.path, b.path));
    yield { pid: "", folder, files: stray.files, unreadable: stray.unreadable };
  }
  for (const name of [...new Set(listings.flatMap((listing) => listing.folders))].sort(order)) {
    const child = below(folder, name);
    const seen = depth + 1 < personDepth ? listAll(roots, child) : null;
    if (seen !== null && !holdsDays(roots, child, seen.listings)) yield* walkPrefix(roots, child, depth + 1, look, mine, seen);
    else if (mine(child)) yield listPerson(roots, child, look);
  }
}

interface Seen {
  readonly listings: readonly Listing[];
  readonly stray: Found;
}

function listAll(roots: readonly string[], folder: string): Seen {
  const stray: Found = { files: [], unreadable: [], vanished: [] };
  return { listings: roots.map((root) => list(root, folder, stray)), stray };
}

/** A folder above the usual depth is a person's when below a day ("-" or 8 digits) lie data types, not further days (8 digits may be a PID). */
function holdsDays(roots: readonly string[], folder: string, listings: readonly Listing[]): boolean {
  return listings.some((listing) =>
    listing.folders.some(
      (day) => isDay(day) && listAll(roots, below(folder, day)).listings.some(({ folders }) => folders.some((type) => !isDay(type))),
    ),
  );
}

const isDay = (name: string) => name === "-" || /^\d{8}$/.test(name);

function collect(root: string, folder: string, depth: number, found: Found, look: Look): void {
  const listing = list(root, folder, found);
  for (const name of listing.files) take(root, folder, name, found, look);
  for (const name of listing.folders) {
    if (depth < depthLimit) collect(root, below(folder, name), depth + 1, found, look);
    else found.unreadable.push({ relative: below(folder, name), code: "too-deep" });
  }
}

/** Folders and files of one folder; links are followed (volumes are joined by them), the depth limit ends a loop. */
function list(root: string, folder: string, found: Found): Listing {
  const listing: Listing = { folders: [], files: [] };
  const path = below(root, folder);
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const code = systemCode(error);
    // Not every root holds every person.
    if (code !== "ENOENT") found.unreadable.push({ relative: folder, code });
    return listing;
  }
  for (const entry of entries) {
    let isFolder = entry.isDirectory();
    if (entry.isSymbolicLink()) isFolder = isFolderBehind(below(path, entry.name));
    (isFolder ? listing.folders : listing.files).push(entry.name);
  }
  if (listing.folders.length > 1) listing.folders.sort(order);
  return listing;
}

/** What a link leads to; a broken one is a file, so that it is named. */
function isFolderBehind(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function take(root: string, folder: string, name: string, found: Found, look: Look): void {
  const relative = below(folder, name);
  const path = below(root, relative);
  try {
    found.files.push({ path, relative, name, ...look(path) });
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") found.vanished.push(relative);
    else found.unreadable.push({ relative, code });
  }
}

const below = (folder: string, name: string) => (folder === "" ? name : name === "" ? folder : `${folder}/${name}`);

/** By code unit, on every system and locale the same. */
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
