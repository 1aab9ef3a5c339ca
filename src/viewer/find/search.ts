/** Typed words → people of the cached population, the likeliest first. Pure, synchronous, no network. */
import { makeAlike } from "./alike.ts";
import type { Hit } from "./hit.ts";
import { FIELD, hitOf, type People } from "./people.ts";
import { parseQuery, type Term } from "./query.ts";

export type { Hit } from "./hit.ts";

/** The most hits that are shown; `total` says how many there are. */
export const HIT_LIMIT = 50;

export interface Found {
  readonly hits: readonly Hit[];
  readonly total: number;
}

/** 0 the whole identifier · 1 the whole name or birth date · 2 a name begins so · 3 elsewhere. */
const RANKS = 4;

/**
 * Search over one population. Kanji, kana of any width, romaji, birth date 西暦 or 和暦, identifiers; every word must match.
 * At most 50 hits, exact ones first, then by kana name.
 */
export function makeSearch(people: People, alike = makeAlike(people)): (text: string) => Found {
  return (text) => {
    const terms = parseQuery(text);
    if (terms.length === 0) return { hits: [], total: 0 };
    let found = collect(people, (folded) => rankAll(folded, terms));
    if (found.total === 0 && terms.some((term) => term.loose))
      found = collect(people, (folded) => (terms.every((term) => matchesLoosely(folded, term)) ? 3 : -1));
    return { hits: found.rows.map((row) => hitOf(people.rows[row] ?? "", alike.marks(row))), total: found.total };
  };
}

/** Rows by rank, cut at the limit, and how many there were. rank -1: no match. */
function collect(people: People, rank: (folded: string) => number): { rows: number[]; total: number } {
  const buckets: number[][] = Array.from({ length: RANKS }, () => []);
  let total = 0;
  for (let row = 0; row < people.folded.length; row++) {
    const at = rank(people.folded[row] as string);
    if (at < 0) continue;
    total++;
    const bucket = buckets[at] as number[];
    if (bucket.length < HIT_LIMIT) bucket.push(row);
  }
  const kana = (row: number) => (people.folded[row] as string).slice((people.folded[row] as string).indexOf(FIELD) + 1);
  const byKana = (a: number, b: number) => (kana(a) < kana(b) ? -1 : 1);
  return { rows: buckets.flatMap((bucket) => bucket.sort(byKana)).slice(0, HIT_LIMIT), total };
}

function rankAll(folded: string, terms: readonly Term[]): number {
  let best = RANKS - 1;
  for (const term of terms) {
    const rank = rankOne(folded, term);
    if (rank < 0) return -1;
    if (rank < best) best = rank;
  }
  return best;
}

function rankOne(folded: string, term: Term): number {
  let best = -1;
  for (const reading of term.readings) {
    const at = folded.indexOf(reading);
    if (at < 0) continue;
    const rank = rankAt(folded, reading, at);
    if (best < 0 || rank < best) best = rank;
  }
  return best;
}

function rankAt(folded: string, reading: string, at: number): number {
  if (reading[0] === FIELD) return reading.length === 10 ? 1 : 2;
  const starts = at === 0 || folded[at - 1] === FIELD;
  if (!starts) {
    const later = folded.indexOf(FIELD + reading, at);
    return later < 0 ? 3 : rankAt(folded, reading, later + 1);
  }
  const end = at + reading.length;
  if (end !== folded.length && folded[end] !== FIELD) return 2;
  return /^[0-9a-z]+$/u.test(reading) ? 0 : 1;
}

function matchesLoosely(folded: string, term: Term): boolean {
  return term.loose?.test(folded) === true || term.readings.some((reading) => folded.includes(reading));
}
