/**
 * Consent and scope: the words an entry is made of, and the console's exchanges about them. An entry says one thing of one patient of one
 * facility (or, with both empty, of the whole region) from one day on; entries are added, never changed.
 */
import { TomoshibiError } from "../error.ts";
import type { ProtectedCategory } from "../summary/protected.ts";

export const consentPaths = {
  rules: "/api/consent",
  find: "/api/consent/find",
  person: "/api/consent/person",
  record: "/api/consent/record",
  undo: "/api/consent/undo",
  preview: "/api/consent/preview",
  import: "/api/consent/import",
} as const;

export const consentKinds = ["participation", "emergency", "facility", "category"] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** What each kind may say. "unstated" takes back what was said before: the region's rule holds again. */
export const consentValues = {
  /** In the network or not. */
  participation: ["participating", "declined", "withdrawn", "unstated"],
  /** Opted out of emergency viewing: nothing of the person is on any device. */
  emergency: ["allowed", "optedOut", "unstated"],
  /** Whether records of the facility named as target may be shown. */
  facility: ["shown", "hidden", "unstated"],
  /** Of the protected category named as target: among the open items, in the protected pack, or in no pack at all. */
  category: ["open", "protected", "withheld", "unstated"],
} as const satisfies Readonly<Record<ConsentKind, readonly string[]>>;
export type ConsentValue = (typeof consentValues)[ConsentKind][number];

/** 書面, 口頭, オプトアウト掲示, 法令, その他 (which must be explained in the note). */
export const consentBases = ["written", "oral", "notice", "law", "other"] as const;
export type ConsentBasis = (typeof consentBases)[number];

export const protectedIds = [
  "hiv",
  "psychiatric",
  "addiction",
  "sexuallyTransmitted",
  "reproductive",
  "violence",
] as const satisfies readonly ProtectedCategory["id"][];
export type ProtectedId = (typeof protectedIds)[number];

/** Target of kind "facility": every facility that no other entry names. */
export const everyFacility = "*";

/** Of whom an entry speaks; facility and pid both "": a rule of the region. */
export interface ConsentPatient {
  /** 10 digits. */
  readonly facility: string;
  /** As the facility writes it, leading zeros included. */
  readonly pid: string;
}

export interface ConsentStatement extends ConsentPatient {
  readonly kind: ConsentKind;
  /** A facility code or "*" for kind facility, a category for kind category, else "". */
  readonly target: string;
  readonly value: ConsentValue;
  /** YYYY-MM-DD in Japan: holds from the beginning of this day. */
  readonly from: string;
  readonly basis: ConsentBasis;
  /** Who took the person's statement down. */
  readonly by: string;
  /** One line, "" when there is none. */
  readonly note: string;
}

export interface ConsentEntry extends ConsentStatement {
  /** Order of recording. */
  readonly seq: number;
  /** ms: when the hub learned of it. */
  readonly at: number;
  /** Who brought it into the hub: a reviewer's name, "hub" for a command. */
  readonly entered: string;
  /** Entries recorded together. */
  readonly batch: string;
  /** The batch that this one takes back, "" for an ordinary one. */
  readonly undoes: string;
}

/** Why nothing of a person is on any device; "" when something is. */
export const withheldReasons = ["no-default", "not-participating", "declined", "withdrawn", "opted-out", "held", "no-scope"] as const;
export type WithheldReason = (typeof withheldReasons)[number];

/** A patient as the console names one; the empty texts: not known. */
export interface ConsentFound extends ConsentPatient {
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: string;
  /** false: no record of this number has come yet. */
  readonly known: boolean;
}

/** What devices will have of a person after the next publication, and everything that was said about it. */
export interface ConsentState {
  readonly patient: ConsentFound;
  /** The same person at other hospitals. */
  readonly linked: readonly ConsentFound[];
  /** null: something is published. */
  readonly reason: WithheldReason | null;
  /** For "held": the patient who refused, and whom this one may be. */
  readonly like: ConsentPatient | null;
  readonly facilities: readonly { readonly code: string; readonly name: string; readonly shown: boolean }[];
  readonly categories: Readonly<Record<ProtectedId, "open" | "protected" | "withheld">>;
  /** In the publication that is in force now. */
  readonly published: boolean;
  /** The next publication looks at them anew. */
  readonly pending: boolean;
  readonly today: string;
  /** Of all linked patients, newest first. */
  readonly history: readonly ConsentEntry[];
}

