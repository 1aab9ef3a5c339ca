import { expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { strip } from "../../../src/shared/summary/strip.ts";
import type { Diagnosis, Medicine, Sections } from "../../../src/shared/summary/summary.ts";
import { allergy, coded, diagnosis, medicine, section, summaryWith } from "./fixtures.ts";

const of = (sections: Partial<Sections>) => strip(summaryWith(sections), projectRules);
const medicines = (...items: readonly Medicine[]) => of({ medicines: section(...items) });
const diagnoses = (...items: readonly Diagnosis[]) => of({ diagnoses: section(...items) });
const yj = (text: string, code: string): Medicine => medicine(text, { drug: coded(text, "YJ", code) });

test("a YJ code decides before the name, and says so", () => {
  expect(medicines(yj("院内採用名A", "3332001F1024")).items).toMatchObject([{ danger: "anticoagulant", by: "code", rule: "yj/333" }]);
  expect(medicines(medicine("ワーファリン錠1mg")).items).toMatchObject([{ danger: "anticoagulant", by: "name" }]);
});

test("mixed YJ classes are read by ingredient: alendronate, adrenaline, oseltamivir and a nicotine of 117 are no lines", () => {
  const ordinary = [yj("A", "3999018F1023"), yj("B", "2451400A1030"), yj("C", "6250021M1027"), yj("D", "1179025F1023")];
  expect(medicines(...ordinary)).toMatchObject({ items: [], unjudged: 0 });
  expect(medicines(yj("E", "3999014M1022")).items).toMatchObject([{ danger: "immunosuppressant" }]);
  expect(medicines(yj("F", "2456001F1310")).items).toMatchObject([{ danger: "systemicSteroid" }]);
  expect(medicines(yj("G", "1179017F1026")).items).toMatchObject([{ danger: "lithium" }]);
});

test("external YJ forms count for opioid patches only", () => {
  expect(medicines(yj("ヒルドイド", "3339950M1137")).items).toEqual([]);
  expect(medicines(yj("H", "8219700S1020")).items).toMatchObject([{ danger: "opioid" }]);
});

test("a code that is no YJ code is not read as one", () => {
  expect(medicines(medicine("院内薬", { drug: coded("院内薬", "HOT9", "3332001F1024") })).items).toEqual([]);
  expect(medicines(medicine("院内薬", { drug: coded("院内薬", "99LOC", "3332001F1024") })).items).toEqual([]);
});

test("the route alone makes a form local; a patch of a β-blocker still counts", () => {
  expect(medicines(medicine("プレドニゾロン", { route: "外用" })).items).toEqual([]);
  expect(medicines(medicine("ビソノテープ4mg", { route: "外用" })).items).toMatchObject([{ danger: "betaBlocker" }]);
});

test("a combination stands in both of its classes", () => {
  expect(medicines(medicine("ソリクア配合注ソロスター")).items.map((line) => line.danger)).toEqual(["insulin", "glucoseLowering"]);
});

test("the generic name stands first and the sent name is kept whole", () => {
  expect(medicines(medicine("ワーファリン錠１ｍｇ")).items[0]?.text).toBe("ワルファリン（ワーファリン錠１ｍｇ）");
  expect(medicines(medicine("ワルファリンK錠1mg「トーワ」")).items[0]?.text).toBe("ワルファリンK錠1mg「トーワ」");
});

test("refused and not given medicines are no line and not unjudged; a partial one says so", () => {
  const names = ["ワーファリン錠1mg", "謎の院内薬"];
  expect(
    medicines(
      ...names.map((name) => medicine(name, { completion: "refused" })),
      ...names.map((name) => medicine(name, { completion: "notGiven" })),
    ),
  ).toMatchObject({ items: [], unjudged: 0 });
  expect(medicines(medicine("ワーファリン錠1mg", { completion: "partial" })).items[0]?.detail).toContain("一部のみ");
});

test("a parted dose stays whole: both groups of one order, every step of a taper; an older order does not", () => {
  const tablets = (value: string) => ({ dosePerIntake: { value, unit: "錠" } });
  const lines = medicines(
    medicine("ワーファリン錠1mg", { ...tablets("2"), date: "2026-05-01", usage: "朝食後" }),
    medicine("ワーファリン錠1mg", { ...tablets("1"), date: "2026-05-01", usage: "夕食後" }),
    medicine("ワーファリン錠1mg", { ...tablets("5"), date: "2026-04-01", usage: "朝食後" }),
    medicine("プレドニン錠5mg", { ...tablets("1"), date: "2026-05-01", start: "2026-05-08" }),
    medicine("プレドニン錠5mg", { ...tablets("4"), date: "2026-05-01", start: "2026-05-01" }),
    medicine("プレドニン錠5mg", { ...tablets("9"), date: "2026-05-02", start: "2026-05-02", source: 1 }),
  ).items;
  expect(lines.map((line) => line.detail)).toEqual([
    "処方 · 1回量 1 錠 · 夕食後",
    "処方 · 1回量 2 錠 · 朝食後",
    "処方 · 1回量 1 錠",
    "処方 · 1回量 9 錠",
    "処方 · 1回量 4 錠",
  ]);
});

test("a newer order counts before an older one whose last step begins later", () => {
  const lines = medicines(
    medicine("プレドニン錠5mg", { date: "2026-05-01", start: "2026-05-22", days: 7 }),
    medicine("プレドニン錠5mg", { date: "2026-05-10", start: "2026-05-10", days: 3 }),
  ).items;
  expect(lines).toMatchObject([{ date: "2026-05-10" }]);
});

test("doses taken when needed say how many there are", () => {
  expect(medicines(medicine("オキノーム散5mg", { times: 10, dosePerIntake: { value: "1", unit: "包" } })).items).toMatchObject([
    { detail: "処方 · 1回量 1 包 · 10回分" },
  ]);
});

test("the same medicine again is one line, the newest; another strength is another line", () => {
  const lines = medicines(
    medicine("ワーファリン錠1mg", { date: "2026-01-01", start: "2026-01-01", end: "2026-01-28" }),
    medicine("ﾜｰﾌｧﾘﾝ錠1mg", { date: "2026-03-01", start: "2026-03-01", end: "2026-03-28" }),
    medicine("ワーファリン錠0.5mg", { date: "2026-03-01", start: "2026-03-01" }),
  ).items;
  expect(lines.map((line) => [line.text.normalize("NFKC"), line.end])).toEqual([
    ["ワルファリン(ワーファリン錠1mg)", "2026-03-28"],
    ["ワルファリン(ワーファリン錠0.5mg)", null],
  ]);
});

test("unjudged: a name nobody knows without a code, a diagnosis without ICD-10; an unknown eye drop is judged by its form", () => {
  expect(
    medicines(medicine("謎の院内薬"), medicine("アムロジピン錠5mg"), yj("謎の薬", "1234567F1020"), medicine("謎の点眼液")).unjudged,
  ).toBe(1);
  expect(diagnoses(diagnosis("謎の病"), diagnosis("胃炎", "K297"), diagnosis("維持透析中")).unjudged).toBe(1);
});

test("allergies as sent; contraindications apart; resolved ones and 「なし」 are no lines", () => {
  const lines = of({
    allergies: section(
      allergy("ペニシリン", { severity: "severe", reactions: ["ショック"], verification: "suspected" }),
      allergy("造影剤", { contraindication: true }),
      allergy("卵", { resolved: true }),
      allergy("小麦"),
      allergy("小 麦", { resolved: true, date: "2025-03-04" }),
      allergy("特になし", { saysNone: true }),
    ),
  }).items;
  expect(lines.map((line) => [line.danger, line.text, line.detail, line.by])).toEqual([
    ["allergy", "ペニシリン", "重度 · 疑い · ショック", "sent"],
    // Another record that it is over takes nothing away.
    ["allergy", "小麦", "別の記録では解消・否定 2025-03-04", "sent"],
    ["contraindication", "造影剤", "", "sent"],
  ]);
});

test("diagnoses: by ICD-10, by words, suspected marked, with what speaks against", () => {
  const lines = diagnoses(
    diagnosis("末期腎不全", "N185"),
    diagnosis("慢性腎不全（血液透析中）", "N185"),
    diagnosis("糖尿病透析予防指導", "E112"),
    diagnosis("ペースメーカ植込み後", "Z950"),
    diagnosis("在宅酸素療法中", "Z998"),
    diagnosis("Ｂ型慢性肝炎", "B181", { suspected: true }),
    diagnosis("妊娠28週", "Z349"),
    diagnosis("DNAR", ""),
  ).items;
  expect(lines.map((line) => [line.danger, line.text, line.detail])).toEqual([
    ["dialysis", "慢性腎不全（血液透析中）", ""],
    ["homeOxygen", "在宅酸素療法中", ""],
    ["implantedDevice", "ペースメーカ植込み後", ""],
    ["infection", "Ｂ型慢性肝炎", "疑い"],
    ["pregnancy", "妊娠28週", ""],
    ["wishes", "DNAR", ""],
  ]);
});

test("fertility and a past pregnancy are no pregnancy", () => {
  expect(diagnoses(diagnosis("妊孕性温存希望"), diagnosis("妊娠高血圧症候群の既往")).items).toEqual([]);
});

test("closed diagnoses: an implanted device stays with its end date, an infection and a pregnancy do not", () => {
  const closed = { active: false, end: "2025-12-31" };
  const lines = diagnoses(
    diagnosis("ペースメーカ植込み後", "Z950", closed),
    diagnosis("肺結核", "A150", closed),
    diagnosis("妊娠", "O800", closed),
  ).items;
  expect(lines).toMatchObject([{ danger: "implantedDevice", detail: "終了 2025-12-31" }]);
  const undated = diagnoses(diagnosis("ペースメーカ植込み後", "Z950", { active: false, end: null })).items;
  expect(undated[0]?.detail).toBe("終了 日付不明");
});

test("the strip carries the states of its sections and the version of its rules", () => {
  const said = of({ allergies: { ...section(), state: "notAsked" } });
  expect(said).toMatchObject({
    allergyState: "notAsked",
    medicineState: "notRecorded",
    masked: false,
    rules: { version: projectRules.version, date: projectRules.date },
  });
});

test("the order of the items does not matter", () => {
  const items = [medicine("ワーファリン錠1mg"), medicine("アマリール1mg錠"), medicine("ワーファリン錠1mg", { source: 0, days: 3 })];
  expect(medicines(...items.toReversed())).toEqual(medicines(...items));
});
