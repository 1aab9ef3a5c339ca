/** What may be published of a person, as a pure question of entries and days. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { byPatient, dayInJapan, inForce, permissionOf } from "../../../src/hub/people/consent.ts";
import {
  type ConsentEntry,
  type ConsentPatient,
  consentKinds,
  consentValues,
  everyFacility,
  protectedIds,
} from "../../../src/shared/protocol/consent.ts";
import { protectedCategories } from "../../../src/shared/summary/tables/protected.ts";

const patients: readonly ConsentPatient[] = [
  { facility: "1310000001", pid: "1" },
  { facility: "1310000002", pid: "7" },
];
const days = ["2026-11-01", "2026-11-02", "2026-11-03"];
const strictness = ["open", "protected", "withheld"];

const said = (of: fc.Arbitrary<ConsentPatient>): fc.Arbitrary<ConsentEntry> =>
  fc
    .record({ patient: of, kind: fc.constantFrom(...consentKinds), from: fc.constantFrom(...days), pick: fc.nat(99) })
    .map(({ patient, kind, from, pick }) => {
      const values = consentValues[kind];
      const target = kind === "facility" ? (["*", "1310000001", "1310000002"][pick % 3] ?? "*") : kind === "category" ? "hiv" : "";
      return {
        ...{ ...patient, kind, target, value: values[pick % values.length] ?? "unstated", from, basis: "written", by: "見本", note: "" },
        ...{ seq: 0, at: 0, entered: "", batch: "", undoes: "" },
      };
    });
const history = (of: fc.Arbitrary<ConsentPatient>) =>
  fc.array(said(of), { maxLength: 8 }).map((entries) => entries.map((entry, seq) => ({ ...entry, seq })));
const region = fc.constant({ facility: "", pid: "" });
const rule: ConsentEntry = {
  ...{
    facility: "",
    pid: "",
    kind: "participation",
    target: "",
    value: "participating",
    from: "2000-01-01",
    basis: "law",
    by: "見本",
    note: "",
  },
  ...{ seq: -1, at: 0, entered: "", batch: "", undoes: "" },
};

test("a link never loosens: what two linked patients may show, each of them may show alone, unless the rule is that one must agree", () => {
  fc.assert(
    fc.property(history(fc.constantFrom(...patients)), fc.constantFrom(...days), (own, day) => {
      const entries = byPatient([rule, ...own]);
      const together = permissionOf(patients, entries, day);
      for (const patient of patients) {
        const alone = permissionOf([patient], entries, day);
        if (together.reason === null) expect(alone.reason).toBeNull();
        for (const { facility } of patients) if (together.shows(facility)) expect(alone.shows(facility)).toBe(true);
      }
      const stated = patients.flatMap((patient) => inForce(entries(patient), day).said("category", "hiv")?.value ?? []);
      for (const value of stated) expect(strictness.indexOf(together.categories.hiv)).toBeGreaterThanOrEqual(strictness.indexOf(value));
    }),
    { seed: 8, numRuns: 400 },
  );
});

test("without the region's rule nothing is published, whatever was said", () => {
  fc.assert(
    fc.property(history(fc.constantFrom(...patients)), history(region), fc.constantFrom(...days), (own, rules, day) => {
      const others = rules.filter(({ kind }) => kind !== "participation");
      expect(permissionOf(patients, byPatient([...own, ...others]), day).reason).toBe("no-default");
    }),
    { seed: 8, numRuns: 200 },
  );
});

test("what has not begun changes nothing, and the order of days counts before the order of recording", () => {
  const patient = patients[0] as ConsentPatient;
  const entry = (value: "withdrawn" | "participating" | "unstated", from: string, seq: number): ConsentEntry => ({
    ...rule,
    ...patient,
    value,
    from,
    seq,
  });
  const reason = (...own: ConsentEntry[]) => permissionOf([patient], byPatient([rule, ...own]), "2026-11-02").reason;
  expect(reason(entry("withdrawn", "2026-11-03", 1))).toBeNull();
  expect(reason(entry("withdrawn", "2026-11-02", 1))).toBe("withdrawn");
  expect(reason(entry("withdrawn", "2026-11-02", 1), entry("participating", "2026-11-01", 2))).toBe("withdrawn");
  expect(reason(entry("withdrawn", "2026-11-02", 1), entry("participating", "2026-11-02", 2))).toBeNull();
  expect(reason(entry("withdrawn", "2026-11-01", 1), entry("unstated", "2026-11-02", 2))).toBeNull();
});

test("the region's hidden and withheld are a floor", () => {
  fc.assert(
    fc.property(history(fc.constantFrom(...patients)), (own) => {
      const floor: ConsentEntry[] = [
        { ...rule, kind: "facility", target: everyFacility, value: "hidden" },
        { ...rule, kind: "category", target: "hiv", value: "withheld" },
      ];
      const permission = permissionOf(patients, byPatient([rule, ...floor, ...own]), "2026-11-03");
      expect([permission.shows("1310000001"), permission.categories.hiv]).toEqual([false, "withheld"]);
    }),
    { seed: 8, numRuns: 100 },
  );
});

test("a day begins in Japan, wherever the hub stands", () => {
  expect([dayInJapan(Date.UTC(2026, 10, 20, 14, 59)), dayInJapan(Date.UTC(2026, 10, 20, 15, 0))]).toEqual(["2026-11-20", "2026-11-21"]);
});

test("the categories are those of the project's table", () => {
  expect([...protectedIds].sort()).toEqual(protectedCategories.map(({ id }) => id).sort());
});
