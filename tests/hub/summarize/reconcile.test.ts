import { describe, expect, test } from "vitest";
import type { MedicineRecord } from "../../../src/hub/record/record.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, medicine, other, summaryOf } from "./fixtures.ts";

const items = (...files: Files) => summaryOf(...files).sections.medicines.items;
const dose = (value: string, unit = "錠") => ({ value, unit });
type Over = Partial<MedicineRecord>;

const supply: Over = { days: "28", start: "2026-05-01", usageText: "1日1回朝食後", orderType: "O" };
const ordered = (drug: string, over: Over = {}) =>
  medicine(drug, { drug: concept(drug), ...supply, dosePerDay: dose("1"), orderNo: "C1", ...over });
const prescribed = (drug: string, over: Over = {}) => ordered(drug, { channel: "ePrescription", orderNo: "E1", ...over });
const handed = (drug: string, over: Over = {}) =>
  ordered(drug, { channel: "dispensing", stage: "dispensed", orderNo: "D1", date: "2026-05-02", start: null, ...over });
const claimed = (drug: string, over: Over = {}) => ordered(drug, { channel: "claim", orderNo: "", ...over });
const pharmacy = { facility: "9990000009", pid: "P9" } as const;
const gateway = { facility: "9990000008", pid: "G8" } as const;

describe("one prescription told by several", () => {
  test("chart, e-prescription, pharmacy and claim are one line, the one handed out, that lists all four", () => {
    const found = summaryOf(
      file([ordered("ノルバスク錠5mg"), claimed("ノルバスク錠5mg")]),
      file([prescribed("【般】アムロジピン錠5mg")], gateway),
      file([handed("アムロジピン錠5mg「見本」")], pharmacy),
    );
    const { items: lines } = found.sections.medicines;
    expect(lines).toMatchObject([
      { stage: "dispensed", drug: { text: "アムロジピン錠5mg「見本」" }, ingredient: "アムロジピン", conflicts: [] },
    ]);
    const told = [lines[0]?.source ?? -1, ...(lines[0]?.also ?? []).map(({ source }) => source)].map((at) => found.sources[at]?.kind);
    expect(told.sort()).toEqual(["chart", "claim", "dispensing", "ePrescription"]);
    expect(lines[0]?.drug.codes.map(({ text }) => text)).toEqual(expect.arrayContaining(["ノルバスク錠5mg", "【般】アムロジピン錠5mg"]));
  });

  test("a supply collected three days later lasts from that day; four days later it is another one", () => {
    const of = (date: string) => items(file([ordered("ノルバスク錠5mg")]), file([handed("アムロジピン錠5mg", { date })], pharmacy));
    expect(of("2026-05-04")).toMatchObject([{ start: "2026-05-04", end: "2026-05-31" }]);
    expect(of("2026-05-05")).toHaveLength(2);
  });

  test("words that one source alone has are not lost: usage, department, remark, dose", () => {
    const found = items(
      file([ordered("ワーファリン錠1mg", { department: concept("循環器内科"), note: "粉砕可", usageText: "1日1回夕食後" })]),
      file([handed("ワーファリン錠1mg", { dosePerDay: null, usageText: "分1 夕", department: concept("内科"), note: "一包化" })], pharmacy),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ usage: "分1 夕", department: "内科", dosePerDay: dose("1") });
    for (const words of ["循環器内科", "粉砕可", "1日1回夕食後", "一包化", "架空総合病院"]) expect(found[0]?.note).toContain(words);
  });

  test("tablets of another brand say nothing of the dose of this one", () => {
    const found = items(
      file([ordered("ノルバスク錠2.5mg", { dosePerDay: dose("2") })]),
      file([handed("アムロジピン錠5mg", { dosePerDay: null, orderNo: "C1" })], { facility: "9990000001" }),
    );
    expect(found.find(({ stage }) => stage === "dispensed")?.dosePerDay).toBe(null);
  });

  test("two tablets of half the strength are the same dose", () => {
    const found = items(
      file([ordered("ワーファリン錠1mg", { dosePerDay: dose("1") })]),
      file([handed("ワルファリンK錠0.5mg", { dosePerDay: dose("2") })], pharmacy),
    );
    expect(found).toHaveLength(1);
  });
});

