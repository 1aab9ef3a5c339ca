/** Parts of FHIR resources that the cases are written with, as JP Core names them. */
import { materials } from "../assays.ts";
import type { Value } from "../labs.ts";
import type { CaseNote } from "./model.ts";
import type { Registered } from "./person.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Bundle {
  /** Name of the file, without its end. */
  readonly name: string;
  readonly text: string;
}

export const urls = {
  numbers: "urn:oid:1.2.392.100495.20.3.51.1",
  member: "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID",
  representation: "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
  hot9: "http://medis.or.jp/CodeSystem/master-HOT9",
  yj: "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
  usage: "http://jami.jp/CodeSystem/MedicationUsage",
  unit: "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUnitMERIT9Code",
  route: "http://jpfhir.jp/fhir/core/CodeSystem/route-codes",
  jlac10: "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
  disease: "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
  icd: "http://hl7.org/fhir/sid/icd-10",
  loinc: "http://loinc.org",
  ucum: "http://unitsofmeasure.org",
  interpretation: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
  category: "http://terminology.hl7.org/CodeSystem/observation-category",
  department: "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department",
} as const;

export const coding = (system: string, code: string, display?: string): Json => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
  ...(display === undefined ? {} : { text: display }),
});

/** 20261101 → 2026-11-01. */
export const date = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
/** A day and HHMM in Japan. */
export const moment = (day: string, time: string): string => `${date(day)}T${time.slice(0, 2)}:${time.slice(2, 4)}:00+09:00`;

export const doctorName = (who: Registered): string => {
  const [, family = "", given = ""] = who.place("内科").doctor.split("^");
  return `${family} ${given}`;
};

export function patientOf({ case: one, person, record }: Registered): Json {
  const { insurance } = record;
  const named = (code: string, family: string, given: string): Json => ({
    extension: [{ url: urls.representation, valueCode: code }],
    use: "official",
    family,
    given: [given],
  });
  const { contact } = person;
  return {
    resourceType: "Patient",
    id: one.key,
    identifier: [
      { system: `${urls.numbers}${record.facility.code}`, value: record.pid },
      ...(insurance === null
        ? []
        : [{ system: urls.member, value: [insurance.insurer, insurance.symbol, insurance.number, insurance.branch].join(":") }]),
    ],
    name: [named("IDE", record.family, record.given), named("SYL", record.familyKana, record.givenKana)],
    gender: person.sex === "M" ? "male" : "female",
    birthDate: date(record.birth),
    address: [{ use: "home", text: person.address, postalCode: person.postal }],
    telecom: [
      { system: "phone", value: person.telephone, use: "home" },
      { system: "phone", value: person.mobile, use: "mobile" },
    ],
    contact: [
      {
        relationship: [coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", contact.relation[0], contact.relation[1])],
        name: { text: `${contact.family} ${contact.given}` },
        telecom: [{ system: "phone", value: person.mobile, use: "home" }],
      },
    ],
  };
}

export const departmentOf = (who: Registered, name: string): Json => {
  const { department } = who.place(name);
  return {
    url: urls.department,
    valueCodeableConcept: coding("http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", department.code, department.name),
  };
};

/** A result as it was written: "9.10" stays so, which a JavaScript number would not. */
export const exact = (value: string): string => `\u0000${value}\u0000`;
/** JSON with the numbers of `exact` as they were written. */
export const written = (value: Json): string => `${JSON.stringify(value, null, 1).replace(/"\\u0000([\d.]+)\\u0000"/g, "$1")}\n`;

export interface Measured {
  readonly id: string;
  readonly category: "laboratory" | "vital-signs" | "social-history";
  readonly code: Json;
  readonly at: string;
  readonly value: Json;
  readonly more?: Json;
}

export const observation = (subject: Json, { id, category, code, at, value, more = {} }: Measured): Json => ({
  resourceType: "Observation",
  id,
  status: "final",
  category: [coding(urls.category, category)],
  code,
  subject,
  effectiveDateTime: at,
  ...value,
  ...more,
});

export function labObservation(subject: Json, id: string, day: string, { test, text, flag }: Value): Json {
  const unit = test.unit === "" ? {} : { unit: test.unit };
  return observation(subject, {
    id,
    category: "laboratory",
    code: coding(urls.jlac10, test.code, test.name),
    at: moment(day, "0915"),
    value: { valueQuantity: { value: exact(text), ...unit } },
    more: {
      specimen: { display: materials[test.material] },
      referenceRange: [{ text: test.low === 0 ? `0-${test.high}` : `${test.low}-${test.high}` }],
      ...(flag === "" ? {} : { interpretation: [coding(urls.interpretation, flag)] }),
    },
  });
}

/** A written document of one author, as a Bundle of its own. */
export function documentBundle(
  who: Registered,
  n: number,
  type: readonly [code: string, title: string],
  day: string,
  department: string,
  note: CaseNote,
): Bundle {
  const id = `${who.case.key}-document-${who.source.at}-${n}`;
  const subject = { reference: `Patient/${who.case.key}` };
  const text = (said: string): Json => ({
    status: "additional",
    div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${said.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p></div>`,
  });
  const composition = {
    resourceType: "Composition",
    id: "composition",
    status: "final",
    type: coding(urls.loinc, type[0], type[1]),
    subject,
    date: moment(day, "1700"),
    author: [{ display: doctorName(who) }],
    custodian: { display: department },
    title: type[1],
    section: note.sections.map(([code, title, said]) => ({ title, code: coding(urls.loinc, code, title), text: text(said) })),
  };
  const bundle = {
    resourceType: "Bundle",
    type: "document",
    identifier: { system: "urn:ietf:rfc:3986", value: `urn:tomoshibi:case:${id}` },
    timestamp: moment(day, "1700"),
    entry: [
      { fullUrl: `http://example.invalid/Composition/${id}`, resource: composition },
      { fullUrl: `http://example.invalid/Patient/${who.case.key}`, resource: patientOf(who) },
    ],
  };
  return { name: `${who.case.key}-${who.source.at}-document-${n}`, text: written(bundle) };
}
