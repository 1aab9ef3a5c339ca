import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../src/shared/error.ts";
import { errorWords } from "../src/words/errors.ts";
import { importTable } from "./import-table.ts";

const root = resolve(import.meta.dirname, "..");
const sources = filesUnder("src");
const everyFile = [...sources, ...filesUnder("tests"), ...filesUnder("bench"), ...filesUnder("scripts")];

function filesUnder(folder: string): string[] {
  const out: string[] = [];
  for (const name of readdirSync(join(root, folder))) {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) out.push(...filesUnder(path));
    else if (/\.(ts|tsx|mjs|css)$/.test(name)) out.push(path);
  }
  return out;
}

const text = (path: string) => readFileSync(join(root, path), "utf8");

/** Files of this project that a source file names, relative to the root. */
function importsOf(path: string): string[] {
  const out: string[] = [];
  for (const [, name] of text(path).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"?]*)/g)) {
    out.push(relative(root, resolve(root, dirname(path), name as string)));
  }
  return out;
}

/** The longest folder or file of the table that holds this path. */
function roomOf(path: string): string {
  const rooms = Object.keys(importTable).filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? "";
}

describe("the house", () => {
  it("has a room for every source file", () => {
    expect(sources.filter((path) => roomOf(path) === "")).toEqual([]);
  });

  it("imports only what the table allows", () => {
    const broken: string[] = [];
    for (const path of sources) {
      const room = roomOf(path);
      for (const target of importsOf(path)) {
        const other = roomOf(target);
        const always = other === room || importTable[""]?.includes(other);
        const allowed = importTable[room]?.some((prefix) => target === prefix || target.startsWith(`${prefix}/`));
        if (!always && !allowed) broken.push(`${path} → ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it("keeps every file within 300 lines", () => {
    const long = everyFile
      .map((path) => `${path}: ${text(path).split("\n").length - 1}`)
      .filter((line) => Number(line.split(": ")[1]) > 300);
    expect(long).toEqual([]);
  });

  it("names every error in Japanese and in English, and no error that does not exist", () => {
    expect(Object.keys(errorWords).sort()).toEqual([...errorCodes].sort());
    for (const code of errorCodes) {
      expect(errorWords[code].ja, code).toMatch(/[ぁ-んァ-ン一-龠]/);
      expect(errorWords[code].en, code).toMatch(/[a-z]/);
    }
  });

  it("throws no error code that nothing declares, and declares none that nothing throws", () => {
    const used = new Set<string>();
    for (const path of sources.filter((path) => path !== join("src", "shared", "error.ts") && !path.startsWith(join("src", "words")))) {
      for (const [, code] of text(path).matchAll(/"([a-z]+(?:-[a-z0-9]+)*)"/g)) used.add(code as string);
    }
    expect(errorCodes.filter((code) => !used.has(code))).toEqual([]);
  });

  it("has no third-party origin in page or worker sources", () => {
    const named = sources
      .filter((path) => !path.includes(join("src", "hub")))
      .filter((path) => /https?:\/\/(?!localhost|www\.w3\.org\/2000\/svg)/.test(text(path)));
    expect(named).toEqual([]);
  });
});
