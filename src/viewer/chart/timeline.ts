import type { ClinicalDate, Medicine, Procedure, Section, Sections, Visit } from "../../shared/summary/summary.ts";
import { dayNumber } from "./dates.ts";

/** A stretch of days, both included (days since 1970); `open`: nobody wrote when it ended. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
  /** Its first and last date as sent: a month that was sent stays a month. */
  readonly said: readonly [string, string];
}

export interface TimePoint {
  readonly day: number;
  readonly said: string;
  /** A supply from here on, nobody knows until when. */
  readonly open: boolean;
}

export interface TimeRow {
  readonly kind: "stay" | "visit" | "medicine" | "procedure";
  /** "" for stays and outpatient visits, which share one row each. */
  readonly name: string;
  readonly stretches: readonly Stretch[];
  /** Days of what has no length, and of supplies whose end is unknown. */
  readonly points: readonly TimePoint[];
  /** Newest first: what the row is made of, as the page draws it. */
  readonly items: readonly (Visit | Medicine | Procedure)[];
}

export interface Timeline {
  /** First and last day of the picture. */
  readonly from: number;
  readonly to: number;
  readonly today: number;
  readonly rows: readonly TimeRow[];
  /** Items of these sections that have no day, or lie before the picture: said, since they are not in it. */
  readonly undated: number;
  readonly earlier: number;
}

export const timelineMonths = 24;
/** A supply of today lasts some weeks more: today's line must not be the edge. */
const ahead = 45;

/**
 * Stays, visits, supplies of medicines and procedures of the last 24 months up to `today` (YYYY-MM-DD), each as sent: a supply from its start to its last day,
 * the same ingredient in one row, a gap where no supply was. Nothing is guessed: what has no end is a point that says so.
 */
export function timelineOf(
  { visits, medicines, procedures }: Pick<Sections, "visits" | "medicines" | "procedures">,
  today: string,
): Timeline {
  const now = dayNumber(today) as number;
  const from = dayNumber(monthsBefore(today, timelineMonths)) as number;
  const to = now + ahead;
  const happened = visits.items.filter(({ event }) => !event.startsWith("planned"));
  const all: readonly Dated[] = [
    ...happened.map(datedVisit),
    ...taken(medicines).map(datedMedicine),
    ...procedures.items.map(datedProcedure),
  ];
  const within = all.filter(({ start, end }) => start !== null && (end ?? start) >= from && start <= to);
  const rows = new Map<string, Dated[]>();
  for (const one of within) rows.set(`${one.kind} ${one.key}`, [...(rows.get(`${one.kind} ${one.key}`) ?? []), one]);
  return {
    from,
    to,
    today: now,
    rows: [...rows.values()].map((same) => rowOf(same, now)).sort((a, b) => rank[a.kind] - rank[b.kind] || lastOf(b) - lastOf(a)),
    undated: all.filter(({ start }) => start === null).length,
    earlier: all.filter(({ start, end }) => start !== null && (end ?? start) < from).length,
  };
}

const rank: Readonly<Record<TimeRow["kind"], number>> = { stay: 0, visit: 1, medicine: 2, procedure: 3 };
const lastOf = ({ stretches, points }: TimeRow): number => Math.max(...stretches.map(({ to }) => to), ...points.map(({ day }) => day), 0);

interface Dated {
  readonly kind: TimeRow["kind"];
  readonly key: string;
  readonly name: string;
  readonly start: number | null;
  readonly said: readonly [string, string];
  /** null: a point. */
  readonly end: number | null;
  readonly open: boolean;
  readonly item: TimeRow["items"][number];
}

function datedVisit(visit: Visit): Dated {
  const stays = visit.event !== "outpatient" && visit.admitted !== null;
  const start = firstDay(visit.admitted ?? visit.date ?? visit.discharged);
  const end = stays ? lastDay(visit.discharged) : null;
  return {
    kind: stays ? "stay" : "visit",
    key: "",
    name: "",
    start,
    end,
    said: saidOf(visit.admitted ?? visit.date ?? visit.discharged, visit.discharged),
    open: stays && end === null,
    item: visit,
  };
}

