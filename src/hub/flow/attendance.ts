import type { Clock } from "../../shared/clock.ts";
import { dayInJapan } from "../people/consent.ts";
import type { SourceRecord, VisitRecord } from "../record/record.ts";
import { facilities } from "../store/facility.ts";
import { filesAround, lastHeard } from "../store/fileAround.ts";
import { type PatientRow, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { readStored } from "./formats.ts";
import { permitsOf, refusersLike } from "./permit.ts";
import { permittedOf } from "./summary.ts";

/** What the records say of one person around one moment; see hub/review/evidence.ts, which asks. */
export interface Attendance {
  readonly around: boolean;
  readonly after: boolean;
  readonly heard: number | null;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const jstMs = 9 * hourMs;
/** A facility that sent nothing for so long is not waited for. */
const silentMs = 30 * dayMs;
/** An admission without a discharge counts for so long. */
const stayMs = 180 * dayMs;
const batch = 100;

/** Types whose day says nothing of the moment: admissions and discharges of before, and FHIR, whose path names no day. */
const anyDay = ["ADT-22", "ADT-52", "FHIR", "DICOM"];

/**
 * Whether these people were seen at any facility around these moments (ms), `hours` before and after: a visit, an order, a result, something
 * given or done, or a stay. Only the days in question are read, and only what consent lets be read; null for whom the hub does not
 * know or may not look at. What hospitals date to the day counts for the whole day.
 */
export async function attendance(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  asked: readonly { readonly person: string; readonly at: number }[],
  hours: number,
): Promise<readonly (Attendance | null)[]> {
  if (asked.length === 0) return [];
  const heard = await heardUntil(db, clock.now());
  const found: (Attendance | null)[] = [];
  for (let at = 0; at < asked.length; at += batch) {
    const part = asked.slice(at, at + batch);
    const patients = await readable(db, clock.now(), [...new Set(part.map(({ person }) => person))]);
    const days = [...new Set(part.flatMap((one) => daysAround(one.at, hours)))];
    const events = await eventsOf(db, [...patients.values()].flat(), days);
    for (const { person, at: moment } of part) {
      const rows = patients.get(person) ?? [];
      const own = rows.flatMap(({ facility, pid }) => events.get(`${facility}|${pid}`) ?? []);
      found.push(rows.length === 0 ? null : { ...seen(own, moment, hours * hourMs), heard });
    }
    // A long list is no reason to keep devices waiting.
    await new Promise((resume) => setImmediate(resume));
  }
  return found;
}

/** Patients of each of these persons that may be read. */
async function readable(db: Db, now: number, persons: readonly string[]): Promise<Map<string, readonly PatientRow[]>> {
  const linked = await patientsOf(db, persons);
  const permits = await permitsOf(db, linked, dayInJapan(now));
  const likeness = await refusersLike(db, linked, permits);
  return new Map(
    persons.map((person) => {
      const permitted = permittedOf(
        linked.filter((row) => row.person === person),
        permits,
        likeness,
      );
      return [person, "withheld" in permitted ? [] : permitted.readable];
    }),
  );
}

/** One thing that a record dates: [from, until) ms. */
interface Event {
  readonly from: number;
  readonly until: number;
  readonly what: "care" | "admission" | "discharge";
}

async function eventsOf(db: Db, patients: readonly PatientRow[], days: readonly string[]): Promise<Map<string, Event[]>> {
  const events = new Map<string, Event[]>();
  for (const stored of await filesAround(db, patients, days, anyDay)) {
    const key = `${stored.facility}|${stored.pid}`;
    const found = (readStored(stored)?.records ?? []).flatMap(eventsIn);
    events.set(key, [...(events.get(key) ?? []), ...found]);
  }
  return events;
}

function eventsIn(record: SourceRecord): Event[] {
  if (record.kind === "visit") return visitEvents(record);
  const dates = datesOf(record);
  return dates.flatMap((date) => (date === null ? [] : spanOf(date).map((span) => ({ ...span, what: "care" as const }))));
}

/** What is planned only, or was taken back, is no care. */
function datesOf(record: SourceRecord): readonly (string | null)[] {
  switch (record.kind) {
    case "order":
      return isWithdrawn(record.orderControl) ? [] : [record.date, record.planned];
    case "medicine":
      return isWithdrawn(record.orderControl) || record.stage === "dispensed" ? [] : [record.date];
    case "lab":
      return isWithdrawn(record.orderControl) ? [] : [record.collected ?? record.date];
    case "procedure":
    case "study":
    case "vital":
      return [record.date];
    default:
      return [];
  }
}

const isWithdrawn = (control: string): boolean => control === "CA" || control === "DC";

function visitEvents({ event, cancelled, date, admitted, discharged }: VisitRecord): Event[] {
  if (cancelled || event.startsWith("planned")) return [];
  const at = (when: string | null, what: Event["what"]) => (when === null ? [] : spanOf(when).map((span) => ({ ...span, what })));
  if (event === "admission") return [...at(admitted ?? date, "admission"), ...at(discharged, "discharge")];
  if (event === "discharge") return [...at(admitted, "admission"), ...at(discharged ?? date, "discharge")];
  return at(date, "care");
}

function seen(events: readonly Event[], at: number, ms: number): Omit<Attendance, "heard"> {
  const within = (from: number, until: number) => events.some((event) => event.from < until && event.until > from);
  const stays = events
    .filter(({ what, from }) => what === "admission" && from <= at && from > at - stayMs)
    .some((admission) => !events.some(({ what, from, until }) => what === "discharge" && from >= admission.from && until <= at));
  const after = stays || within(at, at + ms);
  return { around: after || within(at - ms, at + ms), after };
}

/** "2026-11-20", "2026-11-20T22", …T22:46, …T22:46:03: local time of Japan. What is vaguer than a day places nothing. */
function spanOf(date: string): { from: number; until: number }[] {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?/.exec(date);
  if (match === null) return [];
  const [, year, month, day, hour, minute, second] = match;
  const from = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)) - jstMs;
  const long = hour === undefined ? dayMs : minute === undefined ? hourMs : second === undefined ? 60_000 : 1_000;
  return Number.isNaN(from) ? [] : [{ from, until: from + long }];
}

/** Days of Japan's clock that the hours touch, YYYYMMDD. */
function daysAround(at: number, hours: number): string[] {
  const first = new Date(at - hours * hourMs + jstMs);
  if (Number.isNaN(first.getTime()) || Number.isNaN(new Date(at + hours * hourMs + jstMs).getTime())) return [];
  const days: string[] = [];
  for (let day = Math.floor(first.getTime() / dayMs); day * dayMs <= at + hours * hourMs + jstMs; day++)
    days.push(new Date(day * dayMs).toISOString().slice(0, 10).replaceAll("-", ""));
  return days;
}

/** The moment until which every facility that still sends was heard; null: none does. */
async function heardUntil(db: Db, now: number): Promise<number | null> {
  const codes = (await facilities(db)).map(({ code }) => code);
  const times = [...(await lastHeard(db, codes)).values()].map((iso) => Date.parse(iso)).filter((time) => time > now - silentMs);
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}

/** The seam of the review, filled in for one store. */
export function attendanceIn({ store, clock }: { readonly store: { readonly db: Db }; readonly clock: Clock }) {
  return (asked: Parameters<typeof attendance>[1], hours: number) => attendance({ db: store.db, clock }, asked, hours);
}
