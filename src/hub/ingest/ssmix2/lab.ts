import type { ClinicalDate, Concept, LabRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import { observedValue } from "./observation.ts";
import { readOrder } from "./order.ts";
import type { Report } from "./report.ts";
import { clean, concept, first, label, repetitions, text } from "./values.ts";

/** OML-11: { SPM { OBR ORC [TQ1] { OBX [NTE] } } } → one record an OBX; ORC before OBR and a missing SPM are read too. */
export function readLabs(message: Message, pv1: Segment | null, report: Report): void {
  let spm: Segment | null = null;
  let obr: Segment | null = null;
  let orc: Segment | null = null;
  // Results seen since the last OBR or ORC: the next one of them begins a new panel.
  let closed = false;
  let heading: string[] = [];
  let last: { notes: string[] } | null = null;
  let order = readOrder(null, pv1, report);
  for (const segment of message.segments) {
    if (segment.id === "SPM" || segment.id === "OBR" || segment.id === "ORC") {
      if (segment.id === "SPM" || closed) {
        obr = null;
        orc = null;
        heading = [];
        order = readOrder(null, pv1, report);
      }
      closed = false;
      last = null;
      segment.taken = true;
      if (segment.id === "SPM") spm = segment;
      else if (segment.id === "OBR") obr = segment;
      else {
        orc = segment;
        order = readOrder(orc, pv1, report);
      }
    } else if (segment.id === "OBX") {
      closed = true;
      const notes = [...heading];
      const record = lab(segment, { spm, obr, orderNo: orc ? order.orderNo : "", control: order.control, notes }, report);
      if (record === null) continue;
      report.records.push(record);
      last = { notes };
    } else if (segment.id === "NTE") {
      segment.taken = true;
      const note = noteOf(segment);
      if (note !== "") (last?.notes ?? heading).push(note);
    } else if (segment.id === "TQ1") segment.taken = true;
  }
}

interface Panel {
  readonly spm: Segment | null;
  readonly obr: Segment | null;
  readonly orderNo: string;
  readonly control: string;
  readonly notes: readonly string[];
}

function lab(obx: Segment, panel: Panel, report: Report): LabRecord | null {
  const test = concept(first(obx.field(3)));
  if (test === null) {
    report.warn("field-missing", obx, 3, obx.text);
    report.keepRaw(obx);
    return null;
  }
  const observed = observedValue(obx, report);
  obx.taken = true;
  const collected = collectedAt(obx, panel, report);
  return {
    kind: "lab",
    date: collected ?? report.day,
    segment: obx.label,
    orderNo: panel.orderNo || (panel.obr ? text(panel.obr.field(2)) : "") || report.file.orderNo,
    orderControl: panel.control,
    panel: panel.obr ? concept(first(panel.obr.field(4))) : null,
    test,
    specimen: specimenOf(panel.spm),
    collected,
    ...observed,
    range: clean(obx.field(7)),
    flags: repetitions(obx.field(8)).flatMap((one) => text(one) || []),
    subId: text(obx.field(4)),
    notes: panel.notes,
  };
}

function specimenOf(spm: Segment | null): Concept | null {
  return spm ? concept(first(spm.field(4))) : null;
}

/** Time of collection: the specimen's, else the panel's, else the result's. */
function collectedAt(obx: Segment, { spm, obr }: Panel, report: Report): ClinicalDate | null {
  return (spm ? report.date(spm, 17) : null) ?? (obr ? report.date(obr, 7) : null) ?? report.date(obx, 14);
}

/** NTE-3: lines are repetitions. */
export function noteOf(nte: Segment): string {
  return (
    repetitions(nte.field(3))
      .map((one) => clean(one))
      .join("\n")
      .trim() || label(nte.field(4))
  );
}
