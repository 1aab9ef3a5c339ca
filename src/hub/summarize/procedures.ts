import type { Procedure, Section } from "../../shared/summary/summary.ts";
import type { ProcedureRecord } from "../record/record.ts";
import { coded, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";
import { limited } from "./section.ts";

export const PROCEDURES = 60;

/** Examinations performed and their results, with the study they belong to; withdrawn ones and findings that were taken back are left out. */
export function summarizeProcedures(facts: Facts, to: string): Section<Procedure> {
  const standing = facts.of("procedure").filter(({ record }) => !isWithdrawn(record.orderControl));
  return limited(newestFirst(withoutRepeats(standing.map(procedure))), {
    most: PROCEDURES,
    keep: () => null,
    dateFor: (item) => item.date,
    to,
  });
}

function procedure(fact: Fact<ProcedureRecord>): Procedure {
  const { record } = fact;
  return {
    ...itemOf(fact, record.date),
    name: coded(record.name),
    what: record.what,
    modality: record.modality,
    accession: record.accession,
    studyUid: record.studyUid,
    findings: record.findings
      .filter(({ status, value }) => !/^[XDO]$/.test(status) && value.trim() !== "")
      .map(({ test, value, unit }) => [labelOf(test), `${value} ${unit}`.trim()].filter((part) => part !== "").join(": ")),
    department: labelOf(record.department),
  };
}
