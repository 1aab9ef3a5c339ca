import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { defaultPolicy } from "../../../src/hub/people/policy.ts";
import type { Evidence } from "../../../src/hub/review/evidence.ts";
import { judgeRules, rankReviews } from "../../../src/hub/review/rank.ts";
import { firstSettings } from "../../../src/hub/review/settings.ts";
import type { ReviewRow } from "../../../src/hub/store/review.ts";
import { defaultLocks } from "../../../src/shared/protocol/policy.ts";
import type { ReviewSettings } from "../../../src/shared/protocol/review.ts";
import { type ReviewRule, reviewLimits, reviewRules, reviewRulesVersion } from "../../../src/shared/protocol/reviewRules.ts";

/** Friday 10:00 in Japan. */
const friday = Date.UTC(2026, 10, 20, 1, 0, 0);
const hour = 3_600_000;
const row = (change: Partial<ReviewRow> = {}): ReviewRow => ({
  id: "a",
  kind: "opening",
  chain: "c",
  seq: 1,
  device: "d",
  staff: "s",
  called: "",
  role: "physician",
  person: "p",
  purpose: "ETREAT",
  opened: friday,
  made: friday,
  ended: 0,
  strip: 1,
  confirmed: 0,
  rest: 0,
  protected: 0,
  odd: 0,
  envelope: 0,
  sponsored: 0,
  state: "open",
  note: "",
  reviewer: "",
  decided: 0,
  ...change,
});
const policy = {
  ...defaultPolicy,
  hub: new Uint8Array(16),
  seq: 1,
  locks: { ...defaultLocks, secondPerson: { nurse: ["protected"] as const } },
};
const evidence = (change: Partial<ReviewRow> = {}, more: Partial<Evidence> = {}): Evidence => ({
  row: row(change),
  steps: [],
  staff: { kanji: "灯台 一郎", kana: "とうだい いちろう" },
  staffRole: "physician",
  family: { kanji: "架空", kana: "カクウ" },
  siteId: "er",
  attended: { around: true, after: true, heard: friday + 100 * hour },
  policy,
  others: [],
  ...more,
});
const step = (kind: string, change: Partial<Evidence["steps"][number]> = {}): Evidence["steps"][number] => ({
  review: "a",
  kind,
  trusted: friday,
  staff: "s",
  what: "",
  reason: "",
  note: "",
  ...change,
});
const late = friday + 1000 * hour;
const said = (rule: ReviewRule, one: Evidence, now = late, settings: ReviewSettings = firstSettings) => {
  const found = judgeRules(one, settings, now).find((finding) => finding.rule === rule);
  return found?.verdict === "unjudged" ? found.why : found?.verdict;
};
const heldBy = (one: Evidence) =>
  judgeRules(one, firstSettings, late)
    .filter(({ verdict }) => verdict === "holds")
    .map(({ rule }) => rule);

test("a strip opened by day, of a patient who came, stands out in nothing", () => {
  expect(heldBy(evidence())).toEqual([]);
  expect(heldBy(evidence({ confirmed: 1, ended: 1 }))).toEqual([]);
});

test("a rule that changes its weight, or comes or goes, without a new version is found out", () => {
  const table = JSON.stringify([reviewRules, reviewLimits]);
  const versions: Readonly<Record<number, string>> = { 2: "aa13b719bfe8b98b" };
  expect([reviewRulesVersion, createHash("sha256").update(table).digest("hex").slice(0, 16)]).toEqual([
    reviewRulesVersion,
    versions[reviewRulesVersion],
  ]);
});

