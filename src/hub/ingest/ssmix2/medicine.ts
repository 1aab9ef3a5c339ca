import type { Concept, MedicineRecord, Quantity } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import { type Order, readOrder } from "./order.ts";
import type { Report } from "./report.ts";
import {
  clean,
  component,
  compositeQuantity,
  concept,
  concepts,
  first,
  label,
  quantity,
  repetitions,
  text,
  withCodings,
} from "./values.ts";

/** Segments between one ORC and the next. */
interface Group {
  orc: Segment | null;
  rxe: Segment | null;
  readonly tq1: Segment[];
  readonly rxr: Segment[];
  readonly rxc: Segment[];
  readonly rxa: Segment[];
  readonly nte: Segment[];
}

/** What the folder says a message of medicines is; MSH-9 varies by vendor and is not asked. */
export interface MedicineKind {
  readonly stage: MedicineRecord["stage"];
  readonly injection: boolean;
}

/**
 * OMP-01, -11, -02, -12 → one record a drug. Prescriptions name the drug in RXE-2; injections in RXC (RXE-2 is only the kind of
 * injection); what was dispensed or given in RXA, whose amount is the supply handed out, or the dose given. An RXE whose drug no RXA repeats was ordered and not given, and says so.
 */
export function readMedicines(message: Message, pv1: Segment | null, kind: MedicineKind, report: Report): void {
  const groups = groupsOf(message);
  if (groups.length === 0) report.warn("segment-missing", null, 0, "RXE RXA");
  for (const group of groups) readGroup(group, readOrder(group.orc, pv1, report), kind, report);
}

const newGroup = (orc: Segment | null): Group => ({ orc, rxe: null, tq1: [], rxr: [], rxc: [], rxa: [], nte: [] });

/** A group begins at each ORC, and at a further RXE under the same ORC; messages without ORC begin at their first RXE or RXA. */
function groupsOf(message: Message): Group[] {
  const groups: Group[] = [];
  for (const segment of message.segments) {
    const open = groups.at(-1);
    if (segment.id === "ORC") groups.push(newGroup(segment));
    else if (segment.id === "RXE" && (open === undefined || open.rxe !== null)) groups.push(newGroup(open?.orc ?? null));
    else if (segment.id === "RXA" && open === undefined) groups.push(newGroup(null));
    const group = groups.at(-1);
    if (group !== undefined) place(segment, group);
  }
  return groups;
}

function place(segment: Segment, group: Group): void {
  if (segment.id === "RXE") group.rxe = segment;
  else if (segment.id === "TQ1") group.tq1.push(segment);
  else if (segment.id === "RXR") group.rxr.push(segment);
  else if (segment.id === "RXC") group.rxc.push(segment);
  else if (segment.id === "RXA") group.rxa.push(segment);
  else if (segment.id === "NTE") group.nte.push(segment);
}

function readGroup(group: Group, order: Order, kind: MedicineKind, report: Report): void {
  const { rxe, rxc, rxa } = group;
  const before = report.records.length;
  if (rxe === null && rxa.length === 0 && rxc.length === 0) report.warn("segment-missing", group.orc, 0, "RXE");
  const frame = frameOf(group, order, kind, report);
  const ordered = rxe === null || kind.injection ? null : orderedDrug(rxe, report);
  const given = rxa.flatMap((segment) => givenDrug(segment, frame, ordered, report));
  report.records.push(...given);
  if (ordered !== null && !given.some((one) => sameDrug(one.drug, ordered.drug))) {
    report.records.push({ ...frame, ...ordered, stage: rxa.length > 0 ? "ordered" : frame.stage });
  }
  // Components: the drugs of an injection; when RXA names what was given, they are the order behind it.
  for (const segment of rxc) {
    const part = componentDrug(segment, report);
    if (part === null || given.some((one) => sameDrug(one.drug, part.drug))) continue;
    report.records.push({ ...frame, ...part, stage: rxa.length > 0 ? "ordered" : frame.stage });
  }
  const made = report.records.slice(before).some((one) => one.kind === "medicine");
  for (const segment of [group.rxe, ...group.tq1, ...group.rxr, ...group.nte]) {
    if (segment === null || segment.taken) continue;
    if (made) segment.taken = true;
    else report.keepRaw(segment);
  }
  if (kind.injection && rxe !== null && !made) report.warn("segment-missing", rxe, 0, "RXC");
}

