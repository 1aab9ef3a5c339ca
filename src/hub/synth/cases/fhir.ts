/** A case as FHIR R4 in the style of JP Core: one collection of resources a hospital, and a document Bundle for each thing written. */
import { type Drug, usages } from "../drugs.ts";
import type { Tables } from "../files.ts";
import { dailyOf } from "../medicines.ts";
import { besideOf } from "./beside.ts";
import type { CaseAllergy, CaseProblem, CaseStay, CaseVisit, CaseVitals } from "./model.ts";
import type { Registered } from "./person.ts";
import {
  type Bundle,
  coding,
  date,
  departmentOf,
  doctorName,
  documentBundle,
  exact,
  type Json,
  labObservation,
  moment,
  observation,
  patientOf,
  urls,
  written,
} from "./resource.ts";
import { allergyKinds, diseaseOf, drugOf, labValues } from "./ssmix2.ts";

const base = "http://example.invalid";

/** A collection of these, each under its own id. */
function collection(name: string, resources: readonly Json[]): Bundle {
  const entry = resources.map((resource) => ({ fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource }));
  return { name, text: written({ resourceType: "Bundle", type: "collection", entry }) };
}

/** Everything that this hospital has of the person. */
export function fhirBundles(who: Registered, tables: Tables): Bundle[] {
  const { source, case: one } = who;
  const subject = { reference: `Patient/${one.key}` };
  const id = (kind: string, n: number): string => `${one.key}-${source.at.toLowerCase()}-${kind}-${n}`;
  const resources: Json[] = [
    patientOf(who),
    ...bodyOf(who, subject, id),
    ...source.allergies.map((allergy, n) => allergyOf(who, subject, id("allergy", n), allergy)),
    ...source.problems.map((problem, n) => conditionOf(who, subject, id("condition", n), problem, tables)),
    ...source.visits.flatMap((visit, n) => visitOf(who, subject, (kind, i) => id(`${kind}${n}`, i), visit, tables)),
    ...(source.stay === null ? [] : [stayOf(who, subject, id("stay", 0), source.stay)]),
    ...besideOf(who, subject),
  ];
  const outpatient = ["34108-1", "外来記録"] as const;
  const notes = source.visits.flatMap(({ note, ago, department }, n) =>
    note === null ? [] : [documentBundle(who, n, outpatient, who.day(ago), department, note)],
  );
  const { stay } = source;
  const summary =
    stay === null ? [] : [documentBundle(who, 90, ["18842-5", "退院時要約"], who.day(stay.to), stay.department, stay.summary)];
  return [collection(`${one.key}-${source.at}`, resources), ...notes, ...summary];
}

/** What SS-MIX2 has no type for, of a person whom the storage has made known; null when there is nothing. */
export function besideBundle(who: Registered): Bundle | null {
  const subject = { identifier: { system: `${urls.numbers}${who.record.facility.code}`, value: who.record.pid } };
  const resources = besideOf(who, subject);
  return resources.length === 0 ? null : collection(`${who.case.key}-${who.source.at}-beside`, resources);
}

type Id = (kind: string, n: number) => string;

function bodyOf(who: Registered, subject: Json, id: Id): Json[] {
  const { height, weight, abo, rh } = who.source.body ?? {};
  const at = date(who.day(who.source.registered));
  const size = (n: number, code: string, name: string, value: string | undefined, unit: string): Json[] =>
    value === undefined
      ? []
      : [
          observation(subject, {
            id: id("body", n),
            category: "vital-signs",
            code: coding(urls.loinc, code, name),
            at,
            value: { valueQuantity: { value: exact(value), unit } },
          }),
        ];
  const group = (n: number, code: string, name: string, value: string | undefined): Json[] =>
    value === undefined
      ? []
      : [
          observation(subject, {
            id: id("body", n),
            category: "laboratory",
            code: coding(urls.jlac10, code, name),
            at,
            value: { valueCodeableConcept: { text: value } },
          }),
        ];
  return [
    ...size(0, "8302-2", "身長", height, "cm"),
    ...size(1, "29463-7", "体重", weight, "kg"),
    ...group(2, "5H010000009199911", "血液型-ABO式", abo),
    ...group(3, "5H020000009199911", "血液型-Rh式", rh === undefined ? undefined : `Rh${rh}`),
  ];
}

const verification = { C: "confirmed", R: "refuted", S: "presumed", "": "unconfirmed" } as const;
const severity = { SV: "severe", MO: "moderate", MI: "mild" } as const;
const categories = { DA: "medication", FA: "food", MA: "biologic", MC: "medication" } as const;
const allergyCodes = "http://terminology.hl7.org/CodeSystem/allergyintolerance";

function allergyOf(who: Registered, subject: Json, id: string, one: CaseAllergy): Json {
  const on = (name: string, ago: number | ""): Json => (ago === "" ? {} : { [name]: date(who.day(ago)) });
  return {
    resourceType: "AllergyIntolerance",
    id,
    // FHIR has no word for a contraindication: it goes as what must not be used, named so.
    ...(one.status === "R" ? {} : { clinicalStatus: coding(`${allergyCodes}-clinical`, "active") }),
    verificationStatus: coding(`${allergyCodes}-verification`, verification[one.status]),
    category: [categories[one.category]],
    code: { text: one.category === "MC" ? `${allergyKinds.MC}：${one.substance}` : one.substance },
    patient: subject,
    ...on("onsetDateTime", one.onset),
    ...on("recordedDate", one.reported),
    recorder: { display: `医師 ${doctorName(who)}` },
    ...(one.reaction === ""
      ? {}
      : { reaction: [{ manifestation: [{ text: one.reaction }], ...(one.severity === "" ? {} : { severity: severity[one.severity] }) }] }),
  };
}

