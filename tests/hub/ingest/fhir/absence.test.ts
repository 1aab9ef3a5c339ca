import { describe, expect, test } from "vitest";
import { doctor, documentOf, kindOf, readOf, subject } from "./fixtures.ts";

const ips = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
const snomed = "http://snomed.info/sct";
const empty = (code: string) => ({ coding: [{ system: "http://terminology.hl7.org/CodeSystem/list-empty-reason", code }] });
const section = (loinc: string, more: object = {}) => ({
  title: "試験",
  code: { coding: [{ system: "http://loinc.org", code: loinc }] },
  ...more,
});
const url = "urn:uuid:66666666-6666-4666-8666-666666666666";

/** A document with one resource that says there is none. */
const saying = (resource: object, author: object = doctor) =>
  documentOf([section("48765-2", { entry: [{ reference: url }] })], [{ fullUrl: url, resource: { ...resource } }], {}, { ...author });

const allergy = (code: object, more: object = {}) => ({ resourceType: "AllergyIntolerance", patient: subject, code, ...more });
const problem = (code: object) => ({ resourceType: "Condition", subject, code });
const medicine = (code: object) => ({ resourceType: "MedicationStatement", status: "active", subject, medicationCodeableConcept: code });
const procedure = (code: object) => ({ resourceType: "Procedure", status: "unknown", subject, code });
const vaccine = (code: object) => ({
  resourceType: "Immunization",
  status: "not-done",
  patient: subject,
  vaccineCode: code,
  occurrenceString: "unknown",
});
const of = (system: string, code: string) => ({ coding: [{ system, code }] });
const states = (bundle: object) => kindOf(readOf({ ...bundle }), "absence").map((one) => `${one.section} ${one.state}`);

describe("a resource that says there is none, of a document by a known doctor on a known date", () => {
  test.each<[string, object, string]>([
    ["v1.1 no-known-allergies", allergy(of(ips, "no-known-allergies")), "allergies confirmedNone"],
    ["v1.1 no-allergy-info", allergy(of(ips, "no-allergy-info")), "allergies notRecorded"],
    ["v1.1 no-known-medication-allergies: of drugs alone", allergy(of(ips, "no-known-medication-allergies")), "allergies notAsked"],
    ["v1.1 no-known-food-allergies: of food alone", allergy(of(ips, "no-known-food-allergies")), "allergies notAsked"],
    ["v1.1 no-known-environmental-allergies", allergy(of(ips, "no-known-environmental-allergies")), "allergies notAsked"],
    ["v1.1 no-known-medications", medicine(of(ips, "no-known-medications")), "medicines confirmedNone"],
    ["v1.1 no-medication-info", medicine(of(ips, "no-medication-info")), "medicines notRecorded"],
    ["v1.1 no-known-problems", problem(of(ips, "no-known-problems")), "diagnoses confirmedNone"],
    ["v1.1 no-problem-info", problem(of(ips, "no-problem-info")), "diagnoses notRecorded"],
    ["v1.1 no-known-procedures", procedure(of(ips, "no-known-procedures")), "procedures confirmedNone"],
    ["v1.1 no-procedure-info", procedure(of(ips, "no-procedure-info")), "procedures notRecorded"],
    ["v1.1 no-known-immunizations", vaccine(of(ips, "no-known-immunizations")), "immunizations confirmedNone"],
    ["v1.1 no-immunization-info", vaccine(of(ips, "no-immunization-info")), "immunizations notRecorded"],
    ["a code of the list that nobody knows", allergy(of(ips, "no-such-code")), "allergies notRecorded"],
    ["v2 no known allergy", allergy(of(snomed, "716186003")), "allergies confirmedNone"],
    ["v2 no current problems", problem(of(snomed, "160245001")), "diagnoses confirmedNone"],
    ["v2 no known medications", medicine(of(snomed, "787481004")), "medicines confirmedNone"],
    ["v2 no known procedures", procedure(of(snomed, "787480003")), "procedures confirmedNone"],
    ["v2 no information available", medicine(of(snomed, "1287211007")), "medicines notRecorded"],
    ["words alone: no known current medications", medicine({ text: "No known current medications" }), "medicines confirmedNone"],
    ["words alone: 服用薬なし", medicine({ text: "服用薬なし" }), "medicines confirmedNone"],
  ])("%s", (_, resource, state) => {
    const records = readOf({ ...saying(resource) });
    expect(kindOf(records, "absence").map((one) => `${one.section} ${one.state}`)).toEqual([state]);
    for (const kind of ["allergy", "diagnosis", "medicine", "procedure", "immunization"] as const)
      expect(kindOf(records, kind), kind).toEqual([]);
  });

  test("device: none known, by a statement of use", () => {
    const device = { resourceType: "Device", id: "none", type: of(ips, "no-known-devices") };
    const use = { resourceType: "DeviceUseStatement", status: "active", subject, device: { reference: "#none" }, contained: [device] };
    expect(states(saying(use))).toEqual(["devices confirmedNone"]);
  });

  test("words that are not understood whole are a thing, never none", () => {
    expect(kindOf(readOf({ ...saying(medicine({ text: "No known medications except aspirin" })) }), "medicine")).toHaveLength(1);
    expect(kindOf(readOf({ ...saying(problem({ text: "No problems with vision" })) }), "diagnosis")).toHaveLength(1);
  });
});

