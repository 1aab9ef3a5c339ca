import { expect, test } from "vitest";
import { rankReviews } from "../../../src/hub/review/rank.ts";
import type { ReviewRow } from "../../../src/hub/store/review.ts";

/** Friday 10:00 in Japan. */
const friday = Date.UTC(2026, 10, 20, 1, 0, 0);
const hour = 3_600_000;
const row = (id: string, change: Partial<ReviewRow> = {}): ReviewRow => ({
  id,
  chain: "c",
  seq: 1,
  device: "d",
  staff: id,
  role: "physician",
  person: "p",
  purpose: "ETREAT",
  opened: friday,
  ended: 0,
  confirmed: 0,
  rest: 0,
  protected: 0,
  odd: 0,
  state: "open",
  note: "",
  reviewer: "",
  decided: 0,
  ...change,
});
const marksOf = (change: Partial<ReviewRow>) => rankReviews([row("a", change)])[0]?.marks;

test("a strip opened by day, and still open, stands out in nothing", () => {
  expect(marksOf({})).toEqual([]);
  expect(marksOf({ confirmed: 1, ended: 1 })).toEqual([]);
});

test("an opening whose person was never confirmed stands out once more than the strip was seen, or it ended", () => {
  for (const change of [{ rest: 1 }, { protected: 1 }, { ended: 1 }]) {
    expect(marksOf(change)).toContain("unconfirmed");
    expect(marksOf({ ...change, confirmed: 1 })).not.toContain("unconfirmed");
  }
});

test("night and weekend are Japan's, not the server's", () => {
  const at = (opened: number) => marksOf({ opened })?.includes("out-of-hours");
  expect([at(friday - 3 * hour), at(friday - 3 * hour - 1)]).toEqual([false, true]);
  expect([at(friday + 9 * hour - 1), at(friday + 9 * hour)]).toEqual([false, true]);
  expect([at(friday + 24 * hour), at(friday + 48 * hour), at(friday + 72 * hour)]).toEqual([true, true, false]);
  expect(at(Number.MAX_SAFE_INTEGER)).toBe(true);
});

test("the fifth opening by one member within 24 hours stands out, an older one does not count", () => {
  const rows = [0, 1, 2, 3, 4].map((i) => row(`r${i}`, { staff: "s", opened: friday + i }));
  const repeated = (all: readonly ReviewRow[]) =>
    rankReviews(all).flatMap(({ row: { id }, marks }) => (marks.includes("repeated") ? [id] : []));
  expect(repeated(rows)).toEqual(["r4"]);
  expect(repeated([...rows.slice(0, 4), row("r4", { staff: "s", opened: friday + 25 * hour })])).toEqual([]);
  expect(repeated([...rows.slice(0, 4), row("r4", { staff: "t", opened: friday + 4 })])).toEqual([]);
});

test("the order is by weight, then the newest first", () => {
  const all = [
    row("strip"),
    row("rest", { rest: 1, confirmed: 1 }),
    row("odd", { odd: 1 }),
    row("protected", { protected: 1 }),
    row("newer", { opened: friday + 1 }),
  ];
  expect(rankReviews(all).map(({ row: { id } }) => id)).toEqual(["protected", "odd", "rest", "newer", "strip"]);
});
