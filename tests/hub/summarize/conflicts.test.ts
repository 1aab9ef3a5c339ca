import { describe, expect, test } from "vitest";
import type { MedicineRecord } from "../../../src/hub/record/record.ts";
import { MEDICINES } from "../../../src/hub/summarize/medicines.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, medicine, other, summaryOf } from "./fixtures.ts";

type Over = Partial<MedicineRecord>;
const dose = (value: string, unit = "錠") => ({ value, unit });
const supply: Over = { days: "28", start: "2026-05-01", usageText: "1日1回朝食後", orderType: "O" };
const ordered = (drug: string, over: Over = {}) =>
  medicine(drug, { drug: concept(drug), ...supply, dosePerDay: dose("1"), orderNo: "C1", ...over });
const handed = (drug: string, over: Over = {}) =>
  ordered(drug, { channel: "dispensing", stage: "dispensed", orderNo: "D1", date: "2026-05-02", start: null, ...over });
const pharmacy = { facility: "9990000009", pid: "P9" } as const;

const items = (...files: Files) => summaryOf(...files).sections.medicines.items;
const conflicts = (...files: Files) =>
  items(...files)
    .map(({ drug, source, conflicts: found }) => [drug.text, source, ...found])
    .sort();

describe("dose", () => {
  test("two hospitals, another daily dose of one ingredient for the same time: both lines say so", () => {
    expect(
      conflicts(file([ordered("ワーファリン錠1mg")]), file([ordered("ワルファリンK錠1mg", { dosePerDay: dose("3") })], other)),
    ).toEqual([
      ["ワルファリンK錠1mg", 1, "dose"],
      ["ワーファリン錠1mg", 0, "dose"],
    ]);
  });

  test("the pharmacy handed out another dose than was ordered", () => {
    const found = conflicts(file([ordered("ワーファリン錠1mg")]), file([handed("ワーファリン錠1mg", { dosePerDay: dose("2") })], pharmacy));
    expect(found.map(([, , kind]) => kind)).toEqual(["dose", "dose"]);
  });

  test.each<[string, Over]>([
    ["two tablets of half the strength", { drug: concept("ワーファリン錠0.5mg"), dosePerDay: dose("2") }],
    ["the same in milligrams", { dosePerDay: dose("1", "mg") }],
    ["one intake of a dose taken once", { dosePerDay: null, dosePerIntake: dose("1") }],
    ["no dose at all", { dosePerDay: null }],
    ["a measure that cannot be compared", { dosePerDay: dose("1", "g"), drug: concept("ワーファリン顆粒0.2%") }],
    ["a dose in words", { dosePerDay: dose("１～２") }],
    ["a supply that had ended before", { start: "2026-03-01", date: "2026-03-01" }],
  ])("%s is no conflict", (_, over) => {
    const found = conflicts(file([ordered("ワーファリン錠1mg")]), file([ordered("ワーファリン錠1mg", over)], other));
    expect(found.flatMap(([, , ...kinds]) => kinds)).toEqual([]);
  });

  test("a dose parted over the day is added up before it is compared", () => {
    const parted = [
      ordered("プレドニン錠5mg", { group: "1", dosePerDay: dose("2") }),
      ordered("プレドニン錠5mg", { group: "2", usageText: "夕", dosePerDay: dose("1") }),
    ];
    const flat = (total: string) =>
      conflicts(file(parted), file([ordered("プレドニゾロン錠5mg", { dosePerDay: dose(total) })], other)).flatMap(([, , ...k]) => k);
    expect(flat("3")).toEqual([]);
    expect(flat("2")).toEqual(["dose", "dose", "dose"]);
  });

  test("a hospital that changed its own dose disagrees with nobody; against another hospital its newest word counts", () => {
    const changed = file([
      ordered("ワーファリン錠1mg"),
      ordered("ワーファリン錠1mg", { date: "2026-05-20", start: "2026-05-20", dosePerDay: dose("2"), orderNo: "C2" }),
    ]);
    expect(conflicts(changed).flatMap(([, , ...kinds]) => kinds)).toEqual([]);
    const found = items(
      changed,
      file([ordered("ワーファリン錠1mg", { date: "2026-05-15", start: "2026-05-15", dosePerDay: dose("2") })], other),
    );
    expect(found.flatMap(({ conflicts: kinds }) => kinds)).toEqual([]);
  });

  test("years ago it is no conflict any more", () => {
    const old = { date: "2020-05-01", start: "2020-05-01" };
    const found = conflicts(
      file([ordered("ワーファリン錠1mg", old)]),
      file([ordered("ワーファリン錠1mg", { ...old, dosePerDay: dose("2") })], other),
    );
    expect(found.flatMap(([, , ...kinds]) => kinds)).toEqual([]);
  });

  test("other medicines with like names are never compared", () => {
    const found = conflicts(file([ordered("アマリール錠1mg")]), file([ordered("アルマール錠5mg", { dosePerDay: dose("2") })], other));
    expect(found.flatMap(([, , ...kinds]) => kinds)).toEqual([]);
  });
});

