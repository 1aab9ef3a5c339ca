import { expect, test } from "vitest";
import { makeAlike } from "../../../src/viewer/find/alike.ts";
import { peopleOf } from "../../../src/viewer/find/people.ts";
import { makeSeek } from "../../../src/viewer/find/seek.ts";
import { type Someone, shardText } from "./people.ts";

const region: readonly Someone[] = [
  {
    kanji: ["灯台", "花子"],
    kana: ["トウダイ", "ハナコ"],
    birth: "1948-03-05",
    ids: [
      ["1", "0012345"],
      ["2", "A-77"],
    ],
  },
  { kanji: ["灯台", "華子"], kana: ["トウダイ", "ハナコ"], birth: "1990-12-31", ids: [["1", "512345"]] },
  { kanji: ["灯代", "一"], kana: ["トウダイ", "ハジメ"], birth: "1948-03-06", ids: [["2", "12345"]] },
  { kanji: ["見本", "別子"], kana: ["ミホン", "ベツコ"], birth: "1948-03-05", ids: [["1", "0000"]], address: "12345" },
];
const people = peopleOf([shardText(region)]);
const seek = makeSeek(people, makeAlike(people));
const givens = (hits: readonly { readonly kanji: { readonly given: string } | null }[]) => hits.map(({ kanji }) => kanji?.given);
const refOf = (given: string) => [0, 1, 2, 3].map((i) => JSON.parse(people.rows[i] ?? "")).find(({ k }) => k[1] === given).r as string;

test.each([
  ["as it stands", "0012345", ["花子", "一"]],
  ["without its zeros", "12345", ["花子", "一"]],
  ["with more zeros", "000012345", ["花子", "一"]],
  ["letters of any width and case", "ａ７７", ["花子"]],
  ["zeros alone", "0000", ["別子"]],
  ["a part of a number", "1234", []],
  ["nothing", " - ", []],
])("a hospital's number, %s, finds whoever bears it and no address", (_, value, expected) =>
  expect(givens(seek.withNumber(value))).toEqual(expected),
);

test("a reference finds its person with the warnings of search, and nobody else's", () => {
  expect(seek.one(refOf("華子"))).toMatchObject({ kanji: { given: "華子" }, alike: ["sameName"] });
  expect(seek.one("_____________________w")).toBeNull();
});

test("those who are alike stand beside each other: the same kana, and a birth date a day apart", () => {
  expect(givens(seek.namesakes(refOf("花子")))).toEqual(["花子", "華子", "一"]);
  expect(givens(seek.namesakes(refOf("別子")))).toEqual(["別子"]);
  expect(seek.namesakes("_____________________w")).toEqual([]);
});
