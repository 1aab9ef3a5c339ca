import type { Encounter, ImagingStudy } from "@medplum/fhirtypes";
import type { StudyRecord, VisitRecord } from "../../record/record.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { codesOf, conceptOf, dateOf, endOf, extensionOf, labelOf, startOf } from "./values.ts";

/** A stay has an admission and, when it ended, a discharge; anything else is a visit of one day. Without a day it is only context. */
export function readEncounter(one: Encounter, reading: Reading): void {
  const history = one.classHistory?.[0]?.period;
  const from = startOf(one.period) ?? startOf(history);
  const to = endOf(one.period) ?? endOf(history);
  const reason = (one.reasonCode ?? []).map(labelOf).filter(Boolean).join(" ");
  if (from === null && to === null) {
    if (reason !== "") reading.raw(one, reason);
    return;
  }
  const code = one.class.code ?? "";
  const stay = /^(?:IMP|ACUTE|NONAC|SS|OBSENC)$/.test(code);
  const cancelled = one.status === "cancelled" || one.status === "entered-in-error";
  const visit: Omit<VisitRecord, "event" | "date"> = {
    ...reading.base(one, from),
    kind: "visit",
    cancelled,
    patientClass: stay ? "I" : code === "EMER" ? "E" : "O",
    department: conceptOf(extensionOf(one, /\/JP_eCS_Department$/)?.valueCodeableConcept) ?? conceptOf(one.serviceType),
    ward: reading.nameOf(one.location?.[0]?.location, one),
    room: "",
    doctor: reading.nameOf(one.participant?.find(({ individual }) => individual !== undefined)?.individual, one),
    admitted: stay ? from : null,
    discharged: stay ? to : null,
    disposition: codesOf(one.hospitalization?.dischargeDisposition)[0] ?? "",
  };
  if (!stay) reading.add({ ...visit, event: "outpatient", date: from ?? to });
  else if (one.status === "planned") reading.add({ ...visit, event: "plannedAdmission", date: from });
  else {
    reading.add({ ...visit, event: "admission", date: from });
    if (to !== null) reading.add({ ...visit, event: "discharge", date: to });
  }
}

/** Modalities that are listed and not drawn. */
const undrawn = /^(?:SR|KO|PR|DOC|REG|SEG|RTDOSE|RTPLAN|RTSTRUCT|RTRECORD|FID|AU|ECG|HD|EPS|PLAN|RWV|M3D)$/;

export function readStudy(one: ImagingStudy, reading: Reading): void {
  if (/^(?:cancelled|entered-in-error)$/.test(one.status)) {
    reading.raw(one);
    return;
  }
  const uid = (one.identifier ?? []).find(({ system }) => system === "urn:dicom:uid")?.value?.replace(/^urn:oid:/, "") ?? "";
  const accession = (one.identifier ?? []).find(({ type }) => codesOf(type).includes("ACSN"))?.value ?? "";
  const endpoint = [...(one.endpoint ?? []), ...(one.series ?? []).flatMap((series) => series.endpoint ?? [])].flatMap((reference) => {
    const found = reading.references.find(reference, one);
    return found !== null && isType(found, "Endpoint") ? [found.address] : [];
  })[0];
  const series = (one.series ?? []).map((sent) => {
    const modality = sent.modality.code ?? "";
    return {
      uid: sent.uid,
      modality,
      number: sent.number === undefined ? "" : String(sent.number),
      description: sent.description ?? "",
      instances: sent.numberOfInstances ?? sent.instance?.length ?? 0,
      drawable: !undrawn.test(modality),
    };
  });
  const record: StudyRecord = {
    ...reading.base(one, dateOf(one.started)),
    kind: "study",
    studyUid: uid,
    accession,
    modalities: [...new Set([...(one.modality ?? []).map(({ code }) => code ?? ""), ...series.map(({ modality }) => modality)])].filter(
      Boolean,
    ),
    description: one.description ?? labelOf(one.procedureCode?.[0]),
    bodySite: [...new Set((one.series ?? []).map(({ bodySite }) => bodySite?.display ?? bodySite?.code ?? ""))].filter(Boolean).join(" "),
    department: "",
    series,
    endpoint: endpoint ?? "",
  };
  reading.add(record);
}