describe("route", () => {
  test("by mouth here, by suppository there", () => {
    const found = conflicts(
      file([ordered("ボルタレン錠25mg")]),
      file([ordered("ジクロフェナク坐剤25mg", { dosePerDay: dose("1", "個") })], other),
    );
    expect(found.flatMap(([, , ...kinds]) => kinds)).toEqual(["route", "route"]);
  });

  test("eye drops or a plaster beside tablets are no conflict, an opioid's patch is", () => {
    const kinds = (a: string, b: string) => conflicts(file([ordered(a)]), file([ordered(b)], other)).flatMap(([, , ...found]) => found);
    expect(kinds("ロキソニン錠60mg", "ロキソプロフェンNaテープ100mg")).toEqual([]);
    expect(kinds("レボフロキサシン錠500mg", "レボフロキサシン点眼液1.5%")).toEqual([]);
    expect(kinds("オキシコンチン錠5mg", "オキシコドンパッチ5mg")).toEqual(["route", "route"]);
  });
});

describe("stopped", () => {
  const withdrawn = ordered("ワーファリン錠1mg", { orderControl: "DC", date: "2026-05-10", start: "2026-05-10" });

  test("another hospital withdrew it meanwhile", () => {
    expect(conflicts(file([ordered("ワルファリンK錠1mg")]), file([withdrawn], other))).toEqual([["ワルファリンK錠1mg", 0, "stopped"]]);
  });

  test("the pharmacy had handed out what the chart then withdrew", () => {
    const taken = ordered("ワーファリン錠1mg", { orderControl: "CA" });
    expect(conflicts(file([taken]), file([handed("ワーファリン錠1mg")], pharmacy)).flatMap(([, , ...kinds]) => kinds)).toEqual(["stopped"]);
  });

  test("a line that says it was stopped stops the others', and is no dose to compare with", () => {
    const stopped = ordered("ワーファリン錠1mg", { note: "中止 出血のため", dosePerDay: dose("5") });
    const found = conflicts(file([ordered("ワーファリン錠1mg")]), file([stopped], other));
    expect(found).toEqual([
      ["ワーファリン錠1mg", 0, "stopped"],
      ["ワーファリン錠1mg", 1],
    ]);
  });

  test("withdrawn and ordered anew, by the same hospital itself, or after the supply: not stopped", () => {
    const anew = ordered("ワーファリン錠1mg", { date: "2026-05-11", start: "2026-05-11" });
    const kinds = (...files: Files) => conflicts(...files).flatMap(([, , ...found]) => found);
    expect(kinds(file([ordered("ワーファリン錠1mg")]), file([withdrawn, anew], other))).toEqual([]);
    expect(kinds(file([ordered("ワーファリン錠1mg"), withdrawn]), file([ordered("酸化マグネシウム錠")], other))).toEqual([]);
    const late = { ...withdrawn, date: "2026-06-20", start: "2026-06-20" };
    expect(kinds(file([ordered("ワーファリン錠1mg")]), file([late], other))).toEqual([]);
  });
});

