import { expect, test } from "vitest";
import type { SourceRecord } from "../../../src/hub/record/record.ts";
import { withoutUndisclosed } from "../../../src/shared/summary/disclosed.ts";
import { recordsOf, subject } from "../ingest/fhir/fixtures.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, medicine, summaryOf } from "./fixtures.ts";

/** Records as the FHIR reader makes them from bytes, beside those of a hospital's SS-MIX2. */
const tablets = (value: number) => ({ value, unit: "錠" });
const day = { value: 1, code: "d", unit: "日", system: "http://unitsofmeasure.org" };
const prescription = [{ system: "urn:oid:1.2.392.100495.20.3.11", value: "P-1" }];
const dosage = (perDay: number) => [
  { text: "1日1回 朝食後", doseAndRate: [{ doseQuantity: tablets(perDay), rateRatio: { numerator: tablets(perDay), denominator: day } }] },
];

const ePrescription = (over: object = {}): readonly SourceRecord[] =>
  recordsOf({
    resourceType: "MedicationRequest",
    id: "r1",
    meta: { profile: ["http://jpfhir.jp/fhir/ePrescription/StructureDefinition/JP_MedicationRequest_ePrescriptionData"] },
    status: "active",
    intent: "order",
    subject,
    identifier: prescription,
    medicationCodeableConcept: { text: "【般】ワルファリンＫ錠１ｍｇ" },
    authoredOn: "2026-05-01T10:00:00+09:00",
    dosageInstruction: dosage(2),
    dispenseRequest: { expectedSupplyDuration: { ...day, value: 28 } },
    ...over,
  });

const dispensed = (over: object = {}): readonly SourceRecord[] =>
  recordsOf({
    resourceType: "MedicationDispense",
    id: "d1",
    status: "completed",
    subject,
    identifier: prescription,
    medicationCodeableConcept: { text: "ワーファリン錠1mg" },
    whenHandedOver: "2026-05-02T15:00:00+09:00",
    daysSupply: { ...day, value: 28 },
    dosageInstruction: dosage(2),
    ...over,
  });

const chart = file([
  medicine("ワーファリン錠1mg", {
    drug: concept("ワーファリン錠1mg"),
    days: "28",
    start: "2026-05-01",
    dosePerDay: { value: "2", unit: "錠" },
  }),
]);
const pharmacy = { facility: "9990000009", pid: "P9", type: "FHIR" } as const;
const gateway = { facility: "9990000008", pid: "G8", type: "FHIR" } as const;
const items = (...files: Files) => summaryOf(...files).sections.medicines.items;

test("SS-MIX2 order, FHIR e-prescription and FHIR dispensing of one prescription are one line", () => {
  const found = items(chart, file(ePrescription(), gateway), file(dispensed(), pharmacy));
  expect(found).toMatchObject([
    { stage: "dispensed", ingredient: "ワルファリン", start: "2026-05-02T15:00:00", conflicts: [], also: [{}, {}] },
  ]);
});

test("another dose at the pharmacy stands first and says so; a cancelled e-prescription stops the others; a declined one was not handed out", () => {
  expect(items(chart, file(dispensed({ dosageInstruction: dosage(3) }), pharmacy)).map(({ conflicts }) => conflicts)).toEqual([
    ["dose"],
    ["dose"],
  ]);
  expect(items(chart, file(ePrescription({ status: "cancelled" }), gateway))).toMatchObject([{ stage: "ordered", conflicts: ["stopped"] }]);
  expect(items(chart, file(dispensed({ status: "declined" }), pharmacy))).toMatchObject([
    { stage: "ordered", conflicts: ["notDispensed"] },
  ]);
});

test("provisional is suspected, refuted is nothing, UNINFORMED is told to staff and kept from the patient", () => {
  const condition = (verification: string, tag?: string) =>
    recordsOf({
      resourceType: "Condition",
      id: "c1",
      subject,
      ...(tag === undefined
        ? {}
        : { meta: { tag: [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", code: tag }] } }),
      verificationStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-ver-status", code: verification }] },
      clinicalStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-clinical", code: "active" }] },
      code: { text: "膵癌" },
      recordedDate: "2026-05-01",
    });
  const summary = (records: readonly SourceRecord[]) => summaryOf(file(records, pharmacy));
  expect(summary(condition("provisional")).sections.diagnoses.items).toMatchObject([{ suspected: true }]);
  expect(summary(condition("confirmed")).sections.diagnoses.items).toMatchObject([{ suspected: false }]);
  expect(summary(condition("refuted")).sections.diagnoses.items).toEqual([]);
  const untold = summary(condition("confirmed", "UNINFORMED"));
  expect(untold.sections.diagnoses.items).toMatchObject([{ warnings: ["uninformed"] }]);
  expect(withoutUndisclosed(untold).sections.diagnoses).toMatchObject({ state: "notRecorded", items: [] });
});
