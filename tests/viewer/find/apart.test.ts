import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differing, stretches } from "../../../src/viewer/find/apart.ts";
import { makeHospitals } from "../../../src/viewer/find/hospitals.ts";
import { hitOf, peopleOf } from "../../../src/viewer/find/people.ts";
import { shardText } from "./people.ts";

const marked = (text: string, ...others: readonly string[]) =>
  stretches(text, others)
    .map((stretch) => (stretch.differs ? `[${stretch.text}]` : stretch.text))
    .join("");

describe("letters that tell people apart", () => {
  it.each([
    ["1948-03-05", ["1948-03-06"], "1948-03-0[5]"],
    ["灯台 太郎", ["灯台 太朗"], "灯台 太[郎]"],
    ["ハナコ", ["ハナエ", "ハヤコ"], "ハ[ナコ]"],
    ["架空県見本市灯台町1-2-3", ["架空県試験市港9"], "架空県[見本市灯台町1-2-3]"],
    ["ハナ", ["ハナコ"], "ハナ"],
    ["同じ", ["同じ"], "同じ"],
    ["独り", [], "独り"],
  ])("%s beside %s", (text, others, expected) => expect(marked(text, ...others)).toBe(expected));

  it("never lose, add or move one, and mark a difference of equal length on either side", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 12 }),
        fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 3 }),
        (text, others) => {
          const found = stretches(text, others);
          expect(found.map((each) => each.text).join("")).toBe(text);
          const other = others.find((each) => each !== text && [...each].length === [...text].length);
          if (other !== undefined) expect(found.some(({ differs }) => differs)).toBe(true);
        },
      ),
    );
  });
});

const people = peopleOf([
  shardText([
    { kanji: ["灯台", "花子"], kana: ["トウダイ", "ハナコ"], birth: "1948-03-05", address: "架空県見本市1", ids: [["1319999999", "1"]] },
    { kanji: ["灯台", "華子"], kana: ["トウダイ", "ハナコ"], birth: "1948-03-05", address: "", ids: [["1319999999", "2"]] },
  ]),
]);

it("says which facts differ; an unknown one is not the same as a known one", () => {
  const hits = people.rows.map((row) => hitOf(row, []));
  expect(differing(hits)).toEqual(["kanji", "address", "number"]);
  expect(differing(hits.slice(0, 1))).toEqual([]);
});

it("a hospital's code has a name only by somebody whose records all come from there", () => {
  const row = (i: readonly (readonly [string, string])[], h: readonly string[]) =>
    JSON.stringify({ ...JSON.parse(people.rows[0] ?? ""), i, h });
  const rows = [
    row(
      [
        ["1310000001", "1"],
        ["1310000002", "2"],
      ],
      ["甲病院", "乙病院"],
    ),
    row([["1310000002", "3"]], ["乙病院", "薬局"]),
    row([["1310000001", "4"]], ["甲病院"]),
  ];
  const hospital = makeHospitals({ folded: rows.map(() => ""), rows });
  expect(["1310000001", "1310000002", "1319999999", "131000000"].map(hospital)).toEqual(["甲病院", null, null, null]);
});