function datedMedicine(medicine: Medicine): Dated {
  const { ingredient, drug, stage } = medicine;
  const start = firstDay(medicine.start ?? medicine.date);
  const end = stage === "given" && medicine.end === null ? null : lastDay(medicine.end);
  const key = ingredient === "" ? drug.text.normalize("NFKC") : `= ${ingredient}`;
  return {
    kind: "medicine",
    key,
    name: ingredient === "" ? drug.text : ingredient,
    start,
    end,
    said: saidOf(medicine.start ?? medicine.date, medicine.end),
    open: end === null && stage !== "given",
    item: medicine,
  };
}

function datedProcedure(procedure: Procedure): Dated {
  const { text } = procedure.name;
  return {
    kind: "procedure",
    key: text.normalize("NFKC"),
    name: text,
    start: firstDay(procedure.date),
    end: null,
    said: saidOf(procedure.date, null),
    open: false,
    item: procedure,
  };
}

/** What nobody took is no supply. */
function taken({ items }: Section<Medicine>): readonly Medicine[] {
  return items.filter(({ completion }) => completion !== "refused" && completion !== "notGiven");
}

function rowOf(same: readonly Dated[], today: number): TimeRow {
  const newest = same.toSorted((a, b) => (b.end ?? b.start ?? 0) - (a.end ?? a.start ?? 0));
  const first = newest[0] as Dated;
  // A stay that nobody ended lasts until today; a supply that nobody ended may have ended on any day.
  const stretches = same.flatMap(({ start, end, open, kind, said }): Stretch[] =>
    start === null || (end === null && kind !== "stay") ? [] : [{ from: start, to: end ?? Math.max(start, today), open, said }],
  );
  const points = same.flatMap(({ start, end, kind, said, open }): TimePoint[] =>
    start !== null && end === null && kind !== "stay" ? [{ day: start, said: said[0], open }] : [],
  );
  return {
    kind: first.kind,
    name: first.name,
    stretches: joined(stretches),
    points: points.filter((point, at) => points.findIndex(({ said }) => said === point.said) === at).sort((a, b) => a.day - b.day),
    items: newest.map(({ item }) => item),
  };
}

/** Stretches that touch are one; a day without supply between them stays a gap. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const out: Stretch[] = [];
  for (const next of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last === undefined || next.from > last.to + 1) out.push(next);
    else {
      const later = next.to >= last.to ? next : last;
      out[out.length - 1] = { from: last.from, to: later.to, open: later.open, said: [last.said[0], later.said[1]] };
    }
  }
  return out;
}

const saidOf = (first: ClinicalDate | null, last: ClinicalDate | null): readonly [string, string] => [
  (first ?? "").slice(0, 10),
  (last ?? "").slice(0, 10),
];

/** First possible day of a date of any precision. */
function firstDay(date: ClinicalDate | null): number | null {
  const match = /^(\d{4})(-\d{2})?(-\d{2})?/.exec(date ?? "");
  return match === null ? null : dayNumber(`${match[1]}${match[2] ?? "-01"}${match[3] ?? "-01"}`);
}

/** Last possible day of a date of any precision. */
function lastDay(date: ClinicalDate | null): number | null {
  const match = /^(\d{4})(?:-(\d{2}))?(-\d{2})?/.exec(date ?? "");
  if (match === null) return null;
  if (match[3] !== undefined) return dayNumber(match[0]);
  return Date.UTC(Number(match[1]), match[2] === undefined ? 12 : Number(match[2]), 0) / 86_400_000;
}

function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}

/** YYYY-MM-DD of a day since 1970. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** First days of every sixth month within the picture, for its axis. */
export function ticksOf({ from, to }: Pick<Timeline, "from" | "to">): readonly number[] {
  const ticks: number[] = [];
  for (let month = dayText(from).slice(0, 7), day = from; day <= to; ) {
    ticks.push(day);
    month = dayText(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) + 5, 1) / 86_400_000).slice(0, 7);
    day = dayNumber(`${month}-01`) as number;
  }
  return ticks;
}
