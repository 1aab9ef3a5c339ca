/**
 * The console's exchanges about who is who, JSON on the console's own origin as in console.ts. They show names, birth dates and addresses
 * to the signed-in operator, never clinical content. What is asked stands in bodies, so that no name stands in an address or a log.
 */
import { shapeOf } from "./shape.ts";

export const identityPaths = {
  /** GET → Queue. */
  queue: "/api/identity/queue",
  /** POST Search → PersonItem[]. */
  search: "/api/identity/search",
  /** POST Decision → Decided. */
  decide: "/api/identity/decide",
  /** GET → DecisionItem[], the newest first. */
  history: "/api/identity/history",
} as const;

export interface NumberItem {
  readonly facility: string;
  readonly pid: string;
}

/** What records of one number state, under one name, birth date and sex; "" what they do not. */
export interface StatementItem {
  readonly kanji: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly address: string;
  readonly postal: string;
  readonly phone: string;
}

export interface PatientItem extends NumberItem {
  readonly facilityName: string;
  /** The fullest first; empty when no record in force says who it is. */
  readonly statements: readonly StatementItem[];
}

export interface DecisionItem {
  readonly id: number;
  readonly kind: "link" | "apart" | "a40" | "undo";
  readonly a: NumberItem;
  readonly b: NumberItem;
  /** 0, or the decision that this one takes back. */
  readonly undoes: number;
  readonly undone: boolean;
  readonly who: string;
  readonly why: string;
  /** ms. */
  readonly at: number;
}

/** One person: everybody's numbers that are held to be theirs, and what was decided of them. */
export interface PersonItem {
  readonly person: string;
  readonly patients: readonly PatientItem[];
  readonly history: readonly DecisionItem[];
}

export const agreementFields = ["family", "given", "birth", "sex", "address", "phone", "card"] as const;
export const agreementLevels = ["same", "near", "other", "unknown", "apart"] as const;
export type AgreementItem = Readonly<Partial<Record<(typeof agreementFields)[number], (typeof agreementLevels)[number]>>>;

/** Two persons about whom somebody should decide; `a` and `b` are the numbers that fit best. */
export interface QuestionItem {
  readonly a: NumberItem;
  readonly b: NumberItem;
  readonly persons: readonly [PersonItem, PersonItem];
  readonly causes: readonly string[];
  /** Thousandths. */
  readonly score: number;
  readonly agreement: AgreementItem;
}

export interface Queue {
  /** How many questions there are; `items` are the first 100. */
  readonly total: number;
  readonly items: readonly QuestionItem[];
}

export interface Search {
  /** Name in kana or kanji, its parts parted by a space, or a patient number; may be "" beside a birth date. */
  readonly words: string;
  /** YYYY-MM-DD or a beginning of it; "". */
  readonly birthDate: string;
}

export type Decision =
  | { readonly kind: "link" | "apart"; readonly a: NumberItem; readonly b: NumberItem; readonly why: string }
  | { readonly kind: "split"; readonly person: string; readonly leaving: readonly NumberItem[]; readonly why: string }
  | { readonly kind: "undo"; readonly decision: number; readonly why: string };

/** Numbers of the rows that were written. They hold from the next publication on. */
export interface Decided {
  readonly decisions: readonly number[];
}

const limit = 64 * 1024;
const asked = shapeOf("bad-request");
const told = shapeOf("hub-answer-bad");
type Shape = typeof asked;

export function parseSearch(body: Uint8Array): Search {
  const map = asked.map(asked.json(body, limit), ["words", "birthDate"], "search");
  const birthDate = asked.words(map.birthDate, 10, "birthDate").trim();
  if (!/^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(birthDate)) asked.text("", 0, "birthDate");
  const words = asked.words(map.words, 100, "words").trim();
  if (words === "" && birthDate === "") asked.text("", 0, "words");
  return { words, birthDate };
}

