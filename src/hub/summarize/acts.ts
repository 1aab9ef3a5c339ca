import { foldForSearch } from "../../shared/summary/fold.ts";
import { dayAfter } from "../../shared/summary/japaneseDate.ts";
import type { Coded, Medicine } from "../../shared/summary/summary.ts";
import type { MedicineRecord, Quantity } from "../record/record.ts";
import { compare, dateOf, type Fact } from "./facts.ts";

/** A medicine and the record it was made from. */
export interface Line {
  readonly item: Medicine;
  readonly fact: Fact<MedicineRecord>;
  /** Of the act, else of its order. */
  readonly rate: Quantity | null;
}

/**
 * Orders and what was done about them, one line for each drug of an order: a dispensing or an injection takes usage, dose and days
 * of the order with the same number, group and drug of the same hospital, and the order steps back when the two say the same.
 * Where they differ (amount, brand, not collected, in part, still to come) both stand; an injection not given takes the place of its plan. Like acts of one order are one line, the last,
 * and say how many they are. The order of the lines does not matter.
 */
export function joinActs(lines: readonly Line[]): readonly Medicine[] {
  const orders = new Map<string, Line[]>();
  const alone: Line[] = [];
  for (const line of lines) {
    const key = orderKey(line);
    if (key === null) alone.push(line);
    else orders.set(key, [...(orders.get(key) ?? []), line]);
  }
  return [...alone.flatMap((line) => series([line])), ...[...orders.values()].flatMap(joinOrder)];
}

/** Numbers that stand for "none" join nothing. */
function orderKey({ fact }: Line): string | null {
  const number = fact.record.orderNo;
  return /^(?:9{6,}|0*)$/.test(number) ? null : JSON.stringify([fact.source, number]);
}

function joinOrder(lines: readonly Line[]): readonly Medicine[] {
  const planned = lines.filter(({ fact }) => fact.record.stage === "ordered");
  const acts = lines.filter(({ fact }) => fact.record.stage !== "ordered");
  const done = acts.map((act) => {
    const order = orderOf(act, planned);
    return { act: order === null ? act : withOrder(act, order), order };
  });
  const over = new Set(done.flatMap(({ act, order }) => (order === null ? [] : covered(act, order, planned))));
  return [...series(done.map(({ act }) => act)), ...series(planned.filter((line) => !over.has(line)))];
}

/** The order of an act: same drug and group; else the only line of that drug. Of several plans of one injection the last that had begun. */
function orderOf(act: Line, planned: readonly Line[]): Line | null {
  const same = planned.filter((line) => isSameDrug(line.item.drug, act.item.drug));
  const inGroup = same.filter(({ fact }) => fact.record.group === act.fact.record.group);
  const found = inGroup.length > 0 ? inGroup : same.length === 1 ? same : [];
  const begun = found.filter((line) => hasBegun(line.item, act.item)).toSorted((a, b) => compare(startOf(a.item), startOf(b.item)));
  return begun.at(-1) ?? found[0] ?? null;
}

const isSameDrug = (a: Coded, b: Coded): boolean =>
  a.codes.some((one) => b.codes.some((other) => one.system === other.system && one.code === other.code)) ||
  foldForSearch(a.text) === foldForSearch(b.text);

const startOf = (item: Medicine): string => item.start ?? item.date ?? "";

/** By the day for what is taken, by the time for what is given. */
function hasBegun(plan: Medicine, act: Medicine): boolean {
  const length = act.stage === "given" ? Math.min(startOf(plan).length, startOf(act).length) : 0;
  return length === 0 || startOf(plan).slice(0, length) <= startOf(act).slice(0, length);
}

function withOrder({ item, fact, rate }: Line, order: Line): Line {
  const act = { item, fact, rate: rate ?? order.rate };
  const plan = order.item;
  const known = {
    ...item,
    drug: withCodes(item.drug, plan.drug),
    usage: item.usage || plan.usage,
    route: item.route || plan.route,
    form: item.form || plan.form,
    department: item.department || plan.department,
    setting: item.setting === "unknown" ? plan.setting : item.setting,
    note: [...new Set([item.note, plan.note])].filter((part) => part !== "").join(" "),
    received: compare(item.received, plan.received) > 0 ? item.received : plan.received,
    warnings: [...new Set([...item.warnings, ...plan.warnings])].sort(),
  };
  if (item.stage === "given" && wasRefused(item)) {
    // The amount of what was not given is the planned one.
    return { ...act, item: { ...known, dosePerIntake: plan.dosePerIntake ?? item.dosePerIntake } };
  }
  if (item.stage === "given") return { ...act, item: { ...known, end: item.end ?? (fact.record.actEnd ? null : sentEnd(order)) } };
  const dosed = { ...known, dosePerIntake: item.dosePerIntake ?? plan.dosePerIntake, dosePerDay: item.dosePerDay ?? plan.dosePerDay };
  // Nothing handed out, or another amount than ordered: the days of the order say nothing of it.
  if (!wasDone(item) || differ(item.total, plan.total)) return { ...act, item: dosed };
  return { ...act, item: { ...dosed, times: item.times ?? plan.times, ...supply(act, order) } };
}

