import type { ClinicalDate } from "../../shared/summary/summary.ts";

/**
 * Dates as clinical-safety.md §5 wants them: YYYY-MM-DD with weekday, 24-hour clock, both calendars for birth dates.
 * Clinical dates are hospital local time (Japan); "today" is therefore the day in Japan, wherever the device thinks it is.
 */

const japanOffset = 9 * 3_600_000;
const dayMs = 86_400_000;
const weekdays = { ja: ["日", "月", "火", "水", "木", "金", "土"], en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] } as const;
type Language = keyof typeof weekdays;

/** First day of each era, newest first. Before 1873 Japan kept another calendar, so older years name no era. */
const eras = [
  { from: "2019-05-01", ja: "令和", en: "Reiwa" },
  { from: "1989-01-08", ja: "平成", en: "Heisei" },
  { from: "1926-12-25", ja: "昭和", en: "Shōwa" },
  { from: "1912-07-30", ja: "大正", en: "Taishō" },
  { from: "1873-01-01", ja: "明治", en: "Meiji" },
] as const;
const eraFirstYear = { 令和: 2019, 平成: 1989, 昭和: 1926, 大正: 1912, 明治: 1868 } as const;

/** Whole days since 1970 of a YYYY-MM-DD…, or null when it is no day of the calendar. */
export function dayNumber(date: ClinicalDate): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(date);
  if (match === null) return null;
  const ms = Date.parse(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(match[3]) ? null : ms / dayMs;
}

/** Today in Japan, YYYY-MM-DD. */
export function dayInJapan(now: number): string {
  return new Date(now + japanOffset).toISOString().slice(0, 10);
}

/**
 * 2026-11-12（木）14:05; an hour sent without minutes stays an hour (14時台), since "14:00" would claim more than was sent.
 * What has no day keeps the precision it was sent with, and what is no date is given back as sent.
 */
export function formatDate(date: ClinicalDate, language: Language): string {
  const day = dayNumber(date);
  if (day === null) return date;
  const weekday = weekdays[language][new Date(day * dayMs).getUTCDay()] as string;
  const sent = date.slice(11, 16);
  const hour = /^\d{2}:?$/.test(sent) ? sent.slice(0, 2) : null;
  const time = hour === null ? sent : language === "ja" ? `${Number(hour)}時台` : `${hour}h`;
  const text = language === "ja" ? `${date.slice(0, 10)}（${weekday}）` : `${date.slice(0, 10)} (${weekday})`;
  return time === "" ? text : `${text}${language === "ja" ? "" : " "}${time}`;
}

/** An instant as Japan's wall clock shows it: 2026-11-20 14:05. */
export function formatInstant(instant: string | number): string {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  return Number.isNaN(ms) ? String(instant) : new Date(ms + japanOffset).toISOString().slice(0, 16).replace("T", " ");
}

/** Completed weeks and days of a pregnancy today, 40 weeks being the due date; null without a day, before it can have begun, or three weeks past it. */
export function weeksOn(due: ClinicalDate, now: number): { readonly weeks: number; readonly days: number } | null {
  const at = dayNumber(due);
  if (at === null) return null;
  const days = 280 - (at - (dayNumber(dayInJapan(now)) as number));
  return days < 0 || days > 301 ? null : { weeks: Math.floor(days / 7), days: days % 7 };
}

export interface Elapsed {
  readonly unit: "today" | "minutes" | "hours" | "days" | "months" | "years" | "future";
  readonly n: number;
}

/** How long ago a clinical date is; null when it cannot be told. */
export function elapsedSince(date: ClinicalDate, now: number): Elapsed | null {
  const today = dayInJapan(now);
  const day = dayNumber(date);
  if (day !== null) {
    const days = (dayNumber(today) as number) - day;
    if (days < 0) return { unit: "future", n: -days };
    if (days === 0) return { unit: "today", n: 0 };
    if (days < 60) return { unit: "days", n: days };
  }
  const match = /^(\d{4})(?:-(\d{2}))?/.exec(date);
  if (match === null) return null;
  const years = Number(today.slice(0, 4)) - Number(match[1]);
  if (match[2] === undefined) return years > 0 ? { unit: "years", n: years } : null;
  const early = day !== null && today.slice(8, 10) < date.slice(8, 10) ? 1 : 0;
  const months = years * 12 + Number(today.slice(5, 7)) - Number(match[2]) - early;
  if (months < 1) return null;
  return months < 24 ? { unit: "months", n: months } : { unit: "years", n: Math.floor(months / 12) };
}

/** How long ago an instant is, from minutes up. */
export function elapsedSinceInstant(instant: string | number, now: number): Elapsed | null {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  if (Number.isNaN(ms)) return null;
  const minutes = Math.max(0, Math.floor((now - ms) / 60_000));
  if (minutes < 60) return { unit: "minutes", n: minutes };
  if (minutes < 48 * 60) return { unit: "hours", n: Math.floor(minutes / 60) };
  return elapsedSince(new Date(ms + japanOffset).toISOString().slice(0, 10), now);
}

/** 昭和23年; both eras where a shortened date spans a change of era; "" when no era can be named. */
export function eraOf(date: ClinicalDate, language: Language): string {
  const match = /^(\d{4})(-\d{2})?(-\d{2})?/.exec(date);
  if (match === null) return "";
  const first = `${match[1]}${match[2] ?? "-01"}${match[3] ?? "-01"}`;
  const last = `${match[1]}${match[2] ?? "-12"}${match[3] ?? "-31"}`;
  const eraAt = (day: string) => eras.find(({ from }) => from <= day);
  const spanned = [...new Set([eraAt(first), eraAt(last)])].filter((era) => era !== undefined);
  return spanned
    .map((era) => {
      const year = Number(match[1]) - eraFirstYear[era.ja] + 1;
      return language === "ja" ? `${era.ja}${year === 1 ? "元" : year}年` : `${era.en} ${year}`;
    })
    .join(language === "ja" ? "・" : " / ");
}

export interface Age {
  readonly unit: "years" | "months" | "days";
  readonly n: number;
  /** The birth date was sent without its day. */
  readonly about: boolean;
}

/** Age today: days for newborns, months up to two years. Null when it cannot be told. */
export function ageOf(birthDate: ClinicalDate | null, now: number): Age | null {
  if (birthDate === null) return null;
  const since = elapsedSince(birthDate, now);
  const day = dayNumber(birthDate);
  if (day === null) return since?.unit === "years" || since?.unit === "months" ? { unit: since.unit, n: since.n, about: true } : null;
  if (since === null || since.unit === "future") return null;
  if (since.unit === "today") return { unit: "days", n: 0, about: false };
  return since.unit === "days" || since.unit === "months" || since.unit === "years" ? { unit: since.unit, n: since.n, about: false } : null;
}
