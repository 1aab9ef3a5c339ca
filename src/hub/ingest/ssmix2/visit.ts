import type { ClinicalDate, Concept, VisitRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { component, concept, first, personName, text } from "./values.ts";

/** Trigger events that take an earlier one back: A11 admission, A13 discharge, A12, A25, A26, A27, A52, A53, A55 and A23 (delete). */
export const cancelling: ReadonlySet<string> = new Set(["A11", "A12", "A13", "A23", "A25", "A26", "A27", "A38", "A52", "A53", "A55"]);

/**
 * ADT-01, -12, -21 … -52 → one visit record; which event it is, is the folder's word, since vendors send A01 or A04 for the same.
 * The date is when it happened or is planned for, from the field that the standard takes the day of the folder from.
 */
export function readVisit(message: Message, pv1: Segment | null, event: VisitRecord["event"], report: Report): void {
  if (pv1 === null) {
    report.warn("segment-missing", null, 0, "PV1");
    return;
  }
  const admitted = report.date(pv1, 44);
  const discharged = report.date(pv1, 45);
  const patientClass = text(pv1.field(2));
  if (!/^[IOEPRBCNU]?$/.test(patientClass)) report.warn(patientClass.length > 1 ? "field-shifted" : "code-unknown", pv1, 2, patientClass);
  pv1.taken = true;
  report.records.push({
    kind: "visit",
    date: dateOf(event, { admitted, discharged }, message, report) ?? report.day,
    segment: pv1.label,
    event,
    cancelled: cancelling.has(text(message.segments[0]?.field(9) ?? "", 2)),
    patientClass,
    department: departmentOf(pv1),
    ...bedOf(pv1),
    doctor: personName(pv1.field(7), 2),
    admitted,
    discharged,
    disposition: text(pv1.field(36)),
  });
}

type Stay = Readonly<Record<"admitted" | "discharged", ClinicalDate | null>>;

/** EVN-6 says when it happened, PV2-8 and -9 what is planned; a plan without its date has none: the day it was made is another thing. */
function dateOf(event: VisitRecord["event"], { admitted, discharged }: Stay, message: Message, report: Report): ClinicalDate | null {
  const evn = message.segments.find((one) => one.id === "EVN") ?? null;
  const occurred = evn ? report.date(evn, 6) : null;
  switch (event) {
    case "outpatient":
    case "admission":
      return admitted ?? occurred;
    case "discharge":
      return discharged ?? occurred;
    case "plannedAdmission":
    case "plannedTransfer":
      return plannedAt(message, 8, report);
    case "plannedDischarge":
      return plannedAt(message, 9, report) ?? discharged;
    default:
      return occurred ?? (evn ? report.date(evn, 2) : null);
  }
}

function plannedAt(message: Message, field: 8 | 9, report: Report): ClinicalDate | null {
  const pv2 = message.segments.find((one) => one.id === "PV2") ?? null;
  if (pv2 === null) {
    report.warn("segment-missing", null, 0, "PV2");
    return null;
  }
  pv2.taken = true;
  const at = report.date(pv2, field);
  if (at === null) report.warn("field-missing", pv2, field, pv2.text);
  return at;
}

/** PV1-10, else the clinic in PV1-3 (component 6 = C). */
function departmentOf(pv1: Segment): Concept | null {
  const stated = concept(first(pv1.field(10)));
  if (stated !== null) return stated;
  return text(pv1.field(3), 6) === "C" ? concept(component(first(pv1.field(3)), 1)) : null;
}

/** PV1-3 `ward^room^bed^^^N`; a clinic is no ward. */
function bedOf(pv1: Segment): { ward: string; room: string } {
  const at = pv1.field(3);
  return text(at, 6) === "C" ? { ward: "", room: "" } : { ward: text(at, 1), room: text(at, 2) };
}
