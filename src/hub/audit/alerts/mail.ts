import { Socket } from "node:net";
import { createTransport } from "nodemailer";
import type { SmtpTarget } from "../../config-senders.ts";
import type { Alarm, AlarmWords, Sink } from "./alarm.ts";

export interface MailPatience {
  readonly connectMs: number;
  readonly idleMs: number;
}

const usual: MailPatience = { connectMs: 10_000, idleMs: 20_000 };

/** Alarms as plain text mail. A password is never said before TLS; without one, STARTTLS is taken wherever it is offered. */
export function mailSink(target: SmtpTarget, words: AlarmWords, patience: MailPatience = usual): Sink {
  return {
    name: "smtp",
    async send(alarm, signal) {
      const socket = new Socket();
      const stop = () => socket.destroy();
      signal.addEventListener("abort", stop, { once: true });
      try {
        signal.throwIfAborted();
        await createTransport({
          socket,
          host: target.host,
          port: target.port,
          secure: target.secure,
          requireTLS: target.login !== null,
          ...(target.login === null ? {} : { auth: { user: target.login.user, pass: target.login.password } }),
          tls: { minVersion: "TLSv1.2" },
          connectionTimeout: patience.connectMs,
          greetingTimeout: patience.connectMs,
          socketTimeout: patience.idleMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        }).sendMail(messageOf(alarm, target, words));
      } finally {
        signal.removeEventListener("abort", stop);
        socket.destroy();
      }
    },
  };
}

function messageOf(alarm: Alarm, { from, to }: SmtpTarget, words: AlarmWords) {
  const { ja, en } = words(alarm.kind);
  return {
    from: { name: "Tomoshibi", address: from },
    to: [...to],
    messageId: `<${alarm.id}@${from.split("@")[1] ?? "localhost"}>`,
    date: new Date(alarm.last),
    subject: `灯 Tomoshibi: ${ja} / ${en}`,
    headers: { "Auto-Submitted": "auto-generated" },
    text: textOf(alarm, words),
  };
}

function textOf(alarm: Alarm, words: AlarmWords): string {
  const { ja, en } = words(alarm.kind);
  const time = alarm.first === alarm.last ? japan(alarm.last) : `${japan(alarm.first)} 〜 ${japan(alarm.last)}`;
  return [
    ja,
    en,
    "",
    `施設 / site: ${alarm.site || "–"}`,
    `端末 / device: ${alarm.device || "–"}`,
    `時刻（日本） / time (Japan): ${time}`,
    `回数 / count: ${alarm.count}`,
    `種別 / kind: ${alarm.kind}`,
    `コンソール / console: ${alarm.console}`,
    "",
    "この通知は個人の情報を含みません。内容はコンソールで確認してください。",
    "This message names no person. See the console for what happened.",
    "",
  ].join("\n");
}

function japan(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
