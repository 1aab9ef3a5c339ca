import { expect, test } from "vitest";
import { fromUtf8 } from "../../../src/shared/bytes.ts";
import { encodePart } from "../../../src/shared/summary/encode.ts";
import { projectProtected, protectedAs } from "../../../src/shared/summary/protected.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Item, Summary } from "../../../src/shared/summary/summary.ts";
import { allergy, coded, diagnosis, lab, medicine, procedure, section, summaryWith, visit } from "./fixtures.ts";

const open = {
  allergies: section(allergy("ペニシリン")),
  medicines: section(medicine("アムロジピン錠5mg"), medicine("謎の院内薬")),
  diagnoses: section(diagnosis("高血圧症", "I10"), diagnosis("謎の病")),
  labs: section(lab("カリウム")),
  procedures: section(procedure("頭部CT")),
  visits: section(visit()),
};

const hidden: Readonly<Record<string, Item>> = {
  "HIV by ICD-10": diagnosis("ひみつA症", "B24"),
  "HIV by medicine": medicine("ビクタルビ配合錠"),
  "HIV by test code": lab("ひみつ検査B", { test: coded("ひみつ検査B", "JC10", "5F560000002302311") }),
  "HIV by test name": lab("ＨＩＶ抗体"),
  "HIV in a note": medicine("アスパラ錠", { note: "ＨＩＶ外来より" }),
  "psychiatric by ICD-10": diagnosis("ひみつC症", "F209"),
  "psychiatric by words": diagnosis("うつ病"),
  "psychiatric by YJ": medicine("ひみつ薬D", { drug: coded("ひみつ薬D", "YJ", "1179038F1029") }),
  "psychiatric by name": medicine("リーマス錠200"),
  "psychiatric department": visit({ department: "精神科" }),
  "psychiatric finding": procedure("脳波", { findings: ["所見: 統合失調症の治療中"] }),
  "allergy to a protected medicine": allergy("リスペリドン"),
  addiction: diagnosis("アルコール依存症", "F102"),
  syphilis: diagnosis("ひみつE症", "A530"),
  "syphilis test": lab("RPR定性"),
  termination: diagnosis("ひみつF", "O049"),
  violence: diagnosis("被虐待児症候群", "T741"),
  "restricted by its hospital": diagnosis("ひみつG症", "K297", { warnings: ["restricted"] }),
};

function withHidden(item: Item): Summary {
  const base = summaryWith(open);
  const key =
    "drug" in item
      ? "medicines"
      : "disease" in item
        ? "diagnoses"
        : "substance" in item
          ? "allergies"
          : "test" in item
            ? "labs"
            : "name" in item
              ? "procedures"
              : "visits";
  return { ...base, sections: { ...base.sections, [key]: { ...base.sections[key], items: [...base.sections[key].items, item] } } };
}

const bytesOf = (summary: Summary) => {
  const parts = splitSummary(summary, projectRules);
  return {
    parts,
    strip: fromUtf8(encodePart(parts.strip)),
    rest: fromUtf8(encodePart(parts.rest)),
    closed: fromUtf8(encodePart(parts.protected)),
  };
};

const plain = bytesOf(summaryWith(open));

test.each(Object.entries(hidden))("%s: strip and rest are those of a person without it, but for the mask", (_, item) => {
  const got = bytesOf(withHidden(item));
  expect(got.parts.strip.strip.masked).toBe(true);
  expect(got.strip.replace('"masked":true', '"masked":false')).toBe(plain.strip.replaceAll('"notRecorded"', '"unavailable"'));
  expect(got.rest).toBe(plain.rest.replaceAll('"notRecorded"', '"unavailable"'));
  expect(got.closed).toContain(JSON.stringify(item));
  expect(got.parts.protected.categories.length).toBeGreaterThan(0);
});

test("nothing protected: no mask, nothing in the protected part", () => {
  expect(plain.parts.strip.strip.masked).toBe(false);
  expect(plain.parts.protected.categories).toEqual([]);
  expect(plain.closed).not.toContain("アムロジピン");
});

test("unjudged counts what is open only", () => {
  const parts = splitSummary(withHidden(medicine("ひみつ薬H", { note: "統合失調症" })), projectRules);
  expect(parts.strip.strip.unjudged).toBe(plain.parts.strip.strip.unjudged);
  expect(parts.protected.strip.unjudged).toBe(1);
});

test("a section emptied by protection cannot be told from one that was empty", () => {
  const one = splitSummary(summaryWith({ diagnoses: section(diagnosis("ひみつ", "F209")) }), projectRules).rest;
  const other = splitSummary(summaryWith({ medicines: section(medicine("リーマス錠200")) }), projectRules).rest;
  expect(encodePart(one)).toEqual(encodePart(other));
  expect(one.summary.sections.diagnoses.state).toBe("unavailable");
});

test("a protected medicine of a danger class stands in the protected strip only", () => {
  const parts = splitSummary(summaryWith({ medicines: section(medicine("リーマス錠200"), medicine("ワーファリン錠1mg")) }), projectRules);
  expect(parts.strip.strip.items.map((line) => line.danger)).toEqual(["anticoagulant"]);
  expect(parts.protected.strip.items.map((line) => line.danger)).toEqual(["lithium"]);
});

test("confirmed none and not asked are kept as they are", () => {
  const confirmed = { ...section<never>(), state: "confirmedNone" as const, confirmed: { by: "見本", role: "医師", date: "2026-05-01" } };
  const parts = splitSummary(summaryWith({ allergies: confirmed, diagnoses: section(diagnosis("ひみつ", "F209")) }), projectRules);
  expect(parts.rest.summary.sections.allergies).toMatchObject({ state: "confirmedNone", confirmed: { by: "見本" } });
  expect(parts.protected.sections.allergies.confirmed).toBe(null);
});

test.each([
  ["dementia", diagnosis("アルツハイマー型認知症", "F009")],
  ["delirium", diagnosis("せん妄", "F059")],
  ["nicotine", diagnosis("ニコチン依存", "F172")],
  ["sleeping pill", medicine("ゾルピデム酒石酸塩錠5mg")],
  ["anxiolytic of 117", medicine("デパス錠0.5mg", { drug: coded("デパス錠0.5mg", "YJ", "1179025F1023") })],
  ["antiepileptic", medicine("デパケンR錠200mg")],
  ["hepatitis B", diagnosis("Ｂ型慢性肝炎", "B181")],
  ["total protein is no syphilis test", lab("TP", { test: coded("TP", "JC10", "3A010000002327101") })],
  ["nerve symptoms are no neurosis", diagnosis("神経症状", "R298")],
  ["a Latin word that contains an abbreviation", procedure("HIVE study")],
])("left open on purpose: %s", (_, item) => {
  expect(protectedAs(item, projectProtected)).toEqual([]);
});
