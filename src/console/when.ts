import type { Language } from "../words/console.ts";

const jstMs = 9 * 60 * 60 * 1000;

/**
 * "2026-11-20（金）22:45": the day in full with its weekday, 24 hours, on Japan's clock wherever the browser stands, as "out of hours" is
 * reckoned. A time no calendar knows is shown as the number it is.
 */
export function when(ms: number, language: Language): string {
  const date = new Date(ms + jstMs);
  if (Number.isNaN(date.getTime())) return String(ms);
  const [day, time] = date.toISOString().split("T");
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(date);
  const hour = (time ?? "").slice(0, 5);
  return language === "ja" ? `${day}（${weekday}）${hour}` : `${day} (${weekday}) ${hour}`;
}

/** "1948-04-05（昭和23年）": both calendars. What is not a whole date is shown as sent; "" stays for the caller to name. */
export function bornOn(date: string, language: Language): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  if (day === null || Number.isNaN(day.getTime())) return date;
  const calendar = language === "ja" ? "ja-JP-u-ca-japanese" : "en-u-ca-japanese";
  const era = new Intl.DateTimeFormat(calendar, { era: "short", year: "numeric", timeZone: "UTC" }).format(day);
  return language === "ja" ? `${date}（${era}）` : `${date} (${era})`;
}