/** Days of the order, from its start or from the day it was collected, whichever is later; an end that was sent stands. */
function supply({ item, fact }: Line, order: Line): Pick<Medicine, "days" | "start" | "end" | "total"> {
  const days = item.days ?? order.item.days;
  const collected = item.date ?? "";
  const planned = order.item.start ?? "";
  const start = planned.slice(0, 10) >= collected.slice(0, 10) ? order.item.start : item.date;
  const counted = start !== null && days !== null && days > 0 ? dayAfter(start, days - 1) : null;
  return { days, start, end: dateOf(fact.record.end) ?? sentEnd(order) ?? counted, total: item.total ?? order.item.total };
}

const sentEnd = ({ fact }: Line): string | null => dateOf(fact.record.end);

const wasRefused = (item: Medicine): boolean => item.completion === "refused" || item.completion === "notGiven";

const wasDone = (item: Medicine): boolean => item.completion === null || item.completion === "complete";

function withCodes(drug: Coded, order: Coded): Coded {
  const more = order.codes.filter((one) => !drug.codes.some((own) => own.system === one.system && own.code === one.code));
  return { ...drug, codes: [...drug.codes, ...more], local: drug.local && (order.local || more.length === 0) };
}

const differ = <T>(a: T | null, b: T | null): boolean => a !== null && b !== null && JSON.stringify(a) !== JSON.stringify(b);

/** The plans an act leaves nothing to say: its own order, and the like plans of an injection that had begun by then. */
function covered(act: Line, order: Line, planned: readonly Line[]): readonly Line[] {
  const { item } = act;
  // What was not given was not given: its plan must not stand as if it had been.
  if (item.stage === "given" && wasRefused(item) && hasBegun(order.item, item)) return [order];
  return planned.filter(({ item: plan, fact }) => {
    if (!isSameDrug(plan.drug, item.drug) || fact.record.group !== order.fact.record.group || !wasDone(item)) return false;
    if (item.stage === "given") return hasBegun(plan, item) && !differ(item.dosePerIntake, plan.dosePerIntake);
    return ![
      differ(item.total, plan.total),
      differ(item.dosePerIntake, plan.dosePerIntake),
      differ(item.days, plan.days),
      item.usage !== plan.usage,
    ].includes(true);
  });
}

/** Lines of one order that differ in nothing but their time: the last, with their number. */
function series(lines: readonly Line[]): readonly Medicine[] {
  const like = new Map<string, Line[]>();
  for (const line of lines) {
    const { date, start, end, received, warnings, ...said } = line.item;
    // Plans of medicines to take have steps (four tablets for a week, then three): their days are part of what they say.
    const steps = said.stage === "ordered" && !said.injection ? [start, end] : [];
    const key = JSON.stringify([said, line.fact.record.group, line.rate, steps]);
    like.set(key, [...(like.get(key) ?? []), line]);
  }
  return [...like.values()].map((same) => {
    const inTime = same.toSorted((a, b) => compare(timeOf(a.item), timeOf(b.item)) || compare(a.item.received, b.item.received));
    const { item: last, rate, fact } = inTime.at(-1) as Line;
    const times = new Set(inTime.map(({ item }) => timeOf(item)));
    const first = (inTime[0] as Line).item;
    const ended = fact.record.actEnd;
    const notes = [
      last.note,
      rate === null ? "" : `速度 ${rate.value} ${rate.unit}`.trim(),
      ended !== null && dateOf(ended) !== null && last.stage === "given" && ended !== last.start
        ? `実施終了 ${ended.replace("T", " ")}`
        : "",
      times.size > 1 ? `この指示の記録 ${times.size}件（${timeOf(first).replace("T", " ")} から）` : "",
    ];
    const note = notes.filter((part) => part !== "").join(" ");
    return { ...last, note, warnings: [...new Set(same.flatMap(({ item }) => item.warnings))].sort() };
  });
}

/** When it was done; of a plan, when it begins. */
const timeOf = (item: Medicine): string => (item.stage === "dispensed" ? item.date : (item.start ?? item.date)) ?? "";
