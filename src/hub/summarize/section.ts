import { isUndisclosed } from "../../shared/summary/marks.ts";
import { projectProtected, protectedAs } from "../../shared/summary/protected.ts";
import type { Item, Section } from "../../shared/summary/summary.ts";
import { newestFirst, withoutRepeats } from "./facts.ts";

/** Most items of the smaller sections; what is cut is counted in `more`. */
export const SMALL = 60;

/** A section of items that have nothing but their date to be ordered by, newest first. */
export function byDate<T extends Item>(
  items: readonly T[],
  to: string,
  most = SMALL,
  keep: (item: T) => string | null = () => null,
): Section<T> {
  return limited(newestFirst(withoutRepeats(items)), { most, keep, dateFor: (item) => item.date, to });
}

/** A source that says nothing is 「未記録」: the hospital may not send this type, or nobody wrote it down. Never 「なし」. */
export function plainSection<T extends Item>(items: readonly T[]): Section<T> {
  return { state: items.length > 0 ? "present" : "notRecorded", confirmed: null, items, window: null, more: 0 };
}

export interface Limit<T> {
  readonly most: number;
  /** Items that share a key: the first (newest) one is never cut; null: an ordinary item. */
  readonly keep: (item: T) => string | null;
  readonly dateFor: (item: T) => string | null;
  /** Day of "as of", for the stated window. */
  readonly to: string;
}

/**
 * Cuts a section to its newest items and says how many more there are and from when on it is complete.
 * What matches a danger rule is never cut, nor is a protected item or one the patient was not told of: those do not count against the limit
 * either, so that `more` and the window tell nothing of them.
 */
export function limited<T extends Item>(newestFirst: readonly T[], { most, keep, dateFor, to }: Limit<T>): Section<T> {
  if (newestFirst.length <= most) return plainSection(newestFirst);
  const seen = new Set<string>();
  let room = most;
  let oldest: string | null = null;
  const items: T[] = [];
  let more = 0;
  for (const item of newestFirst) {
    if (isUndisclosed(item) || protectedAs(item, projectProtected).length > 0) {
      items.push(item);
      continue;
    }
    const key = keep(item);
    const must = key !== null && !seen.has(key);
    if (key !== null) seen.add(key);
    if (!must && room <= 0) {
      more++;
      continue;
    }
    room--;
    items.push(item);
    if (!must) oldest = dateFor(item)?.slice(0, 10) ?? oldest;
  }
  const section = plainSection(items);
  return more > 0 && oldest !== null && to !== "" ? { ...section, more, window: { from: oldest, to } } : { ...section, more };
}
