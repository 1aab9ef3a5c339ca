import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { codeOf } from "../../../src/shared/error.ts";

const outcome = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return codeOf(error);
  }
};
const decodeHex = (hex: string) => outcome(() => decodeCbor(fromHex(hex) ?? new Uint8Array(0)));

describe("decodeCbor refuses", () => {
  it.each([
    ["nothing", ""],
    ["trailing bytes", "0000"],
    ["a long form of a small integer", "1800"],
    ["a long length of a text", "780161"],
    ["an indefinite byte string", "5f4101ff"],
    ["an indefinite array", "9f01ff"],
    ["an indefinite map", "bf616101ff"],
    ["double keys", "a2616101616102"],
    ["unsorted keys", "a2616201616101"],
    ["a map without its value", "a16161"],
    ["a date tag", "c074323031332d30332d32315432303a30343a30305a"],
    ["a bignum tag", "c249010000000000000000"],
    ["a regular expression tag", "d8236161"],
    ["undefined", "f7"],
    ["a reserved simple value", "f820"],
    ["not a number", "f97e00"],
    ["infinity", "f97c00"],
    ["negative zero", "f98000"],
    ["a float that is an integer", "f93c00"],
    ["a float longer than needed", "fb3ff8000000000000"],
    ["an integer beyond 2^53", "1bffffffffffffffff"],
    ["malformed UTF-8", "62c328"],
    ["an array longer than the input", "9a7fffffff"],
    ["a byte string longer than the input", "5a7fffffff00"],
    ["a byte string as key", "a1410101"],
    ["seventeen levels", `${"81".repeat(18)}00`],
  ])("%s", (_name, hex) => {
    expect(decodeHex(hex)).toBe("cbor-malformed");
  });

  it("more bytes than the limit", () => {
    expect(outcome(() => decodeCbor(encodeCbor("x".repeat(100)), 50))).toBe("cbor-malformed");
  });
});

describe("encodeCbor", () => {
  it("sorts keys by their encoded bytes and takes the shortest forms", () => {
    expect(toHex(encodeCbor({ aa: 1, b: 24, a: [null, true, 1.5], z: new Uint8Array([7]) }))).toBe(
      "a4616183f6f5f93e0061621818617a410762616101",
    );
    expect(
      toHex(
        encodeCbor(
          new Map<number, unknown>([
            [4, "k"],
            [1, -7],
          ]),
        ),
      ),
    ).toBe("a2012604616b");
  });

  it("takes a Node Buffer as bytes", () => {
    expect(toHex(encodeCbor(Buffer.from([1, 2])))).toBe("420102");
  });

  it.each([undefined, { a: undefined }, Number.NaN, -0, 2 ** 60, 1n, new Date(0), /a/, () => 1, "\ud800", Symbol("a")])(
    "writes nothing that could not be read back: %s",
    (value) => {
      expect(outcome(() => encodeCbor(value))).toBe("cbor-malformed");
    },
  );

  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "grapheme" }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array(),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("any"), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;

  it("round trips, in one encoding only", () => {
    fc.assert(
      fc.property(value, (any) => {
        const bytes = encodeCbor(any);
        expect(encodeCbor(decodeCbor(bytes))).toEqual(bytes);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("any bytes either are the one encoding of their value or are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const decoded = outcome(() => toHex(encodeCbor(decodeCbor(bytes))));
        expect([toHex(bytes), "cbor-malformed"]).toContain(decoded);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});
