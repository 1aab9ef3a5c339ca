import { standardSystem } from "../../shared/summary/coding.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Lab, LabValue, Section } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { analyteOf } from "./analytes.ts";
import { coded, compare, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";
import { limited } from "./section.ts";
import { agree, bothCoded, codeKeys, either, foldAcross, textKeys } from "./together.ts";

export const LABS = 120;

/**
 * The latest and the previous value of each test of each specimen. Results F, C and P stand (C takes the place of what it corrects);
 * X and D were taken back, O is an order and never a result. Tests are the same across hospitals by their 17-digit JLAC10 code alone; one
 * value sent by several sources is one item. Check-ups and what is sent as a list of infections have sections of their own.
 */
export function summarizeLabs(facts: Facts, to: string): Section<Lab> {
  const groups = resultsOf(facts, ({ record }) => !isCheckup(record) && record.group !== "infection");
  const ordered = newestFirst(groups.flatMap(latest));
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

export const isCheckup = (record: LabRecord): boolean => record.group === "checkup" || record.channel === "checkup";

/** Standing results by test and specimen, each group newest collection first; of one collection the newest message counts. */
export function resultsOf(facts: Facts, wanted: (fact: Fact<LabRecord>) => boolean): readonly (readonly Fact<LabRecord>[])[] {
  const groups = new Map<string, Fact<LabRecord>[]>();
  for (const fact of facts.of("lab")) {
    if (!isResult(fact.record) || !wanted(fact)) continue;
    const key = keyOf(fact);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()].map(standingOf).filter((group) => group.length > 0);
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
    analyte: head.analyte || other.analyte,
    notes: [...new Set([...head.notes, ...other.notes])],
  };
}

/** A missing OBX-11 is read as preliminary; an empty value is no value. X and D stay for now: they take back what they name. */
function isResult(record: LabRecord): boolean {
  return (
    !isWithdrawn(record.orderControl) &&
    (/^[XD]$/.test(record.resultStatus) || (/^[FCP]?$/.test(record.resultStatus) && resultOf(record).trim() !== ""))
  );
}

function keyOf({ record, file }: Fact<LabRecord>): string {
  const jlac = record.test.codings.find(({ system, code }) => standardSystem(system) === "JC10" && /^[0-9A-Z]{17}$/.test(code));
  if (jlac) return jlac.code;
  const own = record.test.codings[0];
  const specimen = record.specimen?.codings[0];
  return JSON.stringify([
    file.facility,
    own?.system ?? "",
    own?.code ?? "",
    foldForSearch(labelOf(record.test)),
    specimen?.code ?? "",
    foldForSearch(labelOf(record.specimen)),
  ]);
}

/** Newest collection first; of one collection of one source the newest message counts, and when that takes it back, none does. */
function standingOf(oldestFirst: readonly Fact<LabRecord>[]): readonly Fact<LabRecord>[] {
  const byCollection = new Map<string, Fact<LabRecord>>();
  for (const fact of oldestFirst) byCollection.set(JSON.stringify([timeOf(fact), fact.source, fact.record.subId]), fact);
  return [...byCollection.values()]
    .filter(({ record }) => !/^[XD]$/.test(record.resultStatus))
    .map((fact, i) => ({ fact, i }))
    .sort((a, b) => compare(timeOf(b.fact), timeOf(a.fact)) || b.i - a.i)
    .map(({ fact }) => fact);
}

/** All values of the newest collection (what several sources say of one time all stands), each with the one before it. */
function latest(standing: readonly Fact<LabRecord>[]): readonly Lab[] {
  const newest = standing[0];
  if (newest === undefined) return [];
  const time = timeOf(newest);
  const previous = standing.find((fact) => timeOf(fact) < time) ?? null;
  return standing.filter((fact) => timeOf(fact) === time).map((fact) => lab(fact, previous));
}

export const timeOf = ({ record }: Fact<LabRecord>): string => dateOf(record.collected) ?? dateOf(record.date) ?? "";

export function resultOf(record: LabRecord): string {
  return record.valueConcept === null ? record.value : labelOf(record.valueConcept) || record.value;
}

export const flagOf = (record: LabRecord): Lab["flag"] => flags.find((flag) => record.flags.includes(flag)) ?? "";

const flags: readonly Lab["flag"][] = ["HH", "LL", "H", "L", "A", "N"];

function lab(fact: Fact<LabRecord>, before: Fact<LabRecord> | null): Lab {
  const { record } = fact;
  const item = itemOf(fact, record.collected ?? record.date);
  const specimen = labelOf(record.specimen);
  const odd = [
    ...(record.valueType === "NM" && !/^[+-]?\d+(?:\.\d+)?$/.test(record.value.trim()) ? ["number-malformed"] : []),
    ...(record.resultStatus === "" ? ["field-missing"] : []),
  ];
  return {
    ...item,
    // A value of 未告知 that stands as the previous one makes the whole item so.
    warnings: [...new Set([...item.warnings, ...odd, ...undisclosedOf(before)])].sort(),
    test: coded(record.test),
    specimen,
    value: resultOf(record),
    unit: record.unit,
    range: record.range,
    flag: flagOf(record),
    result: record.resultStatus === "F" ? "final" : record.resultStatus === "C" ? "corrected" : "preliminary",
    previous: before === null ? null : previousValue(before),
    analyte: analyteOf(record.test, specimen),
    notes: record.notes,
  };
}

const undisclosedOf = (fact: Fact<LabRecord> | null): readonly string[] =>
  fact?.record.disclosure === undefined ? [] : [fact.record.disclosure];

function previousValue({ record, source }: Fact<LabRecord>): LabValue {
  return { value: resultOf(record), unit: record.unit, date: dateOf(record.collected) ?? dateOf(record.date), source };
}
