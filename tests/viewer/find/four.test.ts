import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeAlike } from "../../../src/viewer/find/alike.ts";
import { type Differs, type Four, makeFour, NEAR_LIMIT } from "../../../src/viewer/find/four.ts";
import { peopleOf } from "../../../src/viewer/find/people.ts";
import { type Someone, shardText } from "./people.ts";

const families = [
  ["灯台", "トウダイ"],
  ["架空", "カクウ"],
  ["見本", "ミホン"],
  ["髙橋", "タカハシ"],
  ["山﨑", "ヤマザキ"],
  ["大谷", "オオタニ"],
] as const;
const givens = [
  ["花子", "ハナコ"],
  ["試子", "タメコ"],
  ["一郎", "イチロウ"],
  ["未来", "ミライ"],
  ["さくら", "サクラ"],
] as const;
const towns = ["架空県見本市灯台町", "架空県試験市港", "模擬県例示区北一条"] as const;

/** Everybody another one: 90 people, by name and town; birth dates some years apart. */
const everybody: readonly (Someone & Four)[] = families.flatMap((family, f) =>
  givens.flatMap((given, g) =>
    towns.map((town, w) => {
      const n = (f * givens.length + g) * towns.length + w;
      const birth = `${1930 + n}-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + ((n * 7) % 28)).padStart(2, "0")}`;
      const address = `${town}${1 + (n % 9)}-${1 + (n % 5)}`;
      return {
        kanji: [family[0], given[0]] as const,
        kana: [family[1], given[1]] as const,
        birth,
        ids: [["9910000001", String(n)] as const],
        address,
        name: `${family[0]} ${given[0]}`,
        birthDate: birth,
        sex: "female" as const,
      };
    }),
  ),
);
const populationOf = (people: readonly Someone[]) => {
  const population = peopleOf([shardText(people)]);
  return makeFour(population, makeAlike(population));
};
const four = populationOf(everybody);
const anybody = fc.constantFrom(...everybody);
const numberOf = (someone: Someone) => someone.ids?.[0]?.[1];
const found = (asked: Four) => {
  const { exact, near } = four(asked);
  return {
    exact: exact.map(({ identifiers }) => identifiers[0]?.pid),
    near: near.map(({ hit, differs }) => [hit.identifiers[0]?.pid, ...differs]),
  };
};

describe("with all four of their own", () => {
  test("everybody is found, and nobody else", () => {
    for (const each of everybody) expect(found(each).exact).toEqual([numberOf(each)]);
  });

  test("however they are written", () => {
    fc.assert(
      fc.property(anybody, fc.constantFrom("kanji", "kana", "half", "spaceless"), fc.boolean(), (each, how, era) => {
        const kana = (each.kana ?? []).join(" ");
        const name = { kanji: each.name, kana, half: toHalf(kana), spaceless: each.name.replace(" ", "") }[how];
        const [year = "", month, day] = each.birthDate.split("-");
        const birthDate =
          era && Number(year) < 1989 && Number(year) > 1926 ? `昭和${Number(year) - 1925}年${month}月${day}日` : each.birthDate;
        expect(found({ ...each, name, birthDate }).exact).toContain(numberOf(each));
      }),
    );
  });
});

describe("with one of the four spoilt", () => {
  const spoilt = fc.constantFrom<readonly [string, (each: Four) => Four]>(
    ["another name", (each) => ({ ...each, name: "遠方 不明" })],
    ["a wrong day", (each) => ({ ...each, birthDate: "2001-12-31" })],
    ["the other sex", (each) => ({ ...each, sex: "male" })],
    ["another town", (each) => ({ ...each, address: "遠方県無関市1-1" })],
  );
  test("they are among the near misses, never among the found", () => {
    fc.assert(
      fc.property(anybody, spoilt, (each, [, spoil]) => {
        const { exact, near } = found(spoil(each));
        expect(exact).not.toContain(numberOf(each));
        expect(near.map(([pid]) => pid)).toContain(numberOf(each));
      }),
    );
  });
});

const one: Someone & Four = {
  kanji: ["灯台", "花子"],
  kana: ["トウダイ", "ハナコ"],
  birth: "1948-03-05",
  ids: [["9910000001", "1"]],
  address: "架空県見本市灯台町1-2-3",
  name: "灯台 花子",
  birthDate: "1948-03-05",
  sex: "female",
};
const ask = (change: Partial<Four>, someone: Someone = one) => {
  const { exact, near } = populationOf([someone])({ ...one, ...change });
  return exact.length > 0 ? "exact" : (near[0]?.differs ?? "nobody");
};