export interface HeldPerson {
  readonly patient: ConsentFound;
  readonly like: ConsentPatient;
}

export interface ConsentRules {
  /** For people without an entry; unstated: nobody is published. */
  readonly everybody: "participating" | "declined" | "unstated";
  readonly withheld: number;
  readonly held: readonly HeldPerson[];
  readonly facilities: readonly { readonly code: string; readonly name: string }[];
  /** Newest first. */
  readonly history: readonly ConsentEntry[];
  readonly today: string;
}

/** What a line does to what devices have: unknown: no record of the patient has come yet; none: the same as before. */
export const importEffects = ["removed", "added", "changed", "later", "unknown", "region", "none"] as const;
export type ImportEffect = (typeof importEffects)[number];

export interface ConsentPreview {
  readonly lines: number;
  readonly taken: number;
  readonly known: number;
  readonly empty: number;
  readonly refused: number;
  readonly refusals: readonly { readonly line: number; readonly reason: EntryFault }[];
  readonly effects: Readonly<Record<ImportEffect, number>>;
  /** The first ones. */
  readonly rows: readonly (ConsentStatement & { readonly line: number; readonly effect: ImportEffect })[];
}

/** `batch`: "" when nothing was new. */
export interface ConsentImported {
  readonly preview: ConsentPreview;
  readonly batch: string;
}

/** Why an entry or a line of a file is refused. */
export const entryFaults = [
  "columns",
  "quotes",
  "facility",
  "pid",
  "pid-zeros-lost",
  "kind",
  "target",
  "value",
  "date",
  "basis",
  "by",
  "note",
  "contradicts",
] as const;
export type EntryFault = (typeof entryFaults)[number];

/**
 * Whether a text can be a patient's number at a facility: visible letters of any script, no spaces, at most 200. Who has no number of the
 * hospital's own is known by an identifier with its system, and must be able to refuse all the same.
 */
export function isPatientNumber(text: string): boolean {
  return /^[^\s\p{Cc}\p{Cf}]{1,200}$/u.test(text);
}

/** What an entry lacks, or null. Attacker-controlled: from a file, a form, a command. `patient`: "region" for a rule. */
export function faultOf(entry: Readonly<Record<keyof ConsentStatement, string>>, of: "patient" | "region" = "patient"): EntryFault | null {
  const { facility, pid, kind, target, value, from, basis, by, note } = entry;
  if (of === "patient" ? !/^\d{10}$/.test(facility) : facility !== "") return "facility";
  if (of === "patient" ? !isPatientNumber(pid) : pid !== "") return "pid";
  if (!isOf(consentKinds, kind)) return "kind";
  if (!isTarget(kind, target)) return "target";
  if (!isOf(consentValues[kind], value)) return "value";
  if (!isDay(from)) return "date";
  if (!isOf(consentBases, basis)) return "basis";
  if (!isLine(by, 120) || by.trim() === "") return "by";
  if (!isLine(note, 400) || (basis === "other" && note.trim() === "")) return "note";
  return null;
}

/** The entry, its words checked. Throws "consent-entry-bad" naming what is wrong. */
export function statementOf(
  entry: Readonly<Record<keyof ConsentStatement, string>>,
  of: "patient" | "region" = "patient",
): ConsentStatement {
  const fault = faultOf(entry, of);
  if (fault !== null) throw new TomoshibiError("consent-entry-bad", { reason: fault });
  const { facility, pid, kind, target, value, from, basis, by, note } = entry;
  return {
    facility,
    pid,
    kind: kind as ConsentKind,
    target,
    value: value as ConsentValue,
    from,
    basis: basis as ConsentBasis,
    by: by.trim(),
    note: note.trim(),
  };
}

/** Day in Japan of an instant, YYYY-MM-DD: entries begin with the day there, wherever the hub stands. */
export function dayInJapan(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** A day of the calendar, 1900 to 2199, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function isOf<T extends string>(words: readonly T[], word: string): word is T {
  return words.some((known) => known === word);
}

function isTarget(kind: ConsentKind, target: string): boolean {
  if (kind === "facility") return target === everyFacility || /^\d{10}$/.test(target);
  return kind === "category" ? isOf(protectedIds, target) : target === "";
}

/** No control letters, and none that turns the direction of writing. */
function isLine(text: string, most: number): boolean {
  return text.length <= most && !/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(text);
}
