import { hash } from "node:crypto";
import { type Decoded, decode, measureFile, readFileAt, type WalkedFile, type WalkedPerson, walkStorage } from "../ingest/ssmix2/index.ts";

/** A file as it lies there, with what was made of its bytes where it was read ahead. */
export interface UnitFile extends WalkedFile {
  /** SHA-256 of `bytes`, base64url. */
  readonly digest?: string;
  readonly decoded?: Decoded;
}

/** One person folder. */
export interface Unit extends WalkedPerson {
  readonly files: readonly UnitFile[];
}

/** So many person folders as are handed on together, and the memory their bytes lie in. */
export interface Portion {
  readonly units: readonly Unit[];
  readonly chunks: readonly ArrayBuffer[];
}

/** A portion is full with so many files or bytes; small when read ahead, so that two threads keep each other busy. */
const AHEAD_FILES = 250;
const AHEAD_BYTES = 1 << 20;
const LISTED_FILES = 2_000;

/** A file beyond this is read when it is its turn, by itself; no message comes near. */
const AHEAD_LIMIT = 8 << 20;

/**
 * Walks the storage below `roots`, whole person folders in sorted order. `ahead`: reads, hashes and decodes every file in the
 * same step, for a run that knows none of them yet. Throws as walkStorage does.
 */
export function* portionsOf(roots: readonly string[], ahead: boolean): Generator<Portion> {
  let room = new Room();
  let units: Unit[] = [];
  let files = 0;
  for (const person of ahead ? walkStorage(roots, (path) => readAhead(path, room)) : walkStorage(roots)) {
    units.push(ahead ? { ...person, files: person.files.map(workOut) } : person);
    files += person.files.length;
    if (files < (ahead ? AHEAD_FILES : LISTED_FILES) && room.used < AHEAD_BYTES) continue;
    yield { units, chunks: room.chunks };
    room = new Room();
    units = [];
    files = 0;
  }
  if (units.length > 0) yield { units, chunks: room.chunks };
}

/** What cannot be read has its size and time alone: reading it in its turn says why. */
function readAhead(path: string, room: Room): Pick<WalkedFile, "size" | "mtimeMs" | "bytes"> {
  try {
    return readFileAt(path, (size) => room.give(size));
  } catch {
    const { size, mtimeMs } = measureFile(path);
    return { size, mtimeMs };
  }
}

/** Only a file of flag 1 is ever read as a message. */
function workOut(file: WalkedFile): UnitFile {
  if (file.bytes === undefined) return file;
  const digest = hash("sha256", file.bytes, "base64url");
  return file.name.endsWith("_1") ? { ...file, digest, decoded: decode(file.bytes) } : { ...file, digest };
}

/** Places for the bytes of many files, one behind the other in few large buffers: they change threads without being copied. */
class Room {
  readonly chunks: ArrayBuffer[] = [];
  used = 0;
  private at = 0;

  give(size: number): Uint8Array {
    if (size > AHEAD_LIMIT) throw new RangeError("not ahead");
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || chunk.byteLength - this.at < size) {
      chunk = new ArrayBuffer(Math.max(size, AHEAD_BYTES));
      this.chunks.push(chunk);
      this.at = 0;
    }
    const place = new Uint8Array(chunk, this.at, size);
    this.at += size;
    this.used += size;
    return place;
  }
}
