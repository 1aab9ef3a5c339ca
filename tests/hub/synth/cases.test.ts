import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cases, writeCases } from "../../../src/hub/synth/cases/index.ts";
import { type SectionName, sectionNames } from "../../../src/shared/summary/summary.ts";
import { testStores } from "../store/open.ts";
import { type Form, type Taken, takeCases } from "./case-summaries.ts";
import { seen } from "./cases-seen.ts";

const today = "20261119";
const received = "2026-11-19T22:00:00.000Z";
const stores = testStores();
const forms = ["both", "fhir", "ssmix2"] as const;
const taken = new Map<Form, Taken>();

beforeAll(async () => {
  for (const form of forms) taken.set(form, await takeCases(await stores.open("sqlite"), form, today, received));
});

const plain = (value: unknown): string => JSON.stringify(value).normalize("NFKC");
const told = (form: Form, key: string) => {
  const found = taken.get(form)?.told.get(key);
  if (found === undefined) throw new Error(`${key} was not taken in`);
  return found;
};

describe("the twelve cases", () => {
  it("are twelve, and each has its expectations", () => {
    expect(cases).toHaveLength(12);
    expect(Object.keys(seen)).toEqual(cases.map(({ key }) => key));
  });

  it.each(forms)("are taken in whole as %s: nothing refused, nothing quarantined", (form) => {
    expect(taken.get(form)).toMatchObject({ refused: 0, quarantined: 0 });
  });

  it("are the same bytes for the same day, and never mix with others", () => {
    const [a, b] = [hashOf(today), hashOf(today)];
    expect(a).toBe(b);
    expect(hashOf("20261120")).not.toBe(a);
    const out = mkdtempSync(join(tmpdir(), "tomoshibi-cases-"));
    writeCases(out, today);
    expect(() => writeCases(out, today)).toThrow("cli-usage");
    rmSync(out, { recursive: true });
  });
});

describe.each(cases.map(({ key }) => key))("%s", (key) => {
  const expected = seen[key];
  if (expected === undefined) throw new Error(`nothing is expected of ${key}`);

  it.each(["both", "fhir"] as const)(
    "%s: everything that must be seen stands on the strip and in the sections, and no more on the strip",
    (form) => {
      const { summary, parts } = told(form, key);
      const lines = parts.strip.strip.items;
      for (const [danger, ...words] of expected.strip)
        expect([
          danger,
          words,
          lines.some((line) => line.danger === danger && words.every((word) => plain(line.text + line.detail).includes(word))),
        ]).toEqual([danger, words, true]);
      expect(lines).toHaveLength(expected.lines);
      for (const [name, words] of Object.entries(expected.sections)) {
        const section = summary.sections[name as SectionName];
        // FHIR has no registered height or weight: they are measured values there. Blood groups are registered in both.
        expect([name, section.state]).toEqual([name, "present"]);
        for (const word of words)
          expect([name, word, section.items.some((item) => plain(item).includes(word))]).toEqual([name, word, true]);
      }
      for (const word of expected.conflicts ?? []) expect(summary.identity.conflicts.join()).toContain(word);
      if (expected.conflicts === undefined) expect(summary.identity.conflicts).toEqual([]);
    },
  );

  it("SS-MIX2 alone brings all but what the standard has no type for", () => {
    const [alone, whole] = [told("ssmix2", key), told("both", key)];
    expect(whole.parts.strip.strip.items.length - alone.parts.strip.strip.items.length).toBe(expected.lost.lines);
    const gone = sectionNames.filter(
      (name) => alone.summary.sections[name].items.length === 0 && whole.summary.sections[name].items.length > 0,
    );
    expect([...gone].sort()).toEqual([...expected.lost.sections].sort());
  });

  it("nowhere is a none that nobody confirmed", () => {
    for (const form of forms)
      for (const name of sectionNames) expect(told(form, key).summary.sections[name].state).not.toBe("confirmedNone");
  });
});

describe("what decides in single cases", () => {
  it("conflicting: both doses of the same medicine are marked as in dispute, in both forms", () => {
    for (const form of ["both", "fhir"] as const) {
      const medicines = told(form, "conflicting").summary.sections.medicines.items;
      const warfarin = medicines.filter(({ ingredient }) => ingredient === "ワルファリン");
      expect(warfarin.map(({ conflicts }) => conflicts)).toEqual([["dose"], ["dose"]]);
    }
  });

  it("polypharmacy: sixty medicines of four hospitals, all current, none folded away", () => {
    for (const form of forms) {
      const { medicines } = told(form, "polypharmacy").summary.sections;
      expect([form, medicines.items.length, medicines.more]).toEqual([form, 60, 0]);
      expect(new Set(medicines.items.map(({ source }) => source)).size).toBe(4);
    }
  });

  it("unknown: every section but the contact says that nothing is recorded, and the strip says the same", () => {
    for (const form of forms) {
      const { summary, parts } = told(form, "unknown");
      for (const name of sectionNames)
        expect([name, summary.sections[name].state]).toEqual([name, name === "contacts" ? "present" : "notRecorded"]);
      expect(parts.strip.strip).toMatchObject({
        items: [],
        allergyState: "notRecorded",
        medicineState: "notRecorded",
        diagnosisState: "notRecorded",
      });
    }
  });

  it("infant: forty-three days old, with the weight of two days ago", () => {
    for (const form of forms) {
      const { identity, sections } = told(form, "infant").summary;
      expect(identity.birthDate).toBe("2026-10-07");
      expect(sections.vitals.items.find(({ what }) => what === "weight")).toMatchObject({ value: "3.98", unit: "kg" });
    }
  });

  it("results keep their zeros: 9.10 is not 9.1", () => {
    for (const form of forms) expect(plain(told(form, "dialysis").summary.sections.labs.items)).toContain('"612.0"');
  });
});

/** Of every file below the folder, by name; cases.json without the paths of this machine, which it never has. */
function hashOf(day: string): string {
  const out = mkdtempSync(join(tmpdir(), "tomoshibi-cases-"));
  try {
    writeCases(out, day);
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const hash = createHash("sha256");
    for (const file of files) hash.update(relative(out, file)).update(readFileSync(file));
    return hash.digest("hex");
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
