import type { Bytes } from "../../shared/bytes.ts";
import { measureFile, readFileAt, type WalkedFile, type WalkedPerson, walkStorage } from "../ingest/ssmix2/index.ts";
import { type Plan, plan, type Run } from "./plan.ts";

/** Plans of so many person folders as are handed on together, and the memory the bytes of their files lie in. */
export interface Portion {
  readonly plans: readonly Plan[];
  readonly chunks: readonly ArrayBuffer[];
}

/** A portion ends with so many person folders or bytes: small enough to keep several threads busy, large enough to work warm. */
const FOLDERS = 40;
const FIRST_FOLDERS = 5;
const BYTES = 2 << 20;
const CHUNK = 1 << 18;

/** A file beyond this is read when it is its turn, by itself; no message comes near. */
const LIMIT = 8 << 20;

/**
 * Plans of a storage of which nothing is known yet: every file is opened once, read and hashed, the valid ones parsed. Several
 * hands may share it: each folder falls to one of `hands` by its path, whatever the others see at that moment. Throws as walkStorage does.
 */
export function* newPlans(run: Run, hand = 0, hands = 1): Generator<Portion> {
  let room = new Room();
  let persons: WalkedPerson[] = [];
  let bytes = 0;
  // The first ones are small, so that the writer need not wait for its first work.
  let full = FIRST_FOLDERS;
  const settle = (): Portion => ({ plans: persons.map((person) => plan(run, person, [])), chunks: room.chunks });
  const look = (path: string) => readAhead(path, room);
  for (const person of walkStorage(run.roots, look, (folder) => handOf(folder, hands) === hand)) {
    persons.push(person);
    for (const { size } of person.files) bytes += size;
    if (persons.length < full && bytes < BYTES) continue;
    yield settle();
    full = Math.min(full * 2, FOLDERS);
    room = new Room();
    persons = [];
    bytes = 0;
  }
  if (persons.length > 0) yield settle();
}

/** FNV-1a: even parts whatever the numbering of a hospital (patient numbers often end in a check digit, or are all even). */
function handOf(folder: string, hands: number): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < folder.length; i++) sum = Math.imul(sum ^ folder.charCodeAt(i), 0x01000193);
  return ((sum ^ (sum >>> 15)) >>> 0) % hands;
}

/** What cannot be read has its size and time alone: reading it in its turn says why. */
function readAhead(path: string, room: Room): Pick<WalkedFile, "size" | "mtimeMs" | "bytes"> {
  try {
    return readFileAt(path, (size) => room.give(size));
  } catch {
    return measureFile(path);
  }
}

/** Places for the bytes of many files, one behind the other in few large buffers: they change threads without being copied. */
class Room {
  readonly chunks: ArrayBuffer[] = [];
  private at = 0;

  give(size: number): Bytes {
    if (size > LIMIT) throw new RangeError("too large to read ahead");
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || chunk.byteLength - this.at < size) {
      chunk = new ArrayBuffer(Math.max(size, CHUNK));
      this.chunks.push(chunk);
      this.at = 0;
    }
    const place = new Uint8Array(chunk, this.at, size);
    this.at += size;
    return place;
  }
}
