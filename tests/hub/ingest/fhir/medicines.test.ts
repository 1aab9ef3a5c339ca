import { describe, expect, test } from "vitest";
import { documentOf, kindOf, readOf, recordsOf, subject } from "./fixtures.ts";

const ucum = (value: number, code = "d", unit = "日") => ({ value, code, unit, system: "http://unitsofmeasure.org" });
const tablets = (value: number) => ({ value, unit: "錠" });
const yj = { system: "urn:oid:1.2.392.100495.20.2.73", code: "3332001F1091", display: "ワルファリンＫ錠１ｍｇ" };
const drug = { coding: [{ system: "http://medis.or.jp/CodeSystem/master-HOT9", code: "103835401" }, yj], text: "ワルファリンＫ錠１ｍｇ" };

const request = {
  resourceType: "MedicationRequest",
  id: "r1",
  status: "active",
  intent: "order",
  subject,
  identifier: [
    { system: "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber", value: "2" },
    { system: "urn:oid:1.2.392.100495.20.3.11", value: "P-1" },
  ],
  medicationCodeableConcept: drug,
  authoredOn: "2026-01-01T10:00:00+09:00",
  dosageInstruction: [
    {
      extension: [
        {
          url: "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationDosage_PeriodOfUse",
          valuePeriod: { start: "2026-01-02" },
        },
      ],
      text: "1日1回 朝食後",
      timing: { code: { coding: [{ system: "urn:oid:1.2.392.200250.2.2.20.20", code: "1011000400000000", display: "１日１回朝食後" }] } },
      doseAndRate: [{ doseQuantity: tablets(2), rateRatio: { numerator: tablets(2), denominator: ucum(1) } }],
    },
  ],
  dispenseRequest: { quantity: tablets(28), expectedSupplyDuration: ucum(14) },
};
const medicines = (resource: object, ...others: { fullUrl?: string; resource: Record<string, unknown> }[]) =>
  kindOf(recordsOf({ ...resource }, ...others), "medicine");

