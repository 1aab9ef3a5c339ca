import { warningCodes } from "../record/record.ts";
import type { Portion, Reading, Unit, UnitFile } from "./portion.ts";

/** A portion as it changes threads: few large values, since every object and every string costs its own copying. */
export interface Packed {
  readonly units: readonly (Pick<Unit, "pid" | "folder" | "unreadable"> & { readonly count: number })[];
  /** Paths below the roots, each ended by NUL, which no name can hold; digests likewise, "" of a file that was not read. */
  readonly names: string;
  readonly digests: string;
  /** Nine of each file; see `pack`. */
  readonly numbers: Float64Array;
  /** Link keys of the files that have some, by the file's position. */
  readonly links: ReadonlyMap<number, readonly string[]>;
  readonly chunks: readonly ArrayBuffer[];
}

const WIDTH = 9;
const NOT_READ = 0;
const ACCEPTED = 1;
const QUARANTINED = 2;

/** For another thread; `chunks` are to be transferred. */
export function pack(roots: readonly string[], { units, chunks }: Portion): Packed {
  const files = units.flatMap((unit) => unit.files);
  const numbers = new Float64Array(files.length * WIDTH);
  const chunkOf = new Map<ArrayBufferLike, number>(chunks.map((chunk, i) => [chunk, i]));
  const links = new Map<number, readonly string[]>();
  let [names, digests] = ["", ""];
  files.forEach(({ path, relative, size, mtimeMs, bytes, digest, reading }, file) => {
    names += `${relative}\0`;
    digests += `${digest ?? ""}\0`;
    const at = file * WIDTH;
    numbers[at] = roots.indexOf(path.slice(0, -relative.length - 1));
    numbers[at + 1] = size;
    numbers[at + 2] = mtimeMs;
    numbers[at + 3] = bytes === undefined ? -1 : (chunkOf.get(bytes.buffer) ?? -1);
    numbers[at + 4] = bytes?.byteOffset ?? 0;
    if (reading === undefined) return;
    numbers[at + 5] = reading.disposition === "accepted" ? ACCEPTED : QUARANTINED;
    numbers[at + 6] = reading.reason === "" ? -1 : warningCodes.indexOf(reading.reason);
    numbers[at + 7] = reading.records;
    numbers[at + 8] = reading.warnings;
    if (reading.links.length > 0) links.set(file, reading.links);
  });
  const heads = units.map(({ pid, folder, unreadable, files }) => ({ pid, folder, unreadable, count: files.length }));
  return { units: heads, names, digests, numbers, links, chunks };
}

/** What was packed. */
export function unpack(roots: readonly string[], packed: Packed): Unit[] {
  const { numbers, chunks, links } = packed;
  const names = packed.names.split("\0");
  const digests = packed.digests.split("\0");
  let next = 0;
  const fileOf = (): UnitFile => {
    const file = next++;
    const at = file * WIDTH;
    const [relative, digest] = [names[file] as string, digests[file] as string];
    const [root, size, mtimeMs] = [numbers[at] as number, numbers[at + 1] as number, numbers[at + 2] as number];
    const walked = { path: `${roots[root]}/${relative}`, relative, name: relative.slice(relative.lastIndexOf("/") + 1), size, mtimeMs };
    const chunk = chunks[numbers[at + 3] as number];
    if (chunk === undefined) return walked;
    const bytes = new Uint8Array(chunk, numbers[at + 4], size);
    if (numbers[at + 5] === NOT_READ) return { ...walked, bytes, digest };
    const reading: Reading = {
      disposition: numbers[at + 5] === ACCEPTED ? "accepted" : "quarantined",
      reason: warningCodes[numbers[at + 6] as number] ?? "",
      records: numbers[at + 7] as number,
      warnings: numbers[at + 8] as number,
      links: links.get(file) ?? [],
    };
    return { ...walked, bytes, digest, reading };
  };
  return packed.units.map(({ pid, folder, unreadable, count }) => ({
    pid,
    folder,
    unreadable,
    files: Array.from({ length: count }, fileOf),
  }));
}
