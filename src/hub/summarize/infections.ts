import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Diagnosis, Infection, Section } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { coded, type Fact, type Facts, itemOf } from "./facts.ts";
import { germSaid, isInfection, namesGerm, saidBy } from "./infection-tests.ts";
import { byDisclosure, resultOf, resultsOf } from "./results.ts";
import { byDate } from "./section.ts";
import type { Dangers } from "./stated.ts";

export const INFECTIONS = 80;

/**
 * Infections that care staff must know of: tests (sent as such, by JLAC10, or by name) with the last result of each, and diagnoses that the danger
 * rules call infections. A negative result is an item too, dated, never 「なし」; a number alone is neither positive nor negative. Antibodies that
 * a vaccination leaves (HBs抗体, 麻疹, 風疹 …) are no infection. A suspicion is 「疑い」, never diagnosed.
 */
export function summarizeInfections(facts: Facts, diagnoses: readonly Diagnosis[], dangersOf: Dangers, to: string): Section<Infection> {
  const tested = resultsOf(facts, ({ record }) => isInfection(record))
    .flatMap(byDisclosure)
    .flatMap(([newest]) => (newest === undefined ? [] : [fromTest(newest)]));
  const diagnosed = diagnoses.filter((item) => item.active && dangersOf(item.disease).includes("infection")).map(fromDiagnosis);
  return byDate([...tested, ...diagnosed], to, INFECTIONS, (item) =>
    item.result === "positive" || item.result === "diagnosed" ? JSON.stringify([item.source, foldForSearch(item.agent.text)]) : null,
  );
}

function fromTest(fact: Fact<LabRecord>): Infection {
  const { record } = fact;
  const value = resultOf(record).trim();
  const range = record.range === "" ? "" : `（基準 ${record.range}）`;
  const preliminary = record.resultStatus === "P" || record.resultStatus === "" ? " 中間報告" : "";
  const named = namesGerm(value);
  const test = coded(record.test);
  return {
    ...itemOf(fact, record.collected ?? record.date),
    agent: named ? { ...test, text: `${test.text}: ${value}` } : test,
    result: named ? germSaid(value) : saidBy(value, record.flags),
    text: `${`${value} ${record.unit}`.trim()}${range}${preliminary}`,
  };
}

function fromDiagnosis({ date, source, received, warnings, also, disease, suspected, onset }: Diagnosis): Infection {
  return {
    date: onset ?? date,
    source,
    received,
    warnings,
    also,
    agent: disease,
    result: suspected ? "unclear" : "diagnosed",
    text: suspected ? "疑い（病名）" : "病名",
  };
}
