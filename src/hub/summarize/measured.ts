import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Checkup, Section, Vital } from "../../shared/summary/summary.ts";
import type { VitalRecord } from "../record/record.ts";
import { coded, compare, dateOf, type Fact, type Facts, itemOf, labelOf } from "./facts.ts";
import { flagOf, isCheckup, resultOf, resultsOf } from "./results.ts";
import { byDate } from "./section.ts";

export const VITALS = 100;
export const CHECKUPS = 200;

/** The newest value of each vital sign at each hospital; scales of consciousness and what has no name of its own are told apart by their label. */
export function summarizeVitals(facts: Facts, to: string): Section<Vital> {
  const newest = new Map<string, Fact<VitalRecord>>();
  for (const fact of facts.of("vital")) {
    const { what, test, value, disclosure = "" } = fact.record;
    if (value.trim() === "") continue;
    const key = JSON.stringify([
      fact.source,
      what,
      what === "other" || what === "consciousness" ? foldForSearch(labelOf(test)) : "",
      disclosure,
    ]);
    const before = newest.get(key);
    if (before === undefined || compare(timeOf(before), timeOf(fact)) <= 0) newest.set(key, fact);
  }
  const items = [...newest.values()].map((fact): Vital => {
    const { what, test, value, unit } = fact.record;
    return { ...itemOf(fact, fact.record.date), what, test: coded(test), value, unit };
  });
  return byDate(items, to, VITALS);
}

const timeOf = ({ record }: Fact<VitalRecord>): string => dateOf(record.date) ?? "";

/** Findings of check-ups (特定健診 …), newest first; no result that was taken back, and none of them among the laboratory's. */
export function summarizeCheckups(facts: Facts, to: string): Section<Checkup> {
  const standing = resultsOf(facts, ({ record }) => isCheckup(record)).flat();
  const items = standing.map((fact): Checkup => {
    const { record } = fact;
    const { unit, range } = record;
    return {
      ...itemOf(fact, record.collected ?? record.date),
      test: coded(record.test),
      value: resultOf(record),
      unit,
      range,
      flag: flagOf(record),
    };
  });
  return byDate(items, to, CHECKUPS);
}
