import { describe, expect, test } from "vitest";
import { linkKeys } from "../../../src/hub/identity/links.ts";
import type { Insurance, PatientRecord } from "../../../src/hub/record/record.ts";

const card: Insurance = {
  kind: "67",
  insurer: "00130012",
  symbol: "東-12",
  number: "0034",
  branch: "01",
  from: null,
  to: null,
  relation: "",
};
const person: PatientRecord = {
  kind: "patient",
  date: null,
  segment: "PID[1]",
  names: [
    { family: "灯台", given: "花子", representation: "ideographic" },
    { family: "トウダイ", given: "ハナコ", representation: "phonetic" },
  ],
  birthDate: "1948-03-05",
  sex: "F",
  addresses: [],
  telecoms: [],
  insurances: [card],
  contacts: [],
  disabilities: [],
};
const keysOf = (change: Partial<PatientRecord>, cardChange: Partial<Insurance> = {}) =>
  linkKeys([{ ...person, insurances: [{ ...card, ...cardChange }], ...change }]);
const phonetic = (family: string, given: string) => ({ names: [{ family, given, representation: "phonetic" as const }] });

describe("link keys", () => {
  test.each([
    ["no leading zeros", keysOf({}, { insurer: "130012", number: "34", branch: "1" })],
    ["the insurer's name behind its number", keysOf({}, { insurer: "00130012 架空健康保険組合" })],
    ["full-width digits and marks", keysOf({}, { insurer: "００１３００１２", symbol: "東－１２", number: "００３４" })],
    ["half-width kana", keysOf(phonetic("ﾄｳﾀﾞｲ", "ﾊﾅｺ"))],
    ["hiragana with a space", keysOf(phonetic("とうだい ", "はなこ"))],
    [
      "a kanji name written otherwise",
      keysOf({ names: [{ family: "燈臺", given: "花子", representation: "ideographic" }, ...phonetic("トウダイ", "ハナコ").names] }),
    ],
  ])("are the same for %s", (_, keys) => {
    expect(keys).toEqual(keysOf({}));
    expect(keys).toHaveLength(1);
  });

  test.each([
    ["the twin's branch", keysOf({}, { branch: "02" })],
    ["no branch", keysOf({}, { branch: "" })],
    ["the twin's name", keysOf(phonetic("トウダイ", "ハルコ"))],
    ["another birth date", keysOf({ birthDate: "1948-03-06" })],
    ["the other sex", keysOf({ sex: "M" })],
    ["another insurer", keysOf({}, { insurer: "00130013" })],
    ["another symbol", keysOf({}, { symbol: "西-12" })],
    ["number and branch run together", keysOf({}, { number: "003401", branch: "" })],
  ])("differ for %s", (_, keys) => {
    expect(keys).toHaveLength(1);
    expect(keys).not.toEqual(keysOf({}));
  });

  test.each([
    ["birth date", keysOf({ birthDate: null })],
    ["day of birth", keysOf({ birthDate: "1948-03" })],
    ["known sex", keysOf({ sex: "U" })],
    ["kana", keysOf({ names: [{ family: "灯台", given: "花子", representation: "ideographic" }] })],
    ["given name in kana", keysOf(phonetic("トウダイ", ""))],
    ["insurer", keysOf({}, { insurer: "" })],
    ["number", keysOf({}, { number: "0000" })],
    ["card", keysOf({ insurances: [] })],
  ])("are none without %s", (_, keys) => {
    expect(keys).toEqual([]);
  });
});
