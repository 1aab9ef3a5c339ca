import { describe, expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, diagnosis, file, iam, lab, later, other, summaryOf } from "./fixtures.ts";

const sections = (...files: Files) => summaryOf(...files).sections;
const third = { facility: "9990000003", pid: "3" } as const;
const adt61 = { type: "ADT-61" } as const;
const local = (text: string, code = "1") => ({ disease: concept(text, "99XYZ", code), icd10: concept("", "I10", "E119") });

describe("diagnoses of several hospitals", () => {
  test("the same words are one item that lists every hospital with its date", () => {
    const found = sections(
      file([diagnosis("２型糖尿病", { ...local("２型糖尿病"), onset: "2015-04-01" })]),
      file([diagnosis("2型糖尿病", { ...local("2型糖尿病", "77"), onset: "2020-01-01" })], other),
      file([diagnosis("2型糖尿病", { ...local("2型糖尿病", "88"), date: "2024-02-02" })], third),
    ).diagnoses.items;
    expect(found).toHaveLength(1);
    expect([found[0]?.source, ...(found[0]?.also ?? []).map(({ source }) => source)].sort()).toEqual([0, 1, 2]);
    expect(
      found[0]?.disease.codes
        .filter(({ system }) => system === "99XYZ")
        .map(({ code }) => code)
        .sort(),
    ).toEqual(["1", "77", "88"]);
  });

  test("one local code or one ICD-10 code for two diseases does not make them one", () => {
    expect(
      sections(file([diagnosis("", local("糖尿病性腎症"))]), file([diagnosis("", local("糖尿病性網膜症"))], other)).diagnoses.items,
    ).toHaveLength(2);
  });

  test("a national code makes one of two wordings and keeps both; other modifiers make two", () => {
    const of = (text: string, over = {}) => diagnosis("", { disease: concept(text, "MDCDX2", "20056789"), icd10: null, ...over });
    const found = sections(file([of("糖尿病")]), file([of("ＤＭ（糖尿病）")], other)).diagnoses.items;
    expect(found).toHaveLength(1);
    const words = [found[0]?.disease.text, ...(found[0]?.disease.codes ?? []).map(({ text }) => text)];
    expect(words).toEqual(expect.arrayContaining(["糖尿病", "ＤＭ（糖尿病）"]));
    const sided = (side: string) => of("乳癌", { prefixes: [concept(side)] });
    expect(sections(file([sided("左")]), file([sided("右")], other)).diagnoses.items).toHaveLength(2);
  });

  test("a suspicion is never folded into a diagnosis, an ended one not into one that goes on, nor two episodes into one", () => {
    const suspected = { certainty: concept("疑い", "JHSD0005", "1") };
    expect(
      sections(file([diagnosis("肺塞栓症")]), file([diagnosis("肺塞栓症", suspected)], other))
        .diagnoses.items.map((one) => one.suspected)
        .sort(),
    ).toEqual([false, true]);
    expect(sections(file([diagnosis("肺炎")]), file([diagnosis("肺炎", { end: "2026-04-01" })], other)).diagnoses.items).toHaveLength(2);
    const ended = (year: string) => diagnosis("肺炎", { onset: `${year}-01-01`, end: `${year}-02-01` });
    expect(sections(file([ended("2019")]), file([ended("2024")], other)).diagnoses.items).toHaveLength(2);
  });

  test("the statement that is restricted stays apart, so that the open one does not tell of it", () => {
    const parts = splitSummary(
      summaryOf(file([diagnosis("胃炎")]), file([diagnosis("胃炎", { confidentiality: "R" })], other)),
      projectRules,
    );
    expect(parts.rest.summary.sections.diagnoses.items).toMatchObject([{ source: 0, also: [] }]);
    expect(parts.protected.sections.diagnoses.items).toMatchObject([{ source: 1, also: [] }]);
  });
});

