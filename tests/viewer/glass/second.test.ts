import { expect, test } from "vitest";
import { approvalIn, approvalWords, noteWith, readApproval } from "../../../src/shared/audit/approval.ts";
import { APPROVAL_MS, makeApprovals } from "../../../src/viewer/glass/approvals.ts";
import { makeTally } from "../../../src/viewer/glass/tally.ts";

const minute = 60_000;
function hands() {
  const clock = { wall: 1_000_000_000, run: 0, now: () => clock.wall, monotonic: () => clock.run };
  return clock;
}

test("an approval pays for one opening of that part, of that person, by that member", () => {
  const approvals = makeApprovals(hands());
  approvals.add({ staff: "dr1", person: "p", parts: ["strip", "rest"], seq: 7 });
  expect(approvals.take("dr2", "p", "strip")).toBeNull();
  expect(approvals.take("dr1", "q", "strip")).toBeNull();
  expect(approvals.take("dr1", "p", "protected")).toBeNull();
  expect(approvals.take("dr1", "p", "strip")?.seq).toBe(7);
  expect(approvals.take("dr1", "p", "strip")).toBeNull();
  expect(approvals.take("dr1", "p", "rest")?.seq).toBe(7);
});

test.each([
  ["five running minutes", APPROVAL_MS, 0],
  ["five minutes of a tablet that slept", 0, APPROVAL_MS],
  ["a clock set back behind it", 0, -minute],
])("an approval is over after %s", (_, run, wall) => {
  const clock = hands();
  const approvals = makeApprovals(clock);
  approvals.add({ staff: "dr1", person: "p", parts: ["strip"], seq: 7 });
  clock.run += run;
  clock.wall += wall;
  expect(approvals.take("dr1", "p", "strip")).toBeNull();
});

test("nothing of it outlives a lock", () => {
  const approvals = makeApprovals(hands());
  approvals.add({ staff: "dr1", person: "p", parts: ["strip"], seq: 7 });
  approvals.clear();
  expect(approvals.take("dr1", "p", "strip")).toBeNull();
});

test("the hour: each person once, each member apart, over when trusted and running time both have passed it", () => {
  const clock = hands();
  const tally = makeTally(clock, () => clock.wall);
  tally.load([
    { staff: "dr1", person: "a", age: 59 * minute },
    { staff: "dr2", person: "z", age: 0 },
  ]);
  for (const person of ["b", "b", "c"]) tally.add("dr1", person);
  expect(tally.of("dr1", "c")).toEqual({ others: 2, again: true });
  expect(tally.of("dr1", "d")).toEqual({ others: 3, again: false });
  clock.wall += 61 * minute;
  expect(tally.of("dr1", "d").others).toBe(3);
  clock.run += 61 * minute;
  expect(tally.of("dr1", "d").others).toBe(0);
});

test("a clock set back makes no opening older", () => {
  const clock = hands();
  const tally = makeTally(clock, () => clock.wall);
  tally.add("dr1", "a");
  clock.run += 90 * minute;
  clock.wall -= 10 * minute;
  expect(tally.of("dr1", "b").others).toBe(1);
});

test("an opening's note names the approval; the member's own words cannot pass for one", () => {
  expect(approvalIn(noteWith(12, "意識なし"))).toBe(12);
  expect(approvalIn(noteWith(12, ""))).toBe(12);
  expect(approvalIn(noteWith(null, "second-person 12"))).toBeNull();
  expect(approvalIn("x second-person 12")).toBeNull();
  expect(approvalIn("second-person 12 and more")).toBeNull();
  const approval = { parts: ["strip", "rest"] as const, staff: "for for dr1" };
  expect(readApproval(approvalWords(approval))).toEqual(approval);
  for (const words of ["", "strip", "rest strip for dr1", " for dr1", "everything for dr1", "strip for "])
    expect(readApproval(words)).toBeNull();
});
