/** What tells people apart who are easily taken for one another. Pure. */
import type { Hit } from "./hit.ts";

export const apartFields = ["kanji", "kana", "birthDate", "sex", "address", "number"] as const;
export type ApartField = (typeof apartFields)[number];

/** One fact of a person as text; "" when it is not known. */
export function factOf(hit: Hit, field: ApartField): string {
  switch (field) {
    case "kanji":
    case "kana":
      return hit[field] === null ? "" : `${hit[field].family} ${hit[field].given}`.trim();
    case "number":
      return hit.identifiers.map(({ facility, pid }) => `${facility} ${pid}`).join(" ");
    default:
      return hit[field] ?? "";
  }
}

/** Fields in which not all of them are the same: an unknown one is not the same as a known one. */
export function differing(hits: readonly Hit[]): readonly ApartField[] {
  return apartFields.filter((field) => new Set(hits.map((hit) => factOf(hit, field))).size > 1);
}

export interface Stretch {
  readonly text: string;
  readonly differs: boolean;
}

/** The text in stretches: `differs` from the first to the last letter that is another one than in any of the others. */
export function stretches(text: string, others: readonly string[]): readonly Stretch[] {
  const letters = [...text];
  const [from, to] = others
    .filter((other) => other !== text)
    .map((other) => span(letters, [...other]))
    .reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)], [letters.length, 0]);
  const part = (a: number, b: number, differs: boolean) => (a < b ? [{ text: letters.slice(a, b).join(""), differs }] : []);
  if (from >= to) return part(0, letters.length, false);
  return [...part(0, from, false), ...part(from, to, true), ...part(to, letters.length, false)];
}

function span(letters: readonly string[], other: readonly string[]): [number, number] {
  let start = 0;
  while (start < letters.length && letters[start] === other[start]) start++;
  let end = 0;
  const most = Math.min(letters.length, other.length) - start;
  while (end < most && letters[letters.length - 1 - end] === other[other.length - 1 - end]) end++;
  return [start, letters.length - end];
}
