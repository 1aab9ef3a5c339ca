import { describe, expect, it } from "vitest";
import { readFile } from "../../../src/hub/ingest/ssmix2/index.ts";
import type { FiledRecords } from "../../../src/hub/record/record.ts";
import { summarize } from "../../../src/hub/summarize/index.ts";
import type { Lab } from "../../../src/shared/summary/summary.ts";
import { bytesOf, identity } from "../../vectors/ssmix2/build.ts";
import { messages } from "../../vectors/ssmix2/messages.ts";

const facilities = new Map([
  ["1310000001", { name: "架空中央病院", telephone: "" }],
  ["1310000002", { name: "見本市立医療センター", telephone: "" }],
]);

/** One result as a hospital sends it, read from its bytes. */
function sent(facility: string, test: string, value: string, day: string): FiledRecords {
  const file = identity("OML-11", { facility, day, stamp: `${day}120000000`, orderNo: value.replace(".", "") });
  const lines = messages["OML-11"]
    .slice(0, 7)
    .map((line) =>
      line
        .replace("3C015000002327101^クレアチニン^JC10^0123^Ｃｒ^99X03", test)
        .replace("||1.42|", `||${value}|`)
        .replaceAll("20260701", day),
    );
  const { records, warnings, reason } = readFile(bytesOf(lines), file);
  expect(reason).toBeNull();
  return { file, records, warnings, received: "2026-07-10T00:00:00.000Z" };
}

const labs = (...files: readonly FiledRecords[]): readonly Lab[] => summarize({ files, facilities }).sections.labs.items;
const told = (found: readonly Lab[]) =>
  found.map((lab) => [lab.source, lab.test.text, lab.value, lab.previous?.value ?? null, lab.test.local]);

describe("trap 10: local codes (99xxx, L, none) never cross hospitals", () => {
  it.each([
    ["99X03", "0123^クレアチニン^99X03"],
    ["99Z01", "0123^クレアチニン^99Z01"],
    ["L", "0123^クレアチニン^L"],
    ["no system", "0123^クレアチニン"],
  ])("the same code, name and system (%s) at two hospitals are two tests, each with its own history", (_, test) => {
    const found = labs(
      sent("1310000001", test, "0.71", "20260701"),
      sent("1310000001", test, "0.72", "20260703"),
      sent("1310000002", test, "5.91", "20260702"),
    );
    expect(told(found)).toEqual([
      [0, "クレアチニン", "0.72", "0.71", true],
      [1, "クレアチニン", "5.91", null, true],
    ]);
  });

  it("the same 17-digit JLAC10 code is one test with one history", () => {
    const test = "3C015000002327101^クレアチニン^JC10";
    expect(told(labs(sent("1310000001", test, "0.71", "20260701"), sent("1310000002", test, "0.93", "20260702")))).toEqual([
      [1, "クレアチニン", "0.93", "0.71", false],
    ]);
  });

  it("a local code beside the JLAC10 code parts nothing, and one shared local code joins nothing", () => {
    const [a, b] = ["3C015000002327101^クレアチニン^JC10^7^Ｃｒ^99X03", "3H010000002327101^カリウム^JC10^7^Ｋ^99X03"];
    const found = labs(sent("1310000001", a, "0.71", "20260701"), sent("1310000002", b, "4.11", "20260702"));
    expect(told(found).map((row) => row.slice(1, 4))).toEqual([
      ["カリウム", "4.11", null],
      ["クレアチニン", "0.71", null],
    ]);
  });

  it("a code that only looks like JLAC10 is as local as its system says", () => {
    const test = "3C015000002327101^院内クレアチニン^99X03";
    expect(labs(sent("1310000001", test, "0.71", "20260701"), sent("1310000002", test, "5.91", "20260702"))).toHaveLength(2);
  });
});
