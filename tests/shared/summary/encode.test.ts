import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../../src/shared/bytes.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { encodePart, parsePart } from "../../../src/shared/summary/encode.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Part } from "../../../src/shared/summary/summary.ts";
import { allergy, diagnosis, lab, medicine, procedure, section, summaryWith, visit } from "./fixtures.ts";

const full = splitSummary(
  summaryWith({
    allergies: section(allergy("ペニシリン", { severity: "severe", reactions: ["発疹"] })),
    medicines: section(medicine("ワーファリン錠1mg", { days: 14, dosePerDay: { value: "2", unit: "錠" } }), medicine("リスペリドン錠1mg")),
    diagnoses: section(diagnosis("心房細動", "I489")),
    labs: section(lab("カリウム", { analyte: "K", previous: { value: "4.1", unit: "mmol/L", date: "2026-04", source: 0 } })),
    procedures: section(procedure("頭部CT", { findings: ["所見: 出血なし"] })),
    visits: section(visit({ admitted: "2026-05-01T10:30" })),
  }),
  projectRules,
);
const parts: readonly Part[] = [full.strip, full.rest, full.protected];

const outcome = (bytes: Uint8Array): string => {
  try {
    parsePart(bytes);
    return "accepted";
  } catch (error) {
    return codeOf(error);
  }
};

/** The text of a part with one change. */
const changed = (part: Part, from: string | RegExp, to: string): Uint8Array => {
  const text = fromUtf8(encodePart(part));
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return utf8(other);
};

test("each part comes back as it went in", () => {
  for (const part of parts) expect(parsePart(encodePart(part))).toEqual(part);
});

test("the same part gives the same bytes whatever the order of its keys", () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, one]) => [key, turned(one)]),
    );
  };
  for (const part of parts) expect(encodePart(turned(part) as Part)).toEqual(encodePart(part));
});

describe("refused as summary-malformed", () => {
  const vectors: Readonly<Record<string, () => Uint8Array>> = {
    "no JSON": () => utf8("{"),
    "not UTF-8": () => new Uint8Array([0x22, 0xff, 0x22]),
    "a list": () => utf8("[]"),
    "no part": () => utf8('{"version":3}'),
    "another part's name": () => changed(full.strip, '"part":"strip"', '"part":"rest"'),
    "unknown part": () => changed(full.strip, '"part":"strip"', '"part":"more"'),
    "unknown key": () => changed(full.strip, '"asOf"', '"extra":1,"asOf"'),
    "missing key": () => changed(full.strip, /"asOf":"[^"]*",/, ""),
    "repeated key": () => changed(full.strip, '"unjudged":', '"unjudged":0,"unjudged":'),
    "prototype key": () => changed(full.strip, '"asOf"', '"__proto__":{},"asOf"'),
    "keys in another order": () => changed(full.rest, /"value":"2","unit":"錠"/, '"unit":"錠","value":"2"'),
    "white space": () => changed(full.strip, '"asOf":', '"asOf": '),
    "escape where none is needed": () => changed(full.strip, "灯台", "\\u706f台"),
    "text for a number": () => changed(full.rest, '"days":14', '"days":"14"'),
    "fraction for a count": () => changed(full.rest, '"days":14', '"days":1.5'),
    "negative count": () => changed(full.strip, '"unjudged":0', '"unjudged":-1'),
    "number in another spelling": () => changed(full.rest, '"days":14', '"days":14e0'),
    "null where nothing may be missing": () => changed(full.strip, /"address":"[^"]*"/, '"address":null'),
    "unknown word": () => changed(full.rest, '"severity":"severe"', '"severity":"terrible"'),
    "unknown state": () => changed(full.rest, '"state":"present"', '"state":"none"'),
    "unknown danger": () => changed(full.strip, '"danger":"anticoagulant"', '"danger":"anything"'),
    "date that is none": () => changed(full.rest, '"date":"2026-04"', '"date":"2026-4"'),
    "instant without zone": () => changed(full.strip, '"asOf":"2026-06-01T00:00:00.000Z"', '"asOf":"2026-06-01T00:00:00"'),
    "source that does not exist": () => changed(full.rest, /"source":0,"received"/, '"source":1,"received"'),
    "source of a previous value that does not exist": () =>
      changed(full.rest, '"date":"2026-04","source":0', '"date":"2026-04","source":7'),
    "identifier of no source": () => changed(full.strip, '"identifiers":[{"source":0', '"identifiers":[{"source":1'),
    "source out of bounds in the protected part": () => changed(full.protected, /"source":0,/, '"source":256,'),
    "list for an object": () => changed(full.strip, /"rules":\{[^}]*\}/, '"rules":[]'),
    "too deep": () => utf8(`${"[".repeat(50_000)}${"]".repeat(50_000)}`),
    "too deep inside": () => changed(full.strip, '"unjudged":0', `"unjudged":${"[".repeat(20_000)}${"]".repeat(20_000)}`),
    "trailing bytes": () => utf8(`${fromUtf8(encodePart(full.strip))} `),
  };
  for (const [fault, bytes] of Object.entries(vectors)) test(fault, () => expect(outcome(bytes())).toBe("summary-malformed"));
});

