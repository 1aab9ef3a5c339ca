import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors of sites, cohorts, the policy and the search beyond a device's own people. */
export const peopleErrorWords = {
  "region-query-thin": {
    ja: "地域全体から探すには、氏名と生年月日の両方が必要です。",
    en: "To search the whole region, both the full name and the whole birth date are needed.",
  },
  "region-too-many": {
    ja: "同じ氏名と生年月日の人が多すぎます。性別か住所を加えてください。",
    en: "Too many people share this name and birth date. Add sex or address.",
  },
  "region-entry-refused": {
    ja: "ハブが閲覧記録を受け取れなかったため、地域全体からの検索も閲覧も行いませんでした。",
    en: "The hub could not accept the journal entry, so nothing was searched or opened.",
  },
  "site-needed": {
    ja: "拠点が複数あります。どの拠点かを選んでください。",
    en: "There are several sites. Say which one.",
  },
  "site-removed": {
    ja: "この拠点は廃止されています。",
    en: "This site has been closed.",
  },
  "cohort-unknown": {
    ja: "その対象範囲はありません。",
    en: "There is no such cohort.",
  },
  "cohort-in-use": {
    ja: "この対象範囲を使っている拠点があるため、削除できません。",
    en: "A site uses this cohort, so it cannot be removed.",
  },
  "policy-refused": {
    ja: "この方針は、だれも開けなくなるか、開けてはならない人にまで開くため、受け付けませんでした。",
    en: "This policy would lock everybody out, or open what must stay closed. It was not accepted.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
