import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonRefused, parseJson, textOf } from "../../../../src/hub/ingest/fhir/json.ts";
import { faultsOf } from "./fixtures.ts";

const faultOf = (bytes: Uint8Array | string): string => {
  try {
    parseJson(typeof bytes === "string" ? bytes : textOf(bytes));
    return "";
  } catch (error) {
    if (error instanceof JsonRefused) return error.fault;
    throw error;
  }
};

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("bytes that are no JSON one may trust", () => {
  test.each<[string, Uint8Array | string, string]>([
    ["a key doubled", '{"gender":"male","gender":"female"}', "key-doubled"],
    ["a key doubled by an escape", '{"gender":"male","g\\u0065nder":"female"}', "key-doubled"],
    ["a key that reaches a prototype", '{"__proto__":{"gender":"male"}}', "key-forbidden"],
    ["a key longer than any name, at which the validating library would spend hours", `{"${"a".repeat(101)}":1}`, "key-forbidden"],
    ["sixty-five arrays", `${"[".repeat(65)}${"]".repeat(65)}`, "too-deep"],
    ["a hundred thousand arrays", "[".repeat(100_000), "too-deep"],
    ["a number without end", '{"value":1e999}', "number-too-large"],
    ["a number of a thousand digits", `{"value":${"9".repeat(1000)}}`, "number-too-large"],
    ["not UTF-8", new Uint8Array([0x22, 0x83, 0x65, 0x22]), "not-utf8"],
    ["UTF-8 in an overlong form", new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), "not-utf8"],
    ["a byte order mark", new Uint8Array([0xef, 0xbb, 0xbf, ...utf8("{}")]), "bom"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "not-utf8"],
    ["a NUL", '{"text":"a\\u0000b"}', "character-forbidden"],
    ["half a pair", '{"text":"\\ud83d"}', "character-forbidden"],
    ["a line end in a text", '{"text":"a\nb"}', "character-forbidden"],
    ["a comma at the end", "[1,]", "not-json"],
    ["two values", "{}{}", "not-json"],
    ["cut off", '{"text":"a', "not-json"],
    ["a comment", "{} // x", "not-json"],
    ["a number with a leading zero", "[01]", "not-json"],
    ["NaN", "[NaN]", "not-json"],
    ["nothing", "", "not-json"],
  ])("%s", (_, bytes, fault) => expect(faultOf(bytes)).toBe(fault));

  test("are refused as an input by the same name", async () => {
    expect(await faultsOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toEqual(["bom"]);
    expect(await faultsOf('{"resourceType":"Patient","id":"a","id":"b"}')).toEqual(["key-doubled"]);
    expect(await faultsOf("  \n ")).toEqual(["empty"]);
  });
});

test("everything else is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const made = JSON.parse(text) as unknown;
      const fault = faultOf(text);
      if (fault === "") expect(parseJson(text).value).toEqual(made);
      else expect(fault).toMatch(/^(?:key-doubled|key-forbidden|number-too-large|character-forbidden)$/);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("numbers keep how they were written, resources where they stand", () => {
  const text = ' {"resourceType":"Bundle","a":[3.90,1e2,7],"entry":[{"resource":{"resourceType":"Patient"}}]}';
  const { value, exact, spans } = parseJson(text);
  const { a, entry } = value as { a: number[]; entry: { resource: object }[] };
  expect(a).toEqual([3.9, 100, 7]);
  expect([...(exact.get(a) ?? [])]).toEqual([
    ["0", "3.90"],
    ["1", "1e2"],
  ]);
  const [from, to] = spans.get(entry[0]?.resource as object) ?? [0, 0];
  expect(text.slice(from, to)).toBe('{"resourceType":"Patient"}');
});
