import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../../src/shared/error.ts";
import { chartEn } from "../../src/words/chart-en.ts";
import { pageEn } from "../../src/words/chart-en-page.ts";
import { chartJa } from "../../src/words/chart-ja.ts";
import { pageJa } from "../../src/words/chart-ja-page.ts";
import { drillEn, drillJa } from "../../src/words/drill.ts";
import { emergencyEn } from "../../src/words/emergency-en.ts";
import { emergencyJa } from "../../src/words/emergency-ja.ts";
import { en } from "../../src/words/en.ts";
import { errorWords } from "../../src/words/errors.ts";
import { formsEn } from "../../src/words/forms-en.ts";
import { formsJa } from "../../src/words/forms-ja.ts";
import { fourEn } from "../../src/words/four-en.ts";
import { fourJa } from "../../src/words/four-ja.ts";
import { glassEn } from "../../src/words/glass-en.ts";
import { glassJa } from "../../src/words/glass-ja.ts";
import { makeWords } from "../../src/words/index.ts";
import { installEn, installJa } from "../../src/words/install.ts";
import { ja } from "../../src/words/ja.ts";
import { keysEn } from "../../src/words/keys-en.ts";
import { keysJa } from "../../src/words/keys-ja.ts";
import { leaseEn } from "../../src/words/lease-en.ts";
import { leaseJa } from "../../src/words/lease-ja.ts";
import { manualEn } from "../../src/words/manual-en.ts";
import { manualJa } from "../../src/words/manual-ja.ts";
import { notesEn } from "../../src/words/notes-en.ts";
import { notesJa } from "../../src/words/notes-ja.ts";
import { printEn } from "../../src/words/print-en.ts";
import { printJa } from "../../src/words/print-ja.ts";
import { readinessEn } from "../../src/words/readiness-en.ts";
import { readinessJa } from "../../src/words/readiness-ja.ts";
import { scanEn } from "../../src/words/scan-en.ts";
import { scanJa } from "../../src/words/scan-ja.ts";
import { viewsEn, viewsJa } from "../../src/words/views.ts";

const tables = [
  ["scan", scanJa, scanEn],
  ["forms", formsJa, formsEn],
  ["manual", manualJa, manualEn],
  ["print", printJa, printEn],
  ["app", ja, en],
  ["chart", chartJa, chartEn],
  ["page", pageJa, pageEn],
  ["keys", keysJa, keysEn],
  ["emergency", emergencyJa, emergencyEn],
  ["drill", drillJa, drillEn],
  ["four", fourJa, fourEn],
  ["glass", glassJa, glassEn],
  ["lease", leaseJa, leaseEn],
  ["readiness", readinessJa, readinessEn],
  ["install", installJa, installEn],
  ["views", viewsJa, viewsEn],
  ["notes", notesJa, notesEn],
] as const;

/** Every source of the viewer as one text, but the tables themselves. */
const source = readdirSync("src/viewer", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join("src/viewer", path), "utf8"))
  .join("\n");

const literals = new Set([...source.matchAll(/"([a-z][A-Za-z]*(?:\.[A-Za-z0-9]+)+)"/g)].map(([, key]) => key as string));
/** `age.${unit}` → "age."; what such a key may end in is checked by the compiler. */
const prefixes = [...source.matchAll(/`([a-z][A-Za-z.]*\.)\$\{/g)].map(([, prefix]) => prefix as string);

/** Tables of lazily loaded parts have keys without a dot: "title", `effect${n}`. */
const plain = new Set([...source.matchAll(/"([a-z][A-Za-z0-9]*)"/g)].map(([, key]) => key as string));
const plainPrefixes = [...source.matchAll(/`([a-z][A-Za-z]+)\$\{/g)].map(([, prefix]) => prefix as string);

/** `state.${state}Help` → starts with "state.", ends with "Help". */
const isUsed = (key: string) =>
  (!key.includes(".") && (plain.has(key) || plainPrefixes.some((prefix) => key.startsWith(prefix)))) ||
  literals.has(key) ||
  prefixes.some((prefix) => key.startsWith(prefix) && !key.slice(prefix.length).includes("."));

const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string).sort();

describe.each(tables)("the %s words", (_, japanese, english) => {
  const inEnglish = new Map(Object.entries(english));

  it("stand in both languages, with the same values to fill in", () => {
    expect([...inEnglish.keys()].sort()).toEqual(Object.keys(japanese).sort());
    for (const [key, text] of Object.entries(japanese)) {
      expect(text.trim(), key).not.toBe("");
      expect(inEnglish.get(key)?.trim(), key).not.toBe("");
      expect(values(inEnglish.get(key) ?? ""), key).toEqual(values(text));
    }
  });

  it("are all used by a screen", () => {
    expect(Object.keys(japanese).filter((key) => !isUsed(key))).toEqual([]);
  });

  it("say なし of a confirmed absence only", () => {
    expect(
      Object.entries(japanese)
        .filter(([key, text]) => text.includes("なし") && !key.startsWith("state.confirmedNone"))
        .map(([key]) => key),
    ).toEqual([]);
  });

  it("say none in English of a confirmed absence only", () => {
    const claims = Object.entries(english).filter(
      ([key, text]) => /\b(none|no known|nil)\b/i.test(text) && !key.startsWith("state.confirmedNone"),
    );
    expect(claims.map(([key]) => key)).toEqual([]);
  });
});

describe("keys in the screens", () => {
  it("all have words", () => {
    const known = new Set<string>(tables.flatMap(([, japanese]) => Object.keys(japanese)));
    const families = new Set([...known].map((key) => key.split(".")[0]));
    const asked = [...source.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => key as string);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
    expect([...literals].filter((key) => families.has(key.split(".")[0] ?? "") && !known.has(key))).toEqual([]);
  });

  it("are never shown as they are: a text with values is filled in, and English falls back to no key", async () => {
    const words = makeWords("ja");
    expect(words.t("status.people", { count: 512 })).toBe("保存済み 512人");
    await words.changeLanguage("en");
    expect(words.t("status.people", { count: 512 })).toBe("512 people stored");
  });

  it("do not turn what a hospital sent into markup or a value of its own", () => {
    expect(makeWords("ja").t("lock.chosen", { name: "<b>{{count}}</b>", count: 1 })).toContain("<b>");
  });
});

describe("the words of errors", () => {
  it("exist for every code in both languages and for no other", () => {
    expect(Object.keys(errorWords).sort()).toEqual([...errorCodes].sort());
    for (const [code, words] of Object.entries(errorWords)) {
      expect(words.ja.trim(), code).not.toBe("");
      expect(words.en.trim(), code).not.toBe("");
    }
  });

  it("never sound like a clinical absence", () => {
    for (const [code, words] of Object.entries(errorWords)) {
      expect(words.ja, code).not.toContain("なし");
      expect(words.en, code).not.toMatch(/\b(no known|none)\b/i);
    }
  });
});
