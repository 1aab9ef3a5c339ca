import type { Item, Source } from "../../shared/summary/summary.ts";
import { newestFirst } from "./newestFirst.ts";

/** Other statements of the same thing by one facility. */
export interface Same {
  readonly source: number;
  /** Newest first, undated ones last. */
  readonly dates: readonly (string | null)[];
}

export interface Alsos {
  /** Further statements of the item's own facility. */
  readonly here: Same | null;
  /** Other facilities, each once. */
  readonly elsewhere: readonly Same[];
}

/** Sorts the folded duplicates of an item by facility; one hospital may stand in `sources` twice (its chart and its claims). */
export function alsosOf(item: Pick<Item, "source" | "also">, sources: readonly Source[]): Alsos {
  const facility = (source: number): string => sources[source]?.facility ?? `unknown ${source}`;
  const byPlace = new Map<string, { source: number; dates: (string | null)[] }>();
  for (const { source, date } of item.also) {
    const same = byPlace.get(facility(source));
    if (same === undefined) byPlace.set(facility(source), { source, dates: [date] });
    else same.dates.push(date);
  }
  for (const same of byPlace.values()) same.dates.sort(newestFirst);
  const own = facility(item.source);
  return { here: byPlace.get(own) ?? null, elsewhere: [...byPlace].filter(([place]) => place !== own).map(([, same]) => same) };
}
