import { expect, test } from "vitest";
import type { MedicineRecord } from "../../../src/hub/record/record.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, later, medicine, other, summaryOf } from "./fixtures.ts";

const items = (...files: Files) => summaryOf(...files).sections.medicines.items;
const strip = (...files: Files) => splitSummary(summaryOf(...files), projectRules).strip.strip.items;
const tablets = (value: string) => ({ value, unit: "錠" });

const ordered = (over: Partial<MedicineRecord> = {}) =>
  medicine("ワーファリン錠1mg", {
    dosePerIntake: tablets("2"),
    dosePerDay: tablets("2"),
    total: tablets("28"),
    usage: concept("１日１回夕食後"),
    days: "14",
    start: "2026-05-01T00",
    group: "185_01",
    ...over,
  });
const dispensed = (over: Partial<MedicineRecord> = {}) =>
  medicine("ワーファリン錠1mg", {
    stage: "dispensed",
    date: "2026-05-01T11:30",
    actEnd: "2026-05-01T11:30",
    completion: "CP",
    total: tablets("28"),
    group: "185_01",
    ...over,
  });
const given = (drug: string, date: string, over: Partial<MedicineRecord> = {}) =>
  medicine(drug, {
    stage: "given",
    injection: true,
    date,
    start: date,
    completion: "CP",
    dosePerIntake: { value: "4", unit: "単位" },
    ...over,
  });

test("a dispensed line takes usage, dose and days of its order, and stands once", () => {
  expect(items(file([ordered()]), file([dispensed()], later))).toMatchObject([
    {
      stage: "dispensed",
      date: "2026-05-01T11:30",
      start: "2026-05-01T00",
      end: "2026-05-14",
      days: 14,
      dosePerIntake: tablets("2"),
      dosePerDay: tablets("2"),
      total: tablets("28"),
      usage: "１日１回夕食後",
      completion: "complete",
    },
  ]);
});

test("28 tablets handed out stand in the strip as the amount, never as the dose", () => {
  const [line] = strip(file([dispensed()]));
  expect(line?.detail).toContain("調剤量 28 錠");
  expect(line?.detail).not.toContain("1回量");
  expect(line?.end).toBe(null);
  expect(strip(file([ordered()]), file([dispensed()], later)).map((one) => one.detail)).toEqual([
    "調剤 · 1回量 2 錠 · 1日量 2 錠 · １日１回夕食後 · 14日分",
  ]);
});

test("collected later, the supply lasts from that day", () => {
  expect(items(file([ordered()]), file([dispensed({ date: "2026-05-04T09:00" })], later))).toMatchObject([
    { start: "2026-05-04T09:00", end: "2026-05-17" },
  ]);
  expect(items(file([ordered({ end: "2026-05-20" })]), file([dispensed({ date: "2026-05-04T09:00" })], later))).toMatchObject([
    { end: "2026-05-20" },
  ]);
});

test.each([
  ["another amount", { total: tablets("14") }],
  ["another brand", { drug: concept("ワルファリンK錠1mg「見本」", "HOT9", "100000002") }],
  ["refused", { completion: "RE" }],
  ["in part", { completion: "PA" }],
])("dispensed differently (%s): both lines stand", (_, over) => {
  expect(
    items(file([ordered()]), file([dispensed(over)], later))
      .map((item) => item.stage)
      .sort(),
  ).toEqual(["dispensed", "ordered"]);
});

test("a refused line takes no days of its order: nothing was handed out", () => {
  const refused = items(file([ordered()]), file([dispensed({ completion: "RE" })], later)).find((item) => item.stage === "dispensed");
  expect(refused).toMatchObject({ days: null, end: null });
});

test("orders of another number, another hospital or another group are not joined", () => {
  expect(items(file([ordered()]), file([dispensed({ orderNo: "9" })], later))).toHaveLength(2);
  expect(items(file([ordered()]), file([dispensed()], { ...later, ...other }))).toHaveLength(2);
  const twice = file([ordered({ group: "185_02", usage: concept("朝食後") }), ordered({ group: "185_03" })]);
  expect(items(twice, file([dispensed()], later))).toHaveLength(3);
});

test("the only line of that drug in the order is its order, whatever group the pharmacy writes", () => {
  expect(items(file([ordered({ group: "185_02" })]), file([dispensed({ group: "1" })], later))).toMatchObject([{ days: 14 }]);
});

test("the same drug twice in one order: each group keeps its own dose", () => {
  const order = file([ordered(), ordered({ group: "185_02", dosePerIntake: tablets("1"), usage: concept("朝食後") })]);
  const found = items(order, file([dispensed(), dispensed({ group: "185_02" })], later));
  expect(found.map((item) => [item.stage, item.usage, item.dosePerIntake?.value]).sort()).toEqual([
    ["dispensed", "朝食後", "1"],
    ["dispensed", "１日１回夕食後", "2"],
  ]);
});

