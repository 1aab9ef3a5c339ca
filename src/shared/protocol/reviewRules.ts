/**
 * The rules by which reviews are ranked: how unlike expected care something looks, for the order in which reviewers read; never a
 * judgement. Data alone: the hub judges by them (hub/review/rank.ts), the console shows them with their words (src/words).
 */

/** Raised with every change of a weight, a rule or what it means; a decision keeps the version it was taken under. */
export const reviewRulesVersion = 2;

/** Rule → weight. */
export const reviewRules = {
  extraordinary: 5,
  odd: 5,
  "no-attendance": 4,
  "own-family-name": 4,
  envelope: 4,
  "second-person": 4,
  unconfirmed: 3,
  "protected-opened": 3,
  sponsored: 3,
  "outside-cohort": 2,
  "many-in-a-row": 2,
  repeated: 2,
  "off-shift": 2,
  "no-later-visit": 2,
  "handed-out": 2,
  "no-card": 1,
  "rest-opened": 1,
} as const;
export type ReviewRule = keyof typeof reviewRules;
export const reviewRuleIds = Object.keys(reviewRules) as readonly ReviewRule[];

/** holds: the rule applies · clear: it was looked at and does not · unjudged: it cannot be told yet, or at all · apart: it is not about such an item. */
export const verdicts = ["holds", "clear", "unjudged", "apart"] as const;
export type Verdict = (typeof verdicts)[number];

/** Why a rule cannot be judged. Never the same as "clear". */
export const unjudgedWhys = ["not-due", "no-data-since", "not-said", "person-unknown", "staff-unknown", "no-policy", "no-entries"] as const;
export type UnjudgedWhy = (typeof unjudgedWhys)[number];

export interface Finding {
  readonly rule: ReviewRule;
  readonly verdict: Verdict;
  /** "" unless unjudged. */
  readonly why: UnjudgedWhy | "";
}

/** What the numbers of the rules mean, in one place for judging and for showing. */
export const reviewLimits = {
  /** Hours before and after an opening in which a record of care is looked for. */
  attendanceHours: 24,
  /** The member's this-many-th opening within 24 hours is many in a row. */
  manyInADay: 5,
  /** The member's this-many-th opening of one person within seven days is repeated. */
  samePersonInAWeek: 3,
} as const;

export function rankOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { rule, verdict }) => sum + (verdict === "holds" ? reviewRules[rule] : 0), 0);
}
