import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** Errors of what the hub sends on its own: its journal by syslog, alerts by mail and webhook. */
export const senderErrorWords = {
  "config-bad-syslog": {
    ja: "監査ログの転送先（TOMOSHIBI_SYSLOG_URL）の設定が正しくありません。udp://・tcp://・tls:// とホスト名・ポートで書いてください。",
    en: "The syslog setting (TOMOSHIBI_SYSLOG_URL) is not valid: give udp://, tcp:// or tls://, a host and a port.",
  },
  "config-bad-smtp": {
    ja: "警報メールの設定が正しくありません。TOMOSHIBI_SMTP_URL・TOMOSHIBI_ALERT_TO・TOMOSHIBI_ALERT_FROM の三つが必要です。",
    en: "The mail settings are not valid: TOMOSHIBI_SMTP_URL, TOMOSHIBI_ALERT_TO and TOMOSHIBI_ALERT_FROM are needed together.",
  },
  "config-bad-webhook": {
    ja: "警報の通知先（Webhook）の設定が正しくありません。https の URL と32文字以上の共有鍵が必要です。",
    en: "The webhook settings are not valid: an https URL and a secret of 32 letters or more are needed.",
  },
  "alert-nowhere": {
    ja: "警報の送り先が設定されていません。メールまたは Webhook を設定してください。",
    en: "No alert can be sent: neither mail nor a webhook is configured.",
  },
  "alert-not-sent": {
    ja: "警報を送れませんでした。送り先の設定とネットワークを確かめてください。",
    en: "The alert could not be sent. Check where it goes and the network.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