describe("none is confirmed by a name, a role and a date, and by nothing less", () => {
  const none = allergy(of(ips, "no-known-allergies"));

  test("the doctor and the day are kept", () => {
    expect(kindOf(readOf({ ...saying(none) }), "absence")[0]).toMatchObject({ by: "見本 医師夫", role: "医師", date: "2026-01-02" });
  });

  test.each<[string, object]>([
    ["an author without a role", { ...doctor, qualification: [] }],
    ["an author without a name", { ...doctor, name: [] }],
    ["a hospital", { resourceType: "Organization", name: "灯台病院" }],
    ["a relative", { resourceType: "RelatedPerson", patient: subject, name: [{ text: "灯台 親子" }] }],
    ["the patient's device", { resourceType: "Device", deviceName: [{ name: "試験機", type: "other" }] }],
  ])("%s: not asked", (_, author) => expect(states(saying(none, author))).toEqual(["allergies notAsked"]));

  test("the patient's own word, though the document is a doctor's: not asked", () => {
    expect(
      states(saying({ ...medicine(of(ips, "no-known-medications")), informationSource: subject, dateAsserted: "2026-01-01" })),
    ).toEqual(["medicines notAsked"]);
  });

  test.each(["refuted", "entered-in-error"])("%s: no statement at all", (code) => {
    const verificationStatus = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", code }] };
    const records = readOf({ ...saying({ ...none, verificationStatus }) });
    expect(kindOf(records, "absence")).toEqual([]);
    expect(kindOf(records, "raw")).toHaveLength(1);
  });
});

describe("a section without entries", () => {
  test.each<[string, string, string[]]>([
    ["nilknown", "48765-2", ["allergies confirmedNone"]],
    ["notasked", "48765-2", ["allergies notAsked"]],
    ["notstarted", "10160-0", ["medicines notAsked"]],
    ["withheld", "11450-4", ["diagnoses unavailable"]],
    ["unavailable", "11369-6", ["immunizations notRecorded"]],
    ["closed", "30954-2", ["labs notRecorded"]],
    ["a reason that nobody knows", "47519-4", ["procedures notRecorded"]],
    ["nilknown", "46264-8", ["devices confirmedNone"]],
    ["nilknown", "8716-3", ["vitals confirmedNone"]],
    ["unavailable", "10162-6", ["pregnancy notRecorded"]],
    ["notasked", "42348-3", ["wishes notAsked"]],
    ["nilknown", "11348-0", []],
  ])("%s of %s", (reason, loinc, expected) => {
    expect(states(documentOf([section(loinc, { emptyReason: empty(reason) })]))).toEqual(expected);
  });

  test("and without a reason says nothing: silence is never none", () => {
    const text = { status: "generated" as const, div: "<div>特になし</div>" };
    for (const loinc of ["48765-2", "10160-0", "11450-4"]) expect(states(documentOf([section(loinc, { text })]))).toEqual([]);
    expect(states(documentOf([]))).toEqual([]);
  });

  test("nilknown by nobody in particular: not asked", () => {
    const by = documentOf(
      [section("48765-2", { emptyReason: empty("nilknown") })],
      [],
      {},
      { resourceType: "Organization", name: "灯台病院" },
    );
    expect(states(by)).toEqual(["allergies notAsked"]);
  });

  test("the author of the section counts before that of the document", () => {
    const nurse = { resourceType: "Practitioner", name: [{ text: "試験 看子" }], qualification: [{ code: { text: "看護師" } }] };
    const bundle = documentOf(
      [section("48765-2", { emptyReason: empty("nilknown"), author: [{ reference: url }] })],
      [{ fullUrl: url, resource: nurse }],
      {},
      { resourceType: "Organization", name: "灯台病院" },
    );
    expect(kindOf(readOf({ ...bundle }), "absence")[0]).toMatchObject({ state: "confirmedNone", by: "試験 看子", role: "看護師" });
  });
});
