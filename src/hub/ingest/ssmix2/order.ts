import type { ClinicalDate, Concept } from "../../record/record.ts";
import type { Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { concept, first, personName, text } from "./values.ts";

/** What an ORC says about everything that follows it. */
export interface Order {
  readonly control: string;
  readonly orderNo: string;
  /** ORC-4: the part that names the prescription group (RP). */
  readonly group: string;
  readonly at: ClinicalDate | null;
  readonly prescriber: string;
  readonly department: Concept | null;
  readonly type: string;
}

const controls = new Set(
  "NW OK CA OC CR DC OD DR SC SN SS PA CH XO XR XX RE RO RP RQ RU OE HD OH RL OR NA UA UC UD UX SR AF DF FU OF DE OP PY MC CN CP LI PR RF RR UF UH UM UN UR DS".split(
    " ",
  ),
);

/** Reads an ORC; without one (some senders leave it out of results) everything is empty and the file's order number stands. */
export function readOrder(orc: Segment | null, pv1: Segment | null, report: Report): Order {
  const patientClass = pv1 ? text(pv1.field(2)) : "";
  const type = patientClass === "I" || patientClass === "O" ? patientClass : "";
  if (orc === null) return { control: "", orderNo: report.file.orderNo, group: "", at: null, prescriber: "", department: null, type };
  orc.taken = true;
  const control = text(orc.field(1));
  if (control !== "" && !controls.has(control)) report.warn("code-unknown", orc, 1, control);
  return {
    control,
    orderNo: text(orc.field(2)) || report.file.orderNo,
    group: groupOf(text(orc.field(4))),
    at: report.date(orc, 9),
    prescriber: personName(orc.field(12), 2),
    department: concept(first(orc.field(17))),
    type: text(orc.field(29)) || type,
  };
}

/** `order_RP_seq` → `order_RP`: lines of one RP share it. Older data send the RP alone ("1"), which stays as it is. */
function groupOf(sent: string): string {
  const parts = sent.split("_");
  return parts.length >= 3 ? parts.slice(0, -1).join("_") : sent;
}
