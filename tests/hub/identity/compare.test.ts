import { describe, expect, test } from "vitest";
import { compare, compareBirth, isOneSlip } from "../../../src/hub/identity/compare.ts";
import { linkKeys } from "../../../src/hub/identity/links.ts";
import { score, scoreOf } from "../../../src/hub/identity/score.ts";
import { joinStatements, mergeTraits, newStatements, parseTraits, statementsOf, traitsOf } from "../../../src/hub/identity/traits.ts";
import { record, type Said } from "./patients.ts";

const traits = (said: Said = {}) => traitsOf(record(said));
const agreement = (a: Said, b: Said) => compare(traits(a), traits(b));
const chance = (a: Said, b: Said) => score([traits(a)], [traits(b)])?.probability ?? 0;

describe("comparing", () => {
  test.each([
    ["1948-03-05", "1948-03-05", "same"],
    ["1948-03-05", "1948-05-03", "near"],
    ["1948-03-05", "1948-03-06", "near"],
    ["1948-03-05", "1984-03-05", "near"],
    ["1948-03-05", "1950-11-21", "other"],
    ["1948-03-05", "1948", "unknown"],
    ["1948-03-05", "1949", "other"],
    ["1948-03-05", "", "unknown"],
  ])("birth dates %s and %s: %s", (a, b, level) => {
    expect([compareBirth(a, b), compareBirth(b, a)]).toEqual([level, level]);
  });

  test.each([
    ["はなこ", "はなこ", true],
    ["はなこ", "はなご", true],
    ["はなこ", "なはこ", true],
    ["はなこ", "はな", true],
    ["はなこ", "はるみ", false],
    ["はなこ", "なこは", false],
  ])("%s and %s: one slip apart %s", (a, b, slip) => {
    expect([isOneSlip([...a], [...b]), isOneSlip([...b], [...a])]).toEqual([slip, slip]);
  });

  test.each<[string, Said, Said, object]>([
    ["髙橋 and 高橋", { family: "髙橋", familyKana: "タカハシ" }, { family: "高橋", familyKana: "ﾀｶﾊｼ" }, { family: "same" }],
    ["one sound, other letters", { given: "花子" }, { given: "英子" }, { given: "near" }],
    [
      "一丁目2番3号 and 1-2-3",
      { address: "架空県見本市灯台町一丁目2番3号" },
      { address: "架空県見本市灯台町1-2-3", postal: "" },
      { address: "same" },
    ],
    [
      "a room number more",
      { address: "架空県見本市灯台町1-2-3" },
      { address: "架空県見本市灯台町1-2-3-405", postal: "" },
      { address: "near" },
    ],
    ["a telephone written otherwise", { phone: "０３－００００－１２３４" }, { phone: "+81-3-0000-1234" }, { phone: "same" }],
    ["a branch unsaid", { card: "1:2:3:" }, { card: "1:2:3:01" }, { card: "near" }],
    ["another branch", { card: "1:2:3:02" }, { card: "1:2:3:01" }, { card: "apart" }],
  ])("%s", (_, a, b, levels) => {
    expect(agreement(a, b)).toMatchObject(levels);
    expect(agreement(b, a)).toEqual(agreement(a, b));
  });

  test("a household alone never reaches the queue; twins rank below a changed family name", () => {
    const twins = chance({}, { given: "春子", givenKana: "ハルミ", card: "00130012:東12:0034:02" });
    const son = chance({}, { given: "一郎", givenKana: "イチロウ", birth: "1975-01-01", sex: "M", card: "00130012:東12:0034:03" });
    const married = chance({}, { family: "架空", familyKana: "カクウ", address: "架空県例示村9", postal: "", card: "00990099::1:01" });
    expect(son).toBeLessThan(0.01);
    expect(twins).toBeLessThan(0.9);
    expect(married).toBeGreaterThan(0.9);
  });

  test("what is not known says nothing either way", () => {
    const unknown = {
      family: "unknown",
      given: "unknown",
      birth: "unknown",
      sex: "unknown",
      address: "unknown",
      phone: "unknown",
      card: "unknown",
    } as const;
    const { probability } = scoreOf(unknown);
    expect(scoreOf({ ...unknown, birth: "same" }).probability).toBeGreaterThan(probability);
    expect(scoreOf({ ...unknown, birth: "other" }).probability).toBeLessThan(probability);
  });
});

describe("what is kept of many messages", () => {
  test("each distinct name, birth date and sex once, with all addresses; the same in any order", () => {
    const messages = [
      {},
      { address: "架空県例示村9" },
      { card: "", familyKana: "", givenKana: "" },
      { family: "旧姓", familyKana: "キュウセイ", card: "" },
    ];
    const kept = mergeTraits(messages.map(traits));
    expect(kept.map(({ kanji, addresses }) => [kanji?.[0], addresses.length])).toEqual([
      ["灯台", 2],
      ["旧姓", 1],
    ]);
    expect(mergeTraits([...messages].reverse().map(traits))).toEqual(kept);
  });

  test("file by file as all at once; a message that says nothing new is not kept again", () => {
    const messages = [{}, {}, { card: "" }, { birth: "1948-03-06" }].map(record);
    const said = new Set<string>();
    const single = messages.map((one) => newStatements([one], said));
    expect(single[1]).toEqual([]);
    expect(joinStatements(single.flat())).toEqual(statementsOf(messages));
    expect(parseTraits("an older hub's key|x")).toBeNull();
  });

  test("a key is never made of a name in one message and a card in another", () => {
    const messages = [record({ card: "" }), record({ familyKana: "", givenKana: "" })];
    expect(linkKeys(messages)).toEqual([]);
    expect(
      statementsOf(messages)
        .flatMap((text) => parseTraits(text) ?? [])
        .every(({ kana, cards }) => kana === null || cards.length === 0),
    ).toBe(true);
  });
});
