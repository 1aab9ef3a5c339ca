import { expect, test } from "vitest";
import { MEDICINES } from "../../../src/hub/summarize/medicines.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, later, medicine, other, summaryOf } from "./fixtures.ts";

const section = (...files: Files) => summaryOf(...files).sections.medicines;
const one = (over: Parameters<typeof medicine>[1]) => section(file([medicine("アムロジピン錠5mg", over)])).items[0];

test("nothing sent is not recorded", () =>
  expect(section(file([]))).toMatchObject({ state: "notRecorded", items: [], more: 0, window: null }));

test("withdrawn orders are left out", () => {
  expect(
    section(file([medicine("A錠", { orderControl: "CA" }), medicine("B錠", { orderControl: "DC" }), medicine("C錠")])).items.map(
      (item) => item.drug.text,
    ),
  ).toEqual(["C錠"]);
});

test("the end is what was sent, else start + days − 1, else unknown", () => {
  expect(one({ start: "2026-02-25", days: "14" })).toMatchObject({ end: "2026-03-10", days: 14 });
  expect(one({ start: "2026-02-25T08", days: "1" })).toMatchObject({ end: "2026-02-25" });
  expect(one({ start: "2026-02-25", end: "2026-03-01", days: "14" })).toMatchObject({ end: "2026-03-01" });
  expect(one({ start: "2026-02", days: "14" })).toMatchObject({ end: null });
  expect(one({ start: null, days: "14" })).toMatchObject({ end: null });
  expect(one({ start: "2026-02-25", days: "14日" })).toMatchObject({ end: null, days: null });
  expect(one({ start: "2026-02-25", days: "0" })).toMatchObject({ end: null });
});

test("stages of other orders stay apart; the same line sent twice is one, with the newest receipt", () => {
  const again = { received: "2026-06-02T00:00:00.000Z" };
  const found = section(
    file([medicine("A錠")]),
    file([medicine("A錠")], again),
    file([medicine("A錠", { stage: "dispensed", orderNo: "9" })]),
  );
  expect(found.items.map((item) => [item.stage, item.received]).sort()).toEqual([
    ["dispensed", "2026-06-01T00:00:00.000Z"],
    ["ordered", "2026-06-02T00:00:00.000Z"],
  ]);
});

test.each([
  ["CP", "complete"],
  ["PA", "partial"],
  ["RE", "refused"],
  ["NA", "notGiven"],
  ["", null],
  ["??", null],
])("RXA-20 %s is %s", (sent, completion) => {
  expect(one({ completion: sent })).toMatchObject({ completion });
});

test("nothing given is no dose of 0", () => {
  const none = { stage: "given", injection: true, dosePerIntake: { value: "0", unit: "アンプル" } } as const;
  expect(one({ ...none, completion: "NA" })).toMatchObject({ dosePerIntake: null, completion: "notGiven" });
  expect(one({ ...none, completion: "CP" })).toMatchObject({ dosePerIntake: { value: "0" } });
});

test("setting: RXE-21, else the kind of the order; a local code says nothing", () => {
  expect(one({ categories: [concept("外来処方", "MR9P", "OHP")], orderType: "I" })).toMatchObject({ setting: "outpatient" });
  expect(one({ categories: [concept("入院処方", "MR9P", "IHP")] })).toMatchObject({ setting: "inpatient" });
  expect(one({ categories: [concept("定時", "99I01", "OHP")] })).toMatchObject({ setting: "unknown" });
  expect(one({ orderType: "I" })).toMatchObject({ setting: "inpatient" });
});

test("usage says a thing once", () => {
  expect(one({ usage: concept("１日３回毎食後"), usageText: "１日３回毎食後 疼痛時" })).toMatchObject({ usage: "１日３回毎食後 疼痛時" });
  expect(one({ usage: concept("１日３回毎食後"), usageText: "１日３回毎食後" })).toMatchObject({ usage: "１日３回毎食後" });
});

test("a date that is none is left out and said", () => {
  expect(one({ date: "2026/5/1" })).toMatchObject({ date: null, warnings: ["date-malformed"] });
});

test("warnings of the same segment or the whole file stand on the item", () => {
  const warning = (segment: string) => ({ code: "number-malformed" as const, file: "", segment, field: "", seen: "" });
  expect(section(file([medicine("A錠")], { warnings: [warning("RXE[1]")] })).items[0]?.warnings).toEqual(["number-malformed"]);
  expect(section(file([medicine("A錠")], { warnings: [warning("RXE[2]")] })).items[0]?.warnings).toEqual([]);
});

test("local codes are marked; hospitals stay apart", () => {
  const local = { drug: concept("院内薬", "99LOC", "1") };
  const found = section(file([medicine("", local)]), file([medicine("", local)], other)).items;
  expect(found.map((item) => [item.source, item.drug.local])).toEqual([
    [0, true],
    [1, true],
  ]);
});

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const many = Array.from({ length: MEDICINES + 30 }, (_, i) => medicine(`アムロジピン錠${i}mg`, { date: day(i + 100) }));

test("beyond the limit the oldest are counted and the window says from when on the list is whole", () => {
  const found = section(file(many));
  expect(found).toMatchObject({ more: 30, window: { from: day(130), to: "2026-06-01" } });
  expect(found.items).toHaveLength(MEDICINES);
});

test("a danger is never cut, however old; nor is a protected item, and it costs no place", () => {
  const old = [medicine("ワーファリン錠1mg", { date: "2001-01-01" }), medicine("リーマス錠200", { date: "2001-01-01" })];
  const found = section(file([...old, ...many]), file([medicine("リスペリドン錠1mg", { date: "2001-01-01" })], later));
  const names = found.items.map((item) => item.drug.text);
  expect(names).toEqual(expect.arrayContaining(["ワーファリン錠1mg", "リーマス錠200", "リスペリドン錠1mg"]));
  expect(found.more).toBe(30);
  expect(found.window?.from).toBe(day(130));
});

test("an old danger does not stretch the window, and its repeats may be cut", () => {
  const repeats = Array.from({ length: 40 }, (_, i) => medicine("ワーファリン錠1mg", { date: day(i), orderNo: String(i) }));
  const found = section(file([...repeats, ...many]));
  expect(found.items.filter((item) => item.drug.text === "ワーファリン錠1mg")).toMatchObject([{ date: day(39) }]);
});
