/** What SS-MIX2 standardized storage has no type for, as FHIR: operations, dialysis as it is run, implanted devices, wishes, pregnancy. */
import type { Registered } from "./person.ts";
import { coding, date, doctorName, type Json, observation, urls } from "./resource.ts";

export function besideOf(who: Registered, subject: Json): Json[] {
  const { beside, at } = who.source;
  const id = (kind: string, n = 0): string => `${who.case.key}-${at.toLowerCase()}-${kind}-${n}`;
  const out: Json[] = (beside.surgery ?? []).map((one, n) => ({
    resourceType: "Procedure",
    id: id("surgery", n),
    status: "completed",
    category: coding("http://snomed.info/sct", "387713003", "手術"),
    code: { coding: [{ system: "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/surgery", code: one.code, display: one.name }], text: one.name },
    subject,
    performedDateTime: date(who.day(one.ago)),
    note: [{ text: one.note }],
  }));
  if (beside.dialysis !== undefined) out.push(dialysisOf(who, subject, id("dialysis"), beside.dialysis));
  if (beside.device !== undefined) out.push(...deviceOf(who, subject, id("device"), beside.device));
  if (beside.wish !== undefined) out.push(wishOf(who, subject, id("wish"), beside.wish));
  if (beside.pregnancy !== undefined) out.push(...pregnancyOf(who, subject, id, beside.pregnancy));
  return out;
}

type Beside = Registered["source"]["beside"];

function dialysisOf(who: Registered, subject: Json, id: string, one: NonNullable<Beside["dialysis"]>): Json {
  const labelled = [
    ["シャント・アクセス", one.access],
    ["予定", one.schedule],
    ["ドライウェイト", `${one.dryWeight} kg`],
    ["施設", who.record.facility.name],
  ] as const;
  return {
    resourceType: "Procedure",
    id,
    status: "in-progress",
    category: coding("http://snomed.info/sct", "108241001", "透析"),
    code: coding("http://snomed.info/sct", "302497006", one.modality),
    subject,
    performedPeriod: { start: date(who.day(one.since)) },
    note: labelled.map(([label, value]) => ({ text: `${label}: ${value}` })),
  };
}

/** The device and the statement that it is in use, which carries it along. */
function deviceOf(who: Registered, subject: Json, id: string, one: NonNullable<Beside["device"]>): Json[] {
  return [
    {
      resourceType: "DeviceUseStatement",
      id,
      contained: [
        {
          resourceType: "Device",
          id: "device",
          manufacturer: one.maker,
          modelNumber: one.model,
          serialNumber: one.serial,
          type: { text: one.name },
          note: [{ text: one.note }],
        },
      ],
      status: "active",
      subject,
      timingPeriod: { start: date(who.day(one.since)) },
      device: { reference: "#device" },
      bodySite: { text: one.site },
    },
  ];
}

function wishOf(who: Registered, subject: Json, id: string, one: NonNullable<Beside["wish"]>): Json {
  return {
    resourceType: "Consent",
    id,
    status: "active",
    scope: coding("http://terminology.hl7.org/CodeSystem/consentscope", "adr", "事前指示"),
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentcategorycodes", code: "dnr" }], text: one.title }],
    patient: subject,
    dateTime: date(who.day(one.ago)),
    performer: [{ display: doctorName(who) }],
    policyRule: coding("http://terminology.hl7.org/CodeSystem/consentpolicycodes", "cric"),
    provision: { code: [{ text: one.text }] },
  };
}

function pregnancyOf(
  who: Registered,
  subject: Json,
  id: (kind: string, n?: number) => string,
  one: NonNullable<Beside["pregnancy"]>,
): Json[] {
  const at = date(who.day(one.stated));
  return [
    observation(subject, {
      id: id("pregnancy", 0),
      category: "social-history",
      code: coding(urls.loinc, "82810-3", "妊娠状態"),
      at,
      value: { valueCodeableConcept: coding(urls.loinc, "LA15173-0", one.text) },
    }),
    observation(subject, {
      id: id("pregnancy", 1),
      category: "social-history",
      code: coding(urls.loinc, "11778-8", "分娩予定日"),
      at,
      value: { valueDateTime: date(who.day(-one.dueIn)) },
    }),
  ];
}
