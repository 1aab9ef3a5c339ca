import type { ClinicalDate, Lab } from "../../shared/summary/summary.ts";
import { dayNumber } from "./dates.ts";

/** One value of a test that can be drawn: a plain number with a day. */
export interface TrendPoint {
  /** Days since 1970, hospital time; fractions where the hour is known. */
  readonly at: number;
  readonly number: number;
  readonly value: string;
  readonly date: ClinicalDate;
  readonly flag: Lab["flag"];
  readonly source: number;
}

type Sent = Pick<TrendPoint, "value" | "flag" | "source"> & { readonly date: ClinicalDate | null };

export interface Trend {
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** Values that cannot be drawn as they are (no plain number, no day): said, never guessed. */
  readonly undrawn: readonly Sent[];
  /** Index of points that no line leads to: a long time or a value that is no number lies before them. */
  readonly breaks: ReadonlySet<number>;
  readonly range: TrendRange | null;
}

export interface TrendRange {
  readonly low: number | null;
  readonly high: number | null;
}

/** After half a year without a value nobody knows what lay between: no line is drawn. */
export const longGapDays = 183;

/**
 * The values of one test in time: the latest and its history, which the hub puts together from one code, specimen and unit only.
 * null: fewer than two values can be drawn. Nothing is smoothed, estimated or left out unsaid.
 */
export function trendOf(lab: Lab): Trend | null {
  const { value, date, source, flag, unit } = lab;
  // What has another unit is another quantity, whoever sealed it.
  const all = [{ value, date, source, flag }, ...lab.history.filter((point) => point.unit === unit)];
  const points = all.flatMap((one) => pointOf(one)).sort((a, b) => a.at - b.at);
  if (points.length < 2) return null;
  const undrawn = all.filter((one) => pointOf(one).length === 0);
  const holes = undrawn.flatMap(({ date: day }) => (day === null ? [] : (dayNumber(day) ?? [])));
  const breaks = new Set(
    points.flatMap(({ at }, i) => {
      const before = points[i - 1]?.at;
      if (before === undefined) return [i];
      return at - before > longGapDays || holes.some((hole) => hole >= Math.floor(before) && hole <= at) ? [i] : [];
    }),
  );
  return { points, undrawn, breaks, range: rangeOf(lab.range) };
}

function pointOf(sent: Sent): readonly TrendPoint[] {
  const text = sent.value.trim();
  if (sent.date === null || !/^[+-]?\d+(?:\.\d+)?$/.test(text)) return [];
  const day = dayNumber(sent.date);
  if (day === null) return [];
  const [, hour = "0", minute = "0"] = /T(\d{2})(?::(\d{2}))?/.exec(sent.date) ?? [];
  return [{ ...sent, date: sent.date, number: Number(text), at: day + Number(hour) / 24 + Number(minute) / 1440 }];
}

const number = String.raw`([+-]?\d+(?:\.\d+)?)`;
const between = new RegExp(`^${number}\\s*[-~〜–]\\s*${number}$`);
const above = new RegExp(`^(?:>=?|≧|≥)\\s*${number}$|^${number}\\s*(?:以上|[-~〜]|<)$`);
const below = new RegExp(`^(?:<=?|≦|≤|[-~〜])\\s*${number}$|^${number}\\s*(?:以下|未満)$`);

/** "3.6-4.8", "60 以上", "0.30以下" as limits; null for whatever else was sent: a band is drawn only where its limits are certain. */
export function rangeOf(sent: string): TrendRange | null {
  const text = sent.normalize("NFKC").trim();
  const both = between.exec(text);
  if (both !== null) {
    const [low, high] = [Number(both[1]), Number(both[2])];
    return low < high ? { low, high } : null;
  }
  const least = above.exec(text);
  if (least !== null) return { low: Number(least[1] ?? least[2]), high: null };
  const most = below.exec(text);
  return most === null ? null : { low: null, high: Number(most[1] ?? most[2]) };
}

export interface Scale {
  readonly x: (at: number) => number;
  readonly y: (number: number) => number;
}

/** Where points stand in a picture of this size: all values and the limits of the range have room, and time runs evenly. */
export function scaleOf({ points, range }: Trend, box: { readonly left: number; right: number; top: number; bottom: number }): Scale {
  const numbers = [...points.map((point) => point.number), ...[range?.low, range?.high].filter((limit) => typeof limit === "number")];
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const share = (value: number, from: number, to: number): number => (to > from ? (value - from) / (to - from) : 0.5);
  return {
    x: (at) => box.left + share(at, first, last) * (box.right - box.left),
    y: (value) => box.bottom - share(value, least, most) * (box.bottom - box.top),
  };
}