describe("what differs is said", () => {
  test.each<[string, Partial<Four>, Someone, readonly Differs[]]>([
    ["a letter of the kana", { name: "とうだい はなご" }, one, ["nameLetter"]],
    ["a letter left out", { name: "トウダ ハナコ" }, one, ["nameLetter"]],
    ["two letters exchanged", { name: "トウイダ ハナコ" }, one, ["nameLetter"]],
    ["a married name", { name: "架空 花子" }, one, ["namePart"]],
    ["another name", { name: "架空 一郎" }, one, ["nameOther"]],
    ["one day", { birthDate: "1948-03-06" }, one, ["birthDay"]],
    ["one day over the end of a month", { birthDate: "1948-02-29" }, { ...one, birth: "1948-03-01" }, ["birthDay"]],
    ["day and month", { birthDate: "1948-05-03" }, one, ["birthSwap"]],
    ["one digit", { birthDate: "1948-03-25" }, one, ["birthDigit"]],
    ["the year", { birthDate: "1973-03-05" }, one, ["birthYear"]],
    ["another day", { birthDate: "1990-12-31" }, one, ["birthOther"]],
    ["a year is all that was sent", {}, { ...one, birth: "1948" }, ["birthShort"]],
    ["no birth date was sent", {}, { ...one, birth: null }, ["birthUnknown"]],
    ["the sex", { sex: "male" }, one, ["sexOther"]],
    ["the house", { address: "架空県見本市灯台町9-9" }, one, ["addressPart"]],
    ["the town", { address: "架空県試験市港9" }, one, ["addressOther"]],
    ["no address was sent", {}, { ...one, address: "" }, ["addressUnknown"]],
    ["two slips", { name: "トウダイ ハナゴ", birthDate: "1948-03-06" }, one, ["nameLetter", "birthDay"]],
    [
      "three slips, in the order of the facts",
      { name: "トウダイ ハナゴ", birthDate: "1948-03-06", address: "見本市灯台町8" },
      one,
      ["nameLetter", "birthDay", "addressPart"],
    ],
  ])("%s", (_, change, someone, differs) => expect(ask(change, someone)).toEqual(differs));

  test("two facts that are another one altogether are nobody", () =>
    expect(ask({ name: "架空 一郎", birthDate: "1990-12-31" })).toBe("nobody"));
});

describe("the address", () => {
  test.each([
    ["without the prefecture", "見本市灯台町1-2-3"],
    ["without the house", "架空県見本市灯台町"],
    ["丁目・番・号", "架空県見本市灯台町１丁目２番３号"],
    ["kanji numerals", "架空県見本市灯台町一丁目二番三号"],
    ["with the building", "架空県見本市灯台町1-2-3 見本荘"],
  ])("%s is the same", (_, address) => expect(ask({ address })).toBe("exact"));
});

test("romaji finds, with long vowels or without", () => {
  for (const name of ["Toudai Hanako", "Todai Hanako", "ｔｏｄａｉ　ｈａｎａｋｏ"]) expect(ask({ name })).toBe("exact");
});

test("one fact alone, or sex and address without a name or a date, is too little to ask", () => {
  const nothing = { name: "", birthDate: "", sex: null, address: "" } as const;
  for (const asked of [
    { ...nothing, name: one.name },
    { ...one, name: "", birthDate: "" },
  ])
    expect(four(asked)).toEqual({ exact: [], near: [] });
});

test("near misses come in the order of likelihood, and no more than ten", () => {
  const crowd = Array.from({ length: 30 }, (_, n) => ({
    ...one,
    kanji: null,
    kana: ["トウダイ", n === 29 ? "ハナエ" : "イチロウ"] as const,
  }));
  const { near } = populationOf(crowd)({ ...one, name: "トウダイ ハナコ" });
  expect(near).toHaveLength(NEAR_LIMIT);
  expect(near[0]?.differs).toEqual(["nameLetter"]);
});

test("a stranger who asks for somebody else's family does not see the neighbourhood", () => {
  const { exact, near } = found({ name: "遠方 不明", birthDate: "", sex: "female", address: "" });
  expect([exact, near]).toEqual([[], []]);
});

/** カナ → ｶﾅ, for the letters used here. */
function toHalf(kana: string): string {
  const full = "アイウオカクコサシダタトナニハホマミメヤラロンキザ";
  const half = [
    "ｱ",
    "ｲ",
    "ｳ",
    "ｵ",
    "ｶ",
    "ｸ",
    "ｺ",
    "ｻ",
    "ｼ",
    "ﾀﾞ",
    "ﾀ",
    "ﾄ",
    "ﾅ",
    "ﾆ",
    "ﾊ",
    "ﾎ",
    "ﾏ",
    "ﾐ",
    "ﾒ",
    "ﾔ",
    "ﾗ",
    "ﾛ",
    "ﾝ",
    "ｷ",
    "ｻﾞ",
  ];
  return [...kana].map((letter) => half[full.indexOf(letter)] ?? letter).join("");
}
