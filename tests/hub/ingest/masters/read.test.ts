import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTable } from "../../../../src/hub/ingest/masters/csv.ts";
import { readMaster } from "../../../../src/hub/ingest/masters/index.ts";
import { masterKinds } from "../../../../src/hub/record/master.ts";
import { TomoshibiError } from "../../../../src/shared/error.ts";
import { byomeiMaster, hotLine, hotLines, hotMaster, jfagyMaster, jlacMaster, sjis, utf8, yjMaster } from "./fixtures.ts";

const byCode = (bytes: Uint8Array, kind: (typeof masterKinds)[number]) =>
  new Map(readMaster(bytes, kind).entries.map((entry) => [entry.code, entry]));

describe("the HOT master", () => {
  test("in Shift_JIS and in UTF-8, with and without mark of order, says the same", () => {
    const one = readMaster(sjis(hotMaster()), "hot");
    expect(one).toMatchObject({ charset: "shift_jis", read: 6, taken: 6, refused: [] });
    for (const text of [hotMaster(), `\uFEFF${hotMaster()}`]) expect(readMaster(utf8(text), "hot").entries).toEqual(one.entries);
  });

  test("leads from HOT13, HOT9 and HOT7 to the YJ code, and knows the YJ codes themselves", () => {
    const known = byCode(sjis(hotMaster()), "hot");
    for (const code of ["9000101010101", "900010101", "9000101", "3332001F1024"])
      expect(known.get(code), code).toEqual({ code, name: "ワーファリン錠１ｍｇ", target: "3332001F1024" });
  });

  test("under a HOT7 of several makers, only what their codes and names share", () => {
    expect(byCode(sjis(hotMaster()), "hot").get("9000202")).toEqual({
      code: "9000202",
      name: "クロピドグレル錠２５ｍｇ",
      target: "3399008F10",
    });
  });

  test("a number that stands for two ingredients leads nowhere", () => {
    const lines = [hotLine("9000909010101", "3332001F1024", "見本甲錠"), hotLine("9000909020101", "2171022F1010", "見本乙錠")];
    for (const more of [[], [hotLine("9000909030101", "3332001F1024", "見本丙錠")], [hotLine("9000909030101", "", "見本丙錠")]])
      expect(byCode(sjis(hotMaster([...lines, ...more])), "hot").get("9000909")?.target).toBe("");
  });

  test("columns are found by their names, wherever they stand and under lines of explanation", () => {
    const text = [
      "医薬品HOTコードマスター 2026年10月31日版",
      "販売名,個別医薬品コード,基準番号（ＨＯＴコード）",
      "ワーファリン錠１ｍｇ,3332001F1024,900010101",
    ];
    expect(byCode(utf8(text.join("\n")), "hot").get("900010101")?.target).toBe("3332001F1024");
  });

  test("without a heading, the order of the public file counts", () => {
    expect(byCode(sjis(hotLines.join("\n")), "hot").get("900010101")?.target).toBe("3332001F1024");
  });

  test("a line is taken or refused whole, and every line is counted once, with the first of its kind", () => {
    const bad = [
      hotLine("12345", "3332001F1024", "番号の短い見本"),
      hotLine("9000505010101", "3332001", "コードの短い見本"),
      hotLine("9000606010101", "3332001F1024", ""),
    ];
    const found = readMaster(sjis(hotMaster([...hotLines, ...bad, hotLine("x", "", "y")])), "hot");
    expect(found).toMatchObject({ read: 10, taken: 6 });
    expect(found.refused).toEqual([
      { reason: "code", count: 2, line: 7 },
      { reason: "name", count: 1, line: 9 },
      { reason: "target", count: 1, line: 8 },
    ]);
    expect(found.entries.some(({ code }) => code.startsWith("9000505") || code.startsWith("9000606"))).toBe(false);
  });
});

