import type { Section, Visit } from "../../shared/summary/summary.ts";
import type { VisitRecord } from "../record/record.ts";
import { compare, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { limited } from "./section.ts";

export const VISITS = 60;

/**
 * Visits, newest first. A discharge belongs to the admission of the same hospital with the same admission day, else to the last
 * one before it that has none yet: one stay, `event` "admission" with both dates. A stay without discharge is still going on; transfers and changes of
 * the doctor within a stay say where the person lies now. Plans stand while their day is still to come (as of the last receipt), never as what happened.
 */
export function summarizeVisits(facts: Facts, to: string): Section<Visit> {
  const standing = facts.of("visit").filter(({ record }) => !record.cancelled);
  const named = departmentsOf(facts);
  const of = (...events: readonly Visit["event"][]): readonly Visit[] =>
    standing.filter(({ record }) => events.includes(record.event)).map((fact) => visit(fact, named));
  const moves = of("transfer", "doctorChange");
  const stays = facts.sources
    .flatMap((_, source) =>
      staysOf(
        standing.filter((fact) => fact.source === source),
        named,
      ),
    )
    .map((stay) => afterMoves(stay, moves));
  const planned = of("plannedAdmission", "plannedTransfer", "plannedDischarge").filter((plan) => isToCome(plan, to));
  // Who the doctor is stands in the stay; alone it is told only where no stay is known.
  const changes = moves.filter((move) => move.event === "transfer" || !stays.some((stay) => isWithin(move, stay)));
  const items = newestFirst(withoutRepeats([...of("outpatient", "leave", "return"), ...changes, ...stays, ...planned]), dateFor);
  return limited(items, {
    most: VISITS,
    keep: (item) =>
      item.event.startsWith("planned") || (item.event === "admission" && item.discharged === null) ? JSON.stringify(item) : null,
    dateFor,
    to,
  });
}

/** A plan without a day is kept: nobody knows that it has passed. */
function isToCome(plan: Visit, to: string): boolean {
  const day = plan.date?.slice(0, 10);
  return day === undefined || to === "" || day >= to.slice(0, day.length);
}

function isWithin(move: Visit, stay: Visit): boolean {
  const day = move.date?.slice(0, 10) ?? "";
  const from = (stay.admitted ?? stay.date ?? "").slice(0, 10);
  return move.source === stay.source && from !== "" && from <= day && (stay.discharged === null || day <= stay.discharged.slice(0, 10));
}

/** Ward, department and doctor of the last move within the stay. */
function afterMoves(stay: Visit, moves: readonly Visit[]): Visit {
  const within = moves
    .filter((move) => isWithin(move, stay))
    .toSorted((a, b) => compare(a.date ?? "", b.date ?? "") || compare(a.received, b.received));
  let now = stay;
  for (const move of within) {
    now = {
      ...now,
      ward: move.ward || now.ward,
      department: move.department || now.department,
      doctor: move.doctor || now.doctor,
      received: compare(now.received, move.received) > 0 ? now.received : move.received,
      warnings: [...new Set([...now.warnings, ...move.warnings])].sort(),
    };
  }
  return now;
}

const dateFor = (item: Visit): string | null => item.admitted ?? item.discharged ?? item.date;

type Departments = ReadonlyMap<string, string>;

/** PV1-10 holds a code alone; what the same hospital calls that code in its orders (ORC-17) is its name. Two names for one code name nothing. */
function departmentsOf(facts: Facts): Departments {
  const named = new Map<string, string>();
  const told = [...facts.of("medicine"), ...facts.of("diagnosis"), ...facts.of("procedure"), ...facts.of("visit")];
  for (const { file, record } of told) {
    for (const { code, text } of record.department?.codings ?? []) {
      if (code === "" || text === "" || text === code) continue;
      const key = JSON.stringify([file.facility, code]);
      named.set(key, (named.get(key) ?? text) === text ? text : "");
    }
  }
  return named;
}

function departmentOf({ record, file }: Fact<VisitRecord>, named: Departments): string {
  const code = record.department?.codings[0]?.code ?? "";
  const label = labelOf(record.department);
  return label === code ? named.get(JSON.stringify([file.facility, code])) || label : label;
}

function visit(fact: Fact<VisitRecord>, named: Departments): Visit {
  const { record } = fact;
  return {
    ...itemOf(fact, record.date),
    event: record.event,
    department: departmentOf(fact, named),
    ward: [record.ward, record.room].filter((part) => part !== "").join(" "),
    doctor: record.doctor,
    admitted: dateOf(record.admitted),
    discharged: dateOf(record.discharged),
  };
}

function staysOf(facts: readonly Fact<VisitRecord>[], named: Departments): readonly Visit[] {
  const byDay = new Map<string, Visit>();
  for (const fact of facts.filter(({ record }) => record.event === "admission")) {
    const stay = visit(fact, named);
    const admitted = stay.admitted ?? stay.date;
    // The same admission sent again (another file, a correction): the newest one counts.
    byDay.set(admitted?.slice(0, 10) ?? JSON.stringify(stay), { ...stay, admitted });
  }
  const stays = [...byDay.values()].sort((a, b) => compare(dateFor(a) ?? "", dateFor(b) ?? ""));
  const alone: Visit[] = [];
  const leavings = facts.filter(({ record }) => record.event === "discharge").map((fact) => visit(fact, named));
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