const conditionCodes = "http://terminology.hl7.org/CodeSystem/condition";

function conditionOf(who: Registered, subject: Json, id: string, one: CaseProblem, tables: Tables): Json {
  return {
    resourceType: "Condition",
    id,
    clinicalStatus: coding(`${conditionCodes}-clinical`, one.until === undefined ? "active" : "resolved"),
    verificationStatus: coding(`${conditionCodes}-ver-status`, one.suspected === true ? "provisional" : "confirmed"),
    code: {
      coding: [
        { system: urls.disease, code: diseaseOf(one, tables).number, display: one.name },
        { system: urls.icd, code: one.icd.length > 3 ? `${one.icd.slice(0, 3)}.${one.icd.slice(3)}` : one.icd },
      ],
      text: one.name,
    },
    subject,
    onsetDateTime: date(who.day(one.since)),
    ...(one.until === undefined ? {} : { abatementDateTime: date(who.day(one.until)) }),
    recordedDate: date(who.day(one.until ?? one.since)),
  };
}

function visitOf(who: Registered, subject: Json, id: Id, visit: CaseVisit, tables: Tables): Json[] {
  const day = who.day(visit.ago);
  const met = encounter(who, subject, id("visit", 0), visit.department, "AMB", [moment(day, "0900"), moment(day, "1100")]);
  const lines = visit.drugs.map((one, n) => requestOf(who, subject, id("drug", n), day, visit.department, drugOf(one, tables), tables));
  const results = labValues(visit.labs).map((value, n) => labObservation(subject, id("lab", n), day, value));
  return [met, ...lines, ...results, ...(visit.vitals === null ? [] : vitalsOf(subject, id, day, visit.vitals))];
}

function stayOf(who: Registered, subject: Json, id: string, { from, to, department }: CaseStay): Json {
  return encounter(who, subject, id, department, "IMP", [moment(who.day(from), "1000"), moment(who.day(to), "1000")]);
}

function encounter(
  who: Registered,
  subject: Json,
  id: string,
  department: string,
  code: "AMB" | "IMP",
  [start, end]: readonly [start: string, end: string],
): Json {
  return {
    resourceType: "Encounter",
    id,
    extension: [departmentOf(who, department)],
    status: "finished",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code },
    subject,
    participant: [{ individual: { display: doctorName(who) } }],
    period: { start, end },
  };
}

function requestOf(who: Registered, subject: Json, id: string, day: string, department: string, drug: Drug, tables: Tables): Json {
  const [code, text] = usages[drug.usage];
  const [hot, , system] = tables.formulary.written(who.record.facility, drug).cwe.split("^");
  const codes = [
    ...(system === "HOT9" ? [{ system: urls.hot9, code: hot, display: drug.name }] : []),
    ...(drug.yj === "" ? [] : [{ system: urls.yj, code: `${drug.yj}F9990`, display: drug.name }]),
  ];
  const amount = (value: string): Json => ({ value: exact(value), unit: drug.unit.name, system: urls.unit, code: drug.unit.code });
  const daily = dailyOf(drug, drug.dose);
  return {
    resourceType: "MedicationRequest",
    id,
    extension: [departmentOf(who, department)],
    identifier: [
      { system: "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber", value: id.slice(id.lastIndexOf("-") + 1) },
      { system: "urn:oid:1.2.392.100495.20.3.11", value: `${day}${who.person.index}` },
    ],
    status: "active",
    intent: "order",
    category: [coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationCategoryMERIT9_CS", "OHP", "外来処方")],
    medicationCodeableConcept: { ...(codes.length === 0 ? {} : { coding: codes }), text: drug.name },
    subject,
    authoredOn: date(day),
    requester: { display: doctorName(who) },
    dosageInstruction: [
      {
        text,
        timing: {
          code: { ...(code.length === 16 ? { coding: [{ system: urls.usage, code, display: text }] } : {}), text },
          repeat: {
            boundsPeriod: { start: date(day) },
            ...(drug.times === 0 ? { count: drug.days } : {}),
          },
        },
        ...(drug.times === 0 ? { asNeededBoolean: true } : {}),
        route: coding(urls.route, drug.route[0], drug.route[1]),
        doseAndRate: [
          {
            doseQuantity: amount(drug.dose),
            ...(daily === ""
              ? {}
              : { rateRatio: { numerator: amount(daily), denominator: { value: 1, unit: "日", system: urls.ucum, code: "d" } } }),
          },
        ],
      },
    ],
    ...(drug.times === 0
      ? {}
      : { dispenseRequest: { expectedSupplyDuration: { value: drug.days, unit: "日", system: urls.ucum, code: "d" } } }),
  };
}

const vitalCodes = {
  systolic: ["8480-6", "収縮期血圧", "mmHg"],
  diastolic: ["8462-4", "拡張期血圧", "mmHg"],
  pulse: ["8867-4", "脈拍", "回／１分"],
  respiration: ["9279-1", "呼吸数", "回／１分"],
  temperature: ["8310-5", "体温", "℃"],
  spo2: ["59408-5", "SpO2", "%"],
  weight: ["29463-7", "体重", "kg"],
} as const;

function vitalsOf(subject: Json, id: Id, day: string, vitals: CaseVitals): Json[] {
  return (Object.keys(vitalCodes) as (keyof typeof vitalCodes)[]).flatMap((name, n) => {
    const value = vitals[name];
    if (value === undefined) return [];
    const [code, text, unit] = vitalCodes[name];
    return [
      observation(subject, {
        id: id("vital", n),
        category: "vital-signs",
        code: coding(urls.loinc, code, text),
        at: moment(day, vitals.at),
        value: { valueQuantity: { value: exact(value), unit } },
      }),
    ];
  });
}
