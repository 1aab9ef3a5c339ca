/** Seeded randomness: one independent stream per label, so that a change in one part of the region leaves the others as they were. */

export interface Random {
  /** Integer from low to high, both included. */
  int(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Up to `count` different members, in list order. */
  some<T>(list: readonly T[], count: number): T[];
  /** Number from low to high with this many decimals, as a hospital would print it. */
  decimal(low: number, high: number, digits: number): string;
  /** Decimal digits, the first never 0. */
  digits(count: number): string;
}

/** 32-bit FNV-1a over UTF-16 units, mixed; the same on every machine. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** sfc32 seeded from the label. */
export function random(label: string): Random {
  let a = hash32(label);
  let b = hash32(`${label}/b`);
  let c = hash32(`${label}/c`);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 8; i++) next();
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const member = list[int(0, list.length - 1)];
    if (member === undefined) throw new RangeError("pick from an empty list");
    return member;
  };
  return {
    int,
    pick,
    chance: (probability) => next() < probability,
    some: (list, count) => {
      let wanted = Math.min(count, list.length);
      return list.filter((_, i) => {
        const take = next() * (list.length - i) < wanted;
        if (take) wanted -= 1;
        return take;
      });
    },
    decimal: (low, high, digits) => (low + next() * (high - low)).toFixed(digits),
    digits: (count) => Array.from({ length: count }, (_, i) => String(int(i === 0 ? 1 : 0, 9))).join(""),
  };
}
