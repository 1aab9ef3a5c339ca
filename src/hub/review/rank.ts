import { readApproval } from "../../shared/audit/approval.ts";
import { type PackKind, packKinds } from "../../shared/crypto/derive.ts";
import type { Policy } from "../../shared/protocol/policy.ts";
import type { ReviewSettings, Shift } from "../../shared/protocol/review.ts";
import { type Finding, type ReviewRule, rankOf, reviewLimits, reviewRuleIds, type UnjudgedWhy } from "../../shared/protocol/reviewRules.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Attended, Evidence } from "./evidence.ts";

const jstMs = 9 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

type Said = "holds" | "clear" | "apart" | UnjudgedWhy;
type Rule = (evidence: Evidence, settings: ReviewSettings, now: number) => Said;

const when = (holds: boolean): Said => (holds ? "holds" : "clear");

/** A rule about a look at one person; other items are not what it is about. */
const ofPerson =
  (rule: Rule): Rule =>
  (evidence, settings, now) =>
    evidence.row.kind === "opening" ? rule(evidence, settings, now) : "apart";

/**
 * What each rule looks at. A rule that cannot be judged says why and is shown as such: never the same as one that was looked at.
 * Whoever changes what one means raises `reviewRulesVersion`.
 */
const rules: Readonly<Record<ReviewRule, Rule>> = {
  extraordinary: ({ row }) => when(row.kind !== "opening" && row.kind !== "region-search"),
  odd: ({ row }) => when(row.odd === 1),
  "no-attendance": ofPerson((evidence, _, now) => judgeAttendance(evidence, "around", now)),
  "no-later-visit": ofPerson((evidence, _, now) => judgeAttendance(evidence, "after", now)),
  "own-family-name": ofPerson(({ staff, family }) => {
    if (staff === null) return "staff-unknown";
    return family === null ? "person-unknown" : when(isSameFamily(staff, family));
  }),
  envelope: ({ row }) => when(row.envelope === 1),
  "second-person": ofPerson(judgeSecondPerson),
  unconfirmed: ofPerson(({ row }) => when(row.confirmed === 0 && (row.rest === 1 || row.protected === 1 || row.ended === 1))),
  "protected-opened": ofPerson(({ row }) => when(row.protected === 1)),
  sponsored: ({ row }) => when(row.sponsored === 1),
  "outside-cohort": ({ row, steps }) => when(row.kind === "region-search" || steps.some(({ kind }) => kind === "open-region")),
  "many-in-a-row": ofPerson(({ row, others }) => when(before(others, row.opened, dayMs).length >= reviewLimits.manyInADay)),
  repeated: ofPerson(({ row, others }) => {
    if (row.person === "") return "no-entries";
    const same = before(others, row.opened, 7 * dayMs).filter(({ person }) => person === row.person);
    return when(same.length >= reviewLimits.samePersonInAWeek);
  }),
  "off-shift": ({ row, siteId }, { shifts }) => when(isOffShift(row.opened, shiftOf(shifts, siteId))),
  "handed-out": ({ steps }) => when(steps.some(({ kind }) => kind === "print" || kind === "export" || kind === "handover")),
  "no-card": ofPerson(({ steps }) => {
    const words = steps.flatMap(({ kind, what }) => (kind === "open-strip" || kind === "open-region" ? what.split(/[\s,:]+/) : []));
    if (words.includes("scan")) return "clear";
    return words.includes("typed") ? "holds" : "not-said";
  }),
  "rest-opened": ofPerson(({ row }) => when(row.rest === 1)),
};

/** Every rule's verdict on one review, in the order of the table. The same evidence, settings and time give the same. */
export function judgeRules(evidence: Evidence, settings: ReviewSettings, now: number): readonly Finding[] {
  return reviewRuleIds.map((rule) => {
    const said = rules[rule](evidence, settings, now);
    if (said === "holds" || said === "clear" || said === "apart") return { rule, verdict: said, why: "" };
    return { rule, verdict: "unjudged", why: said };
  });
}

export interface Ranked {
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
  readonly rank: number;
}

