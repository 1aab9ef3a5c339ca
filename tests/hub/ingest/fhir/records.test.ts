import { describe, expect, test } from "vitest";
import { clins, kindOf, patient, readOf, recordsOf, subject } from "./fixtures.ts";

const one = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};
const loinc = (code: string, display = "") => ({ system: "http://loinc.org", code, display });
const observation = (code: object, value: object, category = "laboratory", more: object = {}) => ({
  resourceType: "Observation",
  id: "o1",
  status: "final",
  subject,
  category: [{ coding: [{ system: "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", code: category }] }],
  code,
  effectiveDateTime: "2026-01-01T23:30:00Z",
  ...value,
  ...more,
});

describe("a Patient", () => {
  test("with the card of their number, a Coverage and relatives is one record that identity can link", () => {
    const coverage = {
      resourceType: "Coverage",
      status: "active",
      beneficiary: subject,
      payor: [{ identifier: { system: "http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber", value: "00888888" } }],
      extension: [
        { url: "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSymbol", valueString: "台" },
        { url: "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonNumber", valueString: "42" },
        { url: "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSubNumber", valueString: "01" },
      ],
    };
    const relative = {
      resourceType: "RelatedPerson",
      patient: subject,
      name: [{ text: "灯台 親子" }],
      telecom: [{ value: "03-0000-0001" }],
    };
    const record = one(
      kindOf(
        recordsOf({ ...patient, id: "x" }, { fullUrl: "urn:uuid:1", resource: coverage }, { fullUrl: "urn:uuid:2", resource: relative }),
        "patient",
      ),
    );
    expect(record.insurances).toMatchObject([
      { insurer: "00999999", symbol: "灯", number: "７０１", branch: "02" },
      { insurer: "00888888", symbol: "台", number: "42", branch: "01" },
    ]);
    expect(record).toMatchObject({
      birthDate: "1950-02-03",
      sex: "F",
      contacts: [{ name: "灯台 親子", telecoms: [{ number: "03-0000-0001" }] }],
    });
    expect(record.names.map((name) => name.representation)).toEqual(["ideographic", "phonetic"]);
  });
});

