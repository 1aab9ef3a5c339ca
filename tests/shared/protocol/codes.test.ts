import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { canonicalCode32, decodeCode32, encodeCode32 } from "../../../src/shared/protocol/code32.ts";
import { deviceFingerprint, encodeEnrolCode, parseEnrolCode } from "../../../src/shared/protocol/enrol.ts";

const runs = { seed: 7, numRuns: process.env.TOMOSHIBI_LONG === "1" ? 20_000 : 200 };
const code = () => ({ root: randomBytes(16), secret: randomBytes(16), id: randomBytes(5) });

describe("an enrolment code", () => {
  test("has 64 letters in groups of five, and reads back", async () => {
    const made = code();
    const text = await encodeEnrolCode(made);
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await parseEnrolCode(text)).toEqual(made);
  });

  test("is read in lower case, with spaces for hyphens, O for 0, I and l for 1, and in full width", async () => {
    const made = code();
    const text = await encodeEnrolCode(made);
    const wide = [...text].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join("");
    const typed = [
      text.toLowerCase(),
      text.replaceAll("-", " "),
      text.replaceAll("-", ""),
      text.replaceAll("0", "O").replaceAll("1", "I"),
      text.replaceAll("0", "o").replaceAll("1", "l"),
      wide,
      `\n ${text} `,
    ];
    for (const variant of typed) expect(await parseEnrolCode(variant)).toEqual(made);
  });

  test("with any one letter changed is refused, but for one in 65,536 that a checksum of two bytes lets through", async () => {
    const text = (await encodeEnrolCode(code())).replaceAll("-", "");
    let passed = 0;
    for (let at = 0; at < text.length; at++) {
      const changed = `${text.slice(0, at)}${text[at] === "7" ? "8" : "7"}${text.slice(at + 1)}`;
      const outcome = await parseEnrolCode(changed).then(
        () => "passed",
        (error: { code: string }) => error.code,
      );
      if (outcome === "passed") passed++;
      else expect(outcome).toBe("enrol-code-malformed");
    }
    expect(passed).toBeLessThanOrEqual(1);
  });

  test("that is short, long, of another version, empty or nonsense is refused", async () => {
    const text = await encodeEnrolCode(code());
    const other = decodeCode32(text) ?? new Uint8Array();
    other[0] = 2;
    for (const bad of [
      "",
      " ",
      text.slice(1),
      `${text}0`,
      `${text}00000000`,
      encodeCode32(other),
      "灯".repeat(64),
      "U".repeat(64),
      "0".repeat(100_000),
    ])
      await expect(parseEnrolCode(bad)).rejects.toMatchObject({ code: "enrol-code-malformed" });
  });
});

describe("letters that people type", () => {
  test("give the bytes back, for any bytes", () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 60 }).filter(({ length }) => length % 5 === 0);
    fc.assert(
      fc.property(bytes, (some) => {
        expect(decodeCode32(encodeCode32(some))).toEqual(Uint8Array.from(some));
      }),
      runs,
    );
  });

  test("never throw, whatever is typed, and read alike however they are spaced", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const spaced = [...text].join(" ");
        expect(decodeCode32(spaced)).toEqual(decodeCode32(canonicalCode32(spaced)));
      }),
      runs,
    );
  });
});

test("a fingerprint is five groups of four, and differs when any key or the id does", async () => {
  const keys = { device: randomBytes(16), open: randomBytes(65), locked: randomBytes(65), seal: randomBytes(65) };
  const mine = await deviceFingerprint(keys);
  expect(mine).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){4}$/);
  expect(await deviceFingerprint(keys)).toBe(mine);
  for (const change of [
    { device: randomBytes(16) },
    { open: randomBytes(65) },
    { locked: keys.seal, seal: keys.locked },
    { seal: randomBytes(65) },
  ])
    expect(await deviceFingerprint({ ...keys, ...change })).not.toBe(mine);
});
