import type { ClinicalDate } from "../../record/record.ts";

export interface ParsedDate {
  readonly date: ClinicalDate | null;
  /** False when something was sent that is no date, wholly or in its later part. */
  readonly sound: boolean;
}

const nothing: ParsedDate = { date: null, sound: true };
const digits = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.\d{1,4})?)?)?)?)?)?(?:[+-]\d{4})?$/;
const written = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;

/**
 * HL7 TS or DT of 4, 6, 8, 10, 12 or 14 digits (fraction and zone dropped: hospital local time) → ClinicalDate of the same precision.
 * A later part out of range ("20110700") is cut off and the rest kept, not sound; "2011-07-01" and "2011/7/1" are read, not sound.
 */
export function parseDate(value: string): ParsedDate {
  const common = parseCommon(value);
  if (common !== null) return common;
  const trimmed = value.trim();
  if (trimmed === "" || trimmed === '""') return nothing;
  const match = digits.exec(trimmed);
  if (match) return build(match);
  const loose = written.exec(trimmed);
  if (!loose) return { date: null, sound: false };
  const [, year = "", month = "", day = ""] = loose;
  return { date: build([trimmed, year, month.padStart(2, "0"), day.padStart(2, "0")]).date, sound: false };
}

/** Nearly every date sent: 8, 12 or 14 digits, all in range whatever the month. Null: look closer. */
function parseCommon(value: string): ParsedDate | null {
  const { length } = value;
  if (length !== 8 && length !== 12 && length !== 14) return null;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return null;
  }
  const [century, month, day] = [pair(value, 0), pair(value, 4), pair(value, 6)];
  if (century < 18 || century > 21 || month < 1 || month > 12 || day < 1 || day > 28) return null;
  const date = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`;
  if (length === 8) return { date, sound: true };
  if (pair(value, 8) > 23 || pair(value, 10) > 59) return null;
  const minute = `${date}T${value.slice(8, 10)}:${value.slice(10, 12)}`;
  if (length === 12) return { date: minute, sound: true };
  return pair(value, 12) > 59 ? null : { date: `${minute}:${value.slice(12)}`, sound: true };
}

const pair = (value: string, at: number): number => (value.charCodeAt(at) - 0x30) * 10 + value.charCodeAt(at + 1) - 0x30;

function build(match: readonly (string | undefined)[]): ParsedDate {
  const [, year = "", month, day, hour, minute, second] = match;
  if (year < "1800" || year > "2200") return { date: null, sound: false };
  if (month === undefined) return { date: year, sound: true };
  if (month < "01" || month > "12") return { date: year, sound: false };
  let date = `${year}-${month}`;
  if (day === undefined) return { date, sound: true };
  if (day < "01" || Number(day) > daysOf(Number(year), Number(month))) return { date, sound: false };
  date = `${date}-${day}`;
  if (hour === undefined) return { date, sound: true };
  if (hour > "23") return { date, sound: false };
  date = `${date}T${hour}`;
  if (minute === undefined) return { date, sound: true };
  if (minute > "59") return { date, sound: false };
  date = `${date}:${minute}`;
  if (second === undefined) return { date, sound: true };
  if (second > "59") return { date, sound: false };
  return { date: `${date}:${second}`, sound: true };
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
