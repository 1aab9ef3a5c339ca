import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rulesOfName } from "../../../src/shared/summary/medicineName.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";
import { judgedClasses } from "./figures.ts";
import { labelledDrugs } from "./labelled-drugs.ts";

const judged = labelledDrugs.map((drug) => {
  const medicine = { drug: { text: drug.name, codes: [], local: false }, form: drug.form, route: "", usage: "" };
  return { drug, found: judgeMedicine(medicine, projectRules).map((verdict) => verdict.danger) };
});

const figures = judgedClasses.map((danger) => {
  const labelled = judged.filter(({ drug }) => drug.classes.includes(danger)).length;
  const found = judged.filter((one) => one.found.includes(danger)).length;
  const right = judged.filter((one) => one.found.includes(danger) && one.drug.classes.includes(danger)).length;
  return { danger, labelled, found, right, precision: right / found, recall: right / labelled };
});

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The table of docs/danger-strip.md, as it must stand there. */
const table = [
  "| class | labelled | found | right | precision | recall |",
  "| --- | --- | --- | --- | --- | --- |",
  ...figures.map((f) => `| ${f.danger} | ${f.labelled} | ${f.found} | ${f.right} | ${percent(f.precision)} | ${percent(f.recall)} |`),
].join("\n");

test("the list is large enough, holds every name once, and enough ordinary medicines", () => {
  expect(labelledDrugs.length).toBeGreaterThanOrEqual(300);
  expect(labelledDrugs.filter((drug) => drug.classes.length === 0).length).toBeGreaterThanOrEqual(120);
  expect(new Set(labelledDrugs.map((drug) => drug.name)).size).toBe(labelledDrugs.length);
  for (const danger of judgedClasses)
    expect(
      labelledDrugs.some((drug) => drug.classes.includes(danger)),
      danger,
    ).toBe(true);
});

test("by name alone, every class is found with recall and precision of at least 95 %", () => {
  const missed = judged.flatMap(({ drug, found }) =>
    drug.classes.filter((danger) => !found.includes(danger)).map((danger) => `${drug.name}: ${danger}`),
  );
  const wrong = judged.flatMap(({ drug, found }) =>
    found.filter((danger) => !drug.classes.includes(danger)).map((danger) => `${drug.name}: ${danger}`),
  );
  if (missed.length + wrong.length > 0) console.log("missed:", missed, "wrong:", wrong);
  for (const figure of figures) {
    expect(figure.recall, figure.danger).toBeGreaterThanOrEqual(0.95);
    expect(figure.precision, figure.danger).toBeGreaterThanOrEqual(0.95);
  }
});

test("docs/danger-strip.md states these figures", () => {
  const doc = readFileSync(new URL("../../../docs/danger-strip.md", import.meta.url), "utf8");
  if (!doc.includes(table)) console.log(table);
  expect(doc).toContain(table);
  expect(doc).toContain(
    `${labelledDrugs.length} names, ${labelledDrugs.filter((drug) => drug.classes.length === 0).length} of them ordinary`,
  );
  const ordinary = labelledDrugs.filter((drug) => drug.classes.length === 0);
  const unknown = ordinary.filter((drug) => rulesOfName(drug.name, projectRules) === null).length;
  expect(doc).toContain(`${unknown} of the ${ordinary.length} ordinary names are unknown to the table`);
  expect(doc).toContain(`version ${projectRules.version} of ${projectRules.date}`);
});
