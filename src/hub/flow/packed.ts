import { type FileState, fileStates } from "../store/file.ts";
import { counted, type Plan, type Run, type Write } from "./plan.ts";
import type { Portion } from "./portion.ts";

/** Plans of new folders as they change threads: few large values, since every object and every string costs its own copying. */
export interface Packed {
  readonly heads: readonly (Pick<Plan, "folder" | "pid" | "unreadable"> & { readonly writes: number })[];
  /** Paths and hashes, each ended by NUL, which no name can hold. */
  readonly paths: string;
  readonly hashes: string;
  /** Eleven of each file; see `pack`. */
  readonly numbers: Float64Array;
  /** Data types and reasons. */
  readonly words: readonly string[];
  /** Link keys and notes of the files that have some, by the file's position. */
  readonly links: ReadonlyMap<number, readonly string[]>;
  readonly notes: ReadonlyMap<number, string>;
  readonly chunks: readonly ArrayBuffer[];
}

const WIDTH = 11;

/** For another thread; `chunks` are to be transferred. Only new files: nothing taken over, touched or gone. */
export function pack({ roots }: Run, portion: Portion): Packed {
  const writes = portion.plans.flatMap((plan) => plan.writes);
  const numbers = new Float64Array(writes.length * WIDTH);
  const chunks = [...portion.chunks];
  const chunkOf = new Map<ArrayBufferLike, number>(chunks.map((chunk, i) => [chunk, i]));
  const words = new Map<string, number>();
  const word = (text: string): number => {
    const known = words.get(text) ?? words.size;
    words.set(text, known);
    return known;
  };
  const links = new Map<number, readonly string[]>();
  const notes = new Map<number, string>();
  let [paths, hashes] = ["", ""];
  writes.forEach((write, file) => {
    const { row, body } = write;
    let chunk = chunkOf.get(body.buffer);
    if (chunk === undefined) {
      // Read by itself, into a buffer of its own.
      chunk = chunks.push(body.buffer) - 1;
      chunkOf.set(body.buffer, chunk);
    }
    paths += `${row.path}\0`;
    hashes += `${row.hash}\0`;
    const at = file * WIDTH;
    numbers[at] = roots.indexOf(row.root);
    numbers[at + 1] = chunk;
    numbers[at + 2] = body.byteOffset;
    numbers[at + 3] = body.length;
    numbers[at + 4] = row.size;
    numbers[at + 5] = row.mtime;
    numbers[at + 6] = word(row.type);
    numbers[at + 7] = word(row.reason);
    numbers[at + 8] = fileStates.indexOf(row.state);
    numbers[at + 9] = row.records;
    numbers[at + 10] = row.warnings;
    if (write.links.length > 0) links.set(file, write.links);
    if (row.notes !== "") notes.set(file, row.notes);
  });
  const heads = portion.plans.map(({ folder, pid, unreadable, writes }) => ({ folder, pid, unreadable, writes: writes.length }));
  return { heads, paths, hashes, numbers, words: [...words.keys()], links, notes, chunks };
}

/** What was packed. */
export function unpack({ facility, roots, now }: Run, packed: Packed): Plan[] {
  const { numbers, words, chunks } = packed;
  const paths = packed.paths.split("\0");
  const hashes = packed.hashes.split("\0");
  let file = 0;
  return packed.heads.map(({ folder, pid, unreadable, writes: count }) => {
    const writes: Write[] = [];
    const counts = { accepted: 0, quarantined: 0, unchanged: 0, superseded: 0, deleted: 0 };
    for (const end = file + count; file < end; file++) {
      const at = file * WIDTH;
      const number = (i: number): number => numbers[at + i] as number;
      const row = {
        facility,
        root: roots[number(0)] as string,
        folder,
        path: paths[file] as string,
        pid,
        type: words[number(6)] as string,
        hash: hashes[file] as string,
        size: number(4),
        mtime: number(5),
        state: fileStates[number(8)] as FileState,
        reason: words[number(7)] as string,
        records: number(9),
        warnings: number(10),
        received: now,
        notes: packed.notes.get(file) ?? "",
      };
      const body = new Uint8Array(chunks[number(1)] as ArrayBuffer, number(2), number(3));
      counts[counted(row.state)]++;
      writes.push({ was: null, row, body, links: packed.links.get(file) ?? none });
    }
    return { folder, pid, unreadable, writes, touched: none, gone: none, replaced: 0, counts };
  });
}

const none: readonly never[] = [];
