import { describe, expect, test } from "vitest";
import type { Known } from "../../../../src/hub/ingest/fhir/index.ts";
import { clins, documentOf, facility, faultsOf, memberSystem, numberSystem, patient, patientUrl, planOf, subject } from "./fixtures.ts";

const condition = { resourceType: "Condition", subject, code: { text: "試験病" } };
const transaction = (...entry: readonly object[]) => ({ resourceType: "Bundle", type: "transaction", entry });
const put = (resource: { resourceType: string; id?: string }, url = `${resource.resourceType}/${resource.id}`) => ({
  fullUrl: `http://灯台.example/fhir/${url}`,
  resource,
  request: { method: "PUT", url },
});
const other = "urn:uuid:99999999-9999-4999-8999-999999999999";
const stranger = { ...patient, id: "stranger", identifier: [{ system: numberSystem, value: "0000000702" }] };
const at1 = "Bundle.entry[1].resource";

describe("an input that cannot be used names path and reason", () => {
  test.each<[string, unknown, string]>([
    ["no resource", [1], "not-a-resource"],
    ["an unknown type", { resourceType: "Nope" }, "r4-invalid"],
    ["an element that R4 does not have", { ...patient, colour: "red" }, "r4-invalid Patient.colour"],
    ["a date that is none", { ...patient, birthDate: "1950-02-31T" }, "r4-invalid Patient.birthDate"],
    ["a subject missing", clins([{ ...condition, subject: undefined }]), `r4-invalid ${at1}.subject`],
    ["a batch", { resourceType: "Bundle", type: "batch", entry: [] }, "bundle-type Bundle.type"],
    ["a message", { resourceType: "Bundle", type: "message", entry: [{ resource: patient }] }, "r4-invalid Bundle"],
    ["a history", { resourceType: "Bundle", type: "history" }, "bundle-type Bundle.type"],
    [
      "a Bundle in a Bundle",
      { resourceType: "Bundle", type: "collection", entry: [{ resource: clins([]) }] },
      "bundle-nested Bundle.entry",
    ],
    ["no entry", transaction(), "empty Bundle.entry"],
    ["CLINS without an identifier", clins([condition], { identifier: undefined }), "bundle-identifier Bundle.identifier"],
    [
      "CLINS with half an identifier",
      clins([condition], { identifier: { system: "http://jpfhir.jp/fhir/clins/bundle-identifier", value: "1" } }),
      "bundle-identifier Bundle.identifier.value",
    ],
    ["CLINS without a patient", clins([condition], { entry: [{ fullUrl: other, resource: condition }] }), "patient-missing Bundle.entry"],
    [
      "CLINS with the patient last",
      clins([], {
        entry: [
          { fullUrl: other, resource: condition },
          { fullUrl: patientUrl, resource: patient },
        ],
      }),
      "patient-first Bundle.entry[0].resource",
    ],
    ["CLINS with two patients", clins([stranger]), `patient-doubled ${at1}`],
    [
      "CLINS with two kinds",
      clins([condition, { resourceType: "AllergyIntolerance", patient: subject, code: { text: "試験" } }]),
      "kinds-mixed Bundle.entry[2].resource",
    ],
    [
      "CLINS with another kind than its tag",
      clins([condition], {
        meta: { tag: [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS", code: "Observation" }] },
      }),
      `kinds-mixed ${at1}`,
    ],
    ["CLINS of somebody who is not in it", clins([{ ...condition, subject: { reference: other } }]), `subject-unknown ${at1}.subject`],
    [
      "CLINS of another insured person",
      clins([{ ...condition, subject: { identifier: { system: memberSystem, value: "00999999:灯:７０１:03" } } }]),
      `subject-differs ${at1}.subject`,
    ],
    ["a document without a Composition", { ...documentOf([]), entry: [{ fullUrl: patientUrl, resource: patient }] }, "r4-invalid Bundle"],
    [
      "a document of somebody who is not in it",
      documentOf([], [], { subject: { reference: other } }),
      "subject-unknown Bundle.entry[0].resource.subject",
    ],
    [
      "a document whose section names what is not there",
      documentOf([{ title: "外", section: [{ title: "内", entry: [{ reference: other }] }] }]),
      "reference-broken Bundle.entry[0].resource.section[0].section[0].entry[0]",
    ],
    ["one fullUrl twice", clins([], { entry: [0, 1].map(() => ({ fullUrl: patientUrl, resource: patient })) }), "r4-invalid Bundle"],
    [
      "one fullUrl in two versions",
      clins([], { entry: ["1", "2"].map((versionId) => ({ fullUrl: patientUrl, resource: { ...patient, meta: { versionId } } })) }),
      "entry-doubled Bundle.entry[1].fullUrl",
    ],
    [
      "one resource twice",
      transaction(put({ ...patient }), { ...put({ ...patient }), fullUrl: other }),
      "entry-doubled Bundle.entry[1].resource",
    ],
    ["a transaction without a request", transaction({ resource: patient }), "r4-invalid"],
    [
      "a PATCH",
      transaction({ ...put({ ...patient }), request: { method: "PATCH", url: "Patient/lighthouse" } }),
      "request-method Bundle.entry[0].request.method",
    ],
    ["a PUT to another id", transaction(put({ ...patient }, "Patient/other")), "request-url Bundle.entry[0].request.url"],
    ["a PUT to another type", transaction(put({ ...patient }, "Group/lighthouse")), "request-other-type Bundle.entry[0].request.url"],
    [
      "a PUT by another search than identifier",
      transaction(put({ ...patient }, "Patient?name=x")),
      "request-url Bundle.entry[0].request.url",
    ],
    [
      "a resource of nobody",
      { resourceType: "DocumentReference", status: "current", content: [{ attachment: { title: "x" } }] },
      "subject-missing DocumentReference",
    ],
    ["a resource of somebody unknown", { ...condition, subject: { reference: "Patient/unknown" } }, "subject-unknown Condition"],
    [
      "a resource of a family: an insured person's number without its branch",
      { ...condition, subject: { identifier: { system: memberSystem, value: "00999999:灯:７０１:" } } },
      "subject-unknown Condition",
    ],
    [
      "a status that nobody knows",
      clins([{ resourceType: "Observation", status: "invented", subject, code: { text: "試験" } }]),
      `status-unknown ${at1}.status`,
    ],
    [
      "a certainty that nobody knows",
      clins([
        {
          ...condition,
          verificationStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-ver-status", code: "perhaps" }] },
        },
      ]),
      `status-unknown ${at1}.verificationStatus`,
    ],
    [
      "a patient with a My Number",
      { ...patient, identifier: [...(patient.identifier ?? []), { system: "urn:mynumber", type: { text: "個人番号" }, value: "1" }] },
      "personal-number Patient.identifier",
    ],
    [
      "a resource of another institution",
      clins([{ ...condition, extension: [institution("1310000009")] }]),
      `facility-differs ${at1}.extension`,
    ],
    ["a patient whom nothing identifies", { resourceType: "Patient", gender: "male" }, "patient-unidentified Patient.identifier"],
  ])("%s", async (_, input, expected) => {
    const faults = await faultsOf(input);
    expect(faults.length).toBeGreaterThan(0);
    expect(
      faults.some((fault) => fault === expected || fault.startsWith(expected)),
      faults.join(" | "),
    ).toBe(true);
  });

  test("the Bundle of another facility than the feed's", async () => {
    expect(await faultsOf(clins([condition]), undefined, "1310000002")).toContain("facility-differs Bundle.identifier.value");
  });

  test("a name that two patients bear is nobody's", async () => {
    const known: Known = { patients: new Map([["Patient/1", ["0001", "0002"]]]), supports: new Map() };
    expect(await faultsOf({ ...condition, subject: { reference: "Patient/1" } }, known)).toEqual(["subject-ambiguous Condition"]);
  });

  test("ten thousand entries at most, and sixteen megabytes", async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ fullUrl: `urn:x:${i}` }));
    expect(await faultsOf({ resourceType: "Bundle", type: "collection", entry: many })).toEqual(["too-many-entries Bundle.entry"]);
    expect(await faultsOf(new Uint8Array(16 * 1024 * 1024 + 1))).toEqual(["too-large"]);
  });
});

