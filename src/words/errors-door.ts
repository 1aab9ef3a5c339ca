import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors of the door: addresses, sign-in at the console, one's own account. */
export const doorErrorWords = {
  "config-bad-origin": {
    ja: "外から見えるアドレス・ホスト名・中継サーバーの設定が正しくありません（https の origin、ホスト名、IP アドレス）。",
    en: "A setting of origin, host, proxy or sign-in is not valid: give https origins, host names, IP addresses.",
  },
  "config-bad-oidc": {
    ja: "OIDC の設定が正しくありません。発行者（https）、クライアント ID、シークレットの3つが必要です。",
    en: "The OIDC setting is not valid: issuer (https), client id and client secret are all needed.",
  },
  "host-unknown": {
    ja: "このアドレスではサービスしていません。運用担当者から知らされたアドレスを使ってください。",
    en: "Nothing is served under this address. Use the address that the operator gave you.",
  },
  "sign-in-again": {
    ja: "大切な操作のため、いったんサインアウトし、もう一度サインインしてから行ってください。",
    en: "This needs a fresh sign-in: sign out, sign in again, then repeat it.",
  },
  "ceremony-ended": {
    ja: "時間が過ぎたか、別の画面でやり直されました。もう一度お試しください。",
    en: "The time ran out, or it was begun anew in another window. Try again.",
  },
  "passkey-refused": {
    ja: "このパスキーは登録できません。本人確認（指紋・顔・PIN）のできる鍵を使い、やり直してください。",
    en: "This passkey could not be registered. Use one that verifies you (fingerprint, face, PIN) and try again.",
  },
  "passkey-last": {
    ja: "最後のパスキーは外せません。先に別のパスキーを登録してください。",
    en: "The last way in cannot be removed. Register another passkey first.",
  },
  "passkey-not-here": {
    ja: "このブラウザまたはこのアドレスではパスキーを使えません。運用担当者から知らされたアドレスで開いてください。",
    en: "Passkeys cannot be used in this browser or under this address. Open the address that the operator gave you.",
  },
  "invite-bad": {
    ja: "招待コードが違うか、使用済みか、期限切れです。運用担当者に新しいコードを頼んでください。",
    en: "The invitation is wrong, used or late. Ask the operator for a new one.",
  },
  "oidc-unavailable": {
    ja: "認証サーバー（OIDC）に接続できないか、応答が正しくありません。パスキーかパスフレーズを使ってください。",
    en: "The identity provider cannot be reached, or its answer is not valid. Use a passkey or passphrase.",
  },
  "oidc-refused": {
    ja: "認証サーバー（OIDC）でのサインインが完了しませんでした。もう一度お試しください。",
    en: "The sign-in at the identity provider was not completed. Try again.",
  },
  "oidc-not-bound": {
    ja: "この利用者はコンソールのアカウントに結び付けられていません。運用担当者に知らせてください。",
    en: "This user is not bound to an account of the console. Tell the operator.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
