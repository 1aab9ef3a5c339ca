import type { OrderRecord, VisitRecord } from "../../record/record.ts";
import { push } from "./extended/content.ts";
import { readMessageText, readVitals } from "./extended/vital.ts";
import { readLabs } from "./lab.ts";
import { readMedicines } from "./medicine.ts";
import type { Message, Segment } from "./message.ts";
import { readProblems } from "./problem.ts";
import { type ProcedureKind, readProcedures } from "./procedure.ts";
import { readRegistrations } from "./registration.ts";
import type { Report } from "./report.ts";
import { readDiets, readExaminationOrders, readLabOrders } from "./request.ts";
import { readVisit } from "./visit.ts";

/** One data type that is read: the message codes that belong in its folder (others are said, and still read), and its reader. */
export interface Kind {
  readonly family: RegExp;
  read(message: Message, pv1: Segment | null, report: Report): void;
}

const adt = /^ADT/;
const order = /^(?:RDE|OMP|ORM)/;
const given = /^(?:RAS|RDS|RDE|ORM)/;

const visit = (event: VisitRecord["event"]): Kind => ({
  family: adt,
  read: (message, pv1, report) => readVisit(message, pv1, event, report),
});

const examination = (what: OrderRecord["what"]): Kind => ({
  family: /^(?:OMG|OMI|ORM)/,
  read: (message, pv1, report) => readExaminationOrders(message, pv1, what, report),
});

const performed = (what: ProcedureKind["what"]): Kind => ({
  family: /^(?:OMI|OMG|ORU|ORM)/,
  read: (message, pv1, report) => readProcedures(message, pv1, { what, stage: "performed" }, report),
});

/** By folder name: every type of the standard. Allergies (AL1, IAM) and the person (PID …) are read in every one of them. */
export const kinds: Readonly<Record<string, Kind>> = {
  "ADT-00": { family: adt, read: (message, _, report) => readRegistrations(message, report) },
  "ADT-01": visit("doctorChange"),
  "ADT-12": visit("outpatient"),
  "ADT-21": visit("plannedAdmission"),
  "ADT-22": {
    family: adt,
    read: (message, pv1, report) => {
      readVisit(message, pv1, "admission", report);
      readRegistrations(message, report);
    },
  },
  "ADT-31": visit("leave"),
  "ADT-32": visit("return"),
  "ADT-41": visit("plannedTransfer"),
  "ADT-42": visit("transfer"),
  "ADT-51": visit("plannedDischarge"),
  "ADT-52": visit("discharge"),
  "ADT-61": {
    family: adt,
    read: (message, _, report) => {
      if (!message.segments.some((one) => one.id === "IAM" || one.id === "AL1")) report.warn("segment-missing", null, 0, "IAM");
    },
  },
  "PPR-01": { family: /^PPR/, read: (message, _, report) => readProblems(message, report) },
  OMD: { family: /^(?:OMD|ORM)/, read: readDiets },
  "OMP-01": { family: order, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "ordered", injection: false }, report) },
  "OMP-02": { family: order, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "ordered", injection: true }, report) },
  "OMP-11": {
    family: given,
    read: (message, pv1, report) => readMedicines(message, pv1, { stage: "dispensed", injection: false }, report),
  },
  "OMP-12": { family: given, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "given", injection: true }, report) },
  "OML-01": { family: /^(?:OML|ORM)/, read: readLabOrders },
  "OML-11": { family: /^(?:OUL|ORU|OML)/, read: readLabs },
  "OMG-01": examination("radiology"),
  "OMG-02": examination("endoscopy"),
  "OMG-03": examination("physiology"),
  "OMG-11": performed("radiology"),
  "OMG-12": performed("endoscopy"),
  "OMG-13": {
    family: /^(?:ORU|OUL|OMG)/,
    read: (message, pv1, report) => readProcedures(message, pv1, { what: "physiology", stage: "result" }, report),
  },
};

/** A message in the extended storage, by MSH-9: bedside measurements, or a document that was sent as one. */
export function contentKind(sent: string): Kind | undefined {
  if (/^ORU/.test(sent)) return { family: /^ORU\^R3[0-2]/, read: (message, _, report) => readVitals(message, report) };
  if (/^MDM/.test(sent)) return { family: /^MDM/, read: (message, _, report) => push(report, readMessageText(message, report), []) };
  return undefined;
}
