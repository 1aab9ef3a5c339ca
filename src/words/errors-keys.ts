import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors of credentials, PINs and the sealed envelope. */
export const keyErrorWords = {
  "passkey-known": {
    ja: "この認証器には、あなたのパスキーがすでにあります。別のセキュリティキーや端末を使ってください。",
    en: "This authenticator already holds a passkey of yours. Use another security key or device.",
  },
  "credential-last": {
    ja: "最後の1つは外せません。先に別の解錠方法を追加してください。",
    en: "The last one cannot be removed. Add another way to unlock first.",
  },
  "credential-same": {
    ja: "外す方法とは別の方法で本人を確かめてください。残る方法で解錠できることを確認するためです。",
    en: "Confirm with a different way than the one being removed, so that the one that stays is known to work.",
  },
  "pin-weak": {
    ja: "PINは4〜8桁の数字です。同じ数字の繰り返しや、1234のような並びは使えません。",
    en: "A PIN is 4 to 8 digits, not one digit repeated and not a plain run such as 1234.",
  },
  "pin-wrong": { ja: "PINが違います。", en: "Wrong PIN." },
  "envelope-malformed": {
    ja: "封筒の文字が正しくありません。32文字に、抜けや読み違いがないか確かめてください。",
    en: "The letters of the envelope are not valid. Check all 32 for missing or misread ones.",
  },
  "envelope-unknown": {
    ja: "この封筒はこの端末では使えません。新しい封筒に替わったか、別の施設のものか、この端末にまだ届いていません。",
    en: "This envelope does not open this device. It was renewed, belongs to another site, or has not reached this device yet.",
  },
  "envelope-closed": {
    ja: "災害の宣言が出ていないため、封筒では開けません。",
    en: "No disaster has been declared, so the envelope opens nothing.",
  },
  "envelope-spent": {
    ja: "この封筒は前の災害で使い終わっています。運用担当者に新しい封筒を頼んでください。",
    en: "This envelope belongs to an earlier disaster. Ask the operator for a new one.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
