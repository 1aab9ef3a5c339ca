import { hash } from "node:crypto";
import { linkKeys } from "../identity/links.ts";
import { locate, measureFile, readFile, readFileAt, type WalkedFile, type WalkedPerson, walkStorage } from "../ingest/ssmix2/index.ts";
import type { FileIdentity, WarningCode } from "../record/record.ts";

/** The storage of one facility, as a run follows it. */
export interface Storage {
  readonly facility: string;
  /** Absolute roots. */
  readonly roots: readonly string[];
  /** Reads every file in the same step: for a run that knows none of them yet. */
  readonly ahead: boolean;
}

/** What is kept of a file that was read as a message: its records are read again when a summary needs them. */
export interface Reading {
  readonly disposition: "accepted" | "quarantined";
  readonly reason: WarningCode | "";
  readonly records: number;
  readonly warnings: number;
  /** Link keys of an accepted ADT-00. */
  readonly links: readonly string[];
}

/** A file as it lies there, with what was made of its bytes where it was read ahead. */
export interface UnitFile extends WalkedFile {
  /** SHA-256 of `bytes`, base64url. */
  readonly digest?: string;
  /** Of a rightly placed file of flag 1. */
  readonly reading?: Reading;
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

/** A portion ends with so many person folders or bytes: small when read ahead, to keep several threads busy. */
const FOLDERS = { ahead: 40, listed: 200 };
const AHEAD_BYTES = 1 << 20;
const AHEAD_CHUNK = 1 << 18;

/** A file beyond this is read when it is its turn, by itself; no message comes near. */
const AHEAD_LIMIT = 8 << 20;

/**
 * Walks a storage, whole person folders in sorted order. Several hands may walk it together: each folder falls to one of
 * `hands` by its path, whatever the others see at that moment. Throws as walkStorage does.
 */
export function* portionsOf(storage: Storage, hand = 0, hands = 1): Generator<Portion> {
  const { roots, ahead } = storage;
  let room = new Room();
  let persons: WalkedPerson[] = [];
  const look = ahead ? (path: string) => readAhead(path, room) : measureFile;
  for (const person of walkStorage(roots, look, (folder) => handOf(folder, hands) === hand)) {
    persons.push(person);
    if (persons.length < (ahead ? FOLDERS.ahead : FOLDERS.listed) && room.used < AHEAD_BYTES) continue;
    yield portionOf(storage, persons, room);
    room = new Room();
    persons = [];
  }
  if (persons.length > 0) yield portionOf(storage, persons, room);
}

function portionOf({ facility, ahead }: Storage, persons: readonly WalkedPerson[], { chunks }: Room): Portion {
  const units = ahead ? persons.map((person) => ({ ...person, files: person.files.map((file) => workOut(file, facility)) })) : persons;
  return { units, chunks };
}

function handOf(folder: string, hands: number): number {
  let sum = 0;
  for (let i = 0; i < folder.length; i++) sum = (sum * 31 + folder.charCodeAt(i)) >>> 0;
  return sum % hands;
}

/** What cannot be read has its size and time alone: reading it in its turn says why. */
function readAhead(path: string, room: Room): Pick<WalkedFile, "size" | "mtimeMs" | "bytes"> {
  try {
    return readFileAt(path, (size) => room.give(size));
  } catch {
    return measureFile(path);
  }
}

function workOut(walked: WalkedFile, facility: string): UnitFile {
  if (walked.bytes === undefined) return walked;
  const digest = hash("sha256", walked.bytes, "base64url");
  const { file, reason } = locate(walked.relative, facility);
  if (reason !== null || file.flag !== "1") return { ...walked, digest };
  return { ...walked, digest, reading: readingOf(walked.bytes, file) };
}

/** Reads one file as the message that its name says it is. */
export function readingOf(bytes: Uint8Array, file: FileIdentity): Reading {
  const { disposition, reason, records, warnings } = readFile(bytes, file);
  const links = file.type === "ADT-00" ? linkKeys(records.filter((record) => record.kind === "patient")) : [];
  return { disposition, reason: reason ?? "", records: records.length, warnings: warnings.length, links };
}

/** Places for the bytes of many files, one behind the other in few large buffers: they change threads without being copied. */
class Room {
  readonly chunks: ArrayBuffer[] = [];
  used = 0;
  private at = 0;

  give(size: number): Uint8Array {
    if (size > AHEAD_LIMIT) throw new RangeError("too large to read ahead");
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || chunk.byteLength - this.at < size) {
      chunk = new ArrayBuffer(Math.max(size, AHEAD_CHUNK));
      this.chunks.push(chunk);
      this.at = 0;
    }
    const place = new Uint8Array(chunk, this.at, size);
    this.at += size;
    this.used += size;
    return place;
  }
}
