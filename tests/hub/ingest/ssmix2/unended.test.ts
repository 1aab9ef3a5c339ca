import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { bytesOf, identity } from "../../../vectors/ssmix2/build.ts";
import { messages, type ReadType } from "../../../vectors/ssmix2/messages.ts";

const unended = (type: ReadType, lines: readonly string[]) => readFile(bytesOf(lines, ""), identity(type));
const truncated = (result: ReturnType<typeof unended>) =>
  result.warnings.filter((one) => one.code === "truncated").map((one) => one.segment);

const [head, pid, prb, zpr] = messages["PPR-01"];
const prescription = messages["OMP-01"];
const given = messages["OMP-12"].slice(0, -1);

describe("a file that never gets its final end", () => {
  it.each([
    ["disease", "PPR-01", [head, pid, prb], "PRB[1]"],
    ["modifiers of a disease", "PPR-01", [head, pid, prb, zpr], "PRB[1]"],
    ["disease that stops at its ICD-10 code", "PPR-01", [head, pid, prb.slice(0, prb.indexOf("^外来時"))], "PRB[1]"],
    ["disease that stops behind its ICD-10 code", "PPR-01", [head, pid, prb.slice(0, prb.indexOf("|||1^疑い") + 1)], "PRB[1]"],
    ["number of doses, which may be longer", "OMP-01", prescription.slice(0, -1), null],
    ["usage of a drug in words", "OMP-01", [...prescription.slice(0, -2), "TQ1|1||||||20260701||||疼痛時"], "RXE[2]"],
    ["days of a drug", "OMP-01", [...prescription.slice(0, 6), "TQ1|1|||||14^d"], "RXE[1]"],
    ["dose given", "OMP-12", given, "RXA[2]"],
  ] as const)("ends in a %s", (_, type, lines, owner) => {
    const result = unended(type, lines);
    if (owner === null) expect([result.disposition, result.reason]).toEqual(["quarantined", "truncated"]);
    else expect([result.disposition, truncated(result)]).toEqual(["accepted", [owner]]);
  });

  it("keeps every diagnosis of a hospital that writes none", () => {
    const result = unended("PPR-01", [head, pid, prb, prb.replace("胃炎", "胃潰瘍")]);
    expect(result.records.filter((one) => one.kind === "diagnosis")).toHaveLength(2);
    expect(truncated(result)).toEqual(["PRB[2]"]);
  });

  it.each([
    ["inside a code", "PPR-01", [head, pid, prb.slice(0, prb.indexOf("^I10^"))]],
    ["inside the name of a coding system", "PPR-01", [head, pid, prb.slice(0, prb.lastIndexOf("70177"))]],
    ["before the end of the disease", "PPR-01", [head, pid, prb.slice(0, prb.indexOf("|20260930") + 9)]],
    ["inside a date", "PPR-01", [head, pid, `${prb.slice(0, prb.indexOf("|20260615"))}|202606151`]],
    ["inside an escape", "PPR-01", [head, pid, `${prb.slice(0, prb.indexOf("|20260615"))}|20260615|a\\T`]],
    ["before the suffix of a disease", "PPR-01", [head, pid, prb, zpr.slice(0, zpr.indexOf("|8002"))]],
    ["inside the days", "OMP-01", [...prescription.slice(0, 6), "TQ1|1|||||1"]],
    ["before the days", "OMP-01", [...prescription.slice(0, 6), "TQ1|1||1011000090000000&x&JAMISDP01"]],
    ["before a refusal", "OMP-12", [...given.slice(0, -1), (given.at(-1) ?? "").replace(/\|+NA$/, "")]],
    ["inside a refusal", "OMP-12", [...given.slice(0, -1), (given.at(-1) ?? "").slice(0, -1)]],
    ["in the timing of an injection, before its drugs", "OMP-02", messages["OMP-02"].slice(0, 6)],
    ["in a drug, before its days", "OMP-01", prescription.slice(0, 6)],
  ] as const)("is quarantined when cut %s", (_, type, lines) => {
    expect(unended(type, lines)).toMatchObject({ disposition: "quarantined", reason: "truncated", records: [] });
  });

  it("a cut at any place of a diagnosis is quarantined, said, or changes neither suspicion nor outcome", () => {
    const whole = bytesOf(messages["PPR-01"], "");
    const said = (bytes: Uint8Array) =>
      readFile(bytes, identity("PPR-01")).records.flatMap((one) =>
        one.kind === "diagnosis" ? [[one.certainty?.text, one.outcome?.text, one.end, one.suffixes.map(({ text }) => text)]] : [],
      );
    const lastEnd = whole.lastIndexOf(0x0d);
    for (let length = bytesOf([head, pid]).length; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      const result = readFile(cut, identity("PPR-01"));
      const atEnd = cut.at(-1) === 0x0d || length > lastEnd;
      if (result.disposition === "quarantined" || truncated(result).length > 0 || atEnd) continue;
      expect(said(cut), String(length)).toEqual(said(whole));
    }
  });
});