describe("a MedicationRequest", () => {
  test("says drug, dose, usage and days in the words that SS-MIX2 records use", () => {
    expect(medicines(request)).toMatchObject([
      {
        stage: "ordered",
        orderNo: "P-1",
        group: "2",
        orderControl: "",
        drug: { text: "ワルファリンＫ錠１ｍｇ", codings: [{ system: "HOT9" }, { system: "YJ", code: "3332001F1091" }] },
        dosePerIntake: { value: "2", unit: "錠" },
        dosePerDay: { value: "2", unit: "錠" },
        total: { value: "28", unit: "錠" },
        usage: { codings: [{ system: "JAMISDP01", code: "1011000400000000" }] },
        days: "14",
        start: "2026-01-02",
      },
    ]);
    expect(medicines(request)[0]?.channel).toBeUndefined();
  });

  test("of an electronic prescription says so, by its own profile or by the document's type", () => {
    const profile = ["http://jpfhir.jp/fhir/ePrescription/StructureDefinition/JP_MedicationRequest_ePrescriptionData"];
    expect(medicines({ ...request, meta: { profile } })[0]?.channel).toBe("ePrescription");
    const type = { coding: [{ system: "http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes", code: "57833-6" }] };
    const document = documentOf([], [{ fullUrl: "urn:uuid:7", resource: request }], { type });
    expect(kindOf(readOf({ ...document }), "medicine")[0]?.channel).toBe("ePrescription");
  });

  test.each(["cancelled", "entered-in-error", "draft"])("%s is withdrawn", (status) =>
    expect(medicines({ ...request, status })[0]?.orderControl).toBe("CA"),
  );
  test("not to be given, or only proposed, is withdrawn", () => {
    expect(medicines({ ...request, doNotPerform: true })[0]?.orderControl).toBe("CA");
    expect(medicines({ ...request, intent: "proposal" })[0]?.orderControl).toBe("CA");
  });
  test("stopped and on hold stand, and say so", () => {
    expect(medicines({ ...request, status: "stopped" })[0]).toMatchObject({ orderControl: "", note: "中止" });
    expect(medicines({ ...request, status: "on-hold" })[0]?.note).toContain("休薬");
  });

  test("an uneven dose is in the words, never in a sum", () => {
    const dosageInstruction = [
      { timing: { code: { text: "朝" } }, doseAndRate: [{ doseQuantity: tablets(2) }] },
      { timing: { code: { text: "夕" } }, doseAndRate: [{ doseQuantity: tablets(1) }] },
    ];
    const [medicine] = medicines({ ...request, dosageInstruction });
    expect(medicine).toMatchObject({ dosePerIntake: { value: "2" }, dosePerDay: null });
    expect(medicine?.usageText).toContain("夕 1 錠");
  });

  test("an amount a week is no amount a day", () => {
    const doseAndRate = [{ rateRatio: { numerator: tablets(4), denominator: ucum(1, "wk", "週") } }];
    expect(medicines({ ...request, dosageInstruction: [{ doseAndRate }] })[0]).toMatchObject({
      dosePerDay: null,
      rate: { value: "4", unit: "錠/週" },
    });
  });

  test("as needed, with its most", () => {
    const line = { asNeededCodeableConcept: { text: "疼痛時" }, maxDosePerPeriod: { numerator: tablets(3), denominator: ucum(1) } };
    expect(medicines({ ...request, dosageInstruction: [line] })[0]?.usageText).toBe("頓用 疼痛時 最大 3 錠/日");
  });

  test("a drug named by reference, contained or beside it", () => {
    const { medicationCodeableConcept: _, ...rest } = request;
    const contained = [{ resourceType: "Medication", id: "m", code: drug }];
    expect(medicines({ ...rest, medicationReference: { reference: "#m" }, contained })[0]?.drug.codings).toHaveLength(2);
    const beside = { fullUrl: "urn:uuid:8", resource: { resourceType: "Medication", code: drug } };
    expect(medicines({ ...rest, medicationReference: { reference: "urn:uuid:8" } }, beside)[0]?.drug.text).toBe("ワルファリンＫ錠１ｍｇ");
    expect(medicines({ ...rest, medicationReference: { display: "試験薬" } })[0]?.drug).toEqual({ text: "試験薬", codings: [] });
  });

  test("an infusion of two drugs is two records, each with its amount", () => {
    const { medicationCodeableConcept: _, ...rest } = request;
    const ingredient = [
      { itemCodeableConcept: { text: "試験輸液" }, strength: { numerator: ucum(500, "mL", "mL"), denominator: ucum(1, "1", "回") } },
      { itemCodeableConcept: { text: "試験薬" }, strength: { numerator: ucum(2, "g", "g"), denominator: ucum(1, "1", "回") } },
    ];
    const contained = [{ resourceType: "Medication", id: "m", ingredient }];
    const meta = { profile: ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationRequest_Injection"] };
    const made = medicines({ ...rest, meta, dosageInstruction: [], medicationReference: { reference: "#m" }, contained });
    expect(made.map(({ drug: { text }, dosePerIntake, injection }) => [text, dosePerIntake?.value, injection])).toEqual([
      ["試験輸液", "500", true],
      ["試験薬", "2", true],
    ]);
  });
});

describe("what was handed out, given and taken", () => {
  test("a MedicationDispense is of the dispensing channel, a supply and no dose", () => {
    const dispense = {
      resourceType: "MedicationDispense",
      status: "completed",
      subject,
      medicationCodeableConcept: drug,
      authorizingPrescription: [{ reference: "MedicationRequest/r1" }],
      quantity: tablets(28),
      daysSupply: ucum(14),
      whenHandedOver: "2026-01-03T11:00:00+09:00",
    };
    expect(medicines(dispense, { resource: request })).toMatchObject([
      {
        channel: "dispensing",
        stage: "dispensed",
        orderNo: "P-1",
        date: "2026-01-03T11:00:00",
        total: { value: "28" },
        days: "14",
        dosePerIntake: null,
      },
    ]);
    expect(medicines({ ...dispense, status: "cancelled" })[0]?.orderControl).toBe("CA");
  });

  test("a MedicationAdministration not done says that it was not given", () => {
    const given = {
      resourceType: "MedicationAdministration",
      status: "completed",
      subject,
      medicationCodeableConcept: drug,
      effectiveDateTime: "2026-01-03T08:00:00+09:00",
      dosage: { dose: { value: 1, unit: "mg" }, route: { text: "経口" } },
    };
    expect(medicines(given)).toMatchObject([
      { stage: "given", completion: "CP", dosePerIntake: { value: "1", unit: "mg" }, date: "2026-01-03T08:00:00" },
    ]);
    expect(medicines({ ...given, status: "not-done" })[0]?.completion).toBe("NA");
  });

  test("a MedicationStatement: the patient's own word, an end, and what is not taken", () => {
    const statement = {
      resourceType: "MedicationStatement",
      status: "active",
      subject,
      medicationCodeableConcept: drug,
      effectivePeriod: { start: "2020" },
    };
    expect(medicines(statement)).toMatchObject([{ start: "2020", end: null }]);
    expect(medicines({ ...statement, informationSource: { reference: "Patient/lighthouse" } })[0]?.channel).toBe("self");
    expect(medicines({ ...statement, status: "stopped", effectivePeriod: { start: "2020", end: "2021-03" } })).toMatchObject([
      { end: "2021-03", note: "中止" },
    ]);
    expect(medicines({ ...statement, status: "not-taken" })[0]?.completion).toBe("NA");
    expect(medicines({ ...statement, status: "entered-in-error" })[0]?.orderControl).toBe("CA");
  });
});
