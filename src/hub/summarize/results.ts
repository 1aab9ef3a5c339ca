/** Results of tests as every section that has them takes them: those that stand, by test and specimen. */
import { standardSystem } from "../../shared/summary/coding.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Lab } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { compare, dateOf, type Fact, type Facts, labelOf } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";

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

export const timeOf = ({ record }: Fact<LabRecord>): string => dateOf(record.collected) ?? dateOf(record.date) ?? "";

export function resultOf(record: LabRecord): string {
  return record.valueConcept === null ? record.value : labelOf(record.valueConcept) || record.value;
}

export const flagOf = (record: LabRecord): Lab["flag"] => flags.find((flag) => record.flags.includes(flag)) ?? "";

const flags: readonly Lab["flag"][] = ["HH", "LL", "H", "L", "A", "N"];

/** Results the patient was told of and results not told of, each in their order: one must not stand in the place of the other, nor beside it as the previous value. */
export function byDisclosure(standing: readonly Fact<LabRecord>[]): readonly (readonly Fact<LabRecord>[])[] {
  const told = standing.filter(({ record }) => record.disclosure === undefined);
  const untold = standing.filter(({ record }) => record.disclosure !== undefined);
  return [told, untold].filter((group) => group.length > 0);
}
