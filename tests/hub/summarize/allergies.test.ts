import { describe, expect, test } from "vitest";
import { whatIsSaid } from "../../../src/hub/summarize/none.ts";
import type { Files } from "./fixtures.ts";
import { al1, concept, file, iam, later, other, summaryOf } from "./fixtures.ts";

const allergies = (...files: Files) => summaryOf(...files).sections.allergies;
const names = (...files: Files) =>
  allergies(...files)
    .items.map((item) => item.substance.text)
    .sort();
const adt61 = { type: "ADT-61" } as const;

describe("union of IAM and AL1", () => {
  test("an allergy that stands in AL1 alone does not vanish", () => {
    expect(names(file([iam("卵")], adt61), file([al1("ペニシリン")]))).toEqual(["ペニシリン", "卵"]);
  });

  test("IAM stands for the AL1 of the same substance, even when AL1 was sent later", () => {
    const found = allergies(file([iam("ペニシリン", { severity: "SV" })], adt61), file([al1("ペニシリン ")], later)).items;
    expect(found).toMatchObject([{ severity: "severe" }]);
  });

  test("the same AL1 in many messages is one item", () => {
    expect(names(file([al1("ペニシリン")]), file([al1("ペニシリン")], later), file([al1("ﾍﾟﾆｼﾘﾝ")]))).toHaveLength(1);
  });

  test("hospitals are never merged, and local codes never compared", () => {
    const local = { substance: concept("薬A", "99XYZ", "1") };
    const found = allergies(file([al1("", local)]), file([al1("", { substance: concept("薬B", "99XYZ", "1") })], other)).items;
    expect(found.map((item) => [item.substance.text, item.source, item.substance.local])).toEqual([
      ["薬A", 0, true],
      ["薬B", 1, true],
    ]);
  });

  test("a contraindication is a statement of its own", () => {
    const found = allergies(
      file([iam("造影剤"), iam("造影剤", { sensitivity: "CT" }), iam("喫煙", { category: concept("禁忌", "HL70127", "MC") })], adt61),
    ).items;
    expect(found.map((item) => item.contraindication).sort()).toEqual([false, true, true]);
  });
});

describe("taken back and resolved", () => {
  test("IAM-6 = D and IAM-17 = E leave nothing", () => {
    expect(allergies(file([iam("ペニシリン", { action: "D" }), iam("卵", { status: "E" })], adt61))).toMatchObject({
      state: "notRecorded",
      items: [],
    });
  });

  test("the newest action on a substance wins", () => {
    expect(names(file([iam("卵")], adt61), file([iam("卵", { action: "D" })], { ...adt61, ...later }))).toEqual([]);
    expect(names(file([iam("卵", { action: "D" })], adt61), file([iam("卵")], { ...adt61, ...later }))).toEqual(["卵"]);
  });

  test("a deletion covers an older AL1, not one sent after it", () => {
    const deleted = file([iam("卵", { action: "D" })], { ...adt61, stamp: "20260502100000000" });
    expect(names(deleted, file([al1("卵")], { stamp: "20260501100000000" }))).toEqual([]);
    expect(names(deleted, file([al1("卵")], { stamp: "20260503100000000" }))).toEqual(["卵"]);
  });

  test("confirmed-inactive is resolved, shown, and never none", () => {
    expect(allergies(file([iam("卵", { status: "I", onset: "1996-01" })], adt61))).toMatchObject({
      state: "present",
      items: [{ resolved: true, onset: "1996-01" }],
    });
  });
});

describe("refuted", () => {
  test("is shown apart, dated by the day it was refuted, with the mark; the other hospital's statement stands", () => {
    const refuted = { ...iam("卵", { status: "R", onset: "1996-01" }), reportedAt: "2025-03-04" };
    expect(allergies(file([refuted], adt61), file([al1("卵")], { facility: "1310000009" })).items).toMatchObject([
      { resolved: true, date: "2025-03-04", onset: "1996-01", warnings: ["refuted"] },
      { resolved: false },
    ]);
  });
});

describe("absence", () => {
  test("silence is not recorded", () => expect(allergies(file([]))).toMatchObject({ state: "notRecorded", items: [], confirmed: null }));

  test("「なし」 without date, author and role is not asked, shown as sent, and no allergy", () => {
    expect(allergies(file([al1("特になし")]))).toMatchObject({
      state: "notAsked",
      confirmed: null,
      items: [{ saysNone: true, substance: { text: "特になし" } }],
    });
  });

  const sworn = { category: concept(""), verifiedBy: "見本 医師子", verifierRole: "医師", verifiedAt: "2026-04-01" };

  test("「なし」 with date, author and role is confirmed none", () => {
    expect(allergies(file([iam("なし", sworn)], adt61))).toMatchObject({
      state: "confirmedNone",
      confirmed: { by: "見本 医師子", role: "医師", date: "2026-04-01" },
    });
  });

  test.each(["verifiedBy", "verifierRole", "verifiedAt"])("without %s it is not", (missing) => {
    const partly = { ...sworn, [missing]: missing === "verifiedAt" ? null : "" };
    expect(allergies(file([iam("なし", partly)], adt61))).toMatchObject({ state: "notAsked", confirmed: null });
  });

  test("「不明」 is never confirmed none, whoever signs it", () => {
    expect(allergies(file([iam("不明", sworn)], adt61)).state).toBe("notAsked");
  });

  test("one hospital's confirmed none does not hide another's allergy", () => {
    expect(allergies(file([iam("なし", sworn)], adt61), file([al1("卵")], other))).toMatchObject({ state: "present", confirmed: null });
  });
});

