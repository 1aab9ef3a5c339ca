import { createHash } from "node:crypto";
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { DataSet } from "dicom-parser";
import type { WarningCode } from "../../record/record.ts";
import { type InstanceFacts, isRefused, type Refused } from "./facts.ts";
import { readDataSet, readInstance } from "./part10.ts";

/** One file of a run: what is to be made of it, before it is opened. */
export interface Listed {
  /** Below the place named, with "/". */
  readonly relative: string;
  /** read: an instance is expected. index: the DICOMDIR. unlisted: the DICOMDIR does not name it. link: a symbolic link, never followed. absent: named and not there. */
  readonly as: "read" | "index" | "unlisted" | "link" | "absent";
}

export interface Listing {
  readonly files: readonly Listed[];
  /** Why the DICOMDIR was not followed; "" when it was, or when there is none. Everything is read then. */
  readonly indexRefused: WarningCode | "";
}

/** Files of a hostile or broken index are counted no further than this. */
const mostFiles = 2_000_000;

/**
 * What lies under a folder: with a DICOMDIR the files that it names, others are `unlisted`; without one, or when it cannot be read,
 * every file. Links are never followed. Sorted. Errors of the root pass; a folder below that cannot be listed is `absent`.
 */
export function listFolder(root: string): Listing {
  const found = walk(root, "");
  const index = found.find(({ relative }) => relative.toUpperCase() === "DICOMDIR" && relative !== "");
  if (index === undefined || index.as !== "read") return { files: found, indexRefused: "" };
  const named = readIndex(join(root, index.relative));
  if (typeof named === "string") return { files: found.map((one) => (one === index ? { ...one, as: "index" } : one)), indexRefused: named };
  const byUpper = new Map(found.map((one) => [one.relative.toUpperCase(), one]));
  const wanted = new Set(named.map((path) => path.toUpperCase()));
  const absent = named.filter((path) => !byUpper.has(path.toUpperCase()));
  const files: Listed[] = found.map((one) => {
    if (one === index) return { ...one, as: "index" };
    return one.as === "read" && !wanted.has(one.relative.toUpperCase()) ? { ...one, as: "unlisted" } : one;
  });
  return { files: [...files, ...[...new Set(absent)].map((relative): Listed => ({ relative, as: "absent" }))], indexRefused: "" };
}

function walk(root: string, below: string): Listed[] {
  const out: Listed[] = [];
  const names = readdirSync(join(root, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of names) {
    const relative = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) out.push(...listed(() => walk(root, relative), relative));
    else out.push({ relative, as: entry.isFile() ? "read" : "link" });
  }
  return out;
}

function listed(list: () => Listed[], relative: string): Listed[] {
  try {
    return list();
  } catch {
    // A folder that cannot be listed is one thing that was not read.
    return [{ relative, as: "absent" }];
  }
}

/** Paths that a DICOMDIR names, in its order, or why it cannot be followed. A path that leaves its folder refuses the whole index. */
export function readIndex(path: string): readonly string[] | WarningCode {
  const opened = openFile(path);
  try {
    const read = readDataSet(opened.readAt, opened.size, false);
    if ("reason" in read) return read.reason;
    const items = read.dataSet.elements.x00041220?.items;
    if (items === undefined || items.length > mostFiles) return "segment-missing";
    const paths = items.flatMap(({ dataSet }) => (dataSet === undefined ? [] : [pathOf(dataSet)])).filter((one) => one !== "");
    return paths.every(isInside) ? paths : "path-differs";
  } finally {
    closeSync(opened.file);
  }
}

/** Referenced File ID: folders and name, parted by backslashes; ASCII by the standard. */
function pathOf(record: DataSet): string {
  return (record.string("x00041500") ?? "")
    .split("\\")
    .map((part) => part.trim())
    .join("/");
}

function isInside(path: string): boolean {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/[\\:\0]/.test(part));
}

/** Header of one file and the hash of all its bytes (SHA-256, base64url); `hash` "" when it was not read to its end. */
export interface ReadFile {
  readonly read: InstanceFacts | Refused;
  readonly hash: string;
  readonly size: number;
  readonly mtime: number;
}

/** Reads one file; memory does not grow with its size. Errors of the file system pass, with their code. */
export function readFile(path: string): ReadFile {
  const { file, size, mtime, readAt } = openFile(path);
  try {
    const read = readInstance(readAt, size);
    return { read, hash: isRefused(read) && read.reason === "not-dicom" ? "" : hashOf(readAt), size, mtime };
  } finally {
    closeSync(file);
  }
}

/** Whether the place is one file; throws what the file system says when it is nothing that can be read. */
export function isFile(path: string): boolean {
  return !lstatSync(path).isDirectory();
}

function openFile(path: string) {
  const file = openSync(path, "r");
  const { size, mtimeMs } = fstatSync(file);
  const readAt = (from: number, length: number): Uint8Array => {
    const bytes = Buffer.allocUnsafe(length);
    let got = 0;
    while (got < length) {
      const more = readSync(file, bytes, got, length - got, from + got);
      if (more === 0) break;
      got += more;
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, got);
  };
  return { file, size, mtime: Math.floor(mtimeMs), readAt };
}

const step = 1 << 20;

function hashOf(readAt: (from: number, length: number) => Uint8Array): string {
  const hash = createHash("sha256");
  for (let at = 0; ; at += step) {
    const bytes = readAt(at, step);
    hash.update(bytes);
    if (bytes.length < step) return hash.digest("base64url");
  }
}
