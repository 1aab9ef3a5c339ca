import type { Section, Visit } from "../../shared/summary/summary.ts";
import type { VisitRecord } from "../record/record.ts";
import { compare, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { limited } from "./section.ts";

export const VISITS = 60;

/**
 * Visits, newest first. A discharge belongs to the admission of the same hospital with the same admission day, else to the last
 * one before it that has none yet: one stay, `event` "admission" with both dates. A stay without discharge is still going on.
 */
export function summarizeVisits(facts: Facts, to: string): Section<Visit> {
  const standing = facts.of("visit").filter(({ record }) => !record.cancelled);
  const outpatient = standing.filter(({ record }) => record.event === "outpatient").map(visit);
  const stays = facts.sources.flatMap((_, source) => staysOf(standing.filter((fact) => fact.source === source)));
  const items = newestFirst(withoutRepeats([...outpatient, ...stays]), dateFor);
  return limited(items, { most: VISITS, keep: () => null, dateFor, to });
}

const dateFor = (item: Visit): string | null => item.admitted ?? item.discharged ?? item.date;

function visit(fact: Fact<VisitRecord>): Visit {
  const { record } = fact;
  return {
    ...itemOf(fact, record.date),
    event: record.event,
    department: labelOf(record.department),
    ward: [record.ward, record.room].filter((part) => part !== "").join(" "),
    doctor: record.doctor,
    admitted: dateOf(record.admitted),
    discharged: dateOf(record.discharged),
  };
}

function staysOf(facts: readonly Fact<VisitRecord>[]): readonly Visit[] {
  const byDay = new Map<string, Visit>();
  for (const fact of facts.filter(({ record }) => record.event === "admission")) {
    const stay = visit(fact);
    const admitted = stay.admitted ?? stay.date;
    // The same admission sent again (another file, a correction): the newest one counts.
    byDay.set(admitted?.slice(0, 10) ?? JSON.stringify(stay), { ...stay, admitted });
  }
  const stays = [...byDay.values()].sort((a, b) => compare(dateFor(a) ?? "", dateFor(b) ?? ""));
  const alone: Visit[] = [];
  const leavings = facts.filter(({ record }) => record.event === "discharge").map(visit);
  for (const leaving of leavings.toSorted((a, b) => compare(left(a), left(b)))) {
    const at = stayOf(leaving, stays);
    const stay = stays[at];
    if (stay === undefined) alone.push({ ...leaving, discharged: leaving.discharged ?? leaving.date });
    else stays[at] = joined(stay, leaving);
  }
  return [...stays, ...alone];
}

const left = (leaving: Visit): string => leaving.discharged ?? leaving.date ?? "";

function stayOf(leaving: Visit, stays: readonly Visit[]): number {
  const sameDay = stays.findIndex((stay) => stay.admitted !== null && stay.admitted.slice(0, 10) === leaving.admitted?.slice(0, 10));
  if (sameDay >= 0 || leaving.admitted !== null) return sameDay;
  return stays.findLastIndex((stay) => stay.discharged === null && (dateFor(stay) ?? "") <= left(leaving));
}

function joined(stay: Visit, leaving: Visit): Visit {
  return {
    ...stay,
    discharged: leaving.discharged ?? leaving.date,
    department: stay.department || leaving.department,
    ward: stay.ward || leaving.ward,
    doctor: stay.doctor || leaving.doctor,
    received: compare(stay.received, leaving.received) > 0 ? stay.received : leaving.received,
    warnings: [...new Set([...stay.warnings, ...leaving.warnings])].sort(),
  };
}