test("a code of the order helps to judge what was dispensed under a name nobody knows", () => {
  const drug = { text: "院内血液薬", codings: [{ system: "99LOC", code: "1", text: "院内血液薬" }] };
  const withYj = { text: drug.text, codings: [...drug.codings, { system: "YJ", code: "3332001F1024", text: "" }] };
  expect(strip(file([ordered({ drug: withYj })]), file([dispensed({ drug })], later))).toMatchObject([
    { danger: "anticoagulant", by: "code" },
  ]);
});

test("forty administrations of one order are one line, the last, with their number", () => {
  const times = Array.from({ length: 40 }, (_, i) => `2026-05-${String((i % 20) + 1).padStart(2, "0")}T${i < 20 ? "08" : "18"}:00`);
  const found = items(...times.map((at) => file([given("ヒューマリンR注", at)])));
  expect(found).toMatchObject([{ date: "2026-05-20T18:00", note: "この指示の記録 40件（2026-05-01 08:00 から）" }]);
});

test("another amount, a refusal or a remark in the series is not swallowed", () => {
  const found = items(
    file([
      given("ヒューマリンR注", "2026-05-01T08:00"),
      given("ヒューマリンR注", "2026-05-02T08:00", { dosePerIntake: { value: "8", unit: "単位" } }),
      given("ヒューマリンR注", "2026-05-03T08:00", { completion: "RE" }),
      given("ヒューマリンR注", "2026-05-04T08:00", { note: "低血糖あり" }),
    ]),
  );
  expect(found).toHaveLength(4);
});

const plan = (start: string, end: string, over: Partial<MedicineRecord> = {}) =>
  medicine("ヘパリンNa注", {
    injection: true,
    start,
    end,
    dosePerIntake: { value: "4", unit: "単位" },
    usageText: "５時間一定速度で",
    rate: { value: "102", unit: "ml/hr" },
    ...over,
  });

test("an injection given takes the place of its plan; what is still to come keeps its line", () => {
  const order = file([plan("2026-05-01T08:00", "2026-05-01T13:00")]);
  expect(items(order, file([given("ヘパリンNa注", "2026-05-01T08:05")], later))).toMatchObject([
    { stage: "given", usage: "５時間一定速度で", note: "速度 102 ml/hr" },
  ]);
  const tomorrow = file([plan("2026-05-01T08:00", "2026-05-01T13:00"), plan("2026-05-02T08:00", "2026-05-02T13:00")]);
  expect(items(tomorrow, file([given("ヘパリンNa注", "2026-05-01T08:05")], later)).map((item) => [item.stage, item.start])).toEqual([
    ["ordered", "2026-05-02T08:00"],
    ["given", "2026-05-01T08:05"],
  ]);
});

test("an injection that was not given leaves no plan in the strip; the list tells what had been planned", () => {
  const order = file([plan("2026-05-01T08:00", "2026-05-01T13:00"), plan("2026-05-02T08:00", "2026-05-02T13:00")]);
  const refused = given("ヘパリンNa注", "2026-05-01T08:05", {
    completion: "NA",
    dosePerIntake: { value: "0", unit: "単位" },
    note: "血圧低下",
  });
  expect(
    items(order, file([refused], later)).map((item) => [item.stage, item.start, item.completion, item.dosePerIntake?.value, item.note]),
  ).toEqual([
    ["ordered", "2026-05-02T08:00", null, "4", "速度 102 ml/hr"],
    ["given", "2026-05-01T08:05", "notGiven", "4", "血圧低下 速度 102 ml/hr"],
  ]);
  expect(strip(order, file([refused], later)).map((line) => line.date)).toEqual(["2026-05-02T08:00"]);
  expect(strip(file([plan("2026-05-01T08:00", "2026-05-01T13:00")]), file([refused], later))).toEqual([]);
});

test("the rate of the administration stands once, before that of its plan", () => {
  const order = file([plan("2026-05-01T08:00", "2026-05-01T13:00")]);
  const act = given("ヘパリンNa注", "2026-05-01T08:05", { rate: { value: "80", unit: "mL/h" } });
  expect(items(order, file([act], later))).toMatchObject([{ note: "速度 80 mL/h" }]);
});

test("the end of an administration is told as such, not as an end of supply", () => {
  expect(items(file([given("ヘパリンNa注", "2026-05-01T08:05", { actEnd: "2026-05-01T13:05:43" })]))).toMatchObject([
    { end: null, note: "実施終了 2026-05-01 13:05:43" },
  ]);
});

test("whatever the order of the files, the same lines", () => {
  const files = [
    file([ordered()]),
    file([dispensed()], later),
    file([given("ヒューマリンR注", "2026-05-01T08:00")]),
    file([given("ヒューマリンR注", "2026-05-02T08:00")]),
  ];
  expect(items(...files.toReversed())).toEqual(items(...files));
});
