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
  "note-changed": {
    ja: "この災害時メモは、画面に表示した後に別の人が処理しました。読み直してから決めてください。",
    en: "Somebody has decided on this downtime note since it was shown. Reload it, then decide.",
  },
  "note-unproven": {
    ja: "この災害時メモの閲覧記録がまだ届いていないため、記入者を確かめられません。届くまで、却下のほかは選べません。",
    en: "The journal entry of this downtime note has not come, so its author is not proven. Until it comes, it can only be rejected.",
  },
  "note-twin-bad": {
    ja: "重複先が正しくありません。同じ患者の、却下も重複扱いもされていない別のメモを選んでください。",
    en: "That cannot be the original. Choose another note of the same patient that is neither rejected nor a duplicate.",
  },
  "note-said-again": {
    ja: "別のメモがこのメモの重複とされています。先にそちらを取り消してください。",
    en: "Other notes are marked as duplicates of this one. Take those decisions back first.",
  },
  "note-not-unknown": {
    ja: "この災害時メモは身元不明の患者のものではありません。",
    en: "This downtime note is not about an unknown patient.",
  },
  "note-correction-open": {
    ja: "承認したメモに、まだ処理していない訂正メモがあります。訂正を承認または却下してから出力してください。",
    en: "An accepted note has a correction that nobody has decided on. Accept or reject the correction first, then export.",
  },
  "note-none-accepted": {
    ja: "この患者には、承認されて有効な災害時メモがありません。承認してから出力してください。",
    en: "This patient has no accepted downtime note that stands. Accept notes first, then export.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
