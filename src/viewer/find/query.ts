/** Typed words → terms. All terms must match; a term matches when one of its readings does. */
import { toHiragana } from "wanakana";
import { foldForSearch } from "../../shared/summary/fold.ts";
import { parseBirthDateQuery } from "../../shared/summary/japaneseDate.ts";
import { FIELD } from "./people.ts";

export interface Term {
  /** Folded text, any of which may stand in the row. */
  readonly readings: readonly string[];
  /** Long vowels of romaji are guesses: tried when no exact reading finds anyone. */
  readonly loose: RegExp | null;
}

/** No term: nothing to search for (blank, or punctuation alone). */
export function parseQuery(text: string): readonly Term[] {
  const whole = birthDate(text);
  if (whole !== null) return [withPlain(text, whole)];
  return text
    .normalize("NFKC")
    .split(/\s+/u)
    .map(termOf)
    .filter((term) => term.readings.length > 0);
}

function termOf(word: string): Term {
  const date = birthDate(word);
  if (date !== null) return withPlain(word, date);
  const plain = foldForSearch(word);
  if (plain === "") return { readings: [], loose: null };
  const kana = romajiKana(word);
  return kana === null ? { readings: [plain], loose: null } : { readings: [plain, kana], loose: looseOf(kana) };
}

/** A date may as well be a number of a hospital, so both are looked for. */
function withPlain(text: string, date: string): Term {
  const plain = foldForSearch(text);
  return { readings: plain === "" ? [date] : [date, plain], loose: null };
}

/** Birth digits stand between field marks, so 1948 finds the year and not the middle of a number. */
function birthDate(text: string): string | null {
  const digits = parseBirthDateQuery(text)?.replaceAll("-", "") ?? null;
  if (digits === null || digits.length < 4) return null;
  return digits.length === 8 ? FIELD + digits + FIELD : FIELD + digits;
}

/** Kana of romaji, without the letter still being typed ("yamad" → やま); null when it is not romaji. */
function romajiKana(word: string): string | null {
  if (!/^[a-z'’\-āīūēōâîûêô]+$/iu.test(word)) return null;
  const macrons = word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0304\u0302]/gu, "")
    .replaceAll("’", "'");
  const kana = foldForSearch(
    toHiragana(macrons.replace(/m(?=[bmp])/gu, "n").replace(/oh(?=[bcdfghjkmnprstwz]|$)/gu, "oo")).replace(/[a-z']+$/u, ""),
  );
  return kana === "" || /[a-z]/u.test(kana) ? null : kana;
}

const OLONG = "おこそとのほもよろごぞどぼぽ";
const ULONG = "うくすつぬふむゆるぐずぶぷ";

/** Sato finds さとう, Ohtani おおたに, Yuko ゆうこ; long vowels may be written or not. Folding has already made small kana large. */
function looseOf(kana: string): RegExp {
  const short = kana.replace(new RegExp(`([${OLONG}])[うおほ]`, "gu"), "$1").replace(new RegExp(`([${ULONG}])う`, "gu"), "$1");
  const pattern = [...short].map((letter) =>
    OLONG.includes(letter) ? `${letter}[うおほ]?` : ULONG.includes(letter) ? `${letter}う?` : letter,
  );
  return new RegExp(pattern.join(""), "u");
}