describe("not dispensed", () => {
  const both = [ordered("アムロジピン錠5mg"), ordered("ワーファリン錠1mg", { group: "2" })];

  test("the other line of the prescription was handed out, this one was not", () => {
    const found = conflicts(file(both), file([handed("アムロジピン錠5mg")], pharmacy));
    expect(found).toContainEqual(["ワーファリン錠1mg", 0, "notDispensed"]);
    expect(found).toContainEqual(["アムロジピン錠5mg", 1]);
  });

  test("declined or refused at the pharmacy", () => {
    for (const over of [{ orderControl: "CA" }, { completion: "RE" }]) {
      const found = conflicts(file([ordered("ワーファリン錠1mg")]), file([handed("ワーファリン錠1mg", over)], pharmacy));
      expect(found).toContainEqual(["ワーファリン錠1mg", 0, "notDispensed"]);
    }
  });

  test("an e-prescription that the pharmacies' later words pass over", () => {
    const ePrescribed = ordered("ワーファリン錠1mg", { channel: "ePrescription" });
    const later = handed("アムロジピン錠5mg", { date: "2026-05-20" });
    expect(conflicts(file([ePrescribed]), file([later], pharmacy))).toContainEqual(["ワーファリン錠1mg", 0, "notDispensed"]);
    expect(conflicts(file([ePrescribed]))).toEqual([["ワーファリン錠1mg", 0]]);
  });

  test.each<[string, Files]>([
    ["no pharmacy tells anything", [file(both)]],
    [
      "it was handed out late",
      [file(both), file([handed("アムロジピン錠5mg"), handed("ワーファリン錠1mg", { date: "2026-05-20", group: "2" })], pharmacy)],
    ],
    [
      "it was handed out under a name nobody knows",
      [file(both), file([handed("アムロジピン錠5mg"), handed("見本後発錠1mg", { group: "2" })], pharmacy)],
    ],
    ["it is taken in hospital", [file(both.map((one) => ({ ...one, orderType: "I" }))), file([handed("アムロジピン錠5mg")], pharmacy)]],
  ])("%s: nobody can say so", (_, files) => {
    expect(conflicts(...files).flatMap(([, , ...kinds]) => kinds)).not.toContain("notDispensed");
  });
});

test("lines in dispute stand first, then the newest, and are never cut", () => {
  const newer = Array.from({ length: MEDICINES + 10 }, (_, i) =>
    ordered(`見本薬${i}`, { date: "2026-05-30", start: "2026-05-30", group: String(i) }),
  );
  const dispute = [ordered("アムロジピン錠5mg", { days: "60" })];
  const found = items(file([...newer, ...dispute]), file([ordered("ノルバスク錠5mg", { days: "60", dosePerDay: dose("2") })], other));
  expect(found.slice(0, 2).map(({ conflicts: kinds }) => kinds)).toEqual([["dose"], ["dose"]]);
  expect(found[2]?.conflicts).toEqual([]);
});

test("a conflict does not tell an open reader of a protected or undisclosed line", () => {
  const hidden: readonly Over[] = [{ department: concept("精神科") }, { disclosure: "uninformed" }];
  for (const over of hidden) {
    const files = [file([ordered("アムロジピン錠5mg")]), file([ordered("アムロジピン錠5mg", { ...over, dosePerDay: dose("2") })], other)];
    const found = items(...files);
    expect(found.map(({ source, conflicts: kinds }) => [source, ...kinds]).sort()).toEqual([[0], [1, "dose"]]);
  }
  const plain = splitSummary(summaryOf(file([ordered("アムロジピン錠5mg")])), projectRules).rest.summary.sections.medicines.items;
  expect(plain[0]?.conflicts).toEqual([]);
});