describe("suspected is never a diagnosis", () => {
  const ways: readonly [string, Parameters<typeof diagnosis>[1]][] = [
    ["PRB-13", { certainty: concept("疑い", "JHSD0005", "1") }],
    ["a suffix", { suffixes: [concept("の疑い", "MDCDX2", "8002")] }],
    ["the words", { disease: concept("肺結核疑い", "99XYZ", "1") }],
    ["FHIR provisional", { certainty: concept("", "http://terminology.hl7.org/CodeSystem/condition-ver-status", "provisional") }],
    ["FHIR differential", { certainty: concept("", "http://terminology.hl7.org/CodeSystem/condition-ver-status", "differential") }],
  ];
  test.each(ways)("by %s: in the list, among infections, in the strip", (_, over) => {
    const summary = summaryOf(file([diagnosis("肺結核", { icd10: concept("", "I10", "A162"), ...over })]));
    expect(summary.sections.diagnoses.items).toMatchObject([{ suspected: true }]);
    expect(summary.sections.infections.items).toMatchObject([{ result: "unclear" }]);
    for (const line of splitSummary(summary, projectRules).strip.strip.items) expect(`${line.text} ${line.detail}`).toContain("疑い");
  });

  test.each(["refuted", "entered-in-error"])("FHIR %s is nothing at all; confirmed is a diagnosis", (code) => {
    expect(sections(file([diagnosis("肺結核", { certainty: concept("", "", code) })])).diagnoses.state).toBe("notRecorded");
    expect(sections(file([diagnosis("肺結核", { certainty: concept("", "", "confirmed") })])).diagnoses.items).toMatchObject([
      { suspected: false },
    ]);
  });
});

describe("allergies of several hospitals", () => {
  test("the same substance is one, and the one that knows more is not outdone", () => {
    const found = sections(
      file([iam("ペニシリン", { severity: "SV", reactions: ["アナフィラキシー"], reportedAt: "2012-03-01" })], adt61),
      file([iam("ﾍﾟﾆｼﾘﾝ", { reactions: ["発疹"], reportedAt: "2025-03-01" })], { ...adt61, ...other }),
    ).allergies.items;
    expect(found).toMatchObject([
      { severity: "severe", reactions: ["発疹", "アナフィラキシー"], date: "2025-03-01", also: [{ date: "2012-03-01" }] },
    ]);
  });

  test("what two hospitals judge otherwise stands twice: severity, resolved, contraindication", () => {
    const two = (a: object, b: object) =>
      sections(file([iam("卵", a)], adt61), file([iam("卵", b)], { ...adt61, ...other })).allergies.items;
    expect(two({ severity: "SV" }, { severity: "MI" })).toHaveLength(2);
    expect(two({}, { status: "I" })).toHaveLength(2);
    expect(two({}, { sensitivity: "CT" })).toHaveLength(2);
    expect(two({ status: "C" }, { status: "S" })).toHaveLength(2);
  });

  test("an allergy of thirty years ago stands, dated, in the list and in the strip", () => {
    const summary = summaryOf(file([iam("ペニシリン", { reportedAt: "1996-04-01" })], adt61));
    expect(summary.sections.allergies.items).toMatchObject([{ date: "1996-04-01", resolved: false }]);
    expect(splitSummary(summary, projectRules).strip.strip.items).toMatchObject([{ danger: "allergy", date: "1996-04-01" }]);
  });
});

describe("results of several sources", () => {
  const k = concept("K", "JC10", "3H015000002326101");

  test("one value of one collection sent by two is one; another value of the same time stands too", () => {
    expect(sections(file([lab(k, "4.1")]), file([lab(k, "4.1", { collected: "2026-05-01" })], other)).labs.items).toMatchObject([
      { also: [{}] },
    ]);
    expect(
      sections(file([lab(k, "4.1")]), file([lab(k, "6.9")], other))
        .labs.items.map(({ value }) => value)
        .sort(),
    ).toEqual(["4.1", "6.9"]);
  });

  test("an earlier value of another hospital is the previous one, as before", () => {
    const found = sections(file([lab(k, "4.1")]), file([lab(k, "3.9", { collected: "2026-04-01" })], { ...other, ...later })).labs.items;
    expect(found).toMatchObject([{ value: "4.1", previous: { value: "3.9", source: 1 }, also: [] }]);
  });

  test("a local code is no test of another hospital's, whatever the value", () => {
    const of = (name: string) => lab(concept(name, "99LAB", "0001"), "4.1");
    expect(sections(file([of("カリウム")]), file([of("ナトリウム")], other)).labs.items).toHaveLength(2);
  });
});
