import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Insurance, PatientName, PatientRecord } from "../record/record.ts";

/** An insurance card as numbers are compared: NFKC, capitals, without marks, spaces and leading zeros. */
export interface Card {
  readonly insurer: string;
  readonly symbol: string;
  readonly number: string;
  /** "" where the hospital does not send it. */
  readonly branch: string;
}

/** Family and given name; either may be "". */
export type Name = readonly [family: string, given: string];

/**
 * What one hospital's records state of who a patient is, under one name, birth date and sex. Nothing sent is "" or null; `folded` is
 * the form in which names are compared (shared/summary/fold.ts), the rest is as sent.
 */
export interface Traits {
  readonly kanji: Name | null;
  readonly kana: Name | null;
  readonly folded: { readonly kanji: Name; readonly kana: Name };
  /** ISO 8601, as precise as sent; "". */
  readonly birth: string;
  /** HL7 table 0001 letter; "". */
  readonly sex: string;
  readonly addresses: readonly { readonly text: string; readonly postal: string }[];
  /** Digits only. */
  readonly phones: readonly string[];
  readonly cards: readonly Card[];
}

/** Traits of one message or resource. */
export function traitsOf(patient: PatientRecord): Traits {
  const kanji = nameOf(patient.names, "ideographic") ?? written(patient.names, false);
  const kana = nameOf(patient.names, "phonetic") ?? written(patient.names, true);
  const homes = patient.addresses.filter(({ kind }) => kind !== "business");
  return {
    kanji,
    kana,
    folded: { kanji: fold(kanji), kana: fold(kana) },
    birth: patient.birthDate ?? "",
    sex: patient.sex,
    addresses: homes.map(({ text, postal }) => ({ text, postal: postal.normalize("NFKC").replace(/\D/g, "") })),
    phones: [...new Set(patient.telecoms.map(({ number }) => phoneOf(number)).filter((number) => number.length >= 9))],
    cards: patient.insurances.flatMap(cardOf),
  };
}

/**
 * Traits of several messages of one patient, each distinct name, birth date and sex once, with every address, telephone and card that
 * was stated under it; one that says less than another of the same person is part of that one. The fullest first.
 */
export function mergeTraits(all: readonly Traits[]): Traits[] {
  const merged: Traits[] = [];
  for (const one of inOrder(all)) {
    // A card stays with the words it stood beside: a key is never made of two messages.
    const at = merged.findIndex((other) => saysNoMore(one, other) && (one.cards.length === 0 || saysNoMore(other, one)));
    const known = merged[at];
    if (known === undefined) merged.push(one);
    else
      merged[at] = {
        ...known,
        addresses: distinct([...known.addresses, ...one.addresses]),
        phones: distinct([...known.phones, ...one.phones]),
        cards: distinct([...known.cards, ...one.cards]),
      };
  }
  return merged;
}

/** The text in which traits are kept with a patient; `parseTraits` reads it, null for what is none (an older store's keys). */
export function encodeTraits(traits: Traits): string {
  return JSON.stringify(traits);
}

/** The hub's own text, so its shape is trusted. */
export function parseTraits(text: string): Traits | null {
  return text.startsWith("{") ? (JSON.parse(text) as Traits) : null;
}

/** What a patient's row keeps of these records: texts of `encodeTraits`. */
export function statementsOf(patients: readonly PatientRecord[]): string[] {
  return mergeTraits(patients.map(traitsOf)).map(encodeTraits);
}

/** The same file by file: what no file of the patient before this one said. `said` is kept by the caller for one patient. */
export function newStatements(patients: readonly PatientRecord[], said: Set<string>): string[] {
  const fresh = patients.filter(({ names, birthDate, sex, addresses, telecoms, insurances }) => {
    const text = JSON.stringify([names, birthDate, sex, addresses, telecoms, insurances]);
    return !said.has(text) && said.add(text);
  });
  return fresh.length === 0 ? [] : statementsOf(fresh);
}

/** The same of statements that were made file by file. */
export function joinStatements(texts: readonly string[]): string[] {
  const all = [...new Set(texts)].map((text) => ({ text, traits: parseTraits(text) }));
  const merged = mergeTraits(all.flatMap(({ traits }) => (traits === null ? [] : [traits]))).map(encodeTraits);
  return [...merged, ...all.flatMap(({ text, traits }) => (traits === null ? [text] : []))];
}

/** Width, spaces, marks and leading zeros of numbers are written differently by each hospital. */
export function plainNumber(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s|・.,\-‐‑–—−ー]/gu, "");
  return /^\d+$/.test(plain) ? plain.replace(/^0+/, "") : plain;
}

/** A telephone number in digits, without the country. */
export function phoneOf(text: string): string {
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  return digits.startsWith("+81") ? `0${digits.slice(3).replace(/^0/, "")}` : digits.replace(/\+/g, "");
}

/** Written in kana of either kind and any width. */
export function isKana(text: string): boolean {
  return /^[\p{sc=Hiragana}\p{sc=Katakana}ー・\s]+$/u.test(text.normalize("NFKC"));
}

export function foldName(name: Name | null): Name {
  return fold(name);
}

function fold(name: Name | null): Name {
  return name === null ? ["", ""] : [foldForSearch(name[0]), foldForSearch(name[1])];
}

function nameOf(names: readonly PatientName[], representation: PatientName["representation"]): Name | null {
  const found = names.find((name) => name.representation === representation);
  return found === undefined ? null : [found.family, found.given];
}

/** A name sent without saying how it is written: kana says so itself. */
function written(names: readonly PatientName[], kana: boolean): Name | null {
  const found = names.find(({ representation, family, given }) => representation === "unknown" && isKana(`${family}${given}`) === kana);
  return found === undefined ? null : [found.family, found.given];
}

function cardOf(insurance: Insurance): Card[] {
  const insurer = plainNumber(numberOf(insurance.insurer));
  const number = plainNumber(insurance.number);
  if (insurer === "" || number === "") return [];
  return [{ insurer, symbol: plainNumber(insurance.symbol), number, branch: plainNumber(insurance.branch) }];
}

/** 保険者番号 alone: records carry the insurer's name behind it, where it was sent. */
function numberOf(insurer: string): string {
  const text = insurer.normalize("NFKC").trim();
  return /^\d+/.exec(text)?.[0] ?? text;
}

/** The fullest first; the same statements in any order give the same answer. */
function inOrder(all: readonly Traits[]): Traits[] {
  const keyed = all.map((one) => ({ one, full: fullness(one), text: encodeTraits(one) }));
  keyed.sort((a, b) => b.full - a.full || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return keyed.map(({ one }) => one);
}

function fullness({ kanji, kana, birth, sex, cards, addresses, phones }: Traits): number {
  const core = [kanji, kana].filter((name) => name !== null).length + (birth === "" ? 0 : 1) + (sex === "" ? 0 : 1);
  return core * 1_000 + cards.length * 100 + addresses.length * 10 + phones.length;
}

/** Whether all that `one` says of name, birth date and sex is said by `other` too. */
function saysNoMore(one: Traits, other: Traits): boolean {
  const part = (a: string, b: string) => a === "" || a === b;
  const names = (["kanji", "kana"] as const).every((kind) =>
    [0, 1].every((i) => part(one.folded[kind][i] ?? "", other.folded[kind][i] ?? "")),
  );
  return names && part(one.birth, other.birth) && part(one.sex, other.sex);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
