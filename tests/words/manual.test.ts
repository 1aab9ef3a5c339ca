/** The manual names words of the screens: whoever renames a button learns here that the manual on the wall is out of date. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { manuals } from "../../src/viewer/manual/pages.ts";
import { chartEn } from "../../src/words/chart-en.ts";
import { chartJa } from "../../src/words/chart-ja.ts";
import { emergencyEn } from "../../src/words/emergency-en.ts";
import { emergencyJa } from "../../src/words/emergency-ja.ts";
import { en } from "../../src/words/en.ts";
import { formsEn } from "../../src/words/forms-en.ts";
import { formsJa } from "../../src/words/forms-ja.ts";
import { glassEn } from "../../src/words/glass-en.ts";
import { glassJa } from "../../src/words/glass-ja.ts";
import { ja } from "../../src/words/ja.ts";
import { manualEn } from "../../src/words/manual-en.ts";
import { manualJa } from "../../src/words/manual-ja.ts";
import { notesEn } from "../../src/words/notes-en.ts";
import { notesJa } from "../../src/words/notes-ja.ts";

const languages = [
  ["ja", manualJa, [ja, glassJa, formsJa, chartJa, emergencyJa, notesJa], /「([^」]+)」/g, 30],
  ["en", manualEn, [en, glassEn, formsEn, chartEn, emergencyEn, notesEn], /“([^”]+)”/g, 30],
] as const;

it.each(languages)("every word of a screen that the manual quotes in %s stands on a screen", (_, manual, tables, quoted, least) => {
  // A text with values is quoted up to the first of them.
  const screens = new Set(tables.flatMap((table) => Object.values(table).map((text: string) => text.replace(/\s*\{\{.*$/, ""))));
  const named = Object.values(manual).flatMap((text: string) => [...text.matchAll(quoted)].map(([, word]) => word as string));
  expect(named.length).toBeGreaterThanOrEqual(least);
  expect(named.filter((word) => !screens.has(word))).toEqual([]);
});

it("every word of the manual is on one of its pages", () => {
  const shown = Object.values(manuals).flatMap(({ title, lead, parts }) => [
    title,
    lead,
    ...parts.flatMap((part) => [part.title, ...part.lines]),
  ]);
  expect(new Set(shown).size).toBe(shown.length);
  expect(Object.keys(manualJa).filter((key) => !key.startsWith("manual") && !shown.some((word) => word === key))).toEqual([]);
});

it("has its pictures in both languages, small enough to be cached, and no others", () => {
  const wanted = Object.values(manuals).flatMap(({ pictures }) => pictures.flatMap((name) => [`${name}-en.webp`, `${name}-ja.webp`]));
  expect(readdirSync("public/manual").sort()).toEqual([...new Set(wanted)].sort());
  for (const file of wanted) expect([file, statSync(join("public/manual", file)).size < 40_000]).toEqual([file, true]);
});
