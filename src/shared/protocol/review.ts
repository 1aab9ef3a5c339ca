/** Reviews, their settings, the patient's letter: the console's exchanges, JSON on its own origin. No answer holds clinical content. */
import type { Finding } from "./reviewRules.ts";
import { shapeOf } from "./shape.ts";

export const reviewPaths = {
  /** GET the list; POST /ID a decision, /ID/answer, GET and POST /ID/letter. */
  list: "/api/review",
  rules: "/api/review/rules",
  report: "/api/review/report",
} as const;

export const reviewStates = ["open", "accepted", "question", "escalated"] as const;
export type ReviewState = (typeof reviewStates)[number];

/** What an item is about. All but openings, searches and outage sessions are extraordinary: each is looked at by itself. */
export const reviewKinds = ["opening", "region-search", "rescue", "declaration", "sponsor", "envelope", "outage", "clock"] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** One entry of the journal, in the order of the chain. */
export interface ReviewStep {
  readonly kind: string;
  /** ms, the device's trusted time. */
  readonly at: number;
  readonly what: string;
  readonly reason: string;
  readonly note: string;
}

/** What was done about it. decided: by a reviewer · answered: a reviewer wrote down what staff said · grown: more was opened after a decision. */
export const reviewEvents = ["decided", "answered", "grown"] as const;
export type ReviewEvent = (typeof reviewEvents)[number];

export interface ReviewDeed {
  readonly what: ReviewEvent;
  readonly state: ReviewState;
  readonly note: string;
  /** "" for what the hub did itself. */
  readonly reviewer: string;
  /** Who answered; "" unless answered. */
  readonly answeredBy: string;
  readonly at: number;
  /** Version of the rules, 0 before there was one, and the rank as it stood then. */
  readonly rules: number;
  readonly rank: number;
}

export interface PrintedLetter {
  readonly at: number;
  readonly by: string;
  readonly language: LetterLanguage;
}

export interface ReviewItem {
  readonly id: string;
  readonly kind: ReviewKind;
  /** ms of the first entry. */
  readonly opened: number;
  readonly staff: { readonly id: string; readonly name: string; readonly role: string };
  /** null: nobody is concerned, or the hub no longer knows the person of this reference. */
  readonly person: { readonly name: string; readonly kana: string; readonly birthDate: string; readonly sex: string } | null;
  readonly device: { readonly id: string; readonly name: string };
  /** "" when the device's site is not known. */
  readonly site: string;
  readonly purpose: string;
  readonly steps: readonly ReviewStep[];
  readonly state: ReviewState;
  readonly note: string;
  readonly reviewer: string;
  /** ms; 0 while open. */
  readonly decided: number;
  /** Every rule, with what it says of this item. */
  readonly findings: readonly Finding[];
  readonly rank: number;
  /** Chosen by lot, whatever its rank. */
  readonly lot: boolean;
  /** Is to be reviewed: by its rank, or by lot. */
  readonly due: boolean;
  /** In the order in which it was done. */
  readonly history: readonly ReviewDeed[];
  readonly letters: readonly PrintedLetter[];
  /** The signed-in reviewer is concerned, so another one must decide. */
  readonly own: boolean;
}

export interface ReviewDecision {
  readonly state: Exclude<ReviewState, "open">;
  readonly note: string;
  /** How much of its history was on the screen: what another did meanwhile is seen before it is overruled. */
  readonly seen: number;
}

export interface ReviewAnswer {
  /** Who said so. */
  readonly by: string;
  readonly note: string;
  readonly seen: number;
}

/** Hours of the day when somebody is on shift; "" is every site without hours of its own. 0 to 24 with weekends: never off shift. */
export interface Shift {
  readonly site: string;
  readonly from: number;
  readonly to: number;
  readonly weekends: boolean;
}

/** Whom a patient may ask. Each must be there before a letter can be printed. */
export interface LetterContact {
  readonly sender: string;
  readonly department: string;
  readonly telephone: string;
  readonly hours: string;
}

export interface ReviewSettings {
  /** Items of this rank and above are each to be reviewed, 1 to 20. */
  readonly from: number;
  /** Percent of all items that are reviewed by lot, 1 to 100: no rank is a free pass. */
  readonly share: number;
  readonly shifts: readonly Shift[];
  readonly contact: LetterContact;
  /** Whether the patient's letter names the member who looked. */
  readonly staffNames: boolean;
}

export interface SettingsDeed {
  readonly at: number;
  readonly by: string;
  readonly settings: ReviewSettings;
}

