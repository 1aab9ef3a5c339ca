/** Pairs every item with a React key that is its own even when a hospital sent the same thing twice: nothing may vanish. */
export function withKeys<T>(items: readonly T[]): readonly (readonly [string, T])[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const text = JSON.stringify(item);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return [`${count} ${text}`, item] as const;
  });
}
