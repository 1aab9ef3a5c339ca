/** Texts by which hospitals say that there is nothing, or that nobody knows: neither an item nor a confirmed none. */
export type Said = "none" | "unknown" | "something";

const nothing =
  /^(?:(?:薬剤?|薬物|食物|食品|その他|造影剤)?(?:アレルギー|過敏症|禁忌|副作用|既往|病名|該当)?(?:の?既往)?(?:歴|情報|薬)?[はが:：]?(?:特に|とくに|現在|今のところ|知る限り)?(?:なし|無し|無|ナシ|ない|無い|ありません|ございません|認めず|該当なし|該当せず|\(-\)|-))+$/;
const nothingLatin = /^(?:none|no|nil|nka|nkda|noknownallerg(?:y|ies)|noallerg(?:y|ies)|n\/?a)$/;
const nobodyKnows =
  /^(?:(?:薬剤?|薬物|食物)?アレルギー)?(?:不明|不詳|未確認|未聴取|未入力|未登録|確認中|確認できず|聴取不能|聴取不可|unknown|notasked|\?+)$/;

/** 「特になし」「アレルギーなし」 → none, 「不明」「未聴取」 → unknown; 「ペニシリン」 → something. Width, spaces and stops do not matter. */
export function whatIsSaid(text: string): Said {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s。.、,・]+/g, "");
  if (plain === "") return "unknown";
  if (nothing.test(plain) || nothingLatin.test(plain)) return "none";
  return nobodyKnows.test(plain) ? "unknown" : "something";
}
