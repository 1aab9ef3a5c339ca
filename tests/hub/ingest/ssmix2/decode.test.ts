import { describe, expect, it } from "vitest";
import { decode } from "../../../../src/hub/ingest/ssmix2/decode.ts";
import { inCharset, joined, toJis } from "../../../vectors/ssmix2/build.ts";

const esc = (...rest: string[]) => [
  0x1b,
  ...rest
    .join("")
    .split("")
    .map((letter) => letter.charCodeAt(0)),
];

describe("decode", () => {
  it("trap 1: reads letters whose second byte is a delimiter", () => {
    const letters = "復日ま｜マ剤図京入時服線本目施倍ウ愛側商職－～";
    expect(decode(toJis(`PID|${letters}|x`))).toEqual({ text: `PID|${letters}|x`, charset: "iso-2022-jp", clean: true, open: false });
  });

  it.each([
    ["row 13 (NEC)", joined(esc("$B"), [0x2d, 0x21, 0x2d, 0x6a], esc("(B"), "|x"), "①㈱|x"],
    ["half-width kana by ESC ( I", joined(esc("(I"), [0x31, 0x32], esc("(B"), "|x"), "ｱｲ|x"],
    ["the older JIS C 6226 by ESC $ @", joined(esc("$@"), [0x30, 0x21], esc("(B"), "|x"), "亜|x"],
    ["wave dash and minus as WHATWG maps them", joined(esc("$B"), [0x21, 0x41, 0x21, 0x5d], esc("(B")), "～－"],
  ])("reads %s", (_, bytes, text) => {
    expect(decode(bytes)).toMatchObject({ text, clean: true });
  });

  it("takes JIS-Roman for ASCII, so that ~ and \\ stay delimiters", () => {
    expect(decode(joined(esc("$B"), [0x30, 0x21], esc("(J"), "~a\\F\\|"))).toMatchObject({ text: "亜~a\\F\\|", clean: true });
  });

  it.each([
    ["GB 2312 by ESC $ A", joined(esc("$A"), [0x30, 0x7c], esc("(B"), "|x")],
    ["8-bit kana among escapes", joined(esc("$B"), [0x30, 0x21], esc("(B"), [0xb1], "|x")],
    ["half a letter", joined(esc("$B"), [0x30], esc("(B"), "|x")],
    ["bytes of no charset", Uint8Array.of(0x4d, 0xff, 0xfe, 0x80, 0x7c)],
  ])("trap 11: says that %s could not be read", (_, bytes) => {
    const decoded = decode(bytes);
    expect(decoded.clean).toBe(false);
    expect(decoded.text).toContain("\uFFFD");
  });

  it("takes no delimiter out of a set it does not know", () => {
    expect(decode(joined("a|", esc("$A"), [0x30, 0x7c, 0x7c, 0x5e], esc("(B"), "|x")).text).toBe("a|\uFFFD|x");
  });

  it("reads JIS X 0212, and says that the rule was ignored", () => {
    expect(decode(joined("a|", esc("$(D"), [0x30, 0x7c], esc("(B"), "|x"))).toEqual({
      text: "a|侁|x",
      charset: "jis-x-0212",
      clean: true,
      open: false,
    });
    expect(decode(joined("a|", esc("$(D"), [0x30, 0x7c], "\r|x"))).toMatchObject({ text: "a|侁\r|x", open: false });
  });

  it.each(["SJIS", "EUCJP", "UTF8"] as const)("falls back to %s where the rule was ignored", (charset) => {
    const text = "MSH|灯台花子がアスピリンを１日２回服用する";
    const names = { SJIS: "shift_jis", EUCJP: "euc-jp", UTF8: "utf-8" };
    expect(decode(inCharset(text, charset))).toEqual({ text, charset: names[charset], clean: true, open: false });
  });

  it("reads plain ASCII and tells a file cut inside two-byte text", () => {
    expect(decode(joined("MSH|^~\\&|"))).toEqual({ text: "MSH|^~\\&|", charset: "ascii", clean: true, open: false });
    expect(decode(joined("a", esc("$B"), [0x30, 0x21]))).toMatchObject({ text: "a亜", open: true });
  });
});
