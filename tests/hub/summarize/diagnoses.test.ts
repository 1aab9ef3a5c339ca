import { expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, diagnosis, file, later, other, summaryOf } from "./fixtures.ts";

const section = (...files: Files) => summaryOf(...files).sections.diagnoses;
const one = (text: string, over: Parameters<typeof diagnosis>[1] = {}) =>
  section(file([diagnosis(text, over)], { type: "PPR-01" })).items[0];

test("prefix, disease and suffix read as one; ICD-10 stands beside the hospital's code", () => {
  const found = one("胃炎", { prefixes: [concept("急性")], suffixes: [concept("の術後")] });
  expect(found?.disease.text).toBe("急性胃炎の術後");
  expect(found?.disease.codes.map((code) => code.system)).toEqual(["MDCDX2", "I10"]);
});

test("an uncoded disease takes its name from the text", () => {
  expect(one("未コード化傷病名", { disease: concept("未コード化傷病名", "MDCDX2", "20084317"), text: "見本症候群" })?.disease.text).toBe(
    "見本症候群",
  );
});

test.each([
  ["PRB-13", { certainty: concept("疑い", "JHSD0005", "1") }],
  ["a suffix", { suffixes: [concept("の疑い")] }],
  ["the text", { text: "胃癌の疑い" }],
])("suspected by %s", (_, over) => expect(one("胃癌", over)).toMatchObject({ suspected: true }));

test("suspected by the name itself; a plain one is not", () => {
  expect(one("肺塞栓疑い")).toMatchObject({ suspected: true });
  for (const name of ["肺癌（疑）", "疑い病名　肺癌", "肺癌再発の疑いにて精査中", "肺癌 s/o", "肺癌疑い。", "肺癌の可能性", "肺癌？"])
    expect(one(name), name).toMatchObject({ suspected: true });
  expect(one("胃癌")).toMatchObject({ suspected: false });
});

test("PRB-1 = DE takes the problem back; the newest statement of a problem counts", () => {
  const first = file([diagnosis("胃炎", { instance: "1" })]);
  expect(section(first, file([diagnosis("胃炎", { instance: "1", action: "DE" })], later)).items).toEqual([]);
  expect(section(first, file([diagnosis("胃炎", { instance: "1", end: "2026-05-20" })], later)).items).toMatchObject([{ active: false }]);
  expect(section(first, file([diagnosis("胃炎", { instance: "1", action: "DE" })], { ...later, ...other })).items).toHaveLength(1);
});

test.each([
  ["no end", {}, true, null],
  ["an end", { end: "2026-05-20" }, false, null],
  ["an expected end only", { expectedEnd: "2026-05-20" }, true, null],
  ["died", { outcome: concept("死亡", "HL70241", "D") }, false, "died"],
  ["recovered", { outcome: concept("治癒", "HL70241", "F") }, false, "recovered"],
  ["unchanged", { outcome: concept("不変", "HL70241", "N") }, true, "unchanged"],
  ["sequelae", { outcome: concept("後遺症", "HL70241", "S") }, true, "sequelae"],
] as const)("with %s", (_, over, active, outcome) => expect(one("胃炎", over)).toMatchObject({ active, outcome }));

test("main diagnosis and phase", () => {
  expect(one("胃炎", { rank: concept("主診断", "JHSD0007", "1"), phase: "外来時" })).toMatchObject({ main: true, phase: "外来時" });
});

test("「なし」 as a diagnosis is shown as sent and not asked, never present, never none", () => {
  expect(section(file([diagnosis("特になし")]))).toMatchObject({
    state: "notAsked",
    confirmed: null,
    items: [{ disease: { text: "特になし" } }],
  });
});

test.each([
  ["V", true],
  ["R", true],
  ["U", false],
  ["", false],
])("PRB-25 = %s: protected %s", (confidentiality, isProtected) => {
  const parts = splitSummary(summaryOf(file([diagnosis("胃炎", { confidentiality })])), projectRules);
  expect(parts.rest.summary.sections.diagnoses.items).toHaveLength(isProtected ? 0 : 1);
  expect(parts.protected.categories).toEqual(isProtected ? ["restricted"] : []);
});

test("an old dialysis is never cut", () => {
  const many = Array.from({ length: 200 }, (_, i) => diagnosis(`見本病${i}`, { date: `2025-01-${String((i % 28) + 1).padStart(2, "0")}` }));
  const found = section(file([diagnosis("維持透析", { date: "1999" }), ...many]));
  expect(found.items.some((item) => item.disease.text === "維持透析")).toBe(true);
  expect(found.more).toBe(50);
});

test("a problem renamed under its number is one; many problems under one number in one file all stand", () => {
  const renamed = section(file([diagnosis("胃炎", { instance: "1" })]), file([diagnosis("胃癌", { instance: "1" })], later));
  expect(renamed.items.map((item) => item.disease.text)).toEqual(["胃癌"]);
  const shared = section(file([diagnosis("胃炎", { instance: "1" }), diagnosis("高血圧症", { instance: "1" })]));
  expect(shared.items).toHaveLength(2);
});

test("without a number, a deletion covers the same words said before it and nothing else", () => {
  const before = file([diagnosis("胃炎"), diagnosis("高血圧症")]);
  const found = section(before, file([diagnosis("胃炎", { action: "DE" })], later));
  expect(found.items.map((item) => item.disease.text)).toEqual(["高血圧症"]);
  expect(section(file([diagnosis("胃炎", { action: "DE" })]), file([diagnosis("胃炎")], later)).items).toHaveLength(1);
});
