import { isIP } from "node:net";
import { TomoshibiError } from "../shared/error.ts";

/** How the two origins are reached from outside, and by what people sign in at the console. */
export interface Door {
  /** The origin that browsers see, "https://viewer.example"; null: this machine's own names only. */
  readonly viewerOrigin: string | null;
  readonly consoleOrigin: string | null;
  /** Further names that requests may be addressed to. */
  readonly hosts: readonly string[];
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly proxies: readonly string[];
  /** until-passkey: whoever has a passkey no longer signs in by passphrase. */
  readonly passphrase: "always" | "until-passkey";
  /** null: no other origin is ever asked who somebody is. */
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
}

/** This machine's own names, passphrase and passkey, no identity provider. */
export const plainDoor: Door = {
  viewerOrigin: null,
  consoleOrigin: null,
  hosts: [],
  proxies: [],
  passphrase: "always",
  oidc: null,
};

export const doorNames = [
  "TOMOSHIBI_ORIGIN",
  "TOMOSHIBI_CONSOLE_ORIGIN",
  "TOMOSHIBI_HOSTS",
  "TOMOSHIBI_PROXIES",
  "TOMOSHIBI_CONSOLE_PASSPHRASE",
  "TOMOSHIBI_OIDC_ISSUER",
  "TOMOSHIBI_OIDC_CLIENT_ID",
  "TOMOSHIBI_OIDC_CLIENT_SECRET",
] as const;

type Env = Readonly<Record<string, string | undefined>>;

/** Errors: config-bad-origin (origins, hosts, proxies, passphrase), config-bad-oidc. A secret's value is never named. */
export function parseDoor(env: Env): Door {
  const viewerOrigin = parseOrigin("TOMOSHIBI_ORIGIN", env);
  const consoleOrigin = parseOrigin("TOMOSHIBI_CONSOLE_ORIGIN", env);
  if (viewerOrigin !== null && consoleOrigin !== null && new URL(viewerOrigin).hostname === new URL(consoleOrigin).hostname)
    throw badOrigin("TOMOSHIBI_CONSOLE_ORIGIN", "same-host-as-TOMOSHIBI_ORIGIN");
  return {
    viewerOrigin,
    consoleOrigin,
    hosts: list(env.TOMOSHIBI_HOSTS).map(parseHost),
    proxies: list(env.TOMOSHIBI_PROXIES).map(parseProxy),
    passphrase: parsePassphrase(env.TOMOSHIBI_CONSOLE_PASSPHRASE),
    oidc: parseOidc(env),
  };
}

/** Whether a host of a URL is this machine's own: nobody else can answer under it. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parseOrigin(name: string, env: Env): string | null {
  const value = env[name];
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.origin !== value.replace(/\/$/, "")) throw badOrigin(name, "not-an-origin");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) throw badOrigin(name, "not-https");
  return url.origin;
}

function parseHost(host: string): string {
  const named = host.toLowerCase();
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(named) && isIP(named) === 0) throw badOrigin("TOMOSHIBI_HOSTS", "not-a-host-name");
  return isIP(named) === 6 ? new URL(`http://[${named}]`).hostname : named;
}

function parseProxy(address: string): string {
  if (isIP(address) === 0) throw badOrigin("TOMOSHIBI_PROXIES", "not-an-ip-address");
  return address;
}

function parsePassphrase(value: string | undefined): Door["passphrase"] {
  if (value === undefined || value === "always" || value === "until-passkey") return value ?? "always";
  throw badOrigin("TOMOSHIBI_CONSOLE_PASSPHRASE", "always-or-until-passkey");
}

function parseOidc(env: Env): Door["oidc"] {
  const { TOMOSHIBI_OIDC_ISSUER: issuer, TOMOSHIBI_OIDC_CLIENT_ID: clientId, TOMOSHIBI_OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  if (issuer === undefined || !clientId || !clientSecret) throw new TomoshibiError("config-bad-oidc", { reason: "all-three-are-needed" });
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url === null || url.search !== "" || url.hash !== "" || url.username !== "")
    throw new TomoshibiError("config-bad-oidc", { reason: "issuer-is-no-url" });
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new TomoshibiError("config-bad-oidc", { reason: "issuer-not-https" });
  return { issuer, clientId, clientSecret };
}

function list(value: string | undefined): string[] {
  return (value ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function badOrigin(name: string, reason: string): TomoshibiError {
  return new TomoshibiError("config-bad-origin", { name, reason });
}
