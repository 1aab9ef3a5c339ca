import { TomoshibiError } from "../shared/error.ts";

/**
 * Where the hub sends on its own: its journal to a syslog collector, alerts by mail and to a webhook; null: nowhere. Certificates are
 * checked against what Node knows; a private authority's file is named by Node's own NODE_EXTRA_CA_CERTS.
 */
export interface Senders {
  readonly syslog: SyslogTarget | null;
  readonly smtp: SmtpTarget | null;
  readonly webhook: WebhookTarget | null;
}

export interface SyslogTarget {
  /** udp: RFC 5426, may lose; tcp: RFC 6587, octet counting; tls: RFC 5425. */
  readonly protocol: "udp" | "tcp" | "tls";
  readonly host: string;
  readonly port: number;
}

export interface SmtpTarget {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS: wherever it is offered, and always before a password. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

export const senderNames = [
  "TOMOSHIBI_SYSLOG_URL",
  "TOMOSHIBI_SMTP_URL",
  "TOMOSHIBI_ALERT_TO",
  "TOMOSHIBI_ALERT_FROM",
  "TOMOSHIBI_WEBHOOK_URL",
  "TOMOSHIBI_WEBHOOK_SECRET",
] as const;

type Env = Readonly<Record<string, string | undefined>>;

/** Errors: config-bad-syslog, config-bad-smtp, config-bad-webhook, with a reason. Values are never named: they may hold passwords. */
export function parseSenders(env: Env): Senders {
  return { syslog: parseSyslog(env), smtp: parseSmtp(env), webhook: parseWebhook(env) };
}

const syslogPorts = { udp: 514, tcp: 601, tls: 6514 } as const;

function parseSyslog({ TOMOSHIBI_SYSLOG_URL: value }: Env): SyslogTarget | null {
  const bad = (reason: string) => new TomoshibiError("config-bad-syslog", { reason });
  if (value === undefined) return null;
  const url = urlOf(value);
  const [protocol] = (["udp", "tcp", "tls"] as const).filter((one) => url?.protocol === `${one}:`);
  if (url === null || protocol === undefined) throw bad("not-udp-tcp-or-tls");
  if (url.hostname === "") throw bad("no-host");
  if (`${url.username}${url.password}${url.search}${url.hash}` !== "" || !["", "/"].includes(url.pathname))
    throw bad("more-than-host-and-port");
  if (url.port === "0") throw bad("no-port");
  return { protocol, host: hostOf(url), port: Number(url.port) || syslogPorts[protocol] };
}

function parseSmtp(env: Env): SmtpTarget | null {
  const { TOMOSHIBI_SMTP_URL: value, TOMOSHIBI_ALERT_TO: to, TOMOSHIBI_ALERT_FROM: from } = env;
  const bad = (reason: string) => new TomoshibiError("config-bad-smtp", { reason });
  if (value === undefined && to === undefined && from === undefined) return null;
  if (value === undefined || to === undefined || from === undefined) throw bad("url-to-and-from-are-needed");
  const url = urlOf(value);
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:")) throw bad("not-smtp-or-smtps");
  if (url.hostname === "" || url.port === "0") throw bad("no-host");
  if (`${url.search}${url.hash}` !== "" || !["", "/"].includes(url.pathname)) throw bad("more-than-host-and-port");
  if ((url.username === "") !== (url.password === "")) throw bad("user-and-password-go-together");
  const receivers = to.split(",").map((one) => one.trim());
  for (const address of [...receivers, from]) if (!/^[^\s@<>,;:"()]{1,64}@[a-z0-9.-]{1,190}$/i.test(address)) throw bad("not-an-address");
  const secure = url.protocol === "smtps:";
  const login = url.username === "" ? null : { user: decoded(url.username, bad), password: decoded(url.password, bad) };
  return { host: hostOf(url), port: Number(url.port) || (secure ? 465 : 587), secure, login, from, to: receivers };
}

function parseWebhook({ TOMOSHIBI_WEBHOOK_URL: value, TOMOSHIBI_WEBHOOK_SECRET: secret }: Env): WebhookTarget | null {
  const bad = (reason: string) => new TomoshibiError("config-bad-webhook", { reason });
  if (value === undefined && secret === undefined) return null;
  if (value === undefined || secret === undefined) throw bad("url-and-secret-are-needed");
  const url = urlOf(value);
  if (url === null || url.username !== "" || url.hash !== "") throw bad("not-a-url");
  const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && here)) throw bad("not-https");
  if (secret.length < 32) throw bad("secret-shorter-than-32");
  return { url: url.href, secret };
}

function urlOf(value: string): URL | null {
  return URL.canParse(value) && !/\s/.test(value) ? new URL(value) : null;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function decoded(part: string, bad: (reason: string) => TomoshibiError): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw bad("not-percent-encoded");
  }
}