const institution = (value: string) => ({
  url: "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
  valueIdentifier: { system: "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no", value },
});

describe("the code of a drug", () => {
  const yj = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
  const hot = "http://medis.or.jp/CodeSystem/master-HOT9";
  const prescription = (
    coding: readonly object[],
    text: string,
    profile = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_MedicationRequest_eCS|1",
  ) =>
    clins([
      {
        resourceType: "MedicationRequest",
        meta: { profile: [profile] },
        status: "active",
        intent: "order",
        subject,
        medicationCodeableConcept: { coding, text },
      },
    ]);
  const at = `${at1}.medication.ofType(CodeableConcept)`;

  test.each<[string, readonly object[], string, string[]]>([
    ["HOT alone, where JP-CLINS asks for more", [{ system: hot, code: "103831601" }], "試験薬", [`drug-uncoded ${at}.coding`]],
    [
      "a code of another class than the name's",
      [{ system: yj, code: "2124030F2014" }],
      "クアゼパム錠",
      [`drug-contradicts ${at}.coding[0].code`],
    ],
    [
      "an anticoagulant by name under a hypnotic's code",
      [{ system: yj, code: "1124030F2014" }],
      "エドキサバン錠",
      [`drug-contradicts ${at}.coding[0].code`],
    ],
    ["the right class", [{ system: yj, code: "1124030F2014" }], "クアゼパム錠", []],
    ["a name without a known stem", [{ system: yj, code: "2124030F2014" }], "試験薬錠", []],
    [
      "the word that there is none",
      [{ system: "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS", code: "NOCODED" }],
      "試験薬",
      [],
    ],
  ])("%s", async (_, coding, text, expected) => expect(await faultsOf(prescription(coding, text))).toEqual(expected));

  test("JP Core asks for no YJ code", async () => {
    const core = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationRequest";
    expect(await faultsOf(prescription([{ system: hot, code: "103831601" }], "試験薬", core))).toEqual([]);
  });
});

test("what names its own institution and this facility's patient may be used", async () => {
  const plan = await planOf(clins([{ ...condition, extension: [institution(facility)] }]));
  expect(plan).toMatchObject([
    { pid: "0000000701", action: "put", key: `Bundle|http://jpfhir.jp/fhir/clins/bundle-identifier|${facility}^2026^unit-1` },
  ]);
});
