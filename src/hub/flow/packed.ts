import { type Charset, charsets } from "../ingest/ssmix2/index.ts";
import type { Portion, Unit, UnitFile } from "./portion.ts";

/** A portion as it changes threads: few large values, since every object and every string costs its own copying. */
export interface Packed {
  readonly units: readonly (Pick<Unit, "pid" | "folder" | "unreadable"> & { readonly count: number })[];
  /** Paths below the roots and digests, each ended by NUL, which no name can hold. */
  readonly names: string;
  readonly digests: string;
  /** Seven of each file: root, size, mtime, then of its bytes chunk (-1: not read), offset and length, then how its text was decoded (0: was not). */
  readonly numbers: Float64Array;
  /** Of each decoded file. */
  readonly texts: readonly string[];
  readonly chunks: readonly ArrayBuffer[];
}

const WIDTH = 7;

/** For the other thread; `chunks` are to be transferred. */
export function pack(roots: readonly string[], { units, chunks }: Portion): Packed {
  const files = units.flatMap((unit) => unit.files);
  const numbers = new Float64Array(files.length * WIDTH);
  const chunkOf = new Map<ArrayBufferLike, number>(chunks.map((chunk, i) => [chunk, i]));
  const texts: string[] = [];
  let [names, digests, at] = ["", "", 0];
  for (const { path, relative, size, mtimeMs, bytes, digest, decoded } of files) {
    names += `${relative}\0`;
    digests += `${digest ?? ""}\0`;
    if (decoded) texts.push(decoded.text);
    numbers[at++] = roots.indexOf(path.slice(0, -relative.length - 1));
    numbers[at++] = size;
    numbers[at++] = mtimeMs;
    numbers[at++] = bytes === undefined ? -1 : (chunkOf.get(bytes.buffer) ?? -1);
    numbers[at++] = bytes?.byteOffset ?? 0;
    numbers[at++] = bytes?.length ?? 0;
    numbers[at++] = decoded === undefined ? 0 : codeOf(decoded);
  }
  const heads = units.map(({ pid, folder, unreadable, files }) => ({ pid, folder, unreadable, count: files.length }));
  return { units: heads, names, digests, numbers, texts, chunks };
}

/** What was packed. */
export function unpack(roots: readonly string[], packed: Packed): Unit[] {
  const { numbers } = packed;
  const names = packed.names.split("\0");
  const digests = packed.digests.split("\0");
  let [file, text] = [0, 0];
  const next = (): UnitFile => {
    const relative = names[file] as string;
    const digest = digests[file] as string;
    const at = file++ * WIDTH;
    const number = (i: number): number => numbers[at + i] as number;
    const walked = {
      path: `${roots[number(0)]}/${relative}`,
      relative,
      name: relative.slice(relative.lastIndexOf("/") + 1),
      size: number(1),
      mtimeMs: number(2),
    };
    const buffer = packed.chunks[number(3)];
    if (buffer === undefined) return walked;
    const bytes = new Uint8Array(buffer, number(4), number(5));
    const code = number(6);
    if (code === 0) return { ...walked, bytes, digest };
    return { ...walked, bytes, digest, decoded: { text: packed.texts[text++] as string, ...ofCode(code) } };
  };
  return packed.units.map(({ count, ...unit }) => ({ ...unit, files: Array.from({ length: count }, next) }));
}

const CLEAN = 16;
const OPEN = 32;

function codeOf(decoded: { charset: Charset; clean: boolean; open: boolean }): number {
  return 1 + charsets.indexOf(decoded.charset) + (decoded.clean ? CLEAN : 0) + (decoded.open ? OPEN : 0);
}

function ofCode(code: number): { charset: Charset; clean: boolean; open: boolean } {
  return { charset: charsets[(code % CLEAN) - 1] ?? "ascii", clean: (code & CLEAN) !== 0, open: (code & OPEN) !== 0 };
}
