import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Lab, LabValue, Section } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { analyteOf } from "./analytes.ts";
import { coded, compare, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";
import { limited } from "./section.ts";

export const LABS = 120;

/**
 * The latest and the previous value of each test of each specimen. Results F, C and P stand (C takes the place of what it corrects);
 * X and D were taken back, O is an order and never a result. Tests are the same across hospitals by their 17-digit JLAC10 code alone.
 */
export function summarizeLabs(facts: Facts, to: string): Section<Lab> {
  const groups = new Map<string, Fact<LabRecord>[]>();
  for (const fact of facts.of("lab")) {
    if (!isResult(fact.record)) continue;
    const key = keyOf(fact);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const items = newestFirst([...groups.values()].flatMap(latest));
  return limited(items, {
    most: LABS,
    keep: (lab) => (lab.analyte === "" ? null : `${lab.source}|${lab.analyte}`),
    dateFor: (lab) => lab.date,
    to,
  });
}

/** A missing OBX-11 is read as preliminary; an empty value is no value. X and D stay for now: they take back what they name. */
function isResult(record: LabRecord): boolean {
  return (
    !isWithdrawn(record.orderControl) &&
    (/^[XD]$/.test(record.resultStatus) || (/^[FCP]?$/.test(record.resultStatus) && resultOf(record).trim() !== ""))
  );
}

function keyOf({ record, file }: Fact<LabRecord>): string {
  const jlac = record.test.codings.find(({ system, code }) => /^JC10/.test(system) && /^[0-9A-Z]{17}$/.test(code));
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

/** Newest collection first; of one collection the newest message counts, and when that takes it back, none does. */
function latest(oldestFirst: readonly Fact<LabRecord>[]): readonly Lab[] {
  const byCollection = new Map<string, Fact<LabRecord>>();
  for (const fact of oldestFirst) byCollection.set(JSON.stringify([timeOf(fact), fact.source, fact.record.subId]), fact);
  const standing = [...byCollection.values()]
    .filter(({ record }) => !/^[XD]$/.test(record.resultStatus))
    .map((fact, i) => ({ fact, i }))
    .sort((a, b) => compare(timeOf(b.fact), timeOf(a.fact)) || b.i - a.i)
    .map(({ fact }) => fact);
  const newest = standing[0];
  if (newest === undefined) return [];
  const time = timeOf(newest);
  const together = standing.filter((fact) => timeOf(fact) === time && fact.source === newest.source);
  const previous = standing.find((fact) => timeOf(fact) < time) ?? null;
  return together.map((fact) => lab(fact, previous));
}

const timeOf = ({ record }: Fact<LabRecord>): string => dateOf(record.collected) ?? dateOf(record.date) ?? "";

function resultOf(record: LabRecord): string {
  return record.valueConcept === null ? record.value : labelOf(record.valueConcept) || record.value;
}

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
    warnings: [...new Set([...item.warnings, ...odd])].sort(),
    test: coded(record.test),
    specimen,
    value: resultOf(record),
    unit: record.unit,
    range: record.range,
    flag: flags.find((flag) => record.flags.includes(flag)) ?? "",
    result: record.resultStatus === "F" ? "final" : record.resultStatus === "C" ? "corrected" : "preliminary",
    previous: before === null ? null : previousValue(before),
    analyte: analyteOf(record.test, specimen),
    notes: record.notes,
  };
}

function previousValue({ record, source }: Fact<LabRecord>): LabValue {
  return { value: resultOf(record), unit: record.unit, date: dateOf(record.collected) ?? dateOf(record.date), source };
}
