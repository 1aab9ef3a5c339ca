import { describe, expect, test } from "vitest";
import { shortSystem } from "../../../../src/hub/ingest/fhir/systems.ts";
import { kindOf, recordsOf, subject } from "./fixtures.ts";

describe("a code system is one name, by its URL of today and by its OID of before", () => {
  test.each<[string, readonly string[]]>([
    ["YJ", ["http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", "urn:oid:1.2.392.100495.20.2.73", "urn:oid:1.2.392.100495.20.1.73"]],
    ["HOT7", ["http://medis.or.jp/CodeSystem/master-HOT7", "urn:oid:1.2.392.200119.4.403.2"]],
    ["HOT9", ["http://medis.or.jp/CodeSystem/master-HOT9", "urn:oid:1.2.392.200119.4.403.1", "urn:oid:1.2.392.100495.20.2.74"]],
    ["HOT13", ["http://medis.or.jp/CodeSystem/master-HOT13", "urn:oid:1.2.392.200119.4.402.1"]],
    [
      "GENERAL",
      [
        "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode",
        "urn:oid:1.2.392.100495.20.2.81",
        "urn:oid:1.2.392.100495.20.1.81",
      ],
    ],
    ["JAMISDP01", ["http://jami.jp/CodeSystem/MedicationUsage", "urn:oid:1.2.392.200250.2.2.20.20"]],
    ["MR9P", ["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUnitMERIT9Code", "urn:oid:1.2.392.100495.20.2.101"]],
    [
      "JC10",
      [
        "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
        "urn:oid:1.2.392.200119.4.504",
        "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS",
        "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS",
      ],
    ],
    ["MDCDX2", ["http://medis.or.jp/CodeSystem/master-disease-keyNumber", "urn:oid:1.2.392.200119.4.101.2"]],
    ["MDCEX", ["http://medis.or.jp/CodeSystem/master-disease-exCode", "urn:oid:1.2.392.200119.4.101.6"]],
    ["I10", ["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "http://hl7.org/fhir/sid/icd-10"]],
    [
      "J-FAGY",
      [
        "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS",
        "http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS",
      ],
    ],
    ["JAMIDEPT", ["http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "urn:oid:1.2.392.200250.2.2.2"]],
    [
      "L",
      [
        "http://jpfhir.jp/fhir/eCS/CodeSystem/DrugCode/11310000001",
        "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS",
      ],
    ],
    ["", ["", " "]],
  ])("%s", (short, systems) => {
    for (const system of systems) expect(shortSystem(system), system).toBe(short);
  });

  test("version, case and a slash at the end make no other system; what nobody knows stays as sent", () => {
    expect(shortSystem("HTTP://medis.or.jp/CodeSystem/master-HOT9|20260101")).toBe("HOT9");
    expect(shortSystem("http://snomed.info/sct/")).toBe("SCT");
    expect(shortSystem("http://example.org/codes")).toBe("http://example.org/codes");
  });
});

describe("a code that says there is none", () => {
  test("is no code: two drugs without one are not the same drug", () => {
    const drug = (text: string) => ({
      resourceType: "MedicationRequest",
      status: "active",
      intent: "order",
      subject,
      medicationCodeableConcept: {
        text,
        coding: [{ system: "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS", code: "NOCODED" }],
      },
    });
    expect(kindOf(recordsOf(drug("試験薬甲")), "medicine")[0]?.drug).toEqual({ text: "試験薬甲", codings: [] });
    const test = {
      resourceType: "Observation",
      status: "final",
      subject,
      code: {
        text: "試験検査",
        coding: [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", code: "99999999999999999" }],
      },
      valueString: "1",
    };
    expect(kindOf(recordsOf(test), "lab")[0]?.test.codings).toEqual([]);
  });
});
