import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** What goes wrong with downtime notes. */
export const noteErrorWords = {
  "note-malformed": {
    ja: "災害時メモの形式が正しくありません。値と文字を確かめてください。",
    en: "The downtime note is not well formed. Check its values and letters.",
  },
  "note-other-device": {
    ja: "この災害時メモは、別の端末または別のハブのものです。",
    en: "This downtime note belongs to another device or another hub.",
  },
  "note-altered": {
    ja: "この災害時メモは、閲覧記録に残された内容と一致しません。書き換えられた疑いがあります。",
    en: "This downtime note is not the one that the journal declares. It may have been altered.",
  },
  "note-not-as-declared": {
    ja: "災害時メモの記入者または患者が、閲覧記録と一致しません。",
    en: "The author or the patient of the downtime note differs from its journal entry.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
