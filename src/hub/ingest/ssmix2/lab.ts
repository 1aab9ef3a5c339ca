import type { ClinicalDate, Concept, LabRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import { observedValue } from "./observation.ts";
import { type Order, readOrder } from "./order.ts";
import type { Report } from "./report.ts";
import { clean, concept, first, label, repetitions, text } from "./values.ts";

/** What stands above a result; read once for all results below it. */
interface Above {
  specimen: Concept | null;
  /** SPM-17. */
  collected: ClinicalDate | null;
  panel: Concept | null;
  /** OBR-2, -7. */
  panelOrder: string;
  panelAt: ClinicalDate | null;
  order: Order | null;
  /** Notes before the first result. */
  notes: string[];
  /** A result was seen: the next OBR or ORC begins another panel. */
  closed: boolean;
}

/** OML-11: { SPM { OBR ORC [TQ1] { OBX [NTE] } } } → one record an OBX; ORC before OBR and a missing SPM are read too. */
export function readLabs(message: Message, pv1: Segment | null, report: Report): void {
  let above: Above = panelBelow(null);
  let notes = above.notes;
  for (const segment of message.segments) {
    switch (segment.id) {
      case "SPM":
        above = { ...panelBelow(null), specimen: concept(first(segment.field(4))), collected: report.date(segment, 17) };
        notes = above.notes;
        segment.taken = true;
        break;
      case "OBR":
      case "ORC":
        if (above.closed) above = panelBelow(above);
        notes = above.notes;
        readHeading(segment, above, pv1, report);
        break;
      case "OBX":
        above.closed = true;
        notes = [...above.notes];
        readResult(segment, above, notes, report);
        break;
      case "NTE":
        segment.taken = true;
        notes.push(...noteOf(segment));
        break;
      case "TQ1":
        segment.taken = true;
    }
  }
}

/** A new panel of the same specimen, or of none. */
function panelBelow(above: Above | null): Above {
  const { specimen = null, collected = null } = above ?? {};
  return { specimen, collected, panel: null, panelOrder: "", panelAt: null, order: null, notes: [], closed: false };
}

function readHeading(segment: Segment, above: Above, pv1: Segment | null, report: Report): void {
  segment.taken = true;
  if (segment.id === "ORC") {
    above.order = readOrder(segment, pv1, report);
    return;
  }
  above.panel = concept(first(segment.field(4)));
  above.panelOrder = text(segment.field(2));
  above.panelAt = report.date(segment, 7);
}

function readResult(obx: Segment, above: Above, notes: readonly string[], report: Report): void {
  const test = concept(first(obx.field(3)));
  if (test === null) {
    report.warn("field-missing", obx, 3, obx.text);
    report.keepRaw(obx);
    return;
  }
  obx.taken = true;
  const collected = above.collected ?? above.panelAt ?? report.date(obx, 14);
  const record: LabRecord = {
    kind: "lab",
    date: collected ?? report.day,
    segment: obx.label,
    orderNo: above.order?.orderNo ?? (above.panelOrder || report.file.orderNo),
    orderControl: above.order?.control ?? "",
    panel: above.panel,
    test,
    specimen: above.specimen,
    collected,
    ...observedValue(obx, report),
    range: clean(obx.field(7)),
    flags: repetitions(obx.field(8)).flatMap((one) => text(one) || []),
    subId: text(obx.field(4)),
    notes,
  };
  report.records.push(record);
}

/** NTE-3: lines are repetitions; none when the note is empty. */
function noteOf(nte: Segment): string[] {
  const note =
    repetitions(nte.field(3))
      .map((one) => clean(one))
      .join("\n")
      .trim() || label(nte.field(4));
  return note === "" ? [] : [note];
}
