import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Refusals of the signed policy: who, by which way, how many, and with whom. */
export const glassErrorWords = {
  "second-person-needed": {
    ja: "この閲覧には、もう一人の職員の承認が必要です。",
    en: "This access needs the approval of a second member of staff.",
  },
  "second-person-refused": {
    ja: "この職員は承認できません。開く本人・名簿から外れた人・24時間の許可で入った人・この部分を開けない職種は、承認者になれません。",
    en: "This member cannot approve: not oneself, nobody removed from the roster, nobody on a 24-hour permission, no role that may not open this part.",
  },
  "path-closed": {
    ja: "この方法では今は開けません。端末の通常の利用期限を過ぎています。緊急の理由を選んでください。",
    en: "This way is closed now: the device's normal lease is over. Choose an emergency reason.",
  },
  "not-own-patient": {
    ja: "当院の患者として登録されていないため、この方法では開けません。",
    en: "Not registered as a patient of this site, so this way does not open it.",
  },
  "note-needed": {
    ja: "この端末では当院の患者かどうかを確かめられません。診療関係がわかる説明を入力してください。",
    en: "This device cannot tell whether this is a patient of this site. Write down what the treatment relation is.",
  },
  "outage-over": {
    ja: "システム停止の宣言がないか、終わっています。必要なら、もう一度宣言してください。",
    en: "No system outage is declared, or it has ended. Declare it again if needed.",
  },
  "outage-malformed": {
    ja: "端末に保存されたシステム停止の宣言が正しくないため、無効にしました。",
    en: "The outage declaration stored on this device is not valid and does not count.",
  },
  "region-closed": {
    ja: "運用規則により、この端末の対象外の人は開けません。",
    en: "By policy, people outside this device's scope are not opened here.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
