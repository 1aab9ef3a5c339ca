import { foldForSearch } from "../../shared/summary/fold.ts";
import { type Agreement, compare, type Level } from "./compare.ts";
import { type Score, score, scoreOf } from "./score.ts";
import { foldName, isKana, type Name, phoneOf, type Traits } from "./traits.ts";

/** Whom somebody looks for; whatever is "" or empty is not asked. */
export interface Wanted {
  /** Each as typed, in kana, kanji or hiragana, any width or variant; a part may be "". Kana and kanji of one person are two names. */
  readonly names: readonly Name[];
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly birth: string;
  /** M or F. */
  readonly sex: string;
  /** With or without its hyphen. */
  readonly postal: string;
  readonly address: string;
  readonly phone: string;
}

export const nothingWanted: Wanted = { names: [], birth: "", sex: "", postal: "", address: "", phone: "" };

/** What was asked, as traits to compare with. */
export function traitsWanted({ names, birth, sex, postal, address, phone }: Wanted): Traits {
  const kana = nameIn(names, true);
  const kanji = nameIn(names, false);
  const code = postal.normalize("NFKC").replace(/\D/g, "");
  return {
    kanji,
    kana,
    folded: { kanji: foldName(kanji), kana: foldName(kana) },
    birth,
    sex,
    addresses: address === "" && code === "" ? [] : [{ text: address, postal: code }],
    phones: phone === "" ? [] : [phoneOf(phone)],
    cards: [],
  };
}

/**
 * Whether a patient answers a search: each part of a name begins with what was asked, or is one slip away from it; a birth date
 * begins so, or is a slip away; everything else that was asked is there. Null: they do not.
 */
export function fits(asked: Traits, known: readonly Traits[]): Score | null {
  const scores = known.flatMap((one) => {
    const agreement = searched(asked, compare(asked, one), one);
    return Object.values(agreement).includes("other") ? [] : [scoreOf(agreement)];
  });
  return scores.reduce<Score | null>((best, one) => (best === null || one.probability > best.probability ? one : best), null);
}

/** How likely a patient is the one described, whatever differs. Null: nothing is known of them. */
export function likens(asked: Traits, known: readonly Traits[]): Score | null {
  return score([asked], known);
}

/** A beginning is as good as a slip; what was asked and is not known is not there. */
function searched(asked: Traits, found: Agreement, one: Traits): Agreement {
  const part = (i: 0 | 1, level: Level): Level => {
    const askedParts = [asked.folded.kana[i], asked.folded.kanji[i]];
    const begins = askedParts.every((text, kind) => text === "" || (kind === 0 ? one.folded.kana : one.folded.kanji)[i].startsWith(text));
    const was = askedParts.some((text) => text !== "");
    return !was ? "unknown" : begins && level === "other" ? "near" : level === "unknown" ? "other" : level;
  };
  const need = (level: Level, was: boolean): Level => (was && level === "unknown" ? "other" : level);
  const begun = asked.birth !== "" && one.birth.startsWith(asked.birth);
  return {
    ...found,
    family: part(0, found.family),
    given: part(1, found.given),
    birth: begun ? "same" : need(found.birth, asked.birth !== ""),
    sex: need(found.sex, asked.sex !== ""),
    address: need(addressOf(asked, found.address, one), asked.addresses.length > 0),
    phone: need(found.phone, asked.phones.length > 0),
  };
}

/** A postal code by its beginning, an address by any part of it. */
function addressOf(asked: Traits, level: Level, one: Traits): Level {
  if (level !== "other" && level !== "unknown") return level;
  const [wanted] = asked.addresses;
  if (wanted === undefined) return "unknown";
  const holds = one.addresses.some(
    ({ text, postal }) => postal.startsWith(wanted.postal) && foldForSearch(text).includes(foldForSearch(wanted.text)),
  );
  return holds ? "near" : "other";
}

function nameIn(names: readonly Name[], kana: boolean): Name | null {
  return names.find((name) => (name[0] !== "" || name[1] !== "") && isKana(`${name[0]}${name[1]}`) === kana) ?? null;
}
