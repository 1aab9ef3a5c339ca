import { describe, expect, it } from "vitest";
import { japanese, part10, picture, type Syntax, syntaxes } from "./part10.ts";
import { recordsOf } from "./read.ts";

const bytes = (...parts: (string | Uint8Array)[]) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const jis = (text: string) => japanese(text, "JIS");
const sjis = (text: string) => japanese(text, "SJIS");
const kana = Uint8Array.from([0xc4, 0xb3, 0xc0, 0xde, 0xb2]);

function nameOf(charset: string, name: string | Uint8Array) {
  const { patient, warnings } = recordsOf(part10(picture({ charset, name, description: "x" })));
  return {
    names: patient.names.map((one) => `${one.representation} ${one.family}^${one.given}`),
    warnings: warnings.map(({ code, field }) => `${code} ${field}`),
  };
}

const three = ["ideographic 灯台^太郎", "phonetic とうだい^たろう", "alphabetic Toudai^Tarou"];

describe("names in all three groups", () => {
  it.each(Object.keys(syntaxes) as Syntax[])("in %s", (syntax) => {
    expect(recordsOf(part10(picture(), syntax)).patient.names.map((one) => `${one.representation} ${one.family}^${one.given}`)).toEqual(
      three,
    );
  });

  it("JIS X 0208 between escapes (ISO 2022 IR 87), the first set empty", () => {
    const name = bytes("Toudai^Tarou=", jis("灯台"), "^", jis("太郎"), "=", jis("とうだい"), "^", jis("たろう"));
    expect(nameOf("\\ISO 2022 IR 87", name)).toEqual({ names: three, warnings: [] });
  });

  it("with half-width kana as the first set (ISO 2022 IR 13)", () => {
    const name = bytes(kana, "^", kana, "=", jis("灯台"), "^", jis("太郎"), "=", jis("とうだい"), "^", jis("たろう"));
    const { names, warnings } = nameOf("ISO 2022 IR 13\\ISO 2022 IR 87", name);
    expect(names).toEqual(["ideographic 灯台^太郎", "phonetic とうだい^たろう", "phonetic ﾄｳﾀﾞｲ^ﾄｳﾀﾞｲ"]);
    expect(warnings).toEqual([]);
  });

  it("half-width kana alone (ISO_IR 13)", () => {
    expect(nameOf("ISO_IR 13", bytes(kana, "^", kana))).toEqual({ names: ["phonetic ﾄｳﾀﾞｲ^ﾄｳﾀﾞｲ"], warnings: [] });
  });

  it("JIS X 0212 between escapes (ISO 2022 IR 159)", () => {
    // 鷗 stands in the supplementary set at 7-bit 6C3F.
    const name = bytes("Kamome^Ichiro=", Uint8Array.of(0x1b, 0x24, 0x28, 0x44, 0x6c, 0x3f, 0x1b, 0x28, 0x42), "^", jis("一郎"));
    expect(nameOf("\\ISO 2022 IR 87\\ISO 2022 IR 159", name)).toEqual({
      names: ["ideographic 鷗^一郎", "alphabetic Kamome^Ichiro"],
      warnings: [],
    });
  });

  it("letters whose second byte is a delimiter's stay whole", () => {
    // Second bytes 5C, 3D, 5E and 3D.
    for (const byte of [0x5c, 0x3d, 0x5e]) expect([...jis("本構急表")]).toContain(byte);
    expect(nameOf("\\ISO 2022 IR 87", bytes("A^B=", jis("本構"), "^", jis("急表")))).toEqual({
      names: ["ideographic 本構^急表", "alphabetic A^B"],
      warnings: [],
    });
  });

  it("a sender that never escapes back is read to the end, and what is half a letter is told; the rest stands", () => {
    const open = bytes("A^B=", Uint8Array.of(0x1b, 0x24, 0x42, 0x45, 0x74));
    expect(nameOf("\\ISO 2022 IR 87", open).names).toEqual(["ideographic 灯^", "alphabetic A^B"]);
    const odd = bytes("A^B=", jis("灯台"), "^", Uint8Array.of(0x1b, 0x24, 0x42, 0x45, 0x74, 0x45));
    expect(nameOf("\\ISO 2022 IR 87", odd)).toEqual({
      names: ["ideographic 灯台^\uFFFD", "alphabetic A^B"],
      warnings: ["undecodable-byte (0010,0010)"],
    });
  });
});

describe("what is declared wrongly", () => {
  it.each([
    ["nothing declared", "", "charset-undeclared"],
    ["ISO_IR 13 declared", "ISO_IR 13", "charset-fallback"],
    ["ISO 2022 IR 13 and 87 declared", "ISO 2022 IR 13\\ISO 2022 IR 87", "charset-fallback"],
    ["Latin-1 declared", "ISO_IR 100", "charset-fallback"],
    ["UTF-8 declared", "ISO_IR 192", "charset-fallback"],
  ])("raw Shift_JIS, %s", (_, charset, code) => {
    const { names, warnings } = nameOf(charset, sjis("灯台^太郎"));
    expect(names).toEqual(["ideographic 灯台^太郎"]);
    expect(warnings).toEqual([`${code} (0010,0010)`]);
  });

  it("raw Shift_JIS with ソ and 表, whose second byte is a backslash", () => {
    expect(nameOf("", sjis("表^ソノ")).names).toEqual(["ideographic 表^ソノ"]);
  });

  it("raw EUC-JP and UTF-8 without a declaration", () => {
    expect(nameOf("", japanese("架空^花子", "EUCJP"))).toEqual({
      names: ["ideographic 架空^花子"],
      warnings: ["charset-undeclared (0010,0010)"],
    });
    expect(nameOf("", "架空^花子")).toEqual({ names: ["ideographic 架空^花子"], warnings: ["charset-undeclared (0010,0010)"] });
  });

  it("terms as devices misspell them", () => {
    expect(nameOf("ISO-IR 100", bytes("M", Uint8Array.of(0xfc), "ller^A"))).toEqual({ names: ["alphabetic Müller^A"], warnings: [] });
    expect(nameOf("ISO 2022 IR 87", bytes(jis("見本"), "^", jis("試験"))).names).toEqual(["ideographic 見本^試験"]);
  });

  it("bytes that fit nothing are told and never guessed", () => {
    const { names, warnings } = nameOf("ISO_IR 192", bytes("A", Uint8Array.of(0xff, 0xfe, 0xff), "^B"));
    expect(names).toEqual(["alphabetic A\uFFFD\uFFFD\uFFFD^B"]);
    expect(warnings).toEqual(["undecodable-byte (0010,0010)"]);
  });
});