/** Everything of a record that the drug itself does not say. */
function frameOf(group: Group, order: Order, kind: MedicineKind, report: Report): MedicineRecord {
  const { rxe } = group;
  const timing = group.tq1[0] ?? null;
  const route = group.rxr[0] ?? null;
  const start = timing ? report.date(timing, 7) : null;
  const volume = kind.injection && rxe ? quantity(rxe.field(3), rxe.field(5)) : null;
  const notes = [
    rxe ? label(rxe.field(27)) : "",
    volume ? `全量 ${volume.value} ${volume.unit}`.trim() : "",
    ...group.nte.map((one) => clean(one.field(3)).trim()),
  ];
  return {
    kind: "medicine",
    date: order.at ?? report.day ?? start,
    segment: rxe?.label ?? group.orc?.label ?? "",
    stage: kind.stage,
    injection: kind.injection,
    injectionKind: kind.injection && rxe ? concept(first(rxe.field(2))) : null,
    orderNo: order.orderNo,
    orderControl: order.control,
    orderType: order.type,
    group: order.group,
    drug: { text: "", codings: [] },
    dosePerIntake: null,
    dosePerDay: null,
    total: null,
    form: rxe ? label(rxe.field(6)) : "",
    usage: timing ? usageOf(timing) : null,
    usageText: usageText(group.tq1, rxe),
    days: timing ? daysOf(timing, report) : "",
    times: timing ? text(timing.field(14)) : "",
    start,
    end: timing ? report.date(timing, 8) : null,
    actEnd: null,
    route: route ? concept(first(route.field(1))) : null,
    categories: rxe ? concepts(rxe.field(21)) : [],
    rate: rxe ? quantity(rxe.field(23), rxe.field(24)) : null,
    completion: "",
    department: order.department,
    prescriber: order.prescriber,
    note: notes.filter(Boolean).join(" "),
  };
}

type Drug = Pick<MedicineRecord, "drug" | "segment" | "dosePerIntake" | "dosePerDay" | "total">;

function orderedDrug(rxe: Segment, report: Report): Drug | null {
  const drug = concept(first(rxe.field(2)));
  if (drug === null) {
    report.warn(text(rxe.field(1), 2) !== "" || text(rxe.field(3), 2) !== "" ? "field-shifted" : "field-missing", rxe, 2, rxe.text);
    report.keepRaw(rxe);
    return null;
  }
  rxe.taken = true;
  for (const n of [3, 10]) checkNumber(rxe, n, report);
  return {
    drug: withCodings(drug, concepts(rxe.field(31))),
    segment: rxe.label,
    dosePerIntake: intake(rxe),
    dosePerDay: compositeQuantity(rxe.field(19)),
    total: quantity(rxe.field(10), rxe.field(11)),
  };
}

/** RXE-3 to RXE-4 is a range where both are sent and differ. */
function intake(rxe: Segment): Quantity | null {
  const least = quantity(rxe.field(3), rxe.field(5));
  const most = text(rxe.field(4));
  return least === null || most === "" || most === least.value ? least : { value: `${least.value}-${most}`, unit: least.unit };
}

function componentDrug(rxc: Segment, report: Report): Drug | null {
  const drug = concept(first(rxc.field(2)));
  if (drug === null) {
    report.warn("field-missing", rxc, 2, rxc.text);
    report.keepRaw(rxc);
    return null;
  }
  rxc.taken = true;
  checkNumber(rxc, 3, report);
  const dosePerIntake = quantity(rxc.field(3), rxc.field(4));
  return { drug: withCodings(drug, concepts(rxc.field(7))), segment: rxc.label, dosePerIntake, dosePerDay: null, total: null };
}

