import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { OperationOutcomeError, validateResource } from "@medplum/core";
import type { Bundle, Composition, Resource, StructureDefinition } from "@medplum/fhirtypes";
import { describe, expect, test } from "vitest";
import { validateBase } from "../../../src/hub/ingest/fhir/definitions.ts";
import { type IpsOptions, toIps } from "../../../src/hub/ips/ips.ts";
import type { Summary } from "../../../src/shared/summary/summary.ts";
import { allergy, section, summaryWith } from "../../shared/summary/fixtures.ts";
import { empty, full } from "./full.ts";

const options: IpsOptions = {
  id: "11111111-2222-4333-8444-555555555555",
  at: "2026-11-21T00:00:00Z",
  author: "架空県地域医療連携",
  reader: "staff",
};

/**
 * The profiles of IPS 2.0.0 as HL7 publishes them (npm hl7.fhir.uv.ips, CC0), their prose left out, and the slices that are told apart by
 * profile: the library knows no such slicing. Each resource is checked against its own profile instead.
 */
const profiles: readonly StructureDefinition[] = JSON.parse(
  gunzipSync(readFileSync(new URL("./ips-2.0.0.json.gz", import.meta.url))).toString("utf8"),
);

const bundleOf = (summary: Summary, over: Partial<IpsOptions> = {}): Bundle => JSON.parse(toIps(summary, { ...options, ...over }));
const compositionOf = (bundle: Bundle): Composition => bundle.entry?.[0]?.resource as Composition;

/** What the profile of its type says against a resource. */
function againstProfile(resource: Resource): string[] {
  const laboratory = resource.resourceType === "Observation" && resource.category?.[0]?.coding?.[0]?.code === "laboratory";
  const name = laboratory ? /results-laboratory-pathology-uv-ips$/ : profileNames[resource.resourceType];
  const fitting = profiles.filter(({ type, url }) => type === resource.resourceType && name?.test(url));
  return fitting.flatMap((profile) => {
    try {
      validateResource(resource, { profile });
      return [];
    } catch (error) {
      if (!(error instanceof OperationOutcomeError)) throw error;
      return (error.outcome.issue ?? [])
        .filter(({ severity }) => severity === "error" || severity === "fatal")
        .map(({ expression, details }) => `${profile.name} ${expression?.[0] ?? ""} ${details?.text ?? ""}`);
    }
  });
}

/** Which profile speaks of a resource as the sections use it. */
const profileNames: Readonly<Record<string, RegExp>> = {
  Bundle: /Bundle-uv-ips$/,
  Composition: /Composition-uv-ips$/,
  Patient: /Patient-uv-ips$/,
  AllergyIntolerance: /AllergyIntolerance-uv-ips$/,
  Condition: /Condition-uv-ips$/,
  MedicationRequest: /MedicationRequest-uv-ips$/,
  Immunization: /Immunization-uv-ips$/,
  Procedure: /Procedure-uv-ips$/,
  DeviceUseStatement: /DeviceUseStatement-uv-ips$/,
  ImagingStudy: /ImagingStudy-uv-ips$/,
  Organization: /Organization-uv-ips$/,
};

const states: Summary = summaryWith({
  allergies: empty("confirmedNone", { by: "見本 花子", role: "医師", date: "2026-10-01" }),
  medicines: empty("notAsked"),
  diagnoses: empty("unavailable"),
  pregnancy: empty("notAsked"),
  devices: empty("confirmedNone", { by: "見本 花子", role: "医師", date: "2026-10-01" }),
});

describe("an IPS document", () => {
  test.each([
    ["with an item of every kind", full],
    [
      "with nothing at all",
      summaryWith(
        {},
        { identity: { ...full.identity, kanji: null, kana: null, birthDate: null, address: "", telephones: [], identifiers: [] } },
      ),
    ],
    ["with every state of absence", states],
  ])("%s is valid R4 and valid IPS", async (_, summary) => {
    const bundle = bundleOf(summary);
    expect(await validateBase(bundle)).toEqual([]);
    const said = [bundle, ...(bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource]))].flatMap(
      againstProfile,
    );
    expect(said).toEqual([]);
  });

  test("a fault that IPS forbids is found by the same check", async () => {
    const bundle = bundleOf(full);
    const composition = compositionOf(bundle);
    expect(againstProfile({ ...composition, section: composition.section?.filter(({ title }) => title !== "薬") ?? [] })).not.toEqual([]);
    expect(await validateBase({ ...bundle, entry: [{ resource: { resourceType: "Patient", gender: "?" } }] })).not.toEqual([]);
  });

  test("silence is never nilknown, and only a confirmed none says so", () => {
    const reasons = (summary: Summary) =>
      Object.fromEntries(
        (compositionOf(bundleOf(summary)).section ?? []).map(({ title, emptyReason }) => [title, emptyReason?.coding?.[0]?.code]),
      );
    expect(reasons(summaryWith())).toEqual({ "アレルギー・禁忌": "unavailable", 薬: "unavailable", "病名・既往": "unavailable" });
    expect(reasons(states)).toEqual({
      "アレルギー・禁忌": undefined,
      薬: "notasked",
      "病名・既往": "withheld",
      体内機器: "nilknown",
      妊娠: "notasked",
    });
    expect(toIps(summaryWith(), options)).not.toMatch(/nilknown|716186003|なし/);
  });

  test("numbers keep the digits they were sent with; what is no number stays as written", () => {
    const text = toIps(full, options);
    expect(text).toContain('"value":4.10');
    expect(text).toContain('"valueString":"  +-"');
    expect(text).toContain('"comparator":"<"');
    expect(text).not.toContain("\\u0001");
  });

  test("a text that looks like a number in disguise stays a text", () => {
    const hostile = "\u00014.10\u0001";
    const summary = summaryWith({ allergies: section(allergy(hostile, { onset: hostile })) });
    expect(() => JSON.parse(toIps(summary, options))).not.toThrow();
    expect(toIps(summary, options)).toContain('"onsetString":"4.10"');
  });

  test("markup in a name is text in the narrative", () => {
    const summary = summaryWith({ allergies: section(allergy('<script>alert("x")</script>&amp;')) });
    const div = compositionOf(bundleOf(summary)).section?.[0]?.text?.div ?? "";
    expect(div).toContain("&lt;script&gt;");
    expect(div).not.toContain("<script>");
  });

  test("what a patient may hold has nothing the patient has not been told; staff get it, tagged", () => {
    const told = allergy("架空セファロスポリン");
    const untold = { ...allergy("告げられていない物質"), warnings: ["uninformed"] };
    const summary = summaryWith({ allergies: section(told, untold) });
    expect(toIps(summary, { ...options, reader: "patient" })).not.toMatch(/告げられていない物質|UNINFORMED/);
    expect(toIps(summary, options)).toMatch(/告げられていない物質/);
    expect(toIps(summary, options)).toContain('"UNINFORMED"');
  });

  test("the same summary gives the same bytes", () => {
    expect(toIps(full, options)).toBe(toIps(structuredClone(full), { ...options }));
  });
});