test.each([
  ["なし", "none"],
  ["特になし", "none"],
  ["特に無し。", "none"],
  ["ﾅｼ", "none"],
  ["アレルギーなし", "none"],
  ["薬剤アレルギー：なし", "none"],
  ["アレルギー歴なし", "none"],
  ["禁忌なし", "none"],
  ["None", "none"],
  ["NKDA", "none"],
  ["No known allergies", "none"],
  ["該当なし", "none"],
  ["(-)", "none"],
  ["不明", "unknown"],
  ["未聴取", "unknown"],
  ["アレルギー不明", "unknown"],
  ["　", "unknown"],
  ["ペニシリン", "something"],
  ["なし（果物の梨）", "something"],
  ["ナシ科", "something"],
  ["卵 以外なし", "something"],
  ["無水カフェイン", "something"],
  ["ニンニク", "something"],
  ["特記事項なし", "none"],
  ["特記すべきことなし", "none"],
  ["なし（本人申告）", "none"],
  ["無し(2020年4月確認)", "none"],
  ["無（－）", "none"],
  ["否定", "none"],
  ["薬・食物ともになし", "none"],
  ["アレルギーなしとのこと", "none"],
  ["聴取できず", "unknown"],
  ["意識障害のため聴取不能", "unknown"],
  ["不明（意識障害）", "unknown"],
  ["わからない", "unknown"],
  ["未", "unknown"],
  ["***", "unknown"],
  ["洋なし", "something"],
  ["なし（果物）", "something"],
  ["梨", "something"],
  ["ペニシリン以外なし", "something"],
  ["造影剤以外は特になし", "something"],
  ["薬：なし、食物：えび", "something"],
  ["卵、その他なし", "something"],
  ["セフェムで発疹。その後なし", "something"],
  ["未熟パパイヤ", "something"],
  ["食物", "something"],
])("%s says %s", (text, said) => expect(whatIsSaid(text)).toBe(said));

test("the last action of a statement's number wins, whatever the words", () => {
  const first = iam("ペニシリン", { instance: "7" });
  const substances = (...changes: ReturnType<typeof iam>[]) =>
    summaryOf(file([first, ...changes])).sections.allergies.items.map((item) => item.substance.text);
  expect(substances(iam("ペニシリン系", { instance: "7", action: "U" }))).toEqual(["ペニシリン系"]);
  expect(substances(iam("ペニシリンG", { instance: "7", action: "D" }))).toEqual([]);
  expect(substances(iam("ペニシリン系", { instance: "8", action: "U" })).sort()).toEqual(["ペニシリン", "ペニシリン系"].sort());
});

test("a hospital that numbers every message anew loses no allergy", () => {
  const found = summaryOf(file([iam("ペニシリン", { instance: "1" })]), file([iam("えび", { instance: "1" })], later));
  expect(found.sections.allergies.items.map((item) => item.substance.text).sort()).toEqual(["えび", "ペニシリン"]);
});

test("a pear is no none: 「ナシ」 as a food, or with an allergen's code", () => {
  const food = { category: concept("食物アレルギー", "HL70127", "FA") };
  const says = (over: Parameters<typeof iam>[1]) => summaryOf(file([iam("ナシ", over)])).sections.allergies;
  expect(says(food)).toMatchObject({ state: "present", items: [{ saysNone: false }] });
  expect(says({ substance: concept("なし", "J-FAGY", "J9FC11110000") })).toMatchObject({ items: [{ saysNone: false }] });
  expect(says({})).toMatchObject({ state: "notAsked", items: [{ saysNone: true }] });
  expect(says({ substance: concept("なし", "99LOC", "001") })).toMatchObject({ items: [{ saysNone: true }] });
  expect(says({ substance: concept("なし", "HOT9", "000000000") })).toMatchObject({ items: [{ saysNone: true }] });
});

test("two substances typed under one local code for others are two", () => {
  const typed = (text: string) => iam("", { substance: concept(text, "99LOC", "ZZ") });
  expect(names(file([typed("ピリン系"), typed("キシロカイン")]))).toEqual(["キシロカイン", "ピリン系"]);
});

test("none to drugs alone, or to contrast media, is not confirmed none; to drugs and to food is, since the older of both", () => {
  const by = (date: string) => ({ verifiedBy: "見本 医師子", verifierRole: "医師", verifiedAt: date });
  const food = { category: concept("食物アレルギー", "HL70127", "FA") };
  expect(allergies(file([iam("なし", by("2026-04-01"))])).state).toBe("notAsked");
  expect(allergies(file([iam("造影剤アレルギーなし", { ...by("2026-04-01"), category: concept("") })])).state).toBe("notAsked");
  const both = allergies(file([iam("なし", by("2026-04-01")), iam("なし", { ...by("2026-03-01"), ...food })]));
  expect(both).toMatchObject({ state: "confirmedNone", confirmed: { date: "2026-03-01" } });
  expect(both.items).toHaveLength(2);
  expect(allergies(file([iam("薬・食物ともになし", by("2026-04-01"))])).state).toBe("confirmedNone");
});
