import type { Concept, VisitRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { component, concept, first, personName, text } from "./values.ts";

/** Trigger events that take an earlier one back: A11 admission, A13 discharge, A12, A25, A26, A27, A52, A53, A55 and A23 (delete). */
export const cancelling: ReadonlySet<string> = new Set(["A11", "A12", "A13", "A23", "A25", "A26", "A27", "A38", "A52", "A53", "A55"]);

/** ADT-12, -22, -52 → one visit record; which of them is the folder's word, since vendors send A01 or A04 for the same. */
export function readVisit(message: Message, pv1: Segment | null, event: VisitRecord["event"], report: Report): void {
  if (pv1 === null) {
    report.warn("segment-missing", null, 0, "PV1");
    return;
  }
  const evn = message.segments.find((one) => one.id === "EVN") ?? null;
  const admitted = report.date(pv1, 44);
  const discharged = report.date(pv1, 45);
  const occurred = evn ? report.date(evn, 6) : null;
  const patientClass = text(pv1.field(2));
  if (!/^[IOEPRBCNU]?$/.test(patientClass)) report.warn(patientClass.length > 1 ? "field-shifted" : "code-unknown", pv1, 2, patientClass);
  pv1.taken = true;
  report.records.push({
    kind: "visit",
    date: (event === "discharge" ? (discharged ?? occurred) : (admitted ?? occurred)) ?? report.day,
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
