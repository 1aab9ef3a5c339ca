import { expect, test } from "vitest";
import { CHECKUPS } from "../../../src/hub/summarize/measured.ts";
import { SMALL } from "../../../src/hub/summarize/section.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, lab, later, other, patient, summaryOf } from "./fixtures.ts";
import { careLevel, immunization, pregnancy, vital, wish } from "./wider-fixtures.ts";

const sections = (...files: Files) => summaryOf(...files).sections;
const jiro = [{ name: "見本 次郎", relation: "CHD", telecoms: [{ number: "000-0000-0001", use: "" }] }];

test("a wish that was taken back stands behind those in force, however new, and dated", () => {
  const found = sections(
    file([
      wish("dnar", "心肺蘇生を希望しない", { date: "2020-01-01" }),
      wish("acp", "人工呼吸器は希望しない", { date: "2026-05-01", inForce: false }),
    ]),
  ).wishes.items;
  expect(found.map(({ what, inForce, date }) => [what, inForce, date])).toEqual([
    ["dnar", true, "2020-01-01"],
    ["acp", false, "2026-05-01"],
  ]);
});

test("the same wish said again by one hospital counts as it says it last; two hospitals both stand", () => {
  const found = sections(
    file([wish("dnar", "DNAR")]),
    file([wish("dnar", "ＤＮＡＲ", { inForce: false })], later),
    file([wish("dnar", "DNAR")], other),
  ).wishes.items;
  expect(found.map(({ source, inForce }) => [source, inForce])).toEqual([
    [1, true],
    [0, false],
  ]);
});

test("whoever speaks for the person is named, with the telephone, among the wishes and the contacts, once", () => {
  const found = sections(
    file([patient({ contacts: [{ name: "見本　次郎", relation: "子", telecoms: [{ number: "000-0000-0001", use: "" }], address: "" }] })], {
      type: "ADT-00",
    }),
    file([wish("proxy", "代理人", { contacts: jiro })], other),
  );
  expect(found.wishes.items).toMatchObject([{ text: "代理人 見本 次郎（CHD）", telephones: ["000-0000-0001"] }]);
  expect(found.contacts.items).toMatchObject([{ source: 0, telephones: ["000-0000-0001"], also: [{ source: 1 }] }]);
  const back = sections(file([wish("proxy", "代理人", { contacts: jiro, inForce: false })]));
  expect(back.contacts.items).toEqual([]);
});

test("a vaccination that was not given says so; an entry made in error is none", () => {
  const found = sections(
    file([
      immunization("肺炎球菌ワクチン", { lot: "AB12" }),
      immunization("帯状疱疹ワクチン", { status: "not-done", note: "本人希望せず" }),
      immunization("間違い", { status: "entered-in-error" }),
    ]),
  ).immunizations.items;
  expect(found.map(({ vaccine, given, note }) => [vaccine.text, given, note]).sort()).toEqual([
    ["帯状疱疹ワクチン", false, "本人希望せず"],
    ["肺炎球菌ワクチン", true, "ロット AB12"],
  ]);
});

test("pregnancy and care level as stated, newest first", () => {
  const found = sections(
    file([pregnancy("pregnant", { date: "2025-01-01", due: "2025-08-01" }), pregnancy("postpartum", { date: "2025-08-10" })]),
    file([
      careLevel("要介護1", { date: null, from: "2023-04-01", to: "2024-03-31" }),
      careLevel("要介護3", { date: null, from: "2024-04-01" }),
    ]),
  );
  expect(found.pregnancy.items.map(({ status }) => status)).toEqual(["postpartum", "pregnant"]);
  expect(found.careLevel.items.map(({ level, to }) => [level.text, to])).toEqual([
    ["要介護3", null],
    ["要介護1", "2024-03-31"],
  ]);
});

test("the newest value of each vital sign at each hospital; two scales of consciousness are two", () => {
  const found = sections(
    file([vital("pulse", "120"), vital("pulse", "80", { date: "2026-05-02T10:00" }), vital("pulse", "  ", { date: "2026-05-03" })]),
    file([vital("pulse", "70", { date: "2020-01-01" })], other),
    file([vital("consciousness", "3", { test: concept("JCS") }), vital("consciousness", "15", { test: concept("GCS") })]),
  ).vitals.items;
  expect(found.map(({ what, value, source }) => [what, value, source]).sort()).toEqual([
    ["consciousness", "15", 0],
    ["consciousness", "3", 0],
    ["pulse", "70", 1],
    ["pulse", "80", 0],
  ]);
});

test("findings of a check-up are no laboratory results, by their list or by how they came; corrections count", () => {
  const ldl = (value: string, over = {}) => lab(concept("LDL", "JC10", "3F077000002327101"), value, over);
  const found = sections(
    file([ldl("180", { group: "checkup", subId: "1" })]),
    file([ldl("160", { channel: "checkup" })], { day: "20260502" }),
    file([ldl("150")]),
    file([ldl("99", { channel: "checkup", resultStatus: "X", collected: "2026-01-01" })]),
  );
  expect(found.checkups.items.map(({ value }) => value).sort()).toEqual(["160", "180"]);
  expect(found.labs.items.map(({ value, previous }) => [value, previous])).toEqual([["150", null]]);
});

test("what is cut of a long section is counted, with the day from which it is whole", () => {
  const days = (n: number, year: number): string => `${year - Math.floor(n / 12)}-${String(12 - (n % 12)).padStart(2, "0")}-01`;
  const many = Array.from({ length: SMALL + 7 }, (_, i) => immunization(`ワクチン${i}`, { date: days(i, 2025) }));
  expect(sections(file(many)).immunizations).toMatchObject({ more: 7, window: { from: days(SMALL - 1, 2025), to: "2026-06-01" } });
  const findings = Array.from({ length: CHECKUPS + 3 }, (_, i) => lab(concept(`検査${i}`), "1", { group: "checkup" }));
  expect(sections(file(findings)).checkups.more).toBe(3);
});
