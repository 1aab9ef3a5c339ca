import { describe, expect, test } from "vitest";
import { withoutHollow } from "../../../../src/hub/ingest/fhir/hollow.ts";
import { clins, faultsOf, subject } from "./fixtures.ts";

const emptied = (value: unknown): unknown => {
  withoutHollow(value);
  return value;
};

describe("what says nothing", () => {
  test.each([
    ["null, an empty text, list and object as values", { a: null, b: "", c: [], d: {}, e: 0, f: false }, { e: 0, f: false }],
    ["an object of nothing but empty things", { a: { b: { c: [] } }, d: 1 }, { d: 1 }],
    ["null among objects", { a: [null, { b: 1 }] }, { a: [{ b: 1 }] }],
    [
      "null in a list of primitives keeps its place",
      { given: ["x", null], _given: [null, { id: "y" }] },
      { given: ["x", null], _given: [null, { id: "y" }] },
    ],
  ])("%s", (_, value, left) => {
    expect(emptied(value)).toEqual(left);
  });

  test.each([
    ["a Bundle whose entry is an object", { ...clins([]), entry: {} }],
    ["a Bundle whose entry is a text", { ...clins([]), entry: "" }],
    ["an identifier whose value is an object", { resourceType: "Patient", identifier: [{ system: "urn:x", value: {} }] }],
    ["a reference that is a list", { resourceType: "Condition", subject: { ...subject, reference: [] }, code: { text: "試験病" } }],
  ])("%s never crashes a reader", async (_, value) => {
    expect(await faultsOf(value)).toEqual(expect.any(Array));
  });
});