describe("a person who was never seen", () => {
  const nobody = (heard: number | null) => evidence({}, { attended: { around: false, after: false, heard } });

  test("stands out only once 24 hours are over and every facility was heard since: before that the rule says that it cannot tell", () => {
    for (const rule of ["no-attendance", "no-later-visit"] as const) {
      expect(said(rule, nobody(late), friday + 24 * hour - 1)).toBe("not-due");
      expect(said(rule, nobody(friday + 24 * hour - 1))).toBe("no-data-since");
      expect(said(rule, nobody(null))).toBe("no-data-since");
      expect(said(rule, nobody(friday + 24 * hour))).toBe("holds");
    }
  });

  test("and whom the hub does not know is never passed over in silence", () => {
    expect(said("no-attendance", evidence({}, { attended: null }))).toBe("person-unknown");
    expect(said("own-family-name", evidence({}, { family: null }))).toBe("person-unknown");
    expect(said("own-family-name", evidence({}, { staff: null }))).toBe("staff-unknown");
  });

  test("who came before the opening and not after it did not come for it", () => {
    const before = evidence({}, { attended: { around: true, after: false, heard: late } });
    expect([said("no-attendance", before), said("no-later-visit", before)]).toEqual(["clear", "holds"]);
  });
});

describe("a member's own family name", () => {
  const family = (staff: string, kanji: string, kana = "", staffKana = "") =>
    said("own-family-name", evidence({}, { staff: { kanji: staff, kana: staffKana }, family: { kanji, kana } }));

  test.each([
    ["髙橋 一郎", "高橋"],
    ["高橋　一郎", "髙橋"],
    ["渡邉 花子", "渡辺"],
    ["ｻｻｷ 花子", "ササキ"],
    ["高橋一郎", "高橋"],
    ["齋藤 一郎", "斉藤"],
  ])("%s opens %s: found however it is written", (staff, patient) => {
    expect(family(staff, patient)).toBe("holds");
  });

  test("read alike and written otherwise is another name; without kanji on one side the kana counts", () => {
    expect(family("佐藤 一郎", "左藤", "サトウ", "さとう いちろう")).toBe("clear");
    expect(family("佐藤 一郎", "", "サトウ", "さとう いちろう")).toBe("holds");
    expect(family("高 一郎", "高橋")).toBe("clear");
    expect(family("高橋 一郎", "高")).toBe("clear");
  });
});

test("an opening whose person was never confirmed stands out once more than the strip was seen, or it ended", () => {
  for (const change of [{ rest: 1 }, { protected: 1 }, { ended: 1 }]) {
    expect(heldBy(evidence(change))).toContain("unconfirmed");
    expect(heldBy(evidence({ ...change, confirmed: 1 }))).not.toContain("unconfirmed");
  }
});

