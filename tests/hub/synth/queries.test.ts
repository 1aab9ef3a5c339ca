import { describe, expect, it } from "vitest";
import { region, searchQueries } from "../../../src/hub/synth/index.ts";
import { era, halfWidth, hiragana, romaji } from "../../../src/hub/synth/queries.ts";
import { makeJisEncoder } from "../../../src/hub/text/jis.ts";

describe("labelled queries", () => {
  const model = region(500, "queries");
  const queries = searchQueries(model, 200, "bench");

  it("are as many as asked, the same each time, and each means somebody", () => {
    expect(queries.length).toBe(200);
    expect(searchQueries(model, 200, "bench")).toEqual(queries);
    expect(searchQueries(model, 200, "other")).not.toEqual(queries);
    const known = new Set(model.people.flatMap((person) => person.records.map((record) => `${record.facility.code}/${record.pid}`)));
    for (const { expect: meant } of queries) {
      expect(meant.length).toBeGreaterThan(0);
      for (const one of meant) expect(known.has(`${one.facility}/${one.pid}`)).toBe(true);
    }
  });

  it("cover every way of writing", () => {
    const of = (why: string): string => queries.find((query) => query.why === why)?.query ?? "";
    expect(new Set(queries.map((query) => query.why)).size).toBe(19);
    expect(of("kanji with an ideographic space")).toMatch(/^ \p{sc=Han}+　\p{sc=Han}+ $/u);
    expect(of("half-width katakana")).toMatch(/^[\uff66-\uff9f ]+$/);
    expect(of("hiragana")).toMatch(/^[ぁ-ゖ　]+$/);
    expect(of("romaji")).toMatch(/^[a-z']+ [a-z']+$/);
    expect(of("era date, letter")).toMatch(/^[RHST]\d+\.\d+\.\d+$/);
    expect(of("era date, kanji")).toMatch(/^(令和|平成|昭和|大正)(\d+|元)年\d+月\d+日$/);
    expect(of("identifier without its zeros")).toMatch(/^[1-9]\d+$/);
  });

  it("name all namesakes, and a family by any of its letters", () => {
    const kana = queries.find((query) => query.why === "katakana");
    const meant = model.people.flatMap((person) =>
      person.records.filter((record) => `${record.familyKana} ${record.givenKana}` === kana?.query),
    );
    expect(kana?.expect).toEqual(meant.map((record) => ({ facility: record.facility.code, pid: record.pid })));
    for (const query of queries.filter((one) => one.why === "variant kanji")) {
      const first = model.people
        .flatMap((person) => person.records)
        .find((record) => record.pid === query.expect[0]?.pid && record.facility.code === query.expect[0]?.facility);
      expect(query.query.endsWith(first?.given ?? "?")).toBe(true);
    }
  });
});

describe("ways of writing", () => {
  it.each([
    ["トウダイハナコ", "toudaihanako"],
    ["リョウコ", "ryouko"],
    ["シュウジ", "shuuji"],
    ["チヅル", "chiduru"],
    ["シンイチ", "shin'ichi"],
    ["テッペイ", "teppei"],
    ["ジュンコ", "junko"],
    ["ヒョウホン", "hyouhon"],
  ])("%s is typed %s", (kana, typed) => expect(romaji(kana)).toBe(typed));

  it("half width parts the sound mark, hiragana keeps the length", () => {
    expect(halfWidth("カガパ")).toBe("ｶｶﾞﾊﾟ");
    expect(hiragana("トウダイ")).toBe("とうだい");
    expect(halfWidth("ソウゾウ").normalize("NFKC")).toBe("ソウゾウ");
  });

  it.each([
    ["19480305", "昭和", 23],
    ["19890107", "昭和", 64],
    ["19890108", "平成", 1],
    ["20190430", "平成", 31],
    ["20190501", "令和", 1],
    ["19261224", "大正", 15],
    ["19261225", "昭和", 1],
  ])("%s is %s %i", (day, name, year) => expect([era(day).name, era(day).year]).toEqual([name, year]));

  it("ISO-2022-JP has the letters of the names, and says so where it has none", () => {
    const encode = makeJisEncoder();
    const text = "A髙﨑齋邉濵|灯台①～μ\r";
    expect(new TextDecoder("iso-2022-jp").decode(encode(text))).toBe(text);
    expect(Buffer.from(encode("あA")).toString("latin1")).toBe('\x1b$B$"\x1b(BA');
    expect(() => encode("𠮷")).toThrow(RangeError);
  });
});
