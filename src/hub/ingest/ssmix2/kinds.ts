import { readLabs } from "./lab.ts";
import { readMedicines } from "./medicine.ts";
import type { Message, Segment } from "./message.ts";
import { readProblems } from "./problem.ts";
import { readProcedures } from "./procedure.ts";
import { readRegistrations } from "./registration.ts";
import type { Report } from "./report.ts";
import { readVisit } from "./visit.ts";

/** One data type that is read: the message codes that belong in its folder (others are said, and still read), and its reader. */
export interface Kind {
  readonly family: RegExp;
  read(message: Message, pv1: Segment | null, report: Report): void;
}

const adt = /^ADT/;
const order = /^(?:RDE|OMP|ORM)/;
const given = /^(?:RAS|RDS|RDE|ORM)/;

/** By folder name. Allergies (AL1, IAM) and the person (PID …) are read in every one of them. */
export const kinds: Readonly<Record<string, Kind>> = {
  "ADT-00": { family: adt, read: (message, _, report) => readRegistrations(message, report) },
  "ADT-12": { family: adt, read: (message, pv1, report) => readVisit(message, pv1, "outpatient", report) },
  "ADT-22": {
    family: adt,
    read: (message, pv1, report) => {
      readVisit(message, pv1, "admission", report);
      readRegistrations(message, report);
    },
  },
  "ADT-52": { family: adt, read: (message, pv1, report) => readVisit(message, pv1, "discharge", report) },
  "ADT-61": {
    family: adt,
    read: (message, _, report) => {
      if (!message.segments.some((one) => one.id === "IAM" || one.id === "AL1")) report.warn("segment-missing", null, 0, "IAM");
    },
  },
  "PPR-01": { family: /^PPR/, read: (message, _, report) => readProblems(message, report) },
  "OMP-01": { family: order, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "ordered", injection: false }, report) },
  "OMP-02": { family: order, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "ordered", injection: true }, report) },
  "OMP-11": {
    family: given,
    read: (message, pv1, report) => readMedicines(message, pv1, { stage: "dispensed", injection: false }, report),
  },
  "OMP-12": { family: given, read: (message, pv1, report) => readMedicines(message, pv1, { stage: "given", injection: true }, report) },
  "OML-11": { family: /^(?:OUL|ORU|OML)/, read: readLabs },
  "OMG-11": {
    family: /^(?:OMI|OMG|ORU|ORM)/,
    read: (message, pv1, report) => readProcedures(message, pv1, { what: "radiology", stage: "performed" }, report),
  },
  "OMG-13": {
    family: /^(?:ORU|OUL|OMG)/,
    read: (message, pv1, report) => readProcedures(message, pv1, { what: "physiology", stage: "result" }, report),
  },
};