/** The page of rules: what they weigh, what is set, and who set what when. */
export interface ReviewRulesAnswer {
  readonly version: number;
  readonly settings: ReviewSettings;
  readonly history: readonly SettingsDeed[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  /** The seed of this month's lot: with it anybody can draw again. */
  readonly month: string;
  readonly seed: string;
}

export const letterLanguages = ["ja", "en"] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** What was seen, in the patient's words: "all" says nothing of protected categories, since others may read the letter too. */
export const letterSeen = ["strip", "all", "printed", "handed"] as const;
export type LetterSeen = (typeof letterSeen)[number];

/** Everything that the patient's letter says. No clinical content, no rank, no free words of staff. */
export interface Letter {
  readonly review: string;
  readonly person: string;
  /** ms. */
  readonly opened: number;
  /** ms of the last entry. */
  readonly until: number;
  readonly site: string;
  readonly role: string;
  /** "" unless the settings let the letter name staff. */
  readonly staff: string;
  /** Reasons that were declared, each once, in the words of the policy of then; "" where it does not know the reason. */
  readonly reasons: readonly { readonly ja: string; readonly en: string }[];
  readonly seen: readonly LetterSeen[];
  readonly contact: LetterContact;
  /** false: a contact is missing, so nothing may be printed. */
  readonly ready: boolean;
  readonly printed: readonly PrintedLetter[];
}

export const isContactWhole = (contact: LetterContact): boolean => Object.values(contact).every((words) => words.trim() !== "");

const limit = 64 * 1024;
const shape = shapeOf("bad-request");

/** Up to 2,000 letters, line breaks allowed. */
function lines(value: unknown, field: string, needed: boolean): string {
  const words = typeof value === "string" ? value.replace(/\r\n/g, "\n") : "";
  if (typeof value !== "string" || words.length > 2000 || (needed && words.trim() === "")) shape.text("", 0, field);
  for (const line of words.split("\n")) if (line !== "") shape.text(line, 2000, field);
  return words;
}

/** A question or an escalation must say why. */
export function parseDecision(body: Uint8Array): ReviewDecision {
  const map = shape.map(shape.json(body, limit), ["state", "note", "seen"], "decision");
  const state = shape.oneOf(map.state, ["accepted", "question", "escalated"] as const, "state");
  return { state, note: lines(map.note, "note", state !== "accepted"), seen: shape.uint(map.seen, "seen") };
}

export function parseAnswer(body: Uint8Array): ReviewAnswer {
  const map = shape.map(shape.json(body, limit), ["by", "note", "seen"], "answer");
  return { by: shape.text(map.by, 120, "by"), note: lines(map.note, "note", true), seen: shape.uint(map.seen, "seen") };
}

export function parseLetterRequest(body: Uint8Array): LetterLanguage {
  return shape.oneOf(shape.map(shape.json(body, limit), ["language"], "letter").language, letterLanguages, "language");
}

export function parseSettingsRequest(body: Uint8Array): ReviewSettings {
  return settingsOf(shape.json(body, limit), shape);
}

/** For requests, answers and what the hub has stored: the same bounds everywhere. */
export function settingsOf(value: unknown, { flag, list, map, text, uint }: typeof shape): ReviewSettings {
  const between = (number: number, least: number, most: number, field: string): number => {
    if (number < least || number > most) text("", 0, field);
    return number;
  };
  const all = map(value, ["from", "share", "shifts", "contact", "staffNames"], "settings");
  const contact = map(all.contact, ["sender", "department", "telephone", "hours"], "contact");
  const words = (given: unknown, field: string): string => (given === "" ? "" : text(given, 200, field));
  return {
    from: between(uint(all.from, "from"), 1, 20, "from"),
    share: between(uint(all.share, "share"), 1, 100, "share"),
    shifts: list(all.shifts, 1000, "shifts").map((one) => {
      const shift = map(one, ["site", "from", "to", "weekends"], "shift");
      return {
        site: words(shift.site, "site"),
        from: between(uint(shift.from, "shift.from"), 0, 24, "shift.from"),
        to: between(uint(shift.to, "shift.to"), 0, 24, "shift.to"),
        weekends: flag(shift.weekends, "weekends"),
      };
    }),
    contact: {
      sender: words(contact.sender, "sender"),
      department: words(contact.department, "department"),
      telephone: words(contact.telephone, "telephone"),
      hours: words(contact.hours, "hours"),
    },
    staffNames: flag(all.staffNames, "staffNames"),
  };
}