function givenDrug(rxa: Segment, frame: MedicineRecord, ordered: Drug | null, report: Report): MedicineRecord[] {
  const drug = concept(first(rxa.field(5)));
  if (drug === null) {
    report.warn("field-missing", rxa, 5, rxa.text);
    report.keepRaw(rxa);
    return [];
  }
  rxa.taken = true;
  checkNumber(rxa, 6, report);
  const completion = text(rxa.field(20));
  if (!/^(?:CP|PA|RE|NA|)$/.test(completion)) report.warn("code-unknown", rxa, 20, completion);
  const start = report.date(rxa, 3);
  const same = ordered !== null && sameDrug(drug, ordered.drug) ? ordered : null;
  const amount = quantity(rxa.field(6), rxa.field(7));
  // What is handed out is a supply, what is given is a dose: 28 tablets dispensed are not 28 an intake.
  const handedOut = frame.stage === "dispensed";
  return [
    {
      ...frame,
      date: start ?? frame.date,
      segment: rxa.label,
      drug: same ? withCodings(drug, [same.drug]) : drug,
      dosePerIntake: handedOut ? (same?.dosePerIntake ?? null) : amount,
      dosePerDay: same?.dosePerDay ?? null,
      total: handedOut ? (amount ?? same?.total ?? null) : null,
      form: label(rxa.field(8)) || frame.form,
      start: handedOut ? frame.start : (start ?? frame.start),
      actEnd: report.date(rxa, 4),
      rate: rateOf(text(rxa.field(12))) ?? frame.rate,
      completion,
      note: [frame.note, ...repetitions(rxa.field(9)).map((one) => label(one))].filter(Boolean).join(" "),
    },
  ];
}

/** The same code of the same system, or the same words where neither has a code. */
function sameDrug(a: Concept, b: Concept): boolean {
  if (a.codings.length === 0 || b.codings.length === 0) return a.text === b.text;
  return a.codings.some((one) => b.codings.some((other) => one.code === other.code && one.system === other.system));
}

/** TQ1-3 component 1: code&text&system (JAMISDP01 or a local list). */
function usageOf(tq1: Segment): Concept | null {
  return concept(component(first(tq1.field(3)), 1), "&");
}

/** What is said in words: TQ1-10, -11, usages of further TQ1 (uneven doses), and RXE-7. */
function usageText(tq1: readonly Segment[], rxe: Segment | null): string {
  const words = tq1.flatMap((one, i) => [i > 0 ? (usageOf(one)?.text ?? "") : "", text(one.field(10)), text(one.field(11))]);
  const told = rxe ? repetitions(rxe.field(7)).map((one) => label(one)) : [];
  return [...words, ...told].filter(Boolean).join(" ");
}

/** TQ1-6 as days: `14^d`, `14 d`, `2^wk`, `14`; another unit is said, not guessed. */
function daysOf(tq1: Segment, report: Report): string {
  const sent = text(tq1.field(6));
  if (sent === "") return "";
  const [, amount = "", inner = ""] = /^(\d+(?:\.\d+)?)\s*(\D*)$/.exec(sent.slice(0, 40)) ?? [];
  const unit = (text(tq1.field(6), 2).split("&")[0] || inner.trim()).toLowerCase();
  if (amount !== "" && /^(?:d|day|days|日|日分|)$/.test(unit)) return amount;
  if (amount !== "" && /^(?:w|wk|week|weeks|週)$/.test(unit)) return String(Number(amount) * 7);
  report.warn("number-malformed", tq1, 6, tq1.field(6));
  return "";
}

/** "102ml/hr" → 102, ml/hr; anything else whole in the value. */
function rateOf(sent: string): Quantity | null {
  if (sent === "") return null;
  const [, value, unit] = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(sent) ?? [];
  return value === undefined ? { value: sent, unit: "" } : { value, unit: unit ?? "" };
}

/** An amount that is no number is kept as sent and said; one with components has another field's content. */
function checkNumber(segment: Segment, n: number, report: Report): void {
  const sent = segment.field(n);
  if (sent === "" || sent === '""' || /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(sent)) return;
  report.warn(sent.includes("^") ? "field-shifted" : "number-malformed", segment, n, sent);
}
