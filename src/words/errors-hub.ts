import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors that an operator meets at the hub: configuration, commands, formats, review. */
export const hubErrorWords = {
  "not-found": { ja: "見つかりません。", en: "Not found." },
  "bad-request": { ja: "要求の形式が正しくありません。", en: "The request is not in the expected form." },
  "too-large": { ja: "データが上限の大きさを超えています。", en: "The data is larger than the limit." },
  unauthorized: { ja: "この操作にはサインインまたは端末の登録が必要です。", en: "This needs a sign-in or an enrolled device." },
  forbidden: { ja: "この操作は許可されていません。", en: "This is not permitted." },
  "too-many-requests": {
    ja: "要求が多すぎます。しばらく待ってからやり直してください。",
    en: "Too many requests. Wait a while, then try again.",
  },
  "config-bad-port": { ja: "ポート番号の設定が正しくありません（1〜65535）。", en: "The port setting is not valid (1 to 65535)." },
  "config-bad-address": {
    ja: "待ち受けるアドレスの設定が正しくありません（IP アドレスと、そのポートが必要です）。",
    en: "The address to listen on is not valid: give an IP address, and its port.",
  },
  "config-bad-data": {
    ja: "データフォルダの設定が正しくないか、書き込めません。",
    en: "The data folder setting is not valid, or not writable.",
  },
  "config-bad-database-url": { ja: "データベースの URL が正しくありません。", en: "The database URL is not valid." },
  "config-port-taken": { ja: "そのポートは他のプログラムが使っています。", en: "That port is in use by another program." },
  "config-unknown": { ja: "知らない設定名があります。綴りを確かめてください。", en: "A setting has an unknown name. Check its spelling." },
  "cli-usage": { ja: "コマンドの使い方が違います。--help を見てください。", en: "The command was not used as it expects. See --help." },
  "ingest-root-missing": { ja: "取り込み元のフォルダが見つかりません。", en: "The folder to ingest from was not found." },
  "ingest-facility-bad": { ja: "施設コードは10桁の数字です。", en: "A facility code is ten digits." },
  "dicomweb-bad-url": {
    ja: "DICOMweb の URL が正しくありません（http または https の基底 URL）。",
    en: "The DICOMweb URL is not valid: give its base, http or https.",
  },
  "dicomweb-failed": {
    ja: "画像サーバー（DICOMweb）から正しい答えが得られません。取り込み済みの情報はそのままです。",
    en: "The image archive (DICOMweb) gave no valid answer. What was taken in before is unchanged.",
  },
  "identity-kept-apart": {
    ja: "この統合は、「別人」とした判断と矛盾します。先にその判断を取り消してください。",
    en: "This would contradict a decision that keeps two of these records apart. Undo that decision first.",
  },
  "identity-one-person": {
    ja: "この2件は現在ひとりの人にまとめられています。「分ける」を使ってください。",
    en: "These two are one person at present. Use “split” instead.",
  },
  "identity-split-bad": {
    ja: "分ける患者番号を選んでください。全部を選ぶことはできません。",
    en: "Choose which numbers leave; at least one must remain.",
  },
  "identity-decision-unknown": {
    ja: "取り消せる判断が見つかりません。すでに取り消されている可能性があります。",
    en: "There is no such decision to undo; it may have been undone already.",
  },
  "merge-malformed": {
    ja: "HL7の患者統合メッセージ（ADT^A40）として読めません。",
    en: "This cannot be read as an HL7 patient merge (ADT^A40).",
  },
  "person-unknown": { ja: "この施設・患者番号の人は登録されていません。", en: "No person is known under this facility and number." },
  "master-malformed": {
    ja: "コード表として読めません。列の見出し、文字コード、ファイルの欠けを確かめてください。前のコード表はそのままです。",
    en: "This cannot be read as a code master: check its column headings, character set, and that it is whole. The one before stays in force.",
  },
  "master-shrunk": {
    ja: "前のコード表より大幅に少ないため、取り替えませんでした。正しいときは --smaller を付けてください。",
    en: "Much smaller than the master before, so it was not replaced. If this is right, repeat with --smaller.",
  },
  "hub-data-locked": { ja: "データフォルダは別のハブが使用中です。", en: "Another hub is using this data folder." },
  "consent-default-missing": {
    ja: "同意の記録がない人をどう扱うか、地域の規則が定められていません。定めるまで誰の情報も公開しません（hub -- consent default）。",
    en: "The region has not said what holds for people without an entry. Until it does, nobody is published (hub -- consent default).",
  },
  "consent-refused": {
    ja: "同意または地域の規則により、この人の情報は公開されません。",
    en: "By consent or by the region's rules, nothing of this person is published.",
  },
  "consent-entry-bad": {
    ja: "同意の記録として受け付けられない内容です。患者番号の先頭の0や、すでに取り消した記録でないかを確かめてください。",
    en: "This cannot be recorded as a consent entry. Check the leading zeros of the number, and that it was not taken back already.",
  },
  "consent-file-bad": {
    ja: "同意の CSV に受け付けられない行があるか、読めません。何も記録していません。",
    en: "The consent CSV cannot be read, or has lines that cannot be taken. Nothing was recorded.",
  },
  "cbor-malformed": { ja: "受け取ったデータの形式が壊れています（CBOR）。", en: "The data received is malformed (CBOR)." },
  "cose-malformed": { ja: "署名付きデータの形式が壊れています。", en: "The signed data is malformed." },
  "cose-signature-bad": {
    ja: "署名が一致しません。データは使いませんでした。",
    en: "The signature does not match. The data was not used.",
  },
  "cose-signer-unknown": { ja: "知らない署名者です。データは使いませんでした。", en: "The signer is unknown. The data was not used." },
  "seal-open-failed": {
    ja: "暗号を解けませんでした。鍵が違うか、データが壊れています。",
    en: "Could not be decrypted: another key, or damaged data.",
  },
  "summary-malformed": { ja: "要約の形式が壊れています。", en: "The summary is malformed." },
  "summary-version-unknown": {
    ja: "この要約は新しい版の形式です。ロック画面でアプリを更新してください。",
    en: "This summary is in a newer format. Update the app at the lock screen.",
  },
  "pack-malformed": { ja: "封印データの形式が壊れています。", en: "The sealed pack is malformed." },
  "pack-version-unknown": {
    ja: "封印データが新しい版の形式です。ロック画面でアプリを更新してください。",
    en: "The sealed pack is in a newer format. Update the app at the lock screen.",
  },
  "pack-hash-mismatch": {
    ja: "封印データが改変または破損しています。開きませんでした。",
    en: "The sealed pack was changed or damaged. It was not opened.",
  },
  "pack-open-failed": { ja: "封印データを復号できませんでした。", en: "The sealed pack could not be decrypted." },
  "pack-inflate-too-large": {
    ja: "封印データが展開の上限を超えます。開きませんでした。",
    en: "The sealed pack inflates beyond the limit. It was not opened.",
  },
  "ring-malformed": { ja: "鍵束の形式が壊れています。", en: "The key ring is malformed." },
  "ring-entry-missing": {
    ja: "この人を開く鍵が端末の鍵束に見つかりません。",
    en: "The key for this person was not found in this device's key ring.",
  },
  "shard-malformed": { ja: "検索用データの形式が壊れています。", en: "The search data is malformed." },
  "bundle-malformed": { ja: "封印データの束の形式が壊れています。", en: "The bundle of packs is malformed." },
  "manifest-malformed": {
    ja: "目録の形式が壊れています。前の正しいデータを使います。",
    en: "The manifest is malformed. The previous good data stays in use.",
  },
  "manifest-rollback": {
    ja: "ハブが古い目録を出しました。前の正しいデータを使います。運用担当者に知らせてください。",
    en: "The hub offered an older manifest. The previous good data stays in use. Tell the operator.",
  },
  "manifest-fork": {
    ja: "ハブの目録が端末の記録とつながりません。前の正しいデータを使います。運用担当者に知らせてください。",
    en: "The hub's manifest does not follow the one held here. The previous good data stays in use. Tell the operator.",
  },
  "manifest-other-region": {
    ja: "別の地域のハブのデータです。使いませんでした。",
    en: "This data is from another region's hub. It was not used.",
  },
  "lease-malformed": { ja: "利用期限の通知の形式が壊れています。", en: "The lease is malformed." },
  "lease-other-device": { ja: "別の端末あての利用期限です。使いませんでした。", en: "The lease is for another device. It was not used." },
  "policy-malformed": { ja: "運用規則の形式が壊れています。", en: "The policy is malformed." },
  "roster-malformed": { ja: "職員名簿の形式が壊れています。", en: "The roster is malformed." },
  "keys-malformed": { ja: "ハブの鍵の形式が壊れています。", en: "The hub's keys are malformed." },
  "keys-root-mismatch": {
    ja: "ハブの鍵が登録コードと一致しません。登録を中止し、運用担当者に知らせてください。",
    en: "The hub's keys do not match the enrolment code. Stop enrolling and tell the operator.",
  },
  "device-unknown": { ja: "ハブはこの端末を知りません。", en: "The hub does not know this device." },
  "device-revoked": {
    ja: "この端末の登録は取り消されました。運用担当者に連絡してください。",
    en: "This device's enrolment was revoked. Contact the operator.",
  },
  "request-signature-bad": { ja: "端末の署名をハブが確認できませんでした。", en: "The hub could not verify this device's signature." },
  "request-time-off": {
    ja: "端末の時計がハブと5分以上ずれています。",
    en: "This device's clock differs from the hub's by more than 5 minutes.",
  },
  "request-replayed": { ja: "同じ要求が二度届いたため、ハブが断りました。", en: "The hub refused a request that it had already received." },
  "journal-malformed": { ja: "閲覧記録の形式が壊れています。", en: "A journal entry is malformed." },
  "journal-chain-broken": { ja: "閲覧記録の連鎖がつながりません。", en: "The journal's chain does not connect." },
  "journal-gap": { ja: "閲覧記録に抜けがあります。", en: "The journal has a gap." },
  "journal-fork": { ja: "閲覧記録が枝分かれしています。", en: "The journal has forked." },
  "journal-signature-bad": { ja: "閲覧記録の署名が一致しません。", en: "A journal entry's signature does not match." },
  "journal-key-not-allowed": { ja: "その鍵では署名できない種類の閲覧記録です。", en: "That key may not sign this kind of journal entry." },
  "journal-batch-too-large": { ja: "一度に送る閲覧記録が多すぎます。", en: "Too many journal entries were sent at once." },
  "review-own": {
    ja: "ご自身がかかわった閲覧は、ほかの確認者が確認します。",
    en: "You are concerned in this yourself: another reviewer must look at it.",
  },
  "review-changed": {
    ja: "ほかの確認者が先に記録したか、この状態ではできない操作です。一覧を更新して見直してください。",
    en: "Somebody else recorded something first, or this cannot follow now. Refresh and look again.",
  },
  "letter-contact-missing": {
    ja: "お知らせの文書に載せる問い合わせ先が設定されていません。設定してから印刷してください。",
    en: "The letter has nobody to ask yet: set the contact, then print.",
  },
  "sign-in-failed": {
    ja: "サインインできません。名前とパスフレーズを確かめてください。",
    en: "Sign-in failed. Check the name and the passphrase.",
  },
  "session-expired": {
    ja: "時間が過ぎたためサインアウトしました。もう一度サインインしてください。",
    en: "You were signed out after a time. Sign in again.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
