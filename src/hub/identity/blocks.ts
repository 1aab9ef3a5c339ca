import { isDay } from "./links.ts";
import type { Traits } from "./traits.ts";

/** Patients that share a block are compared, nobody else: comparing all with all would take days. */
export function blocksOf(all: readonly Traits[]): string[] {
  return [...new Set(all.flatMap(blocksOfOne))];
}

/** A block that so many share says nothing (a telephone of a home for the aged, a test patient's name): it brings nobody together. */
export const MOST_IN_BLOCK = 60;

function blocksOfOne({ folded, birth, phones, cards }: Traits): string[] {
  const [family, given] = folded.kana;
  const [familyKanji, givenKanji] = folded.kanji;
  const blocks = phones.map((phone) => `phone|${phone}`);
  for (const { insurer, symbol, number } of cards) blocks.push(`card|${insurer}|${symbol}|${number}`);
  if (family !== "" && given !== "") blocks.push(`kana|${family}|${given}`);
  if (familyKanji !== "" && givenKanji !== "") blocks.push(`kanji|${familyKanji}|${givenKanji}`);
  if (!isDay(birth)) return blocks;
  blocks.push(`birth|${birth}`);
  // A family name that changed and a slip in the birth date together: the given name with half of the date.
  if (given !== "") blocks.push(`year|${given}|${birth.slice(0, 4)}`, `day|${given}|${birth.slice(5)}`);
  return blocks;
}

/**
 * Pairs to compare: each of `fresh` with everybody of its blocks, each pair once, in order. Positions of patients.
 * `onTooMany` is told of each block that was left out.
 */
export function* pairsOf(
  all: readonly (readonly Traits[])[],
  fresh: readonly number[],
  onTooMany: (block: string, patients: number) => void,
): Generator<readonly [number, number]> {
  const isFresh = new Set(fresh);
  const members = new Map<string, number[]>();
  const blocks = all.map(blocksOf);
  for (const i of fresh) for (const block of blocks[i] ?? []) members.set(block, []);
  blocks.forEach((mine, i) => {
    for (const block of mine) members.get(block)?.push(i);
  });
  for (const [block, list] of members) if (list.length > MOST_IN_BLOCK) onTooMany(block, list.length);
  for (const i of fresh) {
    const others = new Set<number>();
    for (const block of blocks[i] ?? []) {
      const list = members.get(block) ?? [];
      if (list.length <= MOST_IN_BLOCK) for (const j of list) if (j !== i && (j > i || !isFresh.has(j))) others.add(j);
    }
    for (const j of others) yield [i, j];
  }
}
