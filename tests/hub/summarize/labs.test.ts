import { describe, expect, test } from "vitest";
import { LABS } from "../../../src/hub/summarize/labs.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, lab, later, other, summaryOf } from "./fixtures.ts";

const section = (...files: Files) => summaryOf(...files).sections.labs;
const K = concept("カリウム", "JC10", "3H015000002326101");
const local = concept("K", "99X03", "101");
const at = (day: string) => ({ collected: `2026-05-${day}T09:00` });

test("latest and previous of one test", () => {
  const found = section(file([lab(K, "4.1", at("01")), lab(K, "5.9", at("03")), lab(K, "3.0", at("02"))])).items;
  expect(found).toMatchObject([
    { value: "5.9", date: "2026-05-03T09:00", analyte: "K", previous: { value: "3.0", date: "2026-05-02T09:00", source: 0 } },
  ]);
});

describe("the history of a test", () => {
  const line = (...files: Files) =>
    section(...files).items.map(({ source, history }) => [source, history.map(({ value, flag }) => value + flag)]);
  const on = (collected: string) => ({ collected });

  test("newest first, with each value's own flag, and never the latest itself", () => {
    const sent = [lab(K, "4.1", at("01")), lab(K, "5.9", { ...at("03"), flags: ["H"] }), lab(K, "3.0", { ...at("02"), flags: ["L"] })];
    expect(section(file(sent)).items).toMatchObject([
      { value: "5.9", history: [{ value: "3.0", unit: "mg/dL", date: "2026-05-02T09:00", source: 0, flag: "L" }, { value: "4.1" }] },
    ]);
  });

  test("two years and seven values, whatever the order of the files", () => {
    const days = Array.from({ length: 12 }, (_, i) => lab(K, `${i}.0`, on(`2026-04-${String(i + 10)}`)));
    expect(line(file(days))).toEqual([[0, ["10.0", "9.0", "8.0", "7.0", "6.0", "5.0", "4.0"]]]);
    expect(line(file(days.toReversed()))).toEqual(line(file(days)));
    expect(line(file([lab(K, "1", on("2024-05-02")), lab(K, "2", on("2024-05-04")), lab(K, "3", on("2026-05-03"))]))).toEqual([[0, ["2"]]]);
  });

  test("another unit never stands in the line, but is still the previous value", () => {
    const sent = [lab(K, "160", { ...at("02"), unit: "mg/L" }), lab(K, "4.0", at("01")), lab(K, "4.1", at("03"))];
    expect(section(file(sent)).items).toMatchObject([{ previous: { value: "160", unit: "mg/L" }, history: [{ value: "4.0" }] }]);
  });

  test("hospitals meet by JLAC10 alone: two hospitals' local codes make two lines", () => {
    expect(line(file([lab(K, "1", at("01"))]), file([lab(K, "2", at("02"))], other))).toEqual([[1, ["1"]]]);
    const own = [lab(local, "1", at("01")), lab(local, "2", at("02"))];
    const others = [lab(local, "7", at("01")), lab(local, "8", at("03"))];
    expect(line(file(own), file(others, other))).toEqual([
      [1, ["7"]],
      [0, ["1"]],
    ]);
  });

  test("what was taken back is not in it; a value without a time has none", () => {
    const sent = [lab(K, "9.9", at("01")), lab(K, "4.0", at("02"))];
    expect(line(file(sent), file([lab(K, "9.9", { ...at("01"), resultStatus: "X" })], later))).toEqual([[0, []]]);
    expect(line(file([lab(K, "4.0", { collected: null, date: null })]))).toEqual([[0, []]]);
  });
});

test("hospitals share a test by its 17-digit JLAC10 alone; the previous value names its hospital", () => {
  const found = section(file([lab(K, "4.1", at("01"))]), file([lab(K, "5.9", at("03"))], other)).items;
  expect(found).toMatchObject([{ value: "5.9", source: 1, previous: { value: "4.1", source: 0 } }]);
});

test("local codes and shorter JLAC10 codes never meet across hospitals", () => {
  expect(
    section(file([lab(local, "4.1")]), file([lab(local, "5.9")], other))
      .items.map((item) => item.source)
      .sort(),
  ).toEqual([0, 1]);
  const short = concept("K", "JC10", "3H0150000023261");
  expect(section(file([lab(short, "4.1")]), file([lab(short, "5.9")], other)).items).toHaveLength(2);
});

test("another specimen is another test", () => {
  expect(section(file([lab(local, "4.1"), lab(local, "50", { specimen: concept("尿", "JC10", "001") })])).items).toHaveLength(2);
});

