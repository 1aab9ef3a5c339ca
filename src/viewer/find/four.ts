/**
 * The search by the four facts that identify a person in Japan (基本4情報): name, birth date, sex, address. All that were given must match;
 * who nearly matches stands apart, with what differs by name. Letters are compared as in search: width, variant kanji, 和暦, romaji.
 */
import { parseBirthDateQuery } from "../../shared/summary/japaneseDate.ts";
import { addressDiffers, addressKey } from "./address.ts";
import type { Alike } from "./alike.ts";
import type { Hit } from "./hit.ts";
import { FIELD, hitOf, type People } from "./people.ts";
import { parseQuery, type Term } from "./query.ts";
import { type DateSlip, dateSlip, oneSlip } from "./slip.ts";

/** As typed; "" and null: not asked. */
export interface Four {
  readonly name: string;
  readonly birthDate: string;
  readonly sex: Hit["sex"] | null;
  readonly address: string;
}

export type Differs =
  | "nameLetter"
  | "namePart"
  | "nameOther"
  | `birth${Capitalize<DateSlip>}`
  | "birthShort"
  | "birthUnknown"
  | "birthOther"
  | "sexOther"
  | "sexUnknown"
  | "addressPart"
  | "addressOther"
  | "addressUnknown";

export interface Near {
  readonly hit: Hit;
  /** In the order name, birth date, sex, address; never empty. */
  readonly differs: readonly Differs[];
}

export interface FourFound {
  /** Everything that was asked matches. */
  readonly exact: readonly Hit[];
  /** The likeliest first; at most ten. */
  readonly near: readonly Near[];
}

export const NEAR_LIMIT = 10;

/** How far each difference leads away; small slips together, or one field of three or more that is another altogether, are still near. */
const weights: Readonly<Record<Differs, number>> = {
  nameLetter: 1,
  birthDay: 1,
  birthSwap: 1,
  birthDigit: 1,
  birthShort: 1,
  birthUnknown: 2,
  sexUnknown: 1,
  addressUnknown: 1,
  addressPart: 1,
  namePart: 2,
  birthYear: 2,
  sexOther: 3,
  addressOther: 3,
  nameOther: 4,
  birthOther: 4,
};
const twoSlips = 3;

/** At least two of the four have to be given, name or birth date among them. A birth date that is not a whole one counts as not given (birthDigits). */
export function makeFour(people: People, alike: Alike): (asked: Four) => FourFound {
  return (asked) => {
    const wanted = wantedOf(asked);
    const exact: Hit[] = [];
    const near: Near[] = [];
    const asks = Object.values(wanted).filter((each) => each !== null).length;
    if (asks < 2 || (wanted.name === null && wanted.birth === null)) return { exact, near };
    const isNear = (differs: readonly Differs[]) => weightOf(differs) <= twoSlips || (differs.length === 1 && asks > 2);
    people.folded.forEach((folded, row) => {
      const early = folds(folded, wanted);
      if (early.length > 0 && !isNear(early)) return;
      const hit = hitOf(people.rows[row] ?? "", []);
      const sex = sexDiffers(hit.sex, wanted.sex);
      const at = early.findIndex((each) => each.startsWith("address"));
      const differs = sex === null ? early : early.toSpliced(at < 0 ? early.length : at, 0, sex);
      if (differs.length === 0) exact.push({ ...hit, alike: alike.marks(row) });
      else if (isNear(differs)) near.push({ hit: { ...hit, alike: alike.marks(row) }, differs });
    });
    near.sort((a, b) => weightOf(a.differs) - weightOf(b.differs));
    return { exact, near: near.slice(0, NEAR_LIMIT) };
  };
}

/** The digits of a whole birth date as the index has them; null: no date, or not a whole one. */
export function birthDigits(typed: string): string | null {
  const digits = parseBirthDateQuery(typed);
  return digits?.length === 8 ? digits : null;
}

interface Wanted {
  /** Readings of the whole name, spaces left out; loose: with the long vowels of romaji as guesses. */
  readonly name: { readonly readings: readonly string[]; readonly loose: RegExp | null } | null;
  readonly birth: string | null;
  readonly sex: Hit["sex"] | null;
  readonly address: string | null;
}

function wantedOf({ name, birthDate, sex, address }: Four): Wanted {
  const plain = addressKey(address);
  return { name: nameOf(parseQuery(name)), birth: birthDigits(birthDate), sex, address: plain === "" ? null : plain };
}

/** Words joined reading by reading: first all as typed, then all as kana of romaji. */
function nameOf(terms: readonly Term[]): Wanted["name"] {
  if (terms.length === 0) return null;
  const joined = (reading: (term: Term) => string) => terms.map(reading).join("");
  const readings = new Set([joined(({ readings: [first] }) => first ?? ""), joined(({ readings }) => readings.at(-1) ?? "")]);
  const loose = terms.some((term) => term.loose) ? terms.map(({ loose, readings: [first] }) => loose?.source ?? first).join("") : null;
  return { readings: [...readings], loose: loose === null ? null : new RegExp(`^${loose}$`, "u") };
}

/** What differs of the facts that a folded row has: name, birth date, address. */
function folds(folded: string, wanted: Wanted): Differs[] {
  const fields = folded.split(FIELD);
  const [kanji = "", kana = "", birth = ""] = fields;
  const names = [kanji, kana].filter((each) => each !== "");
  const address = fields.length > 3 ? addressKey(fields.at(-1) ?? "") : "";
  return [
    wanted.name && nameDiffers(names, wanted.name),
    wanted.birth && birthDiffers(birth, wanted.birth),
    wanted.address && addressDiffers(address, wanted.address),
  ].filter((each) => each !== null && each !== "");
}

function nameDiffers(names: readonly string[], { readings, loose }: NonNullable<Wanted["name"]>): Differs | null {
  if (names.some((name) => readings.includes(name) || loose?.test(name))) return null;
  const some = (close: (name: string, reading: string) => boolean) =>
    names.some((name) => readings.some((reading) => close(name, reading)));
  if (some((name, reading) => Math.min(name.length, reading.length) > 2 && oneSlip(name, reading))) return "nameLetter";
  return some(sharesPart) ? "namePart" : "nameOther";
}

/** The family or the given name alone: a beginning or an end of at least two letters in common. */
function sharesPart(name: string, reading: string): boolean {
  const starts = name.slice(0, 2) === reading.slice(0, 2);
  const ends = name.slice(-2) === reading.slice(-2);
  return name.length > 1 && reading.length > 1 && (starts || ends);
}

function birthDiffers(has: string, wanted: string): Differs | null {
  if (has === wanted) return null;
  if (has === "") return "birthUnknown";
  if (has.length < 8) return wanted.startsWith(has) ? "birthShort" : "birthOther";
  const slip = dateSlip(has, wanted);
  if (slip === null) return "birthOther";
  const named = { day: "birthDay", swap: "birthSwap", digit: "birthDigit", year: "birthYear" } as const;
  return named[slip];
}

function sexDiffers(has: Hit["sex"], wanted: Wanted["sex"]): Differs | null {
  if (wanted === null || has === wanted) return null;
  return has === "unknown" || wanted === "unknown" ? "sexUnknown" : "sexOther";
}

const weightOf = (differs: readonly Differs[]): number => differs.reduce((sum, each) => sum + weights[each], 0);
