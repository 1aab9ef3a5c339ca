import type { ReviewRow } from "../store/review.ts";

const jstMs = 9 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

const weights = { odd: 5, unconfirmed: 3, "protected-opened": 3, "out-of-hours": 2, repeated: 2, "rest-opened": 1 } as const;
export type Mark = keyof typeof weights;

export interface Ranked {
  readonly row: ReviewRow;
  readonly marks: readonly Mark[];
  readonly rank: number;
}

/**
 * How unlike expected care each opening looks, for the order in which reviewers read: never a judgement.
 * odd: its entries do not fit together or cannot be read · unconfirmed: more than the strip was opened, or the grant ended, and the two identifiers were
 * never compared · out-of-hours: 19 to 7 o'clock or a weekend, Japan time · repeated: the member's fifth or later within 24 hours.
 */
export function rankReviews(rows: readonly ReviewRow[]): readonly Ranked[] {
  const times = new Map<string, number[]>();
  for (const { staff, opened } of rows) times.set(staff, [...(times.get(staff) ?? []), opened]);
  return rows
    .map((row) => {
      const marks = marksOf(row, times.get(row.staff) ?? []);
      return { row, marks, rank: marks.reduce((sum, mark) => sum + weights[mark], 0) };
    })
    .sort((a, b) => b.rank - a.rank || b.row.opened - a.row.opened || (a.row.id < b.row.id ? -1 : 1));
}

function marksOf(row: ReviewRow, ofStaff: readonly number[]): readonly Mark[] {
  const before = ofStaff.filter((at) => at <= row.opened && at > row.opened - dayMs).length;
  const marks: Mark[] = [];
  if (row.odd === 1) marks.push("odd");
  if (row.confirmed === 0 && (row.rest === 1 || row.protected === 1 || row.ended === 1)) marks.push("unconfirmed");
  if (row.protected === 1) marks.push("protected-opened");
  if (isOutOfHours(row.opened)) marks.push("out-of-hours");
  if (before >= 5) marks.push("repeated");
  if (row.rest === 1) marks.push("rest-opened");
  return marks;
}

/** ms → Japan's clock, without the server's time zone. A time no calendar knows counts as out of hours. */
function isOutOfHours(at: number): boolean {
  const local = new Date(at + jstMs);
  const hour = local.getUTCHours();
  return !(hour >= 7 && hour < 19) || local.getUTCDay() === 0 || local.getUTCDay() === 6;
}
