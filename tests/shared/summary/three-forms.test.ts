import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type CodedDrug, codedDrugs, figureOf, type Judgement, judgeAll, judgedClasses, sentForms } from "./figures.ts";
import { marks, report } from "./report.ts";

let drugs: readonly CodedDrug[];
let judged: readonly Judgement[];
beforeAll(async () => {
  drugs = codedDrugs();
  judged = await judgeAll(drugs);
});

test("more than 300 labelled names have a code, in every class and among ordinary medicines, each once and of one shape", () => {
  expect(drugs.length).toBeGreaterThanOrEqual(300);
  expect(new Set(drugs.map(({ name }) => name)).size).toBe(drugs.length);
  for (const { name, yj } of drugs) expect(yj, name).toMatch(/^\d{7}[A-Z]$/);
  for (const danger of judgedClasses)
    expect(drugs.filter(({ classes }) => classes.includes(danger)).length, danger).toBeGreaterThanOrEqual(5);
  expect(drugs.filter(({ classes }) => classes.length === 0).length).toBeGreaterThanOrEqual(150);
});

test.each(sentForms)("by %s alone, every class is found with recall and precision of at least 95 %", (form) => {
  for (const danger of judgedClasses) {
    const { precision, recall } = figureOf(judged, form, danger);
    expect(recall, danger).toBeGreaterThanOrEqual(0.95);
    expect(precision, danger).toBeGreaterThanOrEqual(0.95);
  }
});

test("what one form misses another finds: with code and name together nothing is missed", () => {
  const missed = drugs.flatMap(({ name, classes }) =>
    classes
      .filter((danger) => !judged.some(({ drug, found }) => drug.name === name && found.includes(danger)))
      .map((danger) => `${name} ${danger}`),
  );
  expect(missed).toEqual([]);
});

test("docs/danger-strip.md states these figures, and explains every miss", async () => {
  const { text, unexplained } = await report();
  expect(unexplained).toEqual([]);
  const doc = readFileSync(new URL("../../../docs/danger-strip.md", import.meta.url), "utf8");
  expect(doc.split(marks.from)[1]?.split(marks.to)[0]?.trim()).toBe(text);
});