export function parseDecision(body: Uint8Array): Decision {
  const value = asked.json(body, limit);
  const map = asked.map(value, ["kind", "why"], "decision", ["a", "b", "person", "leaving", "decision"]);
  const kind = asked.oneOf(map.kind, ["link", "apart", "split", "undo"] as const, "kind");
  const why = asked.words(map.why, 500, "why");
  const exactly = (keys: readonly string[]) => asked.map(value, ["kind", "why", ...keys], "decision");
  if (kind === "undo") return { kind, why, decision: asked.uint(exactly(["decision"]).decision, "decision") };
  if (kind === "split") {
    const { person, leaving } = exactly(["person", "leaving"]);
    const numbers = asked.list(leaving, 1000, "leaving").map((one) => parseNumber(asked, one));
    return { kind, why, person: asked.text(person, 64, "person"), leaving: numbers };
  }
  const { a, b } = exactly(["a", "b"]);
  return { kind, why, a: parseNumber(asked, a), b: parseNumber(asked, b) };
}

export function parseQueue(value: unknown): Queue {
  const map = told.map(value, ["total", "items"], "queue");
  return { total: told.uint(map.total, "total"), items: told.list(map.items, 1000, "items").map(parseQuestion) };
}

export function parsePersons(value: unknown): readonly PersonItem[] {
  return told.list(value, 1000, "persons").map(parsePerson);
}

export function parseDecided(value: unknown): Decided {
  const map = told.map(value, ["decisions"], "decided");
  return { decisions: told.list(map.decisions, 10_000, "decisions").map((id) => told.uint(id, "decision")) };
}

export function parseHistory(value: unknown): readonly DecisionItem[] {
  return told.list(value, 100_000, "history").map(parseDecisionItem);
}

function parseQuestion(value: unknown): QuestionItem {
  const map = told.map(value, ["a", "b", "persons", "causes", "score", "agreement"], "question");
  const [one, other, ...more] = told.list(map.persons, 2, "persons").map(parsePerson);
  if (one === undefined || other === undefined || more.length > 0) return told.oneOf("", [], "persons");
  const levels = told.map(map.agreement, [], "agreement", agreementFields);
  return {
    a: parseNumber(told, map.a),
    b: parseNumber(told, map.b),
    persons: [one, other],
    causes: told.list(map.causes, 20, "causes").map((cause) => told.text(cause, 40, "cause")),
    score: told.uint(map.score, "score"),
    agreement: Object.fromEntries(Object.entries(levels).map(([field, level]) => [field, told.oneOf(level, agreementLevels, "level")])),
  };
}

function parsePerson(value: unknown): PersonItem {
  const map = told.map(value, ["person", "patients", "history"], "person");
  return {
    person: told.words(map.person, 64, "person"),
    patients: told.list(map.patients, 1000, "patients").map(parsePatient),
    history: parseHistory(map.history),
  };
}

function parsePatient(value: unknown): PatientItem {
  const map = told.map(value, ["facility", "pid", "facilityName", "statements"], "patient");
  const { facility, pid } = parseNumber(told, { facility: map.facility, pid: map.pid });
  const statements = told.list(map.statements, 1000, "statements").map(parseStatement);
  return { facility, pid, facilityName: told.words(map.facilityName, 400, "facilityName"), statements };
}

function parseStatement(value: unknown): StatementItem {
  const keys = ["kanji", "kana", "birthDate", "sex", "address", "postal", "phone"] as const;
  const map = told.map(value, keys, "statement");
  const text = (key: (typeof keys)[number]) => told.words(map[key], 4000, key);
  const [kanji, kana, birthDate, sex] = [text("kanji"), text("kana"), text("birthDate"), text("sex")];
  return { kanji, kana, birthDate, sex, address: text("address"), postal: text("postal"), phone: text("phone") };
}

function parseDecisionItem(value: unknown): DecisionItem {
  const map = told.map(value, ["id", "kind", "a", "b", "undoes", "undone", "who", "why", "at"], "decision");
  return {
    id: told.uint(map.id, "id"),
    kind: told.oneOf(map.kind, ["link", "apart", "a40", "undo"] as const, "kind"),
    a: parseNumber(told, map.a),
    b: parseNumber(told, map.b),
    undoes: told.uint(map.undoes, "undoes"),
    undone: told.flag(map.undone, "undone"),
    who: told.words(map.who, 400, "who"),
    why: told.words(map.why, 1000, "why"),
    at: told.uint(map.at, "at"),
  };
}

function parseNumber(shape: Shape, value: unknown): NumberItem {
  const map = shape.map(value, ["facility", "pid"], "number");
  return { facility: shape.text(map.facility, 20, "facility"), pid: shape.text(map.pid, 200, "pid") };
}
