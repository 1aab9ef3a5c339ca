/** Reading the console's answers about reviews on the page; each throws "hub-answer-bad" for what the hub would never say. */
import {
  type Letter,
  type LetterContact,
  letterLanguages,
  letterSeen,
  type PrintedLetter,
  type ReviewItem,
  type ReviewRulesAnswer,
  reviewEvents,
  reviewKinds,
  reviewStates,
  settingsOf,
} from "./review.ts";
import { type Finding, reviewRuleIds, unjudgedWhys, verdicts } from "./reviewRules.ts";
import { shapeOf } from "./shape.ts";

const shape = shapeOf("hub-answer-bad");
const most = 20_000;

/** Any text, also an empty one or one of several lines. */
const words = (value: unknown, field: string): string => shape.words(value, 10_000, field);

export function parseReviews(value: unknown): readonly ReviewItem[] {
  return shape.list(value, most, "reviews").map(parseReview);
}

const itemKeys =
  "id kind opened staff person device site purpose steps state note reviewer decided findings rank lot due history letters own".split(" ");

export function parseReview(value: unknown): ReviewItem {
  const map = shape.map(value, itemKeys, "review");
  const staff = shape.map(map.staff, ["id", "name", "role"], "staff");
  const device = shape.map(map.device, ["id", "name"], "device");
  return {
    id: shape.text(map.id, 64, "id"),
    kind: shape.oneOf(map.kind, reviewKinds, "kind"),
    // A device's clock may say anything.
    opened: shape.uint(map.opened, "opened"),
    staff: { id: words(staff.id, "staff.id"), name: words(staff.name, "staff.name"), role: words(staff.role, "staff.role") },
    person: map.person === null ? null : parsePerson(map.person),
    device: { id: words(device.id, "device.id"), name: words(device.name, "device.name") },
    site: words(map.site, "site"),
    purpose: words(map.purpose, "purpose"),
    steps: shape.list(map.steps, most, "steps").map(parseStep),
    state: shape.oneOf(map.state, reviewStates, "state"),
    note: words(map.note, "note"),
    reviewer: words(map.reviewer, "reviewer"),
    decided: shape.uint(map.decided, "decided"),
    findings: shape.list(map.findings, 100, "findings").map(parseFinding),
    rank: shape.uint(map.rank, "rank"),
    lot: shape.flag(map.lot, "lot"),
    due: shape.flag(map.due, "due"),
    history: shape.list(map.history, most, "history").map(parseDeed),
    letters: shape.list(map.letters, most, "letters").map(parsePrinted),
    own: shape.flag(map.own, "own"),
  };
}

function parsePerson(value: unknown): NonNullable<ReviewItem["person"]> {
  const map = shape.map(value, ["name", "kana", "birthDate", "sex"], "person");
  return {
    name: words(map.name, "name"),
    kana: words(map.kana, "kana"),
    birthDate: words(map.birthDate, "birthDate"),
    sex: words(map.sex, "sex"),
  };
}

function parseStep(value: unknown): ReviewItem["steps"][number] {
  const map = shape.map(value, ["kind", "at", "what", "reason", "note"], "step");
  return {
    kind: words(map.kind, "kind"),
    at: shape.uint(map.at, "at"),
    what: words(map.what, "what"),
    reason: words(map.reason, "reason"),
    note: words(map.note, "note"),
  };
}

function parseFinding(value: unknown): Finding {
  const map = shape.map(value, ["rule", "verdict", "why"], "finding");
  return {
    rule: shape.oneOf(map.rule, reviewRuleIds, "rule"),
    verdict: shape.oneOf(map.verdict, verdicts, "verdict"),
    why: map.why === "" ? "" : shape.oneOf(map.why, unjudgedWhys, "why"),
  };
}

function parseDeed(value: unknown): ReviewItem["history"][number] {
  const map = shape.map(value, ["what", "state", "note", "reviewer", "answeredBy", "at", "rules", "rank"], "deed");
  return {
    what: shape.oneOf(map.what, reviewEvents, "what"),
    state: shape.oneOf(map.state, reviewStates, "state"),
    note: words(map.note, "note"),
    reviewer: words(map.reviewer, "reviewer"),
    answeredBy: words(map.answeredBy, "answeredBy"),
    at: shape.uint(map.at, "at"),
    rules: shape.uint(map.rules, "rules"),
    rank: shape.uint(map.rank, "rank"),
  };
}

function parsePrinted(value: unknown): PrintedLetter {
  const map = shape.map(value, ["at", "by", "language"], "printed");
  return { at: shape.uint(map.at, "at"), by: words(map.by, "by"), language: shape.oneOf(map.language, letterLanguages, "language") };
}

export function parseLetter(value: unknown): Letter {
  const keys = "review person opened until site role staff reasons seen contact ready printed".split(" ");
  const map = shape.map(value, keys, "letter");
  const contact = shape.map(map.contact, ["sender", "department", "telephone", "hours"], "contact");
  const said = (field: keyof LetterContact) => words(contact[field], field);
  return {
    review: shape.text(map.review, 64, "review"),
    person: words(map.person, "person"),
    opened: shape.uint(map.opened, "opened"),
    until: shape.uint(map.until, "until"),
    site: words(map.site, "site"),
    role: words(map.role, "role"),
    staff: words(map.staff, "staff"),
    reasons: shape.list(map.reasons, 64, "reasons").map((one) => {
      const reason = shape.map(one, ["ja", "en"], "reason");
      return { ja: words(reason.ja, "ja"), en: words(reason.en, "en") };
    }),
    seen: shape.list(map.seen, 10, "seen").map((one) => shape.oneOf(one, letterSeen, "seen")),
    contact: { sender: said("sender"), department: said("department"), telephone: said("telephone"), hours: said("hours") },
    ready: shape.flag(map.ready, "ready"),
    printed: shape.list(map.printed, most, "printed").map(parsePrinted),
  };
}

export function parseRules(value: unknown): ReviewRulesAnswer {
  const map = shape.map(value, ["version", "settings", "history", "sites", "month", "seed"], "rules");
  return {
    version: shape.uint(map.version, "version"),
    settings: settingsOf(map.settings, shape),
    history: shape.list(map.history, most, "history").map((one) => {
      const set = shape.map(one, ["at", "by", "settings"], "set");
      return { at: shape.uint(set.at, "at"), by: words(set.by, "by"), settings: settingsOf(set.settings, shape) };
    }),
    sites: shape.list(map.sites, most, "sites").map((one) => {
      const site = shape.map(one, ["id", "name"], "site");
      return { id: shape.text(site.id, 64, "id"), name: words(site.name, "name") };
    }),
    month: words(map.month, "month"),
    seed: words(map.seed, "seed"),
  };
}