describe("a Condition", () => {
  const condition = (more: object) =>
    one(kindOf(recordsOf({ resourceType: "Condition", id: "c", subject, code: { text: "試験病" }, ...more }), "diagnosis"));
  const status = (code: string) => ({ coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-ver-status", code }] });

  test.each(["provisional", "differential", "unconfirmed"])("%s is suspected", (code) =>
    expect(condition({ verificationStatus: status(code) }).certainty?.codings[0]?.code).toBe("1"),
  );
  test.each(["refuted", "entered-in-error"])("%s takes it back", (code) =>
    expect(condition({ verificationStatus: status(code) }).action).toBe("DE"),
  );
  test("resolved is over, remission is not", () => {
    expect(condition({ clinicalStatus: status("resolved") }).outcome?.codings[0]?.code).toBe("F");
    expect(condition({ clinicalStatus: status("remission") }).outcome?.codings[0]?.code).toBe("R");
  });
  test("a modifier that the name already says is not said twice", () => {
    const prefix = {
      url: "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePrefixModifier",
      valueCodeableConcept: {
        coding: [{ system: "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber", code: "27000358", display: "左" }],
      },
    };
    expect(condition({ code: { text: "左前腕骨折", extension: [prefix] } }).prefixes).toEqual([]);
    expect(condition({ code: { text: "前腕骨折", extension: [prefix] } }).prefixes.map(({ text }) => text)).toEqual(["左"]);
  });
  test("what the patient has not been told is marked, wherever it stands", () => {
    const tag = [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", code: "UNINFORMED" }];
    expect(condition({ meta: { tag } }).disclosure).toBe("uninformed");
    const told = { resourceType: "Condition", subject, code: { text: "試験病" } };
    const bundle = clins([told], { meta: { tag } });
    expect(kindOf(readOf(bundle), "diagnosis")[0]?.disclosure).toBe("uninformed");
    expect(kindOf(readOf(bundle), "patient")[0]?.disclosure).toBeUndefined();
    const half = [{ ...tag[0], code: "UNDELIVERED" }];
    expect(kindOf(readOf(clins([{ ...told, meta: { tag: half } }])), "diagnosis")[0]?.disclosure).toBe("undelivered");
  });
});

describe("an AllergyIntolerance", () => {
  const allergy = (more: object) =>
    one(kindOf(recordsOf({ resourceType: "AllergyIntolerance", patient: subject, code: { text: "試験薬" }, ...more }), "allergy"));
  const verified = (code: string) => ({
    verificationStatus: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", code }] },
  });

  test("category by the list of its code, severity by its worst reaction, high criticality in words", () => {
    const coding = [{ system: "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", code: "J9FC00000000", display: "試験魚" }];
    const reaction = [
      { severity: "mild", manifestation: [{ text: "発疹" }] },
      { severity: "severe", manifestation: [{ text: "呼吸困難" }] },
    ];
    const record = allergy({ code: { coding }, reaction, criticality: "high" });
    expect(record).toMatchObject({
      category: { codings: [{ code: "FA" }] },
      severity: "SV",
      substance: { text: "試験魚", codings: [{ system: "J-FAGY" }] },
    });
    expect(record.reactions).toEqual(["発疹", "呼吸困難", "重篤化の危険が高い"]);
  });
  test("resolved and refuted are shown apart; entered in error is taken back", () => {
    expect(allergy({ clinicalStatus: { coding: [{ code: "resolved" }] }, ...verified("confirmed") }).status).toBe("I");
    expect(allergy({ clinicalStatus: { coding: [{ code: "resolved" }] }, ...verified("refuted") }).status).toBe("R");
    expect(allergy(verified("entered-in-error")).status).toBe("E");
    expect(allergy(verified("unconfirmed")).status).toBe("U");
  });
});

describe("an Observation", () => {
  test("a number keeps how it was written, its time is that of Japan", () => {
    const text = JSON.stringify({
      resourceType: "Bundle",
      type: "collection",
      entry: [
        {
          resource: observation(
            { text: "カリウム" },
            {
              valueQuantity: { value: 3.9, comparator: "<", unit: "mEq/L" },
              referenceRange: [{ low: { value: 3.5 }, high: { value: 5 } }],
            },
          ),
        },
      ],
    });
    const lab = one(kindOf(readOf(JSON.parse(text) as object & Readonly<Record<string, unknown>>), "lab"));
    expect(lab).toMatchObject({
      value: "<3.9",
      unit: "mEq/L",
      range: "3.5-5",
      date: "2026-01-02T08:30:00",
      resultStatus: "F",
      valueType: "SN",
    });
  });

  test.each<[string, string]>([
    ["entered-in-error", "D"],
    ["cancelled", "X"],
    ["corrected", "C"],
    ["amended", "C"],
    ["preliminary", "P"],
    ["registered", "O"],
  ])("%s is OBX-11 %s", (status, letter) =>
    expect(one(kindOf(recordsOf(observation({ text: "試験" }, { valueString: "1" }, "laboratory", { status })), "lab")).resultStatus).toBe(
      letter,
    ),
  );

  test("of JP-CLINS' list of infections is an infection", () => {
    const code = {
      text: "HBs抗原",
      coding: [
        { system: "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS", code: "5F016000002302311" },
      ],
    };
    expect(one(kindOf(recordsOf(observation(code, { valueCodeableConcept: { text: "陰性" } })), "lab"))).toMatchObject({
      group: "infection",
      value: "陰性",
    });
  });

  test("a blood pressure is two vital signs", () => {
    const component = [
      { code: { coding: [loinc("8480-6")] }, valueQuantity: { value: 140, unit: "mmHg" } },
      { code: { coding: [loinc("8462-4")] }, valueQuantity: { value: 80, unit: "mmHg" } },
    ];
    const vitals = kindOf(recordsOf(observation({ text: "血圧" }, { component }, "vital-signs")), "vital");
    expect(vitals.map(({ what, value }) => `${what} ${value}`)).toEqual(["systolic 140", "diastolic 80"]);
  });

  test("a vital sign entered in error is kept, and is none", () => {
    const records = recordsOf(
      observation({ coding: [loinc("8310-5")] }, { valueQuantity: { value: 42, unit: "Cel" } }, "vital-signs", {
        status: "entered-in-error",
      }),
    );
    expect(kindOf(records, "vital")).toEqual([]);
    expect(kindOf(records, "raw")).toHaveLength(1);
  });

  test("blood group, pregnancy and care level have places of their own", () => {
    expect(kindOf(recordsOf(observation({ coding: [loinc("883-9")] }, { valueString: "A" })), "registration")).toMatchObject([
      { what: "abo", value: "A" },
    ]);
    const pregnant = observation(
      { coding: [loinc("82810-3")] },
      { valueCodeableConcept: { coding: [loinc("LA15173-0", "Pregnant")] } },
      "exam",
    );
    expect(kindOf(recordsOf(pregnant), "pregnancy")).toMatchObject([{ status: "pregnant" }]);
    const unsure = observation({ coding: [loinc("82810-3")] }, { valueCodeableConcept: { text: "可能性あり" } }, "exam");
    expect(kindOf(recordsOf(unsure), "pregnancy")).toMatchObject([{ status: "unknown" }]);
    expect(kindOf(recordsOf(observation({ text: "要介護度" }, { valueString: "要介護3" }, "survey")), "careLevel")).toMatchObject([
      { level: { text: "要介護3" } },
    ]);
  });

  test("a finding that belongs to no list is kept raw", () => {
    expect(kindOf(recordsOf(observation({ text: "喫煙" }, { valueString: "なし" }, "social-history")), "raw")).toMatchObject([
      { text: "喫煙: なし" },
    ]);
  });
});
