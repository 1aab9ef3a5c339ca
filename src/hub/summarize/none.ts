/** Texts by which hospitals say that there is nothing, or that nobody knows: neither an item nor a confirmed none. */
export type Said = "none" | "unknown" | "something";

/** What may be said not to be there: kinds of allergens, and the words for having one. A single food is none of them: 「洋なし」 is a pear. */
const kinds =
  "薬剤?|薬物|内服薬|注射薬|食物|食品|食事|食|花粉|造影剤|ヨード|ヨウ素|ピリン系?|ラテックス|アルコール|金属|抗菌薬|抗生剤|抗生物質|麻酔薬|喘息|動物|環境|ハウスダスト|その他";
const having =
  "アレルギー|過敏症|禁忌薬?|副作用|既往症?|病名|該当|特記(?:すべき)?(?:事項|こと|点|アレルギー)?|歴|情報|症状|等|など|の|共に|ともに|とも|は|が|も|:|特に|とくに|現在|現時点で|今のところ|知る限り|これまで";
const absent =
  "(?:なし|無し|無|ナシ|ない|無い|ありません|ございません|認めず|認めない|せず|否定|\\(-\\)|-)(?:とのこと|と(?:話|言|申告|回答)[^()]{0,8}|です|である)?";
const asked =
  "(?:\\((?:本人|患者|ご?家族|父|母|妻|夫|長男|長女|息子|娘|前医|紹介状|お薬手帳|問診|聴取|申告|確認|報告|回答|済み?|時点?|現在|入院|外来|初診|から|より|の|に|で|は|による|○|〇|-|[0-9/年月日]){1,12}\\))?";
const nothing = new RegExp(`^(?:(?:${kinds}|${having}){0,8}${absent}${asked}){1,8}$`);
const nothingLatin = /^(?:none|no|nil|nka|nkda|nkfa|np|noknown(?:drug|food)?allerg(?:y|ies)|noallerg(?:y|ies)|n\/?a)$/;
const nobodyKnows =
  /^(?:(?:薬剤?|薬物|食物)?アレルギー(?:歴|の有無)?[は:]?)?(?:本人|患者|家族|詳細|有無)?(?:不明|不詳|未確認|未聴取|未入力|未登録|未実施|未問診|未|確認中|調査中|(?:意識障害|認知症|救急搬送)?の?(?:ため)?(?:確認|聴取|問診)(?:でき(?:ず|ない)|不能|不可|困難)|(?:わ|分)から(?:ない|ず)|unknown|notasked|[?*0ー-]+)(?:\(.{0,20}\))?$/;

/**
 * 「特になし」「アレルギーなし（本人申告）」 → none, 「不明」「聴取できず」 → unknown; 「ペニシリン」「ペニシリン以外なし」 → something: what is
 * not understood is shown as an allergy, never hidden. Width, spaces and stops do not matter.
 */
export function whatIsSaid(text: string): Said {
  if (text.length > 200) return "something";
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[‐‑–—―−]/g, "-")
    .replace(/[\s。.、,・;]+/g, "");
  if (plain === "") return "unknown";
  if (nobodyKnows.test(plain) && plain !== "-") return "unknown";
  return nothing.test(plain) || nothingLatin.test(plain) ? "none" : "something";
}
