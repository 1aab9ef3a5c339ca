import { isDay } from "./links.ts";
import type { Card, Traits } from "./traits.ts";

/**
 * How two statements of who somebody is agree, field by field. "unknown": one side does not say. "near": a slip of a pen or a
 * keyboard explains the difference. Postal code and text of an address count as one field, as do the parts of a card.
 */
export interface Agreement {
  readonly family: Level;
  readonly given: Level;
  readonly birth: Level;
  readonly sex: Level;
  readonly address: Level;
  readonly phone: Level;
  /** same: one card with one branch. near: one symbol and number, branch unsaid on a side. apart: the branch says two people. */
  readonly card: Level | "apart";
}
export type Level = "same" | "near" | "other" | "unknown";

export const fields = ["family", "given", "birth", "sex", "address", "phone", "card"] as const satisfies readonly (keyof Agreement)[];

export function compare(a: Traits, b: Traits): Agreement {
  return {
    family: compareName(a, b, 0),
    given: compareName(a, b, 1),
    birth: compareBirth(a.birth, b.birth),
    sex: compareSex(a.sex, b.sex),
    address: compareAddress(a, b),
    phone: comparePhones(a.phones, b.phones),
    card: compareCards(a.cards, b.cards),
  };
}

/** The better of kana and kanji: either may carry the slip, and kana alone cannot tell 齋藤 from 斎藤, which fold to one. */
function compareName(a: Traits, b: Traits, part: 0 | 1): Level {
  const kana = compareText(a.folded.kana[part], b.folded.kana[part]);
  const kanji = compareText(a.folded.kanji[part], b.folded.kanji[part]);
  if (kana === "unknown") return kanji;
  if (kanji === "unknown") return kana;
  if (kana === "same" && kanji === "same") return "same";
  // Same sound, other letters (or the reverse): the same name written otherwise, or two names.
  if (kana === "same" || kanji === "same") return "near";
  return kana === "near" && kanji === "near" ? "near" : "other";
}

function compareText(a: string, b: string): Level {
  if (a === "" || b === "") return "unknown";
  if (a === b) return "same";
  const [x, y] = [[...a], [...b]];
  return Math.min(x.length, y.length) >= 2 && isOneSlip(x, y) ? "near" : "other";
}

/** One letter more, less or other, or two neighbours changed about. */
export function isOneSlip(a: readonly string[], b: readonly string[]): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const rest = (list: readonly string[], from: number) => list.slice(from).join("\0");
  if (a.length > b.length) return rest(a, at + 1) === rest(b, at);
  if (b.length > a.length) return rest(a, at) === rest(b, at + 1);
  if (rest(a, at + 1) === rest(b, at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, at + 2) === rest(b, at + 2);
}

/** near: one digit other, two neighbours changed about, or month and day changed about. A part of a date is unknown beyond itself. */
export function compareBirth(a: string, b: string): Level {
  if (a === "" || b === "") return "unknown";
  if (a === b) return "same";
  if (!isDay(a) || !isDay(b)) return a.startsWith(b) || b.startsWith(a) ? "unknown" : "other";
  const [x, y] = [a.replaceAll("-", ""), b.replaceAll("-", "")];
  if (x === `${y.slice(0, 4)}${y.slice(6)}${y.slice(4, 6)}`) return "near";
  return isOneSlip([...x], [...y]) ? "near" : "other";
}

function compareSex(a: string, b: string): Level {
  const known = (sex: string) => sex === "M" || sex === "F";
  return known(a) && known(b) ? (a === b ? "same" : "other") : "unknown";
}

/** same: the text without marks and spaces; near: one postal code, or one text begins the other (a room number more). */
function compareAddress(a: Traits, b: Traits): Level {
  if (a.addresses.length === 0 || b.addresses.length === 0) return "unknown";
  let level: Level = "other";
  for (const one of a.addresses)
    for (const two of b.addresses) {
      const [x, y] = [plainAddress(one.text), plainAddress(two.text)];
      if (x !== "" && x === y) return "same";
      const begins = x.length >= 8 && y.length >= 8 && (x.startsWith(y) || y.startsWith(x));
      if (begins || (one.postal !== "" && one.postal === two.postal)) level = "near";
    }
  return level;
}

/** 一丁目2番地3号 and 1-2-3 are one place: marks, counters and spaces say nothing. */
function plainAddress(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[一二三四五六七八九](?=丁目)/g, (digit) => String("一二三四五六七八九".indexOf(digit) + 1))
    .replace(/丁目|番地の|番地|番|号|の(?=\d)/g, "-")
    .replace(/[\s‐‑–—−ー－-]+/g, "-")
    .replace(/-+$/, "");
}

function comparePhones(a: readonly string[], b: readonly string[]): Level {
  if (a.length === 0 || b.length === 0) return "unknown";
  return a.some((number) => b.includes(number)) ? "same" : "other";
}

function compareCards(a: readonly Card[], b: readonly Card[]): Agreement["card"] {
  if (a.length === 0 || b.length === 0) return "unknown";
  let level: Agreement["card"] = "other";
  for (const one of a)
    for (const two of b) {
      if (one.insurer !== two.insurer || one.symbol !== two.symbol || one.number !== two.number) continue;
      if (one.branch === two.branch && one.branch !== "") return "same";
      if (one.branch === "" || two.branch === "") level = "near";
      else if (level === "other") level = "apart";
    }
  return level;
}