/** The order in which reviewers read: by rank, then the newest first. */
export function rankReviews(all: readonly Evidence[], settings: ReviewSettings, now: number): readonly Ranked[] {
  return all
    .map((evidence) => {
      const findings = judgeRules(evidence, settings, now);
      return { evidence, findings, rank: rankOf(findings) };
    })
    .sort((a, b) => b.rank - a.rank || b.evidence.row.opened - a.evidence.row.opened || (a.evidence.row.id < b.evidence.row.id ? -1 : 1));
}

/** Nothing found says nothing before the hours are over and every facility that sends was heard since. */
function judgeAttendance({ row, attended }: Evidence, which: keyof Pick<Attended, "around" | "after">, now: number): Said {
  if (attended === null) return "person-unknown";
  if (attended[which]) return "clear";
  const due = row.opened + reviewLimits.attendanceHours * hourMs;
  if (now < due) return "not-due";
  return attended.heard === null || attended.heard < due ? "no-data-since" : "holds";
}

/** Needed by the policy of then, and no approval by somebody else on record that names this member and these parts. */
function judgeSecondPerson(evidence: Evidence): Said {
  const { row, steps, policy } = evidence;
  const asked = steps.filter(({ kind }) => kind === "second-person");
  if (asked.some(({ what }) => /\b(?:denied|refused)\b/.test(what))) return "holds";
  if (policy === null) return "no-policy";
  const approved = asked.flatMap(({ staff, what }) => {
    const approval = readApproval(what);
    return approval?.staff === row.staff && staff !== row.staff ? approval.parts : [];
  });
  return when(partsNeeded(evidence, policy).some((part) => !approved.includes(part)));
}

/** By role; and of the strip, once the member has opened as many other people within the hour as one may alone. */
function partsNeeded({ row, steps, staffRole, others }: Evidence, { locks, reasons }: Policy): readonly PackKind[] {
  const opened = packKinds.filter((part) => row[part] === 1);
  const byRole = Object.entries(locks.secondPerson).find(([role]) => role === staffRole)?.[1] ?? [];
  const people = new Set(before(others, row.opened, hourMs).map(({ person }) => person));
  people.delete(row.person);
  const inOutage = steps.some(({ reason }) => reasons.some(({ id, path }) => id === reason && path === "outage"));
  const isOver = locks.hourlyLimit > 0 && people.size >= locks.hourlyLimit && !inOutage;
  return opened.filter((part) => byRole.includes(part) || (part === "strip" && isOver));
}

/** Written alike whatever the variant of the letters; by kana alone only where one of the two has no kanji. */
function isSameFamily(staff: { kanji: string; kana: string }, family: { kanji: string; kana: string }): boolean {
  const same = (name: string, other: string): boolean => {
    const [first = "", ...given] = name.trim().split(/[\s　]+/);
    const folded = foldForSearch(other);
    if (folded === "" || first === "") return false;
    // A name written without a space: whether it begins with the other's family name.
    return given.length > 0 ? foldForSearch(first) === folded : foldForSearch(first).startsWith(folded);
  };
  if (staff.kanji !== "" && family.kanji !== "") return same(staff.kanji, family.kanji);
  return same(staff.kana, family.kana) || same(staff.kanji, family.kana);
}

const before = (others: Evidence["others"], at: number, ms: number) =>
  others.filter(({ kind, opened }) => kind === "opening" && opened <= at && opened > at - ms);

function shiftOf(shifts: readonly Shift[], site: string): Shift | undefined {
  return shifts.find((shift) => shift.site === site && site !== "") ?? shifts.find((shift) => shift.site === "");
}

/** On Japan's clock, without the server's time zone. A time no calendar knows counts as off shift; so does a site without any hours. */
function isOffShift(at: number, shift: Shift | undefined): boolean {
  const local = new Date(at + jstMs);
  const hour = local.getUTCHours();
  if (Number.isNaN(hour) || shift === undefined) return true;
  const { from, to, weekends } = shift;
  if (!weekends && (local.getUTCDay() === 0 || local.getUTCDay() === 6)) return true;
  return from < to ? !(hour >= from && hour < to) : !(hour >= from || hour < to);
}
