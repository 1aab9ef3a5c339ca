import { foldForSearch } from "../../shared/summary/fold.ts";
import { ingredientOf } from "../../shared/summary/ingredient.ts";
import { dayAfter } from "../../shared/summary/japaneseDate.ts";
import { projectRules } from "../../shared/summary/rules.ts";
import { judgeMedicine } from "../../shared/summary/strip.ts";
import type { Medicine, Section } from "../../shared/summary/summary.ts";
import type { MedicineRecord } from "../record/record.ts";
import { joinActs } from "./acts.ts";
import { type Ended, isSaidStopped, withConflicts } from "./conflicts.ts";
import {
  coded,
  countOf,
  dateOf,
  type Fact,
  type Facts,
  isLocal,
  itemOf,
  labelOf,
  newestFirst,
  quantityOf,
  withoutRepeats,
} from "./facts.ts";
import { foldPrescriptions } from "./reconcile.ts";
import { limited } from "./section.ts";

/** Most medicines of one summary that no rule asks for. */
export const MEDICINES = 150;

/**
 * Every line that was ordered, dispensed or given, what was done joined to its order (acts.ts), the same line once. Withdrawn orders (ORC-1 = CA, DC)
 * are left out. What was refused or not given stays, and says so. One prescription told by several channels is one line (reconcile.ts); lines that sources
 * disagree about stand first (conflicts.ts) and are never cut, then the newest.
 */
export function summarizeMedicines(facts: Facts, to: string): Section<Medicine> {
  const { sources } = facts;
  const records = facts.of("medicine");
  const standing = records.filter(({ record }) => !isWithdrawn(record.orderControl));
  const lines = withoutRepeats(joinActs(standing.map((fact) => ({ fact, item: medicine(fact), rate: fact.record.rate })))).map(
    withIngredient,
  );
  const judged = withConflicts(foldPrescriptions(lines, sources), records.flatMap(endedOf), sources, to);
  const section = limited(newestFirst(judged, dateFor), { most: MEDICINES, keep: keepOf, dateFor, to });
  const inDispute = (item: Medicine): boolean => item.conflicts.length > 0;
  return { ...section, items: [...section.items.filter(inDispute), ...section.items.filter((item) => !inDispute(item))] };
}

/** An order that was withdrawn or stopped, a handing out that was declined. */
function endedOf(fact: Fact<MedicineRecord>): readonly Ended[] {
  const item = withIngredient(medicine(fact));
  if (isWithdrawn(fact.record.orderControl)) return [{ what: item.stage === "ordered" ? "stopped" : "declined", item }];
  return item.stage === "ordered" && isSaidStopped(item) ? [{ what: "stopped", item }] : [];
}

const withIngredient = (item: Medicine): Medicine => ({ ...item, ingredient: ingredientOf(item.drug) });

const keepOf = (item: Medicine): string | null => (item.conflicts.length > 0 ? JSON.stringify(item) : dangerOf(item));

export const isWithdrawn = (orderControl: string): boolean => orderControl === "CA" || orderControl === "DC";

const dateFor = (item: Medicine): string | null => item.start ?? item.date;

/** One key for each line of the strip; refused or not given lines are none. */
function dangerOf(item: Medicine): string | null {
  if (item.completion === "refused" || item.completion === "notGiven") return null;
  const verdicts = judgeMedicine(item, projectRules);
  return verdicts.length === 0
    ? null
    : JSON.stringify([item.source, foldForSearch(item.drug.text), verdicts.map((verdict) => verdict.rule)]);
}

const completions: Readonly<Record<string, Medicine["completion"]>> = { CP: "complete", PA: "partial", RE: "refused", NA: "notGiven" };

function medicine(fact: Fact<MedicineRecord>): Medicine {
  const { record } = fact;
  // A supply begins when it is handed out, unless the order says a later day.
  const start = record.stage === "dispensed" ? laterDay(dateOf(record.start), dateOf(record.date)) : dateOf(record.start);
  const days = countOf(record.days);
  const notGiven = record.completion === "RE" || record.completion === "NA";
  return {
    ...itemOf(fact, record.date),
    drug: coded(record.drug),
    stage: record.stage === "dispensed" ? "dispensed" : record.stage === "given" ? "given" : "ordered",
    injection: record.injection,
    route: labelOf(record.route),
    form: record.form,
    dosePerIntake: notGiven && /^0*(?:\.0*)?$/.test(record.dosePerIntake?.value ?? "") ? null : quantityOf(record.dosePerIntake),
    dosePerDay: quantityOf(record.dosePerDay),
    total: quantityOf(record.total),
    usage: usageOf(record),
    days,
    times: countOf(record.times),
    start,
    end: dateOf(record.end) ?? (start !== null && days !== null && days > 0 ? dayAfter(start, days - 1) : null),
    setting: settingOf(record),
    completion: completions[record.completion] ?? null,
    department: labelOf(record.department),
    ingredient: "",
    conflicts: [],
    group: record.group === "" ? "" : `${record.orderNo}/${record.group}`,
    note: record.note,
  };
}

const laterDay = (start: string | null, done: string | null): string | null =>
  start !== null && (done === null || start.slice(0, 10) >= done.slice(0, 10)) ? start : done;

function usageOf(record: MedicineRecord): string {
  const said = [labelOf(record.usage), record.usageText].filter((part) => part !== "");
  return said.filter((part, i) => !said.some((other, j) => j !== i && other.includes(part) && (other !== part || j < i))).join(" ");
}

/** RXE-21 (OHP, OHI, OHO: outpatient; IHP: inpatient), else the kind of the order. Local codes are not read. */
function settingOf(record: MedicineRecord): Medicine["setting"] {
  const codes = record.categories.flatMap(({ codings }) => codings.filter(({ system }) => !isLocal(system)).map(({ code }) => code));
  if (codes.some((code) => /^OH[PIO]$/.test(code))) return "outpatient";
  if (codes.includes("IHP")) return "inpatient";
  return record.orderType === "O" ? "outpatient" : record.orderType === "I" ? "inpatient" : "unknown";
}
