import type {
  Consent,
  DeviceUseStatement,
  DocumentReference,
  Encounter,
  Device as FhirDevice,
  Immunization as FhirImmunization,
  ImagingStudy,
  Patient,
  Procedure,
  Reference,
} from "@medplum/fhirtypes";
import { toBase64Url, utf8 } from "../../shared/bytes.ts";
import type { Device, Dialysis, Document, Image, Immunization, Visit, Wish } from "../../shared/summary/summary.ts";
import type { Entry } from "./ips.ts";
import { clean, coded, dated, dateTime, given, loinc, type Maker, plain } from "./make.ts";

/** FHIR's base64 is the one with "+", "/" and "=". */
function base64(text: string): string {
  const plain = toBase64Url(utf8(text)).replace(/-/g, "+").replace(/_/g, "/");
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, "=");
}

export function device(item: Device, patient: Reference<Patient>, make: Maker): Entry {
  const resource: FhirDevice = {
    resourceType: "Device",
    ...make.base(item),
    type: make.concept(item.device, item),
    patient,
    ...given("manufacturer", clean(item.maker)),
    ...given("serialNumber", clean(item.identifier)),
  };
  const status = { active: "active", removed: "completed", unknown: "active" } as const;
  const use = {
    resourceType: "DeviceUseStatement",
    ...make.base(item),
    status: status[item.status],
    subject: patient,
    ...(item.implanted === null
      ? dated("timingDateTime", item.date)
      : { timingPeriod: { start: dateTime(item.implanted), ...(item.removed === null ? {} : { end: dateTime(item.removed) }) } }),
    device: make.add(resource),
    ...(item.site === "" ? {} : { bodySite: plain(item.site) }),
    ...(item.note === "" ? {} : { note: [{ text: clean(item.note) }] }),
  } as DeviceUseStatement;
  return { reference: make.add(use), line: `${item.device.text} ${item.site} ${item.implanted ?? ""}` };
}

export function immunization(item: Immunization, patient: Reference<Patient>, make: Maker): Entry {
  const resource = {
    resourceType: "Immunization",
    ...make.base(item),
    status: item.given ? "completed" : "not-done",
    vaccineCode: make.concept(item.vaccine, item),
    patient,
    ...dated("occurrenceDateTime", item.date),
    ...(item.dose === "" ? {} : { protocolApplied: [{ doseNumberString: clean(item.dose) }] }),
    ...(item.note === "" ? {} : { note: [{ text: clean(item.note) }] }),
  } as FhirImmunization;
  return { reference: make.add(resource), line: `${item.vaccine.text} ${item.dose} ${item.date ?? ""}` };
}

const wishWords = {
  dnar: "DNAR（心肺蘇生を希望しない）",
  treatmentLimit: "治療の制限",
  acp: "ACP（人生会議）",
  proxy: "代理意思決定者",
  donation: "臓器提供の意思",
  other: "本人の意思",
} as const;

export function wish(item: Wish, patient: Reference<Patient>, make: Maker): Entry {
  const resource: Consent = {
    resourceType: "Consent",
    ...make.base(item),
    status: item.inForce ? "active" : "inactive",
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "adr" }], text: wishWords[item.what] },
    category: [
      {
        coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentcategorycodes", code: item.what === "dnar" ? "dnr" : "acd" }],
        text: wishWords[item.what],
      },
    ],
    patient,
    ...given("dateTime", item.date === null ? "" : dateTime(item.date)),
    ...(item.by === "" ? {} : { performer: [{ display: clean(item.by) }] }),
    sourceAttachment: {
      contentType: "text/plain; charset=utf-8",
      data: base64(clean(item.text) || wishWords[item.what]),
      title: wishWords[item.what],
    },
    policyRule: coded("http://terminology.hl7.org/CodeSystem/consentpolicycodes", "cric"),
  };
  return { reference: make.add(resource), line: `${wishWords[item.what]} ${item.text} ${item.date ?? ""}` };
}