test("another version is named as that", () => {
  expect(outcome(changed(full.strip, '"version":3', '"version":4'))).toBe("summary-version-unknown");
  expect(outcome(changed(full.strip, '"version":3', '"version":1'))).toBe("summary-version-unknown");
});

describe("a part of version 2, which a renewed program finds on a device", () => {
  const older = (part: Part): string => fromUtf8(encodePart(part)).replaceAll('"version":3', '"version":2').replaceAll('"history":[],', "");

  test("is read as one of today, its laboratory values without a history", () => {
    expect(older(full.rest)).not.toContain("history");
    for (const part of parts) expect(parsePart(utf8(older(part)))).toEqual(part);
  });

  test("keeps its own rules: no history, one version throughout, one spelling", () => {
    const rest = older(full.rest);
    expect(outcome(utf8(rest.replace('"analyte":"K"', '"history":[],"analyte":"K"')))).toBe("summary-malformed");
    expect(outcome(utf8(rest.replace(/"version":2(.*)"version":2/, '"version":2$1"version":3')))).toBe("summary-malformed");
    expect(outcome(utf8(rest.replace('"part":', '"part": ')))).toBe("summary-malformed");
    expect(outcome(utf8(rest.replace('"analyte":"K"', '"analyte":"K","analyte":"K"')))).toBe("summary-malformed");
    expect(outcome(utf8(rest.replace(/"previous":(\{[^}]*\}),"analyte":"K"/, '"analyte":"K","previous":$1')))).toBe("summary-malformed");
  });
});

test("what parsePart would refuse is never encoded", () => {
  const broken: Part = { ...full.strip, sources: [] };
  expect(() => encodePart(broken)).toThrowError(expect.objectContaining({ code: "summary-malformed" }));
});

test("a flipped byte is refused or changes a text, never a type", () => {
  const bytes = encodePart(full.strip);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const other = bytes.slice();
      other[at] = (other[at] as number) ^ mask;
      const said = outcome(other);
      expect(["accepted", "summary-malformed", "summary-version-unknown"]).toContain(said);
      // A 3 may become the 2 of the version before, which is read as well.
      if (said === "accepted") expect(fromUtf8(encodePart(parsePart(other)))).toBe(fromUtf8(other).replace('"version":2', '"version":3'));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("a strip of fifty lines parses in well under a frame", () => {
  const many = splitSummary(
    summaryWith({ medicines: section(...Array.from({ length: 50 }, (_, i) => medicine(`ワーファリン錠${i}mg`))) }),
    projectRules,
  ).strip;
  const bytes = encodePart(many);
  expect(many.strip.items.length).toBe(50);
  const times = Array.from({ length: 30 }, () => {
    const from = performance.now();
    parsePart(bytes);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  expect(times[15]).toBeLessThan(8);
});