describe("off shift", () => {
  const at = (opened: number, settings = firstSettings) => said("off-shift", evidence({ opened }), late, settings) === "holds";

  test("is Japan's night and weekend, not the server's", () => {
    expect([at(friday - 3 * hour), at(friday - 3 * hour - 1)]).toEqual([false, true]);
    expect([at(friday + 9 * hour - 1), at(friday + 9 * hour)]).toEqual([false, true]);
    expect([at(friday + 24 * hour), at(friday + 48 * hour), at(friday + 72 * hour)]).toEqual([true, true, false]);
    expect(at(Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  test("is by the hours of the site: an emergency ward has none, a night clinic has its own", () => {
    const set = (from: number, to: number, weekends: boolean) => ({ ...firstSettings, shifts: [{ site: "er", from, to, weekends }] });
    expect([at(friday + 12 * hour, set(0, 24, true)), at(friday + 24 * hour, set(0, 24, true))]).toEqual([false, false]);
    expect([at(friday, set(18, 6, false)), at(friday + 12 * hour, set(18, 6, false))]).toEqual([true, false]);
    expect(at(friday, { ...firstSettings, shifts: [{ site: "other", from: 0, to: 24, weekends: true }] })).toBe(true);
  });
});

test("the fifth opening within 24 hours is many in a row, the third of one person within a week is repeated; older ones do not count", () => {
  const others = (count: number, ago: number, person: string) =>
    Array.from({ length: count }, (_, i) => ({ id: `o${i}`, kind: "opening" as const, staff: "s", person, opened: friday - ago }));
  const own = { id: "a", kind: "opening" as const, staff: "s", person: "p", opened: friday };
  const many = (list: Evidence["others"]) => said("many-in-a-row", evidence({}, { others: [...list, own] }));
  expect([many(others(3, hour, "q")), many(others(4, hour, "q")), many(others(9, 24 * hour, "q"))]).toEqual(["clear", "holds", "clear"]);
  const again = (list: Evidence["others"]) => said("repeated", evidence({}, { others: [...list, own] }));
  expect([again(others(1, 30 * hour, "p")), again(others(2, 30 * hour, "p"))]).toEqual(["clear", "holds"]);
  expect([again(others(2, 8 * 24 * hour, "p")), again(others(5, hour, "q"))]).toEqual(["clear", "clear"]);
});

describe("a second person", () => {
  const nurse = (steps: Evidence["steps"], change: Partial<ReviewRow> = { rest: 1, protected: 1 }) =>
    said("second-person", evidence(change, { staffRole: "nurse", steps }));
  const approval = (staff: string, what: string) => [step("second-person", { staff, what })];

  test("who is missing where the policy of then asks for one, or who denied, stands out", () => {
    expect(nurse([])).toBe("holds");
    expect(nurse(approval("t", "protected denied for s"))).toBe("holds");
    expect(nurse(approval("t", "protected for s"))).toBe("clear");
    expect(nurse([], { rest: 1 })).toBe("clear");
    expect(said("second-person", evidence({ protected: 1 }))).toBe("clear");
  });

  test("cannot be oneself, approve another member's opening, or approve other parts", () => {
    expect(nurse(approval("s", "protected for s"))).toBe("holds");
    expect(nurse(approval("t", "protected for u"))).toBe("holds");
    expect(nurse(approval("t", "rest for s"))).toBe("holds");
  });

  test("is needed beyond the hourly limit, but for own patients of an outage", () => {
    const crowd = Array.from({ length: 20 }, (_, i) => ({
      id: `o${i}`,
      kind: "opening" as const,
      staff: "s",
      person: `q${i}`,
      opened: friday - i,
    }));
    expect(said("second-person", evidence({}, { others: crowd.slice(1) }))).toBe("clear");
    expect(said("second-person", evidence({}, { others: crowd }))).toBe("holds");
    expect(said("second-person", evidence({}, { others: crowd, steps: approval("t", "strip for s") }))).toBe("clear");
    expect(said("second-person", evidence({}, { others: crowd, steps: [step("open-strip", { reason: "outage" })] }))).toBe("clear");
  });

  test("cannot be judged where no policy of then is known", () => {
    expect(said("second-person", evidence({ protected: 1 }, { policy: null }))).toBe("no-policy");
  });
});

test("a card that was not scanned stands out only where the device says how the person was found", () => {
  const found = (what: string) => said("no-card", evidence({}, { steps: [step("open-strip", { what })] }));
  expect([found("AAAA"), found("AAAA scan"), found("AAAA typed")]).toEqual(["not-said", "clear", "holds"]);
});

test("what leaves the device, comes from outside the cohort, or follows an envelope or a sponsor stands out", () => {
  for (const kind of ["print", "export", "handover"]) expect(heldBy(evidence({}, { steps: [step(kind)] }))).toContain("handed-out");
  expect(heldBy(evidence({}, { steps: [step("open-region")] }))).toContain("outside-cohort");
  expect(heldBy(evidence({ envelope: 1, sponsored: 1 }))).toEqual(["envelope", "sponsored"]);
});

test("a declaration, a roster or an envelope is extraordinary, and rules about one patient say that they are not about it", () => {
  for (const kind of ["declaration", "rescue", "envelope", "sponsor", "clock", "outage"] as const) {
    expect(said("extraordinary", evidence({ kind, person: "" }))).toBe("holds");
    expect(said("no-attendance", evidence({ kind, person: "" }))).toBe("apart");
  }
});

test("the order is by weight, then the newest first; the same evidence gives the same order", () => {
  const all = [
    evidence({ id: "strip" }),
    evidence({ id: "rest", rest: 1, confirmed: 1 }),
    evidence({ id: "odd", odd: 1 }),
    evidence({ id: "guarded", protected: 1 }),
    evidence({ id: "newer", opened: friday + 1 }),
  ];
  const order = (list: readonly Evidence[]) => rankReviews(list, firstSettings, late).map(({ evidence: one }) => one.row.id);
  expect(order(all)).toEqual(["guarded", "odd", "rest", "newer", "strip"]);
  expect(order([...all].reverse())).toEqual(order(all));
});
