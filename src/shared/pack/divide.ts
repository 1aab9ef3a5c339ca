/**
 * Divides items, each with a random leading number (u32), into equal ranges of that number: an item that changes, comes or goes touches its
 * own range only. The number of ranges keeps the mean near `aim` and moves in steps of a quarter octave (… 16, 20, 24, 28, 32, 40 …), so that
 * a region that grows by a few people does not move everyone. Takes more ranges when one would pass `limit`. Empty ranges are left out.
 */
export function divideByLeading<T>(
  items: readonly T[],
  of: { readonly leading: (item: T) => number; readonly size: (item: T) => number; readonly aim: number; readonly limit: number },
): readonly (readonly T[])[] {
  const total = items.reduce((sum, item) => sum + of.size(item), 0);
  for (let count = stepFrom(Math.ceil(total / of.aim)); ; count = stepFrom(count + 1)) {
    const ranges: { items: T[]; size: number }[] = Array.from({ length: count }, () => ({ items: [], size: 0 }));
    for (const item of items) {
      const range = ranges[Math.floor((of.leading(item) / 2 ** 32) * count)];
      if (range === undefined) continue;
      range.items.push(item);
      range.size += of.size(item);
    }
    const fits = ranges.every(({ items: held, size }) => size <= of.limit || held.length < 2);
    if (fits) return ranges.filter(({ items: held }) => held.length > 0).map(({ items: held }) => held);
  }
}

/** Smallest m · 2^k with m of 4 to 7 (below 4: the number itself) that is not less than `least`. */
function stepFrom(least: number): number {
  if (least <= 4) return Math.max(1, least);
  const octave = 2 ** (Math.floor(Math.log2(least)) - 2);
  return Math.ceil(least / octave) * octave;
}