export function dialysis(item: Dialysis, patient: Reference<Patient>, make: Maker): Entry {
  const lines = [
    ["シャント・アクセス", item.access],
    ["予定", item.schedule],
    ["ドライウェイト", item.dryWeight === null ? "" : `${item.dryWeight.value} ${item.dryWeight.unit}`],
    ["施設", item.place],
    ...item.details.map(({ label, value }) => [label, value] as const),
  ].filter(([, value]) => value !== "");
  const resource = {
    resourceType: "Procedure",
    ...make.base(item),
    status: "in-progress",
    category: { coding: [{ system: "http://snomed.info/sct", code: "108241001" }], text: "透析" },
    code: make.concept(item.modality, item),
    subject: patient,
    ...dated("performedDateTime", item.date),
    ...given(
      "note",
      lines.map(([label, value]) => ({ text: clean(`${label}: ${value}`) })),
    ),
  } as Procedure;
  return { reference: make.add(resource), line: `${item.modality.text} ${item.schedule} ${item.date ?? ""}` };
}

const documentTypes: Readonly<Partial<Record<Document["what"], readonly [string, string]>>> = {
  dischargeSummary: ["18842-5", "退院時サマリー"],
  progressNote: ["11506-3", "経過記録"],
  outpatientNote: ["34108-1", "外来記録"],
  referral: ["57133-1", "紹介状"],
  jspeed: ["74465-6", "災害時J-SPEED記録"],
  plan: ["18776-5", "計画書"],
};

/** The text with the headings of its sections, as one plain-text attachment. */
export function document(item: Document, patient: Reference<Patient>, make: Maker): Entry {
  const type = documentTypes[item.what];
  const text = item.sections.map((section) => (section.title === "" ? section.text : `【${section.title}】\n${section.text}`)).join("\n\n");
  const resource: DocumentReference = {
    resourceType: "DocumentReference",
    ...make.base(item),
    status: "current",
    type: type === undefined ? plain(item.title || "文書") : loinc(type[0], type[1]),
    subject: patient,
    ...(item.date === null ? {} : { context: { period: { start: dateTime(item.date) } } }),
    ...(item.author === "" ? {} : { author: [{ display: clean(item.author) }] }),
    ...given("description", clean(item.title)),
    content: [
      {
        attachment: {
          contentType: "text/plain; charset=utf-8",
          data: base64(clean(text) || clean(item.title) || "本文はここにない"),
          title: clean(item.title) || "文書",
        },
      },
    ],
  };
  return { reference: make.add(resource), line: `${item.title} ${item.date ?? ""}\n${text}` };
}

export function image(item: Image, patient: Reference<Patient>, make: Maker): Entry {
  const resource: ImagingStudy = {
    resourceType: "ImagingStudy",
    ...make.base(item),
    identifier: [
      { system: "urn:dicom:uid", value: `urn:oid:${item.studyUid}` },
      ...(item.accession === ""
        ? []
        : [{ type: coded("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN"), value: clean(item.accession) }]),
    ],
    status: "available",
    subject: patient,
    ...given("started", item.date === null ? "" : dateTime(item.date)),
    ...given(
      "modality",
      item.modalities.map((code) => ({ system: "http://dicom.nema.org/resources/ontology/DCM", code: clean(code) })),
    ),
    ...given("description", clean(item.description)),
    ...given(
      "series",
      item.series.map(({ uid, modality, description, instances }) => ({
        uid,
        modality: { system: "http://dicom.nema.org/resources/ontology/DCM", code: clean(modality) || "OT" },
        ...given("description", clean(description)),
        numberOfInstances: instances,
      })),
    ),
  };
  return { reference: make.add(resource), line: `${item.modalities.join(" ")} ${item.description} ${item.date ?? ""}` };
}

export function visit(item: Visit, patient: Reference<Patient>, make: Maker): Entry {
  const planned = /^planned/.test(item.event);
  const inpatient = item.event !== "outpatient";
  const period = {
    ...given("start", (item.admitted ?? item.date) === null ? "" : dateTime(item.admitted ?? item.date ?? "")),
    ...given("end", item.discharged === null ? "" : dateTime(item.discharged)),
  };
  const resource: Encounter = {
    resourceType: "Encounter",
    ...make.base(item),
    status: planned ? "planned" : item.discharged !== null || !inpatient ? "finished" : "unknown",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: inpatient ? "IMP" : "AMB" },
    subject: patient,
    ...(Object.keys(period).length === 0 ? {} : { period }),
    ...(item.department === "" ? {} : { serviceType: plain(item.department) }),
    ...(item.doctor === "" ? {} : { participant: [{ individual: { display: clean(item.doctor) } }] }),
  };
  return { reference: make.add(resource), line: `${item.event} ${item.department} ${item.date ?? ""}` };
}
