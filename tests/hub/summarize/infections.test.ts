import { describe, expect, test } from "vitest";
import { saidBy } from "../../../src/hub/summarize/infection-tests.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, diagnosis, file, lab, later, summaryOf } from "./fixtures.ts";

const section = (...files: Files) => summaryOf(...files).sections.infections;
const said = (...files: Files) => section(...files).items.map(({ agent, result }) => [agent.text, result]);

test.each([
  ["(+)", "positive"],
  ["＋", "positive"],
  ["陽性", "positive"],
  ["陽性(2+)", "positive"],
  ["3+", "positive"],
  ["POSITIVE", "positive"],
  ["検出", "positive"],
  ["（－）", "negative"],
  ["-", "negative"],
  ["陰性", "negative"],
  ["検出せず", "negative"],
  ["未検出", "negative"],
  ["Not detected", "negative"],
  ["negative", "negative"],
  ["±", "unclear"],
  ["判定保留", "unclear"],
  ["疑陽性", "unclear"],
  ["0.03", "unclear"],
  ["1500", "unclear"],
  ["<0.05", "unclear"],
  ["検出限界未満", "unclear"],
  ["", "unclear"],
  ["別紙参照", "unclear"],
])("「%s」 is %s", (value, result) => expect(saidBy(value, [])).toBe(result));

test("a number with HL7's own word for it", () => {
  expect(saidBy("0.03", ["NEG"])).toBe("negative");
  expect(saidBy("1500", ["POS"])).toBe("positive");
  expect(saidBy("1500", ["H"])).toBe("unclear");
});

describe("tests", () => {
  test("by the source's list, by JLAC10, by name; the last result of each", () => {
    const found = said(
      file([lab(concept("見本感染検査"), "陽性", { group: "infection" })]),
      file([lab(concept("HBsAg", "JC10", "5F016141002306311"), "(+)", { collected: "2020-01-01" })]),
      file([lab(concept("HBsAg", "JC10", "5F016141002306311"), "(-)")], later),
      file([lab(concept("ＨＣＶ抗体", "99L", "1"), "(+)")]),
      file([lab(concept("T-SPOT"), "判定保留")]),
    );
    expect(found.sort()).toEqual([
      ["HBsAg", "negative"],
      ["T-SPOT", "unclear"],
      ["見本感染検査", "positive"],
      ["ＨＣＶ抗体", "positive"],
    ]);
  });

  test("a negative result is an item with its date, never none", () => {
    const found = section(file([lab(concept("HBs抗原"), "(-)")]));
    expect(found).toMatchObject({ state: "present", confirmed: null, items: [{ result: "negative", date: "2026-05-01T09:00" }] });
  });

  test.each([
    ["HBs抗体", "", ""],
    ["HBSAB定量", "JC10", "5F016143002306301"],
    ["風疹IgG抗体", "", ""],
    ["サイトメガロIgG", "JC10", "5F190143102302302"],
    ["CRE", "99L", "12"],
    ["TP", "JC10", "3A010000002327101"],
  ])("%s is no infection", (name, system, code) => expect(said(file([lab(concept(name, system, code), "(+)", {})]))).toEqual([]));

  test("HBs antibody of a list of infections stays among the labs", () => {
    const sections = summaryOf(file([lab(concept("HBs抗体"), "(+)", { group: "infection" })])).sections;
    expect(sections.infections.items).toEqual([]);
    expect(sections.labs.items).toHaveLength(1);
  });

  test("a germ named by a culture is found, unless the words say otherwise", () => {
    const culture = (value: string) => section(file([lab(concept("同定菌"), value)])).items.map(({ result }) => result);
    expect(culture("Staphylococcus aureus (MRSA) 2+")).toEqual(["positive"]);
    expect(culture("ＭＲＳＡ")).toEqual(["positive"]);
    expect(culture("MRSA検出せず")).toEqual(["negative"]);
    expect(culture("MRSA疑い")).toEqual(["unclear"]);
    expect(culture("Escherichia coli")).toEqual([]);
  });

  test("a result that was taken back, or an order, is none", () => {
    expect(said(file([lab(concept("HCV抗体"), "(+)", { resultStatus: "D" })]))).toEqual([]);
    expect(said(file([lab(concept("HCV抗体"), "(+)", { orderControl: "CA" })]))).toEqual([]);
  });
});

test("a diagnosis is diagnosed, a suspicion is not, an ended one is none", () => {
  const tb = (over = {}) => diagnosis("肺結核", { icd10: concept("", "I10", "A162"), ...over });
  expect(said(file([tb()]))).toEqual([["肺結核", "diagnosed"]]);
  expect(section(file([tb({ certainty: concept("疑い", "JHSD0005", "1") })])).items).toMatchObject([
    { result: "unclear", text: "疑い（病名）" },
  ]);
  expect(said(file([tb({ end: "2026-01-01" })]))).toEqual([]);
});

test("HIV and syphilis stay protected in this section too, hepatitis and tuberculosis stay open", () => {
  const files = file([
    lab(concept("ひみつ検査", "JC10", "5F560145002302311"), "(-)", { group: "infection" }),
    lab(concept("RPR定性"), "(+)"),
    lab(concept("HCV抗体"), "(+)"),
    diagnosis("肺結核", { icd10: concept("", "I10", "A162") }),
    diagnosis("ひみつ症", { icd10: concept("", "I10", "B24") }),
  ]);
  const parts = splitSummary(summaryOf(files), projectRules);
  expect(parts.rest.summary.sections.infections.items.map(({ agent }) => agent.text).sort()).toEqual(["HCV抗体", "肺結核"]);
  expect(parts.protected.sections.infections.items.map(({ agent }) => agent.text).sort()).toEqual(["RPR定性", "ひみつ検査", "ひみつ症"]);
  expect(parts.strip.strip.items.some(({ text }) => text.includes("ひみつ"))).toBe(false);
});
