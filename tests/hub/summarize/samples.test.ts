import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseFileName, readFile } from "../../../src/hub/ingest/ssmix2/index.ts";
import type { FiledRecords } from "../../../src/hub/record/record.ts";
import { summarize } from "../../../src/hub/summarize/index.ts";
import { encodePart, parsePart } from "../../../src/shared/summary/encode.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";

const samples = fileURLToPath(new URL("../../../../shared/samples/ssmix2", import.meta.url));
const present = existsSync(samples);
if (!present) console.log("samples are not beside the project: the tests on them are left out");

/** Valid, accepted files by person. */
function peopleOf(root: string): ReadonlyMap<string, readonly FiledRecords[]> {
  const people = new Map<string, FiledRecords[]>();
  for (const relative of readdirSync(join(samples, root), { recursive: true, encoding: "utf8" })) {
    const path = join(samples, root, relative);
    const name = statSync(path).isFile() ? parseFileName(basename(path)) : null;
    if (name === null || name.flag !== "1") continue;
    const file = { facility: "9990000001", ...name };
    const { disposition, records, warnings } = readFile(new Uint8Array(readFileSync(path)), file);
    if (disposition === "accepted")
      people.set(file.pid, [...(people.get(file.pid) ?? []), { file, received: "2026-06-01T00:00:00.000Z", records, warnings }]);
  }
  return people;
}

if (present) {
  test("warfarin and clopidogrel of the samples stand in the strip with no code master", () => {
    const lines = [...peopleOf("synthetic-storage").values()].flatMap(
      (files) => splitSummary(summarize({ files, facilities: new Map() }), projectRules).strip.strip.items,
    );
    const of = (danger: string) => lines.filter((line) => line.danger === danger).map((line) => line.text);
    expect(of("anticoagulant").some((text) => text.includes("ワーファリン錠"))).toBe(true);
    expect(of("antiplatelet").some((text) => text.includes("クロピドグレル錠"))).toBe(true);
    expect(of("dialysis")).toContain("透析シャント狭窄");
    expect(lines.filter((line) => line.danger === "anticoagulant").every((line) => line.by === "name")).toBe(true);
  });

  test.each(["nho-sampleData", "synthetic-storage"])("every person of %s has one summary that can be sealed and read again", (root) => {
    const people = peopleOf(root);
    expect(people.size).toBeGreaterThan(0);
    for (const [pid, files] of people) {
      const summary = summarize({ files, facilities: new Map() });
      const parts = splitSummary(summary, projectRules);
      for (const part of [parts.strip, parts.rest, parts.protected]) expect(parsePart(encodePart(part))).toEqual(part);
      expect(summary.identity.identifiers).toEqual([{ source: 0, value: pid }]);
      expect(summary.identity.kanji).not.toBe(null);
    }
  });

  test("three birth dates for one number in the guideline's samples are told, not merged", () => {
    const files = peopleOf("nho-sampleData").get("9999013") ?? [];
    expect(summarize({ files, facilities: new Map() }).identity.conflicts.filter((line) => line.startsWith("生年月日"))).toHaveLength(2);
  });
} else {
  test("no samples here", () => expect(present).toBe(false));
}
