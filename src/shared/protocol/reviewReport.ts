/** The monthly report on emergency openings: numbers alone, no patient and no member. Small numbers are not suppressed within the region. */
import type { ReviewRule, Verdict } from "./reviewRules.ts";
import { reviewRuleIds } from "./reviewRules.ts";
import { shapeOf } from "./shape.ts";

/** How often something was so; `name` is a site's name or an id that the console has words for. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

export interface ReviewReport {
  /** YYYY-MM of Japan's clock, by when things began. */
  readonly month: string;
  /** ms; the month may not be over. */
  readonly made: number;
  readonly rulesVersion: number;
  /** Openings of people: not searches, declarations and the like. */
  readonly openings: number;
  readonly bySite: readonly Count[];
  readonly byReason: readonly Count[];
  readonly byRole: readonly Count[];
  /** How far each went: strip, rest, protected. */
  readonly byPhase: readonly Count[];
  /** One for each day of the month. */
  readonly byDay: readonly Count[];
  /** Every item by what it is about. */
  readonly byKind: readonly Count[];
  readonly byState: readonly Count[];
  readonly reviews: {
    readonly items: number;
    readonly reviewed: number;
    /** By rank or by lot. */
    readonly due: number;
    readonly dueReviewed: number;
    readonly lot: number;
    readonly lotReviewed: number;
    /** Hours from the journal's arrival to the first decision; null where nothing was decided. */
    readonly medianHours: number | null;
    readonly slowestTenthHours: number | null;
  };
  readonly byRule: readonly ({ readonly rule: ReviewRule } & Readonly<Record<Verdict, number>>)[];
  readonly alerts: readonly Count[];
  /** Entries that could not be accepted, by why. */
  readonly refused: readonly Count[];
  readonly unlockFailures: number;
  /** Begun on the devices, and ended with a signed record. */
  readonly drills: number;
  readonly drillRecords: number;
  readonly letters: number;
}

const shape = shapeOf("hub-answer-bad");
const keys =
  "month made rulesVersion openings bySite byReason byRole byPhase byDay byKind byState reviews byRule alerts refused unlockFailures drills drillRecords letters";

/** Answer of GET /api/review/report?month=YYYY-MM. */
export function parseReport(value: unknown): ReviewReport {
  const map = shape.map(value, keys.split(" "), "report");
  const number = (name: string) => shape.uint(map[name], name);
  const counts = (name: string): readonly Count[] =>
    shape.list(map[name], 10_000, name).map((one) => {
      const count = shape.map(one, ["name", "count"], name);
      return { name: shape.words(count.name, 500, name), count: shape.uint(count.count, name) };
    });
  return {
    month: shape.text(map.month, 7, "month"),
    made: number("made"),
    rulesVersion: number("rulesVersion"),
    openings: number("openings"),
    bySite: counts("bySite"),
    byReason: counts("byReason"),
    byRole: counts("byRole"),
    byPhase: counts("byPhase"),
    byDay: counts("byDay"),
    byKind: counts("byKind"),
    byState: counts("byState"),
    reviews: parseReviews(map.reviews),
    byRule: shape.list(map.byRule, 100, "byRule").map((one) => {
      const rule = shape.map(one, ["rule", "holds", "clear", "unjudged", "apart"], "byRule");
      return {
        rule: shape.oneOf(rule.rule, reviewRuleIds, "rule"),
        holds: shape.uint(rule.holds, "holds"),
        clear: shape.uint(rule.clear, "clear"),
        unjudged: shape.uint(rule.unjudged, "unjudged"),
        apart: shape.uint(rule.apart, "apart"),
      };
    }),
    alerts: counts("alerts"),
    refused: counts("refused"),
    unlockFailures: number("unlockFailures"),
    drills: number("drills"),
    drillRecords: number("drillRecords"),
    letters: number("letters"),
  };
}

function parseReviews(value: unknown): ReviewReport["reviews"] {
  const names = ["items", "reviewed", "due", "dueReviewed", "lot", "lotReviewed"] as const;
  const map = shape.map(value, [...names, "medianHours", "slowestTenthHours"], "reviews");
  const number = (name: (typeof names)[number]) => shape.uint(map[name], name);
  const hours = (given: unknown): number | null => (given === null ? null : shape.uint(given, "hours"));
  return {
    items: number("items"),
    reviewed: number("reviewed"),
    due: number("due"),
    dueReviewed: number("dueReviewed"),
    lot: number("lot"),
    lotReviewed: number("lotReviewed"),
    medianHours: hours(map.medianHours),
    slowestTenthHours: hours(map.slowestTenthHours),
  };
}
