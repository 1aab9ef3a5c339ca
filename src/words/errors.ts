import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";
import { doorErrorWords } from "./errors-door.ts";
import { glassErrorWords } from "./errors-glass.ts";
import { hubErrorWords } from "./errors-hub.ts";
import { keyErrorWords } from "./errors-keys.ts";
import { lockErrorWords } from "./errors-locks.ts";
import { logErrorWords } from "./errors-log.ts";
import { noteErrorWords } from "./errors-notes.ts";
import { peopleErrorWords } from "./errors-people.ts";
import { senderErrorWords } from "./errors-senders.ts";

/** The words of every error code; what an operator meets at the hub stands in errors-hub.ts, locks and declarations in errors-locks.ts. */
export const errorWords: Readonly<Record<ErrorCode, ErrorWords>> = {
  ...hubErrorWords,
  ...doorErrorWords,
  ...glassErrorWords,
  ...keyErrorWords,
  ...lockErrorWords,
  ...logErrorWords,
  ...noteErrorWords,
  ...peopleErrorWords,
  ...senderErrorWords,
  internal: {
    ja: "アプリ内部のエラーです。やり直しても続くときは、画面をロックして開き直してください。",
    en: "An error inside the app. If it persists, lock the screen and reopen.",
  },
  "hub-unreachable": {
    ja: "ハブに接続できません。端末に保存済みの情報は使えます。",
    en: "The hub cannot be reached. What is stored on this device can still be used.",
  },
  "hub-slow": {
    ja: "ハブの応答が遅いため中断しました。端末に保存済みの情報は使えます。",
    en: "The hub answered too slowly. What is stored on this device can still be used.",
  },
  "hub-answer-bad": {
    ja: "ハブの応答が正しくありません。受け取ったデータは使わず、前の正しいデータを使います。",
    en: "The hub's answer is not valid. It was not used; the previous good data stays in use.",
  },
  "lease-expired": {
    ja: "この端末の利用期限が過ぎています。ハブにつながる場所で更新してください。急ぐときは紙の手順に従ってください。",
    en: "This device's lease has ended. Renew it where the hub can be reached. If urgent, follow the paper procedure.",
  },
  "rules-malformed": {
    ja: "危険情報のルール表が、ハブの署名したものと一致しません。前の情報のまま使えます。次の同期で取り直します。",
    en: "The danger rule table is not the one the hub signed. What was here before stays in use; the next sync fetches it again.",
  },
  "policy-missing": {
    ja: "運用規則が端末に届いていないため開けません。ハブにつなぎ、データを受け取ってください。",
    en: "The policy has not reached this device, so nothing can be opened. Connect to the hub and receive data.",
  },
  "enrol-code-malformed": {
    ja: "登録コードが正しくありません。文字の抜けや読み違いを確かめてください。",
    en: "The enrolment code is not valid. Check for missing or misread letters.",
  },
  "enrol-code-used": {
    ja: "この登録コードは使用済みです。運用担当者に新しいコードを頼んでください。",
    en: "This enrolment code was already used. Ask the operator for a new one.",
  },
  "enrol-code-expired": {
    ja: "この登録コードは期限切れです。運用担当者に新しいコードを頼んでください。",
    en: "This enrolment code has expired. Ask the operator for a new one.",
  },
  "enrol-code-unknown": {
    ja: "ハブはこの登録コードを知りません。別の地域のコードでないか確かめてください。",
    en: "The hub does not know this enrolment code. Check that it is for this region.",
  },
  "enrol-not-approved": { ja: "運用担当者の承認を待っています。", en: "Waiting for the operator's approval." },
  "enrol-hub-unproven": {
    ja: "ハブが本物であることを確認できません。登録を中止し、運用担当者に知らせてください。",
    en: "The hub could not prove that it is genuine. Stop enrolling and tell the operator.",
  },
  "enrol-refused": { ja: "運用担当者がこの端末の登録を断りました。", en: "The operator refused this device." },
  "staff-unknown": { ja: "この職員は名簿に見つかりません。", en: "This staff member is not on the roster." },
  "staff-code-bad": {
    ja: "本人確認コードが違うか、使用済みか、期限切れです。運用担当者に確かめてください。",
    en: "The one-time code is wrong, used or expired. Check with the operator.",
  },
  "vault-missing": {
    ja: "この端末に保存データが見つかりません。ブラウザーが消した可能性があります。もう一度登録してください。",
    en: "No stored data was found on this device. The browser may have deleted it. Enrol again.",
  },
  "vault-damaged": {
    ja: "この端末の保存データが壊れています。運用担当者に連絡し、もう一度登録してください。",
    en: "The data stored on this device is damaged. Contact the operator and enrol again.",
  },
  "storage-full": {
    ja: "端末の空き容量が足りません。保存済みの情報はそのまま使えます。容量を空けてからやり直してください。",
    en: "This device is out of storage. What is stored can still be used. Free some space, then try again.",
  },
  "storage-failed": {
    ja: "端末への保存に失敗しました。保存済みの情報はそのままです。",
    en: "Writing to this device failed. What was stored before is unchanged.",
  },
  "unlock-wrong": {
    ja: "解錠できません。名前とパスフレーズを確かめてください。",
    en: "Unlocking failed. Check the name and the passphrase.",
  },
  "unlock-throttled": {
    ja: "解錠の失敗が続いたため、しばらく待つ必要があります。",
    en: "After repeated failures, unlocking must wait for a while.",
  },
  "passphrase-weak": {
    ja: "このパスフレーズは弱すぎます。提示された6語を使うか、もっと長くしてください。",
    en: "This passphrase is too weak. Use the six words offered, or make it longer.",
  },
  "passkey-unsupported": {
    ja: "この端末のパスキーでは解錠できません。パスフレーズを使ってください。",
    en: "Passkeys on this device cannot unlock it. Use a passphrase.",
  },
  "passkey-cancelled": {
    ja: "パスキーの操作が取り消されたか、時間切れになりました。",
    en: "The passkey prompt was cancelled or timed out.",
  },
  "not-unlocked": { ja: "端末がロックされています。解錠してください。", en: "This device is locked. Unlock it first." },
  "kdf-parameters-refused": {
    ja: "解錠用の設定値が範囲外です。保存データが改変された可能性があります。",
    en: "The unlock settings are out of bounds. The stored data may have been changed.",
  },
  "journal-write-failed": {
    ja: "閲覧記録を端末に書き込めないため、何も開いていません。",
    en: "The access record could not be written on this device, so nothing was opened.",
  },
  "grant-ended": {
    ja: "この人の閲覧は終了しました。続けるには、もう一度理由を選んで開いてください。",
    en: "Access to this person has ended. To continue, open again with a reason.",
  },
  "grant-wrong-person": { ja: "別の人の閲覧許可です。開きませんでした。", en: "The grant is for another person. Nothing was opened." },
  "grant-wrong-phase": {
    ja: "この段階ではまだ開けない部分です。",
    en: "This part cannot be opened in this phase.",
  },
  "reason-missing": { ja: "理由を選んでください。", en: "Choose a reason." },
  "pull-interrupted": {
    ja: "受信が途中で止まりました。受け取った分は保存済みで、続きから再開できます。",
    en: "Receiving stopped part-way. What arrived is stored, and it can resume from there.",
  },
  "pack-not-cached": {
    ja: "この人の情報はまだ端末に届いていません。ハブにつながれば受け取れます。",
    en: "This person's data has not reached this device yet. It arrives once the hub can be reached.",
  },
};
