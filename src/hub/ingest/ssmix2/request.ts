import type { Concept, OrderRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import { observedValue } from "./observation.ts";
import { type Order, readOrder } from "./order.ts";
import { controlOf, type Group, groupsOf } from "./procedure.ts";
import type { Report } from "./report.ts";
import { clean, component, concept, first, label, text } from "./values.ts";

/** OMD: { ORC [TQ1] ODS } { ORC [TQ1] ODT } → one order a diet or tray; TQ1-7 says from when. */
export function readDiets(message: Message, pv1: Segment | null, report: Report): void {
  let orc: Segment | null = null;
  let tq1: Segment | null = null;
  let found = false;
  for (const segment of message.segments) {
    if (segment.id === "ORC") [orc, tq1] = [segment, null];
    else if (segment.id === "TQ1") tq1 = segment;
    else if (segment.id === "ODS" || segment.id === "ODT") {
      found = true;
      diet(segment, { orc, tq1, pv1 }, report);
    }
  }
  if (!found) report.warn("segment-missing", null, 0, "ODS");
}

interface Around {
  readonly orc: Segment | null;
  readonly tq1: Segment | null;
  readonly pv1: Segment | null;
}

/** ODS-2 meal, -3 diet, -4 text; ODT-1 kind of tray, -3 text. Many send the text alone. */
function diet(segment: Segment, { orc, tq1, pv1 }: Around, report: Report): void {
  const [code, said] = segment.id === "ODS" ? [3, 4] : [1, 3];
  const told = clean(segment.field(said)).trim();
  const sent = concept(first(segment.field(code)));
  // A code without its name tells nobody anything where the text stands beside it.
  const unnamed = sent === null || sent.codings.every((one) => one.text === "");
  const name: Concept | null = told !== "" && unnamed ? { text: told, codings: sent?.codings ?? [] } : sent;
  if (name === null) {
    report.warn("field-missing", segment, code, segment.text);
    report.keepRaw(segment);
    return;
  }
  segment.taken = true;
  const meal = segment.id === "ODS" ? label(segment.field(2)) : "";
  const note = [meal, tq1 ? timesOf(tq1) : "", told === name.text ? "" : told].filter(Boolean).join(" ");
  push("diet", segment, name, readOrder(orc, pv1, report), { note, tq1 }, report);
}

/**
 * OML-01: { SPM { ORC [TQ1] OBR { OBX } } } → one order a test that was asked for, the panel in its note; a panel without tests is
 * one itself. Never a result, whatever stands in OBX-5: a value there is kept raw and said.
 */
export function readLabOrders(message: Message, pv1: Segment | null, report: Report): void {
  const groups = groupsOf(message);
  if (groups.length === 0) report.warn("segment-missing", null, 0, "OBR");
  for (const one of message.segments) if (one.id === "SPM") one.taken = true;
  for (const group of groups) {
    const order = readOrder(group.orc, pv1, report);
    const panel = group.obr ? concept(first(group.obr.field(4))) : null;
    const tq1 = timing(group);
    if (group.obr) group.obr.taken = true;
    let tests = 0;
    for (const obx of group.parts.filter((one) => one.id === "OBX")) {
      const test = concept(first(obx.field(3)));
      if (test === null || text(obx.field(5)) !== "") {
        report.warn(test === null ? "field-missing" : "message-type-differs", obx, test === null ? 3 : 5, obx.text);
        report.keepRaw(obx);
      }
      if (test === null) continue;
      obx.taken = true;
      tests++;
      push("lab", obx, test, order, { note: panel?.text ?? "", tq1 }, report);
    }
    if (tests > 0) continue;
    if (panel !== null && group.obr !== null) push("lab", group.obr, panel, order, { note: "", tq1 }, report);
    else nameless(group, report);
  }
}

/**
 * OMG-01, -02, -03: { ORC TQ1 OBR [OBX] } → one order an examination. Header (NW) and parent (PA) repeat what the children (CH) say:
 * beside children they give none, and what was noted with them (purpose, suspected disease, weight) stands with each child.
 */
export function readExaminationOrders(message: Message, pv1: Segment | null, what: OrderRecord["what"], report: Report): void {
  const groups = groupsOf(message);
  if (groups.length === 0) report.warn("segment-missing", null, 0, "OBR");
  const hasChildren = groups.some((group) => controlOf(group) === "CH");
  const above: string[] = [];
  for (const group of groups) {
    const name = group.obr ? concept(first(group.obr.field(4))) : null;
    if (name === null || group.obr === null) {
      nameless(group, report);
      continue;
    }
    const own = notesOf(group, report);
    for (const one of [group.orc, group.obr, ...group.parts]) if (one !== null) one.taken = true;
    if (hasChildren && /^(?:NW|PA)$/.test(controlOf(group))) above.push(...own.filter((note) => !above.includes(note)));
    else
      push(
        what,
        group.obr,
        name,
        readOrder(group.orc, pv1, report),
        { note: [...above, ...own].join("\n"), tq1: timing(group), group },
        report,
      );
  }
}

function push(
  what: OrderRecord["what"],
  segment: Segment,
  name: Concept,
  order: Order,
  { note, tq1, group = null }: { note: string; tq1: Segment | null; group?: Group | null },
  report: Report,
): void {
  if (tq1 !== null) tq1.taken = true;
  const image = group?.parts.find((one) => one.id === "IPC") ?? null;
  report.records.push({
    kind: "order",
    what,
    date: order.at ?? report.day,
    segment: segment.label,
    orderNo: order.orderNo,
    orderControl: order.control,
    name,
    planned: tq1 ? report.date(tq1, 7) : null,
    accession: image ? text(image.field(1)) : "",
    department: order.department,
    note,
  });
}

/** "name: value unit" of each OBX; what has no name stays raw. */
function notesOf(group: Group, report: Report): string[] {
  return group.parts.flatMap((obx) => {
    if (obx.id !== "OBX") return [];
    const test = concept(first(obx.field(3)));
    if (test === null) {
      report.warn("field-missing", obx, 3, obx.text);
      report.keepRaw(obx);
      return [];
    }
    const { value, unit } = observedValue(obx, report);
    return [[`${test.text}:`, value, unit].filter(Boolean).join(" ")];
  });
}

function nameless({ orc, obr, parts }: Group, report: Report): void {
  report.warn(obr ? "field-missing" : "segment-missing", obr ?? orc, obr ? 4 : 0, obr ? "" : "OBR");
  for (const segment of [orc, obr, ...parts]) if (segment !== null && !segment.taken) report.keepRaw(segment);
}

const timing = (group: Group): Segment | null => group.parts.find((one) => one.id === "TQ1") ?? null;

/** TQ1-3: how often, with sub-components. */
const timesOf = (tq1: Segment): string => concept(component(first(tq1.field(3)), 1), "&")?.text ?? "";
