import { expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { peopleOf } from "../../../src/viewer/find/people.ts";
import { HIT_LIMIT, makeSearch } from "../../../src/viewer/find/search.ts";
import { type Someone, shardText } from "./people.ts";

const region: readonly Someone[] = [
  {
    kanji: ["髙橋", "試子"],
    kana: ["タカハシ", "タメコ"],
    birth: "1948-03-05",
    ids: [["1319999999", "0012345"]],
    address: "架空県見本市灯台町1-2",
  },
  {
    kanji: ["灯台", "佐藤"],
    kana: ["トウダイ", "サトウ"],
    birth: "1990-12-31",
    ids: [["1319999999", "1948001"]],
    address: "架空県試験市3",
  },
  {
    kanji: ["山﨑", "見本"],
    kana: ["ヤマサキ", "ミホン"],
    birth: "1972-07-01",
    ids: [
      ["1319999999", "9012345"],
      ["1329999999", "A-77"],
    ],
  },
  { kanji: ["大谷", "優子"], kana: ["オオタニ", "ユウコ"], birth: "2011", ids: [] },
  { kanji: null, kana: ["ヤマダ", "ケンイチ"], birth: null, ids: [["1319999999", "0000001"]] },
];
const search = makeSearch(peopleOf([shardText(region.slice(0, 2)), shardText(region.slice(2))]));
const names = (text: string) => search(text).hits.map((hit) => hit.kana?.given);

test.each([
  ["variant kanji", "高橋", ["タメコ"]],
  ["variant kanji, typed in the variant", "髙橋試子", ["タメコ"]],
  ["space inside a name", "高橋　試子", ["タメコ"]],
  ["﨑 for 崎", "山崎", ["ミホン"]],
  ["half-width kana", "ﾀｶﾊｼ", ["タメコ"]],
  ["hiragana", "たかはし", ["タメコ"]],
  ["romaji", "takahashi", ["タメコ"]],
  ["romaji, full width", "ＹＡＭＡＤＡ", ["ケンイチ"]],
  ["romaji half typed", "yamad", ["ミホン", "ケンイチ"]],
  ["romaji without long vowels", "otani yuko", ["ユウコ"]],
  ["romaji with h for a long vowel", "ohtani", ["ユウコ"]],
  ["romaji n'", "ken'ichi", ["ケンイチ"]],
  ["birth date 西暦", "1948-03-05", ["タメコ"]],
  ["birth date 和暦", "昭和23年3月5日", ["タメコ"]],
  ["birth date 和暦 short", "S23.3.5", ["タメコ"]],
  ["birth date with a name", "19480305 たか", ["タメコ"]],
  ["identifier", "A-77", ["ミホン"]],
  ["identifier with leading zeros", "0000001", ["ケンイチ"]],
  ["address", "灯台町", ["タメコ"]],
  ["words that no one has together", "たかはし 灯台町 やまだ", []],
  ["nothing", "  　", []],
  ["punctuation alone", "・", []],
])("%s", (_, typed, expected) => expect(names(typed)).toEqual(expected));

test("a year finds the birth year first and then the number that contains it", () => expect(names("1948")).toEqual(["タメコ", "サトウ"]));

test("a whole identifier comes before one that contains it", () => {
  const found = makeSearch(
    peopleOf([
      shardText([
        { kana: ["ア", "長"], ids: [["1", "12345"]] },
        { kana: ["ン", "全"], ids: [["1", "2345"]] },
      ]),
    ]),
  )("2345");
  expect(found.hits.map((hit) => hit.kana?.given)).toEqual(["全", "長"]);
});

test("a row holds what the hub sealed, and a person without protected items has no such pack", () => {
  const [hit] = search("0012345").hits;
  expect(hit).toMatchObject({
    kanji: { family: "髙橋", given: "試子" },
    birthDate: "1948-03-05",
    sex: "female",
    identifiers: [{ facility: "1319999999", pid: "0012345" }],
  });
  expect(hit?.packs.protected).toBeNull();
});

test("more than fifty hits: fifty shown, all counted", () => {
  const many = makeSearch(
    peopleOf([shardText(Array.from({ length: 120 }, (_, i) => ({ kana: ["トウダイ", `ミホン${i}`], birth: null })))]),
  )("とうだい");
  expect([many.hits.length, many.total]).toEqual([HIT_LIMIT, 120]);
});

test("same names and near birth dates are marked, for both and for nobody else", () => {
  const twins = makeSearch(
    peopleOf([
      shardText([
        { kanji: ["灯台", "花"], kana: ["トウダイ", "ハナ"], birth: "1950-01-12" },
        { kanji: ["東大", "華"], kana: ["トウダイ", "ハナ"], birth: "1985-06-30" },
        { kanji: ["灯台", "月"], kana: ["トウダイ", "ツキ"], birth: "1950-12-01" },
        { kanji: ["見本", "空"], kana: ["ミホン", "ソラ"], birth: "1950-01-12" },
      ]),
    ]),
  );
  const marks = Object.fromEntries(["花", "華", "月", "空"].map((given) => [given, twins(given).hits[0]?.alike]));
  expect(marks).toEqual({ 花: ["sameName", "nearBirthDate"], 華: ["sameName"], 月: ["nearBirthDate"], 空: [] });
});

test.each([
  ["a line without a tab", "abc\n"],
  ["a last line that is cut", "abc\t{}"],
])("a shard with %s is refused", (_, text) => {
  let code = "";
  try {
    peopleOf([text]);
  } catch (error) {
    code = codeOf(error);
  }
  expect(code).toBe("shard-malformed");
});
