import { LAB_HISTORY, type Lab, type LabPoint, type LabValue, type Section } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { analyteOf } from "./analytes.ts";
import { coded, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst } from "./facts.ts";
import { isInfection } from "./infection-tests.ts";
import { byDisclosure, flagOf, isCheckup, resultOf, resultsOf, timeOf } from "./results.ts";
import { limited } from "./section.ts";
import { agree, bothCoded, codeKeys, either, foldAcross, textKeys } from "./together.ts";

export const LABS = 120;

/**
 * The latest and the previous value of each test of each specimen. Results F, C and P stand (C takes the place of what it corrects);
 * X and D were taken back, O is an order and never a result. Tests are the same across hospitals by their 17-digit JLAC10 code alone; one
 * value sent by several sources is one item. Check-ups and what is sent as a list of infections have sections of their own.
 */
export function summarizeLabs(facts: Facts, to: string): Section<Lab> {
  const groups = resultsOf(facts, ({ record }) => !isCheckup(record) && !(record.group === "infection" && isInfection(record)));
  const ordered = newestFirst(groups.flatMap(byDisclosure).flatMap(latest));
  const items = newestFirst(
    foldAcross(
      ordered.map((item) => ({ item, keys: namesOf(item) })),
      joined,
    ),
  );
  return limited(items, {
    most: LABS,
    keep: (lab) => (lab.analyte === "" ? null : `${lab.source}|${lab.analyte}`),
    dateFor: (lab) => lab.date,
    to,
  });
}

const namesOf = ({ test, specimen, date }: Lab): readonly string[] => {
  const day = date?.slice(0, 10) ?? "";
  return [...textKeys(test.text, specimen, day), ...codeKeys(test).map((key) => `${key}|${specimen}|${day}`)];
};

/** One value of one collection, sent twice. */
function joined(head: Lab, other: Lab): Lab | null {
  const unit = either(head.unit, other.unit);
  const flag = head.flag === "" || head.flag === other.flag ? other.flag : other.flag === "" ? head.flag : null;
  const same = head.value.trim() === other.value.trim() && head.date !== null && other.date !== null && agree(head.date, other.date);
  if (!same || unit === null || flag === null || head.result !== other.result) return null;
  return {
    ...head,
    unit,
    flag,
    test: bothCoded(head.test, other.test),
    range: head.range || other.range,
    previous: head.previous ?? other.previous,
    // One of the two as a whole: two hospitals' local codes never make one line.
    history: head.history.length > 0 ? head.history : other.history.filter((point) => point.unit === unit),
    analyte: head.analyte || other.analyte,
    notes: [...new Set([...head.notes, ...other.notes])],
  };
}

/** All values of the newest collection, each with the one before it: what several sources say of one time all stands, a time that one of them gives as a day included. */
function latest(standing: readonly Fact<LabRecord>[]): readonly Lab[] {
  const newest = standing[0];
  if (newest === undefined) return [];
  const time = timeOf(newest);
  const isTogether = (fact: Fact<LabRecord>): boolean =>
    timeOf(fact) === time || (fact.source !== newest.source && timeOf(fact) !== "" && agree(timeOf(fact), time));
  const before = standing.filter((fact) => timeOf(fact) < time && !isTogether(fact));
  return standing.filter(isTogether).map((fact) => lab(fact, before));
}

function lab(fact: Fact<LabRecord>, before: readonly Fact<LabRecord>[]): Lab {
  const { record } = fact;
  const [previous] = before;
  const item = itemOf(fact, record.collected ?? record.date);
  const specimen = labelOf(record.specimen);
  const odd = [
    ...(record.valueType === "NM" && !/^[+-]?\d+(?:\.\d+)?$/.test(record.value.trim()) ? ["number-malformed"] : []),
    ...(record.resultStatus === "" ? ["field-missing"] : []),
  ];
  return {
    ...item,
    warnings: [...new Set([...item.warnings, ...odd])].sort(),
    test: coded(record.test),
    specimen,
    value: resultOf(record),
    unit: record.unit,
    range: record.range,
    flag: flagOf(record),
    result: record.resultStatus === "F" ? "final" : record.resultStatus === "C" ? "corrected" : "preliminary",
    previous: previous === undefined ? null : labValue(previous),
    history: historyOf(fact, before),
    analyte: analyteOf(record.test, specimen),
    notes: record.notes,
  };
}

/** What may stand in one line with a value: the same unit, letter for letter, of the two years before it. What two sources say of one time alike stands once. */
function historyOf(fact: Fact<LabRecord>, before: readonly Fact<LabRecord>[]): readonly LabPoint[] {
  const from = twoYearsBefore(timeOf(fact));
  const points = new Map<string, LabPoint>();
  for (const one of before) {
    if (points.size === LAB_HISTORY) break;
    if (one.record.unit !== fact.record.unit || timeOf(one) < from) continue;
    const point = { ...labValue(one), flag: flagOf(one.record) };
    const said = JSON.stringify([point.date, point.value]);
    if (!points.has(said)) points.set(said, point);
  }
  return [...points.values()];
}

/** Compared as text with dates of any precision: "2026-05-03T09:00" → "2024-05-03T09:00"; without a time nothing is before. */
function twoYearsBefore(time: string): string {
  return time === "" ? "\uffff" : `${String(Number(time.slice(0, 4)) - 2).padStart(4, "0")}${time.slice(4)}`;
}

function labValue({ record, source }: Fact<LabRecord>): LabValue {
  return { value: resultOf(record), unit: record.unit, date: dateOf(record.collected) ?? dateOf(record.date), source };
}