describe("what is not one", () => {
  test("two hospitals that order the same on one day are two orders: the patient may take both", () => {
    expect(items(file([ordered("アムロジピン錠5mg")]), file([ordered("アムロジピン錠5mg")], other))).toHaveLength(2);
    expect(
      items(file([ordered("アムロジピン錠5mg")]), file([ordered("アムロジピン錠5mg"), claimed("アムロジピン錠5mg")], other)),
    ).toHaveLength(2);
  });

  test("with two orders that would fit, the one handed out is nobody's", () => {
    const found = items(
      file([ordered("アムロジピン錠5mg")]),
      file([ordered("アムロジピン錠5mg")], other),
      file([handed("アムロジピン錠5mg")], pharmacy),
    );
    expect(found).toHaveLength(3);
    expect(found.every(({ also }) => also.length === 0)).toBe(true);
  });

  test("one order handed out at two pharmacies stays visible as two", () => {
    const second = { facility: "9990000007", pid: "P7" };
    expect(
      items(
        file([ordered("アムロジピン錠5mg")]),
        file([handed("アムロジピン錠5mg")], pharmacy),
        file([handed("アムロジピン錠5mg")], second),
      ),
    ).toHaveLength(3);
  });

  test.each<[string, Over]>([
    ["another dose", { dosePerDay: dose("2") }],
    ["other days", { days: "14" }],
    ["another amount", { total: dose("14") }],
    ["handed out in part", { completion: "PA" }],
    ["refused", { completion: "RE" }],
    ["a tape", { drug: concept("アムロジピンテープ5mg") }],
    ["another medicine", { drug: concept("ニフェジピンCR錠20mg") }],
  ])("%s: both stand", (_, over) => {
    expect(
      items(file([ordered("アムロジピン錠5mg", { total: dose("28") })]), file([handed("アムロジピン錠5mg", over)], pharmacy)),
    ).toHaveLength(2);
  });

  test("names that the project does not know are one only when they are equal; local codes never make them so", () => {
    const local = { codings: [{ code: "1", system: "99XYZ", text: "" }] };
    const a = (text: string) => ordered("", { drug: { text, ...local } });
    const b = (text: string) => handed("", { drug: { text, ...local } });
    expect(items(file([a("見本薬A")]), file([b("見本薬B")], pharmacy))).toHaveLength(2);
    expect(items(file([a("見本薬A")]), file([b("見本薬Ａ")], pharmacy))).toHaveLength(1);
  });

  test("a line that is protected by its department does not vanish into an open one, nor an undisclosed one", () => {
    const found = items(
      file([ordered("アムロジピン錠5mg", { department: concept("精神科") })]),
      file([handed("アムロジピン錠5mg")], pharmacy),
    );
    expect(found).toHaveLength(2);
    expect(
      items(file([ordered("アムロジピン錠5mg", { disclosure: "uninformed" })]), file([handed("アムロジピン錠5mg")], pharmacy)),
    ).toHaveLength(2);
  });
});

test("the ingredient of a line is that of its name, whatever the brand; none is guessed", () => {
  const found = items(
    file([ordered("エリキュース錠5mg"), ordered("【般】アピキサバン錠5mg", { group: "2" }), ordered("見本院内薬", { group: "3" })]),
  );
  expect(found.map(({ drug, ingredient }) => [drug.text, ingredient]).sort()).toEqual([
    ["【般】アピキサバン錠5mg", "アピキサバン"],
    ["エリキュース錠5mg", "アピキサバン"],
    ["見本院内薬", ""],
  ]);
});