test("F, C and P are results; O, X and D never are", () => {
  const sent = ["F", "C", "P", "O", "X", "D"].map((resultStatus, i) => lab(concept(`検査${i}`, "99X03", String(i)), "1", { resultStatus }));
  expect(
    section(file(sent))
      .items.map((item) => item.result)
      .sort(),
  ).toEqual(["corrected", "final", "preliminary"]);
  expect(section(file([lab(K, "1", { resultStatus: "O" })]))).toMatchObject({ state: "notRecorded" });
});

test("a correction takes the place of what it corrects, and is no previous value", () => {
  const found = section(file([lab(K, "9.9", at("01"))]), file([lab(K, "4.2", { ...at("01"), resultStatus: "C" })], later)).items;
  expect(found).toMatchObject([{ value: "4.2", result: "corrected", previous: null }]);
});

test("a result taken back later is gone", () => {
  expect(section(file([lab(K, "9.9", at("01"))]), file([lab(K, "9.9", { ...at("01"), resultStatus: "X" })], later)).items).toEqual([]);
});

test("withdrawn orders and empty values are no results", () => {
  expect(section(file([lab(K, "4.1", { orderControl: "CA" }), lab(local, "  ")])).items).toEqual([]);
});

test("a value stays as sent; one that is said to be a number and is none is marked", () => {
  expect(section(file([lab(K, " 4.10 ")])).items).toMatchObject([{ value: " 4.10 ", warnings: [] }]);
  expect(section(file([lab(K, "<0.1")])).items).toMatchObject([{ value: "<0.1", warnings: ["number-malformed"] }]);
  expect(section(file([lab(K, "4.1溶血")])).items).toMatchObject([{ value: "4.1溶血", warnings: ["number-malformed"] }]);
  expect(section(file([lab(K, "  +-", { valueType: "ST" })])).items).toMatchObject([{ value: "  +-", warnings: [] }]);
});

test("coded values show their words", () => {
  expect(section(file([lab(K, "1", { valueType: "CWE", valueConcept: concept("陰性", "99X", "1") })])).items).toMatchObject([
    { value: "陰性" },
  ]);
});

test("the graver flag is shown", () => {
  expect(section(file([lab(K, "7.0", { flags: ["A", "HH"] })])).items).toMatchObject([{ flag: "HH" }]);
});

test.each([
  ["3C015000002327101", "血清", "Cr"],
  ["3C015000000127101", "尿", ""],
  ["8A065000002391901", "血清", "eGFR"],
  ["3H010000002326101", "血清", "Na"],
  ["2A030000001930101", "血液", "Hb"],
  ["2A990000001930953", "血液", "Hb"],
  ["2A990000001930951", "血液", ""],
  ["2B030000002231157", "血漿", "PT-INR"],
  ["2B030000002231151", "血漿", ""],
  ["3D010129902227101", "血漿", "glucose"],
  ["3D046000001920402", "血液", "HbA1c"],
  ["5C070000002306201", "血清", "CRP"],
  ["4Z271000002205101", "血漿", "BNP"],
  ["4Z272000002305101", "血清", "NT-proBNP"],
])("JLAC10 %s is %s → %s", (code, specimen, analyte) => {
  expect(section(file([lab(concept("検査", "JC10", code), "1", { specimen: concept(specimen) })])).items).toMatchObject([{ analyte }]);
});

test.each([
  ["Ｋ", "血清", "K"],
  ["K", "尿", ""],
  ["クレアチニン", "血清", "Cr"],
  ["ｅＧＦＲ", "血清", "eGFR"],
  ["PT-INR", "血漿", "PT-INR"],
  ["ＨｂＡ１ｃ（ＮＧＳＰ）", "血液", "HbA1c"],
  ["トロポニンＩ", "血清", "troponin"],
  ["CK", "血清", ""],
  ["HbA", "血液", ""],
  ["クレアチニンクリアランス", "血清", ""],
])("name %s in %s → %s", (name, specimen, analyte) => {
  expect(section(file([lab(concept(name, "99X", "1"), "1", { specimen: concept(specimen) })])).items).toMatchObject([{ analyte }]);
});

test("beyond the limit the oldest tests are counted; those of the page's list are kept", () => {
  const many = Array.from({ length: LABS + 10 }, (_, i) => lab(concept(`検査${i}`, "99X", String(i)), "1", at("20")));
  const found = section(file([lab(K, "4.1", { collected: "2001-01-01" }), ...many]));
  expect(found.more).toBe(10);
  expect(found.items.some((item) => item.analyte === "K")).toBe(true);
});
