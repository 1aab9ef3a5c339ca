import fc from "fast-check";
import { expect, test } from "vitest";
import { foldForSearch, variantCount } from "../../../src/shared/summary/fold.ts";

test.each([
  ["width", "ﾄｳﾀﾞｲ ﾊﾅｺ", "とうだい　はなこ"],
  ["letters", "ＡＢＣ１２３", "abc123"],
  ["katakana", "トウダイハナコ", "とうだいはなこ"],
  ["small kana of old systems", "ｷﾖｳﾔ", "キョウヤ"],
  ["long mark", "アーサー", "アサ"],
  ["long mark typed as a hyphen", "ア-サ-", "アーサー"],
  ["variant: ladder 高", "髙橋", "高橋"],
  ["variant: 立崎", "山﨑", "山崎"],
  ["variant: 齋 斎 齊 斉", "齋藤齊藤", "斎藤斉藤"],
  ["variant: 邉 邊 辺", "渡邉渡邊", "渡辺渡辺"],
  ["variant: 濵 濱 浜", "濵田濱田", "浜田浜田"],
  ["variant: 澤 沢", "藤澤", "藤沢"],
  ["variant: 廣 広", "廣瀨", "広瀬"],
  ["variant: 櫻 桜", "櫻井", "桜井"],
  ["variant: 國 国", "國枝", "国枝"],
  ["variant: 嶋 嶌 島", "嶋田嶌田", "島田島田"],
  ["variant: 龍 竜", "坂本龍", "坂本竜"],
  ["variant: 眞 真", "眞子", "真子"],
  ["variant outside the BMP", "𠮷田", "吉田"],
  ["compatibility ideograph", "神田", "神田"],
  ["KANGXI radical", "⾎液", "血液"],
  ["variation selector", "葛\u{e0100}西", "葛西"],
  ["iteration mark", "佐々木", "佐佐木"],
  ["ヴ", "ヴェラ ウ゛", "ベラう゛"],
  ["ヂ ヅ", "しづか", "シズカ"],
  ["spaces and marks", "灯台 花子・1-2/3", "灯台花子123"],
  ["zero width", "灯\u200b台", "灯台"],
])("%s", (_, sent, typed) => {
  expect(foldForSearch(sent)).toBe(foldForSearch(typed));
  expect(foldForSearch(sent)).not.toBe("");
});

test.each([
  ["voiced kana", "たなか", "たなが"],
  ["other kanji", "高橋", "商橋"],
  ["order", "花子", "子花"],
])("%s stays apart", (_, one, other) => {
  expect(foldForSearch(one)).not.toBe(foldForSearch(other));
});

test("a separator of the index cannot be smuggled in", () => {
  expect(foldForSearch("灯\u0001台\t花\n子")).toBe("灯台花子");
});

test("more than a hundred variant letters fold", () => expect(variantCount).toBeGreaterThanOrEqual(100));

test("folding twice changes nothing", () => {
  const japanese = fc
    .array(fc.constantFrom(..."髙齋ヴァヴゔ々ーｳﾞｷﾖっヂ㍻⾎ İẞ葛\u{e0100}"), { maxLength: 12 })
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(fc.oneof(japanese, fc.string({ unit: "binary" })), (text) => {
      const once = foldForSearch(text);
      expect(foldForSearch(once)).toBe(once);
    }),
    { seed: 11, numRuns: 500 },
  );
});
