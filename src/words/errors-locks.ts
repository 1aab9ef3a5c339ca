import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors of second persons, sponsors, orders, declarations and clocks. */
export const lockErrorWords = {
  "sponsorship-bad": {
    ja: "同僚による24時間の許可が正しくないか、期限が過ぎています。",
    en: "The colleague's 24-hour permission is not valid, or it has ended.",
  },
  "order-malformed": {
    ja: "ハブからの指示が正しくないため、従いませんでした。端末の状態は変わっていません。",
    en: "An order from the hub was not valid and was not followed. Nothing changed on this device.",
  },
  "clock-date-refused": {
    ja: "その日付は使えません。ハブから最後に届いた日時より前か、この端末の時計より後です。",
    en: "That date cannot be right: it is before the hub's last word, or after this device's clock.",
  },
  "disaster-not-declared": {
    ja: "災害の宣言がないため、この操作はできません。",
    en: "No disaster has been declared, so this cannot be done.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
