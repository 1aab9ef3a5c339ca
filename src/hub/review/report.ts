import { TomoshibiError } from "../../shared/error.ts";
import { reviewKinds, reviewStates } from "../../shared/protocol/review.ts";
import type { Count, ReviewReport } from "../../shared/protocol/reviewReport.ts";
import { reviewRuleIds, reviewRulesVersion } from "../../shared/protocol/reviewRules.ts";
import { deedsOf, reviewsBetween } from "../store/review.ts";
import { alertsBetween, drillsBetween, kindsBetween, lettersBetween, refusedBetween } from "../store/reviewMore.ts";
import { deviceSites } from "./places.ts";
import type { Ranked } from "./rank.ts";
import { type ReviewDeps, rankedOf } from "./review.ts";
import { isDrawn, settingsBook, spanOfMonth } from "./settings.ts";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Numbers of one month (YYYY-MM, Japan's clock), by when things began on the devices. Throws "bad-request" for what is no month. */
export async function reportOf(deps: ReviewDeps, month: string): Promise<ReviewReport> {
  const span = spanOfMonth(month);
  if (span === null) throw new TomoshibiError("bad-request", { field: "month" });
  const { from, until } = span;
  const { db } = deps;
  const [ranked, places, kinds, drills, alerts, refused, letters] = await Promise.all([
    rankedOf(deps, await reviewsBetween(db, from, until)),
    deviceSites(db),
    kindsBetween(db, from, until),
    drillsBetween(db, from, until),
    alertsBetween(db, from, until),
    refusedBetween(db, from, until),
    lettersBetween(db, from, until),
  ]);
  const rows = ranked.map(({ evidence }) => evidence.row);
  const openings = ranked.filter(({ evidence }) => evidence.row.kind === "opening");
  const of = (name: (one: Ranked) => string): readonly Count[] => counted(openings.map(name));
  const days = Math.round((until - from) / dayMs);
  return {
    month,
    made: deps.clock.now(),
    rulesVersion: reviewRulesVersion,
    openings: openings.length,
    bySite: of(({ evidence: { row } }) => places.get(row.device)?.site ?? ""),
    byReason: of(({ evidence: { steps } }) => steps.find(({ reason }) => reason !== "")?.reason ?? ""),
    byRole: of(({ evidence }) => evidence.staffRole),
    byPhase: of(({ evidence: { row } }) => (row.protected === 1 ? "protected" : row.rest === 1 ? "rest" : "strip")),
    byDay: Array.from({ length: days }, (_, day) => {
      const [start, end] = [from + day * dayMs, from + (day + 1) * dayMs];
      const count = openings.filter(({ evidence: { row } }) => row.opened >= start && row.opened < end).length;
      return { name: `${month}-${String(day + 1).padStart(2, "0")}`, count };
    }),
    byKind: reviewKinds.map((name) => ({ name, count: rows.filter(({ kind }) => kind === name).length })),
    byState: reviewStates.map((name) => ({ name, count: rows.filter(({ state }) => state === name).length })),
    reviews: await turnover(deps, ranked),
    byRule: reviewRuleIds.map((rule) => {
      const said = ranked.flatMap(({ findings }) => findings.filter((finding) => finding.rule === rule).map(({ verdict }) => verdict));
      const count = (verdict: string) => said.filter((one) => one === verdict).length;
      return { rule, holds: count("holds"), clear: count("clear"), unjudged: count("unjudged"), apart: count("apart") };
    }),
    alerts: listed(alerts),
    refused: listed(refused),
    unlockFailures: kinds.get("unlock-failed") ?? 0,
    drills: drills.begun,
    drillRecords: drills.recorded,
    letters,
  };
}

async function turnover({ db }: ReviewDeps, ranked: readonly Ranked[]): Promise<ReviewReport["reviews"]> {
  const book = await settingsBook(db);
  const deeds = await deedsOf(
    db,
    ranked.map(({ evidence }) => evidence.row.id),
  );
  const hours: number[] = [];
  const sums = { items: ranked.length, reviewed: 0, due: 0, dueReviewed: 0, lot: 0, lotReviewed: 0 };
  for (const { evidence, rank } of ranked) {
    const { id, made, state } = evidence.row;
    const lot = isDrawn(id, made, book.at(made).share);
    const due = lot || rank >= book.now.from;
    const reviewed = state !== "open";
    const first = (deeds.get(id) ?? []).find(({ what }) => what === "decided");
    if (first !== undefined) hours.push(Math.max(0, Math.round((first.at - made) / hourMs)));
    if (reviewed) sums.reviewed++;
    if (due) sums.due++;
    if (due && reviewed) sums.dueReviewed++;
    if (lot) sums.lot++;
    if (lot && reviewed) sums.lotReviewed++;
  }
  hours.sort((a, b) => a - b);
  const at = (part: number): number | null => hours[Math.min(hours.length - 1, Math.floor(hours.length * part))] ?? null;
  return { ...sums, medianHours: at(0.5), slowestTenthHours: at(0.9) };
}

/** The most frequent first. */
function counted(names: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return listed(counts);
}

function listed(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
