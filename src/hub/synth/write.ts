import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TomoshibiError } from "../../shared/error.ts";
import { makeJisEncoder } from "../text/jis.ts";
import { type Fault, type Spoil, spoiler } from "./faults.ts";
import { filesOf, makeTables, type StoredFile } from "./files.ts";
import type { Region } from "./index.ts";

export type { Fault } from "./faults.ts";

export interface Written {
  readonly facilities: readonly {
    readonly code: string;
    readonly name: string;
    readonly telephone: string;
    readonly root: string;
    readonly files: number;
    readonly people: number;
  }[];
  readonly people: number;
  readonly files: number;
  /** What was spoilt on purpose, by file name; empty without `faults`. */
  readonly faults: readonly Fault[];
}

/**
 * Writes the region as SS-MIX2 standardized storage, one root a facility (`out/{code}`), and `out/facilities.json` last: a folder
 * without it was not finished. Refuses a folder that holds a region already (`cli-usage`), so that two regions never mix.
 * @param progress called after each person
 */
export function writeRegion(
  region: Region,
  out: string,
  options: { readonly faults?: boolean; readonly progress?: (people: number, files: number) => void } = {},
): Written {
  const taken = [...region.facilities.map((facility) => facility.code), "facilities.json"].find((name) => existsSync(join(out, name)));
  if (taken !== undefined) throw new TomoshibiError("cli-usage", { option: "--out", holds: taken });
  const encode = makeJisEncoder();
  const tables = makeTables();
  const spoil = options.faults === true ? spoiler() : null;
  const made = new Set<string>();
  const counts = new Map(region.facilities.map((facility) => [facility.code, { files: 0, people: 0 }]));
  let files = 0;
  let done = 0;
  mkdirSync(out, { recursive: true });
  for (const facility of region.facilities) mkdirSync(join(out, facility.code));
  for (const person of region.people) {
    person.records.forEach((record, n) => {
      const own = filesOf(region.seed, region.today, person, n, tables);
      writeFiles(join(out, record.facility.code), own, encode, made, spoil);
      const count = counts.get(record.facility.code);
      if (count === undefined) return;
      count.files += own.length;
      count.people += 1;
      files += own.length;
    });
    options.progress?.(++done, files);
  }
  const told = region.facilities.map(({ code, name, telephone, kind }) => ({ code, name, telephone, kind }));
  writeFileSync(join(out, "facilities.json"), `${JSON.stringify(told, null, 2)}\n`);
  return {
    facilities: told.map(({ code, name, telephone }) => ({
      code,
      name,
      telephone,
      root: join(out, code),
      files: counts.get(code)?.files ?? 0,
      people: counts.get(code)?.people ?? 0,
    })),
    people: region.people.length,
    files,
    faults: spoil?.planted ?? [],
  };
}

/** One person at one facility; `made` remembers the folders that many people share. */
export function writeFiles(
  root: string,
  files: readonly StoredFile[],
  encode: (text: string) => Uint8Array,
  made: Set<string>,
  spoil: Spoil | null,
): void {
  const own = new Set<string>();
  for (const file of files) {
    let path = root;
    file.folder.forEach((part, depth) => {
      path += `/${part}`;
      const known = depth < 2 ? made : own;
      if (known.has(path)) return;
      known.add(path);
      mkdirSync(path);
    });
    const text = spoil === null ? file.text : spoil.text(file);
    const bytes = file.charset === "jis" ? encode(text) : new TextEncoder().encode(text);
    writeFileSync(`${path}/${file.name}`, spoil === null ? bytes : spoil.bytes(file, bytes));
  }
}
