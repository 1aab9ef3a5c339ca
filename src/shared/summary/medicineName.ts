/** Reading a medicine's name as a hospital sends it. */
import { foldForSearch } from "./fold.ts";
import type { LocalForm } from "./forms.ts";
import type { MedicineNameRule, Rules } from "./rules.ts";

const formWords: readonly (readonly [LocalForm, RegExp])[] = [
  ["eye", /点眼|眼耳鼻|眼科耳鼻|眼軟膏|眼科用|眼用|眼注|硝子体/],
  ["ear", /点耳|耳科|耳用/],
  ["nose", /点鼻|鼻噴霧|鼻用|ナーザル|ネーザル/],
  [
    "inhaled",
    /吸入|エアゾール|エアロゾル|インヘラー|ディスカス|ディスクヘラー|タービュヘイラー|レスピマット|ハンドヘラー|ヘラー|エリプタ|レスピュール|ネブライザ/,
  ],
  ["patch", /テープ|パッチ|パップ|貼付|貼り薬|プラスター|経皮/],
  ["skin", /軟膏|クリーム|ローション|ゲル|ジェル|外用|塗布|塗り薬|シャンプー|スプレー|フォーム|頭皮/],
  ["rectal", /坐剤|坐薬|座薬|座剤|サポ|注腸|レクタル|レクタブル|直腸/],
  ["vaginal", /膣|腟/],
  ["mouth", /口腔(?!内崩壊)|トローチ|含嗽|うがい|アフタ|バッカル|舌下/],
  ["dental", /歯科/],
];

/** Local forms named in the name, form, route or usage of a medicine; empty: it works in the whole body. */
export function formsOf(...texts: readonly string[]): readonly LocalForm[] {
  const text = texts.join(" ").normalize("NFKC");
  return formWords.filter(([, words]) => words.test(text)).map(([form]) => form);
}

/** Folded names and what each of them stands for; an empty list: a known name that stands for nothing. */
export interface NameTable<T> {
  readonly byName: ReadonlyMap<string, readonly T[]>;
  readonly longestName: number;
}

/**
 * The rules a name fits, whatever its form; [] for a known ordinary medicine, null when the table does not know it.
 * The longest known name that the text begins with decides (「ヘパリン類似物質」 before 「ヘパリン」); leading marks
 * (【般】, 後), 注射用, 塩酸…) are passed over, and each ingredient of a combination is looked up.
 */
export function rulesOfName(name: string, rules: Pick<Rules, "byName" | "longestName">): readonly MedicineNameRule[] | null {
  const found = namesIn(name, rules).flatMap((place) => (place.found === null ? [] : [place.found.means]));
  return found.length === 0 ? null : [...new Set(found.flat())];
}

/** A place of a text where a medicine's name may begin; `found`: the known name there and what it stands for. */
export interface Place<T> {
  readonly text: string;
  readonly found: { readonly name: string; readonly means: readonly T[] } | null;
}

/** The text as a whole first, then its parts. */
export function namesIn<T>(name: string, table: NameTable<T>): readonly Place<T>[] {
  return startsOf(name).map((text) => ({ text, found: longest(text, table) }));
}

const brackets = /[「『][^」』]*[」』]/g;
const leadingGroup = /^\s*(?:[【［[(〔〈<《][^】］\])〕〉>》]{0,12}[】］\])〕〉>》]|[^\s()]{1,4}[)])/;
const leadingWords =
  /^(?:注射用|静注用|筋注用|点滴静注用|皮下注用|経口用|水溶性|内服用|持参薬|持参|日局|局方|ツムラ|クラシエ|コタロー|院外|院内|後発|先発|麻薬|低用量|高用量|小児用|動注用)/;
const salts =
  /^(?:塩酸|硫酸|リン酸|酒石酸|マレイン酸|メシル酸|臭化水素酸|フマル酸|クエン酸|コハク酸|硝酸|酢酸|ベシル酸|トシル酸|メタンスルホン酸|ヘミフマル酸|パモ酸|乳酸|安息香酸|ラクトビオン酸|ジ?リン酸エステル)/;

/** Places where a name may begin: as a whole, and at each part of a combination or bracket. */
function startsOf(name: string): readonly string[] {
  let text = name.normalize("NFKC").replace(brackets, " ").trim();
  while (leadingGroup.test(text)) {
    const rest = text.replace(leadingGroup, "").trim();
    if (rest === "") break;
    text = rest;
  }
  const wholes = [text, ...text.split(/[・/+＋、,&()[\]\s]+/)].filter((part) => part !== "");
  return [...new Set(wholes)];
}

function longest<T>(start: string, table: NameTable<T>): Place<T>["found"] {
  let text = start;
  for (;;) {
    const found = lookUp(foldForSearch(text), table);
    if (found !== null) return found;
    const shorter = text
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .replace(/^[\d.]+%?/, "")
      .replace(leadingWords, "")
      .replace(salts, "");
    if (shorter === text || shorter === "") return null;
    text = shorter;
  }
}

function lookUp<T>(folded: string, table: NameTable<T>): Place<T>["found"] {
  for (let length = Math.min(folded.length, table.longestName); length >= 2; length--) {
    const name = folded.slice(0, length);
    const means = table.byName.get(name);
    if (means !== undefined && endsThere(name, folded.slice(length))) return { name, means };
  }
  return null;
}

/** A short name must end where it ends: 「エクア」 must not be found in a longer word. */
function endsThere(key: string, rest: string): boolean {
  return key.length > 3 || rest === "" || /^[^\p{L}]|^[a-z]/u.test(rest) || continuations.some((word) => rest.startsWith(word));
}

/** Words that follow a name: form, way of giving, salt. */
const continuations: readonly string[] = `
錠 散 細粒 顆粒 カプセル 注 静注 点滴 透析 皮下 筋注 内服 経口 液 シロップ ドライ 配合 徐放 テープ パッチ 坐剤 原末 末 口腔 吸入 点眼 点鼻 塩酸 硫酸 リン酸 酢酸 フマル酸 酒石酸 コハク酸 ナトリウム 水和物 軟膏 クリーム エキス 医療用
`
  .trim()
  .split(/\s+/)
  .map(foldForSearch);
