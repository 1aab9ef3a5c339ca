import { isIP } from "node:net";
import { TomoshibiError } from "../shared/error.ts";
import { type Door, doorNames, parseDoor } from "./config-door.ts";
import { parseSenders, type Senders, senderNames } from "./config-senders.ts";

/** What the environment says; the only place that reads TOMOSHIBI_* names. */
export interface Config {
  /** Port of the viewer and the devices' protocol. */
  readonly port: number;
  /** Port of the console, an origin of its own. */
  readonly consolePort: number;
  readonly dataDir: string;
  /** PostgreSQL; null: the embedded store. */
  readonly databaseUrl: string | null;
  /** Where PIX and PDQ queries of HL7 v2 are answered; null: nowhere. */
  readonly mllp: { readonly port: number; readonly address: string } | null;
  readonly door: Door;
  readonly senders: Senders;
}

const names = [
  "TOMOSHIBI_PORT",
  "TOMOSHIBI_CONSOLE_PORT",
  "TOMOSHIBI_DATA",
  "TOMOSHIBI_DATABASE_URL",
  "TOMOSHIBI_MLLP_PORT",
  "TOMOSHIBI_MLLP_ADDRESS",
  ...doorNames,
  ...senderNames,
];
const otherNames = /^TOMOSHIBI_(TEST_[A-Z_]+|LONG)$/;

/**
 * Config of an environment, with defaults 8787, 8788, ./.data and no database URL (embedded store).
 * Errors: config-unknown for a TOMOSHIBI_* name that does not exist (a typing error must not pass for the default),
 * config-bad-port, config-bad-address, config-bad-data, config-bad-database-url. 0 = any free port.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env))
    if (name.startsWith("TOMOSHIBI_") && !names.includes(name) && !otherNames.test(name))
      throw new TomoshibiError("config-unknown", { name });
  const port = parsePort("TOMOSHIBI_PORT", env, 8787);
  const consolePort = parsePort("TOMOSHIBI_CONSOLE_PORT", env, 8788);
  if (port === consolePort && port !== 0)
    throw new TomoshibiError("config-bad-port", { name: "TOMOSHIBI_CONSOLE_PORT", value: String(port), reason: "same-as-TOMOSHIBI_PORT" });
  const mllp = parseMllp(env);
  if (mllp !== null && mllp.port !== 0 && [port, consolePort].includes(mllp.port))
    throw new TomoshibiError("config-bad-port", {
      name: "TOMOSHIBI_MLLP_PORT",
      value: String(mllp.port),
      reason: "taken-by-another-setting",
    });
  return {
    port,
    consolePort,
    dataDir: parseFolder(env.TOMOSHIBI_DATA),
    databaseUrl: parseDatabaseUrl(env.TOMOSHIBI_DATABASE_URL),
    mllp,
    door: parseDoor(env),
    senders: parseSenders(env),
  };
}

function parsePort(name: string, env: Readonly<Record<string, string | undefined>>, fallback: number): number {
  const value = env[name];
  if (value === undefined) return fallback;
  const port = Number(value);
  if (!/^(0|[1-9]\d{0,4})$/.test(value) || port > 65_535) throw new TomoshibiError("config-bad-port", { name, value });
  return port;
}

/** Plain TCP without a sender that proves itself: off unless a port is given, and this machine's own unless an address is. */
function parseMllp(env: Readonly<Record<string, string | undefined>>): Config["mllp"] {
  const address = env.TOMOSHIBI_MLLP_ADDRESS;
  if (address !== undefined && (isIP(address) === 0 || env.TOMOSHIBI_MLLP_PORT === undefined))
    throw new TomoshibiError("config-bad-address", {
      name: "TOMOSHIBI_MLLP_ADDRESS",
      value: address,
      reason: isIP(address) === 0 ? "not-an-ip-address" : "no-TOMOSHIBI_MLLP_PORT",
    });
  if (env.TOMOSHIBI_MLLP_PORT === undefined) return null;
  return { port: parsePort("TOMOSHIBI_MLLP_PORT", env, 0), address: address ?? "127.0.0.1" };
}

function parseFolder(value: string | undefined): string {
  if (value === undefined) return "./.data";
  if (value.trim() === "" || value.includes("\0")) throw new TomoshibiError("config-bad-data", { value });
  return value;
}

/** Never names the value in the error: it may hold a password. */
function parseDatabaseUrl(value: string | undefined): string | null {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== "postgres:" && url.protocol !== "postgresql:"))
    throw new TomoshibiError("config-bad-database-url", { reason: "not-postgresql" });
  if (url.pathname.length < 2) throw new TomoshibiError("config-bad-database-url", { reason: "no-database-name" });
  return value;
}
