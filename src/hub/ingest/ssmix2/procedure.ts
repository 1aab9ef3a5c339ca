import type { ProcedureRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import { materialOf, observedValue } from "./observation.ts";
import { readOrder } from "./order.ts";
import type { Report } from "./report.ts";
import { concept, first, repetitions, text } from "./values.ts";

/** An order with all that stands below it. */
export interface Group {
  readonly orc: Segment | null;
  obr: Segment | null;
  readonly parts: Segment[];
}

export interface ProcedureKind {
  readonly what: ProcedureRecord["what"];
  readonly stage: ProcedureRecord["stage"];
}

/**
 * OMG-11, -12 (radiology, endoscopy performed) and OMG-13 (physiology result) → one record an order. Orders build a tree: NW header, PA parent,
 * CH children. Header and parent repeat what the children say, so beside children they give a record only when they hold findings.
 */
export function readProcedures(message: Message, pv1: Segment | null, kind: ProcedureKind, report: Report): void {
  const groups = groupsOf(message);
  if (groups.length === 0) report.warn("segment-missing", null, 0, "OBR");
  const hasChildren = groups.some((group) => controlOf(group) === "CH");
  for (const group of groups) {
    const above = controlOf(group) === "NW" || controlOf(group) === "PA";
    if (hasChildren && above && !group.parts.some((part) => part.id === "OBX" || part.id === "ZE1")) {
      for (const segment of [group.orc, group.obr, ...group.parts]) if (segment !== null) segment.taken = true;
    } else procedure(group, pv1, kind, report);
  }
}

export function groupsOf(message: Message): Group[] {
  const groups: Group[] = [];
  let group: Group | null = null;
  for (const segment of message.segments) {
    if (segment.id === "ORC" || (segment.id === "OBR" && (group === null || group.obr !== null))) {
      group = { orc: segment.id === "ORC" ? segment : null, obr: null, parts: [] };
      groups.push(group);
    }
    if (group === null) continue;
    if (segment.id === "OBR") group.obr = segment;
    else if (["OBX", "ZE1", "ZE2", "IPC", "TQ1"].includes(segment.id)) group.parts.push(segment);
  }
  return groups;
}

export const controlOf = (group: Group) => (group.orc ? text(group.orc.field(1)) : "");

function procedure(group: Group, pv1: Segment | null, kind: ProcedureKind, report: Report): void {
  const { orc, obr, parts } = group;
  const name = (obr ? concept(first(obr.field(4))) : null) ?? concept(first(parts.find((one) => one.id === "ZE1")?.field(3) ?? ""));
  if (name === null) {
    report.warn(obr ? "field-missing" : "segment-missing", obr ?? orc, obr ? 4 : 0, obr ? "" : "OBR");
    for (const segment of [orc, obr, ...parts]) if (segment !== null) report.keepRaw(segment);
    return;
  }
  const order = readOrder(orc, pv1, report);
  const image = parts.find((one) => one.id === "IPC") ?? null;
  const findings: ProcedureRecord["findings"][number][] = [];
  const materials: string[] = [];
  for (const part of parts) {
    part.taken = true;
    if (part.id === "ZE1") for (const one of repetitions(part.field(9)).map(materialOf).filter(Boolean)) materials.push(one);
    if (part.id !== "OBX") continue;
    const test = concept(first(part.field(3)));
    if (test === null) {
      report.warn("field-missing", part, 3, part.text);
      report.keepRaw(part);
      continue;
    }
    const { value, unit, resultStatus } = observedValue(part, report);
    if (text(part.field(2)) === "ZRD") materials.push(value);
    else findings.push({ test, value, unit, status: resultStatus });
  }
  if (obr) obr.taken = true;
  report.records.push({
    kind: "procedure",
    date: (obr ? (report.date(obr, 7) ?? report.date(obr, 22)) : null) ?? order.at ?? report.day,
    segment: obr?.label ?? orc?.label ?? "",
    what: kind.what,
    stage: kind.stage,
    orderNo: orc ? order.orderNo : (obr && text(obr.field(2))) || report.file.orderNo,
    orderControl: order.control,
    name,
    modality: image ? text(image.field(5)) : "",
    accession: image ? text(image.field(1)) : "",
    studyUid: image ? text(image.field(3)) : "",
    findings,
    materials,
    department: order.department,
  });
}