describe("the other masters", () => {
  test("標準病名マスター: management number, exchange code and claim code all lead to ICD-10", () => {
    const known = byCode(sjis(byomeiMaster), "byomei");
    for (const code of ["90000002", "X2AB", "9000012"]) expect(known.get(code)).toMatchObject({ name: "透析状態見本", target: "Z992" });
    expect(known.get("90000003")?.target).toBe("");
  });

  test("JLAC10 in five columns under a title, and in one", () => {
    expect(byCode(utf8(jlacMaster), "jlac10").get("3H015000002326101")?.name).toBe("カリウム");
    const one = "JLAC10コード,項目名称\n3H015-0000-023-261-01,カリウム\n3.00E+15,表計算が壊した見本";
    const found = readMaster(utf8(one), "jlac10");
    expect(found.entries).toEqual([{ code: "3H015000002326101", name: "カリウム", target: "" }]);
    expect(found.refused).toEqual([{ reason: "code", count: 1, line: 2 }]);
  });

  test("J-FAGY, whose cells hold commas", () => {
    expect(byCode(utf8(jfagyMaster), "jfagy").get("Z9FX00000001")?.name).toBe("見本, 食品");
  });

  test("YJ, and the price list's own heading", () => {
    expect(byCode(utf8(yjMaster), "yj").get("3332001F1024")?.name).toBe("ワーファリン錠１ｍｇ");
    expect(
      byCode(
        sjis("区分,薬価基準収載医薬品コード,成分名,規格,品名\n内用薬,3332001F1024,ワルファリンカリウム,1mg1錠,ワーファリン錠1mg"),
        "yj",
      ).size,
    ).toBe(1);
  });
});

describe("what is no master is refused whole", () => {
  const refused = (bytes: Uint8Array, kind: (typeof masterKinds)[number]) => {
    try {
      readMaster(bytes, kind);
    } catch (error) {
      return error instanceof TomoshibiError ? [error.code, error.detail.reason] : error;
    }
    return "taken";
  };
  test("cut inside a quoted cell", () => {
    const whole = sjis(hotMaster());
    expect(refused(whole.subarray(0, whole.length - 8), "hot")).toEqual(["master-malformed", "cut"]);
  });
  test("another kind of master", () => {
    expect(refused(utf8(jfagyMaster), "hot")).toEqual(["master-malformed", "columns"]);
    expect(refused(sjis(hotMaster()), "byomei")).toEqual(["master-malformed", "columns"]);
  });
  test("a heading and nothing usable below it", () => {
    expect(refused(sjis(hotMaster([])), "hot")).toEqual(["master-malformed", "nothing-taken"]);
  });
  test("nothing at all, and bytes that are no text", () => {
    expect(refused(new Uint8Array(0), "hot")).toEqual(["master-malformed", "columns"]);
    expect(
      refused(
        Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) & 255),
        "yj",
      ),
    ).toEqual(["master-malformed", "columns"]);
  });
});

test("whatever the bytes, a kind takes them with every line counted once or refuses with its own code", () => {
  const piece = fc.constantFrom(...hotLines, byomeiMaster, jlacMaster, '"', ",", "\r\n", "\t", "ＨＯＴ", "基準番号,販売名");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom(...masterKinds), fc.nat(400), (pieces, kind, cut) => {
      const bytes = sjis(pieces.join("\n"));
      try {
        const { read, taken, refused: counts } = readMaster(bytes.subarray(0, bytes.length - Math.min(cut, bytes.length)), kind);
        expect(taken + counts.reduce((sum, { count }) => sum + count, 0)).toBe(read);
      } catch (error) {
        expect(error).toMatchObject({ code: "master-malformed" });
      }
    }),
    { seed: 20261121, numRuns: 300 },
  );
});

test("a table reads as it was written, whatever its cells hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "薬", '"', ",", "\n", "\r", "\t", " ") });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\r\n");
      expect([...parseTable(`"x","y"\r\n${written}`)].slice(1)).toEqual(rows.filter((row) => row.some((text) => text.trim() !== "")));
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
