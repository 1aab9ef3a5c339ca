import type { Region } from "./index.ts";
import { variantFamilies } from "./names.ts";
import type { LocalRecord } from "./people.ts";
import { type Random, random } from "./random.ts";
import { wide } from "./text.ts";

/** A labelled search: every record in `expect` is meant by the words (its own registration says so); others may be found besides. */
export interface Query {
  readonly query: string;
  readonly expect: readonly { readonly facility: string; readonly pid: string }[];
  /** What makes this spelling hard, e.g. "romaji". */
  readonly why: string;
}

interface Kind {
  readonly why: string;
  /** Words for this record, or null where the kind does not fit it. */
  readonly ask: (record: LocalRecord, from: Random) => string | null;
  /** Records that mean the same get the same key. */
  readonly key: (record: LocalRecord) => string;
}

const byKanji = (record: LocalRecord): string => `${families.get(record.family) ?? record.family} ${record.given}`;
const byKana = (record: LocalRecord): string => `${record.familyKana} ${record.givenKana}`;
const byBirth = (record: LocalRecord): string => record.birth;
const byPid = (record: LocalRecord): string => record.pid;
const byDigits = (record: LocalRecord): string => record.pid.replace(/^0+/, "");

/** All writings of one family under its first. */
const families: ReadonlyMap<string, string> = new Map(
  variantFamilies.flatMap(({ kanji, others = [] }) => [kanji, ...others].map((writing) => [writing, kanji] as const)),
);

const kinds: readonly Kind[] = [
  { why: "kanji", key: byKanji, ask: (r) => `${r.family}${r.given}` },
  { why: "kanji with a space", key: byKanji, ask: (r) => `${r.family} ${r.given}` },
  { why: "kanji with an ideographic space", key: byKanji, ask: (r) => ` ${r.family}　${r.given} ` },
  { why: "katakana", key: byKana, ask: (r) => `${r.familyKana} ${r.givenKana}` },
  { why: "half-width katakana", key: byKana, ask: (r) => `${halfWidth(r.familyKana)} ${halfWidth(r.givenKana)}` },
  { why: "hiragana", key: byKana, ask: (r) => hiragana(`${r.familyKana}　${r.givenKana}`) },
  { why: "romaji", key: byKana, ask: (r) => `${romaji(r.familyKana)} ${romaji(r.givenKana)}` },
  { why: "romaji in capitals, full width", key: byKana, ask: (r) => wide(`${romaji(r.familyKana)}${romaji(r.givenKana)}`.toUpperCase()) },
  { why: "variant kanji", key: byKanji, ask: (r, from) => anotherWriting(r, from) },
  { why: "birth date, eight digits", key: byBirth, ask: (r) => r.birth },
  { why: "birth date with hyphens", key: byBirth, ask: (r) => `${r.birth.slice(0, 4)}-${r.birth.slice(4, 6)}-${r.birth.slice(6)}` },
  {
    why: "birth date with slashes, no zeros",
    key: byBirth,
    ask: (r) => `${r.birth.slice(0, 4)}/${Number(r.birth.slice(4, 6))}/${Number(r.birth.slice(6))}`,
  },
  {
    why: "birth date in Japanese, full width",
    key: byBirth,
    ask: (r) => wide(`${r.birth.slice(0, 4)}年${Number(r.birth.slice(4, 6))}月${Number(r.birth.slice(6))}日`),
  },
  {
    why: "era date, letter",
    key: byBirth,
    ask: (r) => {
      const e = era(r.birth);
      return `${e.letter}${e.year}.${e.month}.${e.day}`;
    },
  },
  {
    why: "era date, kanji",
    key: byBirth,
    ask: (r) => {
      const e = era(r.birth);
      return `${e.name}${e.year === 1 ? "元" : e.year}年${e.month}月${e.day}日`;
    },
  },
  { why: "identifier", key: byPid, ask: (r) => r.pid },
  { why: "identifier without its zeros", key: byDigits, ask: (r) => (r.pid.startsWith("0") ? r.pid.replace(/^0+/, "") : null) },
  { why: "identifier with spaces", key: byPid, ask: (r) => `${r.pid.slice(0, 3)} ${r.pid.slice(3, 6)} ${r.pid.slice(6)}`.trim() },
  { why: "identifier, full width with hyphens", key: byPid, ask: (r) => wide(`${r.pid.slice(0, 4)}-${r.pid.slice(4)}`) },
];

