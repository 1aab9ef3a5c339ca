import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Procedure, Section } from "../../shared/summary/summary.ts";
import type { ProcedureRecord } from "../record/record.ts";
import { coded, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";
import { limited } from "./section.ts";
import type { Dangers } from "./stated.ts";

export const PROCEDURES = 60;

/** Examinations and treatments performed and their results, newest first; withdrawn ones and findings that were taken back are left out. */
export function proceduresOf(facts: Facts): readonly Procedure[] {
  const standing = facts.of("procedure").filter(({ record }) => !isWithdrawn(record.orderControl));
  return newestFirst(withoutRepeats(standing.map(procedure)));
}

/** The newest of them; however old, one that speaks of a device or of dialysis is never cut. */
export function summarizeProcedures(newest: readonly Procedure[], dangersOf: Dangers, to: string): Section<Procedure> {
  return limited(newest, {
    most: PROCEDURES,
    keep: ({ source, name }) => {
      const dangers = dangersOf(name);
      return dangers.length === 0 ? null : JSON.stringify([source, dangers, foldForSearch(name.text)]);
    },
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