/** `n` labelled queries, each kind in turn; the same arguments give the same ones. Needs a region of some fifty people or more. */
export function searchQueries(region: Region, n: number, seed: string): Query[] {
  const from = random(`${seed}/queries/${region.seed}`);
  const records = region.people.flatMap((person) => person.records);
  const indexes = new Map<Kind["key"], Map<string, LocalRecord[]>>();
  const indexOf = (key: Kind["key"]): Map<string, LocalRecord[]> => {
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const index = new Map<string, LocalRecord[]>();
    for (const record of records) index.set(key(record), [...(index.get(key(record)) ?? []), record]);
    indexes.set(key, index);
    return index;
  };
  const variants = records.filter((record) => families.has(record.family));
  return Array.from({ length: n }, (_, i): Query => {
    const kind = kinds[i % kinds.length] as Kind;
    const candidates = kind.why === "variant kanji" ? variants : records;
    for (let tries = 0; tries < 200; tries++) {
      const record = from.pick(candidates);
      const query = kind.ask(record, from);
      if (query === null) continue;
      const expect = (indexOf(kind.key).get(kind.key(record)) ?? []).map(({ facility, pid }) => ({ facility: facility.code, pid }));
      return { query, expect, why: kind.why };
    }
    throw new RangeError(`no record for a query of kind ${kind.why}`);
  });
}

function anotherWriting(record: LocalRecord, from: Random): string | null {
  const family = variantFamilies.find(({ kanji, others = [] }) => kanji === record.family || others.includes(record.family));
  if (family === undefined) return null;
  return `${from.pick([family.kanji, ...(family.others ?? [])].filter((writing) => writing !== record.family))}${record.given}`;
}

const eras = [
  { from: "20190501", name: "令和", letter: "R", before: 2018 },
  { from: "19890108", name: "平成", letter: "H", before: 1988 },
  { from: "19261225", name: "昭和", letter: "S", before: 1925 },
  { from: "19120730", name: "大正", letter: "T", before: 1911 },
] as const;

export function era(day: string): {
  readonly name: string;
  readonly letter: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const found = eras.find((one) => day >= one.from) ?? eras[3];
  return {
    name: found.name,
    letter: found.letter,
    year: Number(day.slice(0, 4)) - found.before,
    month: Number(day.slice(4, 6)),
    day: Number(day.slice(6)),
  };
}

export function hiragana(kana: string): string {
  return kana.replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** Half-width kana with its sound marks as letters of their own. */
export function halfWidth(kana: string): string {
  const narrow = new Map<string, string>([
    ["\u3099", "\uff9e"],
    ["\u309a", "\uff9f"],
  ]);
  for (let code = 0xff66; code <= 0xff9d; code++) narrow.set(String.fromCharCode(code).normalize("NFKC"), String.fromCharCode(code));
  return [...kana.normalize("NFD")].map((letter) => narrow.get(letter) ?? letter).join("");
}

const syllables =
  "ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ wo ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ di ヅ du デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po";

/** Kana as it is typed: long vowels letter by letter (トウダイ → toudai), ン before a vowel or y as n'. */
export function romaji(kana: string): string {
  const list = syllables.split(" ");
  const table = new Map<string, string>();
  for (let i = 0; i < list.length; i += 2) table.set(list[i] as string, list[i + 1] as string);
  let out = "";
  for (let i = 0; i < kana.length; i++) {
    const letter = kana[i] as string;
    const small = { ャ: "a", ュ: "u", ョ: "o" }[kana[i + 1] ?? ""];
    const sound = table.get(letter);
    if (letter === "ン") out += /^[アイウエオヤユヨ]/.test(kana.slice(i + 1)) ? "n'" : "n";
    else if (letter === "ッ") out += (table.get(kana[i + 1] ?? "") ?? "")[0] ?? "";
    else if (letter === "ー") out += "-";
    else if (sound === undefined) out += letter;
    else if (small !== undefined) {
      out +=
        sound.endsWith("shi") || sound.endsWith("chi") || sound.endsWith("ji")
          ? sound.slice(0, -1) + small
          : `${sound.slice(0, -1)}y${small}`;
      i += 1;
    } else out += sound;
  }
  return out;
}
