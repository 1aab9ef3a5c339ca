import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Clock } from "../../../shared/clock.ts";
import { TomoshibiError } from "../../../shared/error.ts";
import { csrfHeader } from "../../../shared/protocol/console.ts";

export const sessionCookie = "__Host-tomoshibi-console";
const idleMs = 30 * 60 * 1000;
const longestMs = 12 * 60 * 60 * 1000;
const most = 1000;

export interface ConsoleSession {
  readonly name: string;
  readonly csrf: string;
}

/** Sessions live in memory: a hub that restarts asks everybody to sign in again. Tokens are kept as hashes only. */
export interface Sessions {
  open(name: string): { readonly token: string; readonly session: ConsoleSession };
  /** The session of the request's cookie; throws "unauthorized" without one, "session-expired" after 30 idle minutes or 12 hours. */
  of(context: Context): ConsoleSession;
  /** The same, for a request that changes something: same origin and CSRF token too ("forbidden"). */
  changing(context: Context): ConsoleSession;
  close(context: Context): void;
}

export function sessions(clock: Clock): Sessions {
  const open = new Map<string, ConsoleSession & { readonly opened: number; seen: number }>();
  const keyOf = (token: string) => createHash("sha256").update(token).digest("base64url");

  const of = (context: Context): ConsoleSession => {
    const token = getCookie(context, sessionCookie);
    if (token === undefined) throw new TomoshibiError("unauthorized");
    const key = keyOf(token);
    const session = open.get(key);
    const now = clock.monotonic();
    if (session === undefined || now - session.seen > idleMs || now - session.opened > longestMs) {
      open.delete(key);
      throw new TomoshibiError("session-expired");
    }
    session.seen = now;
    return session;
  };

  return {
    of,
    open(name) {
      const token = randomBytes(32).toString("base64url");
      const now = clock.monotonic();
      const session = { name, csrf: randomBytes(32).toString("base64url"), opened: now, seen: now };
      open.set(keyOf(token), session);
      if (open.size > most) open.delete(open.keys().next().value ?? "");
      return { token, session };
    },
    changing(context) {
      requireOwnOrigin(context);
      const session = of(context);
      const sent = Buffer.from(context.req.header(csrfHeader) ?? "");
      const known = Buffer.from(session.csrf);
      if (sent.length !== known.length || !timingSafeEqual(sent, known)) throw new TomoshibiError("forbidden", { field: "csrf" });
      return session;
    },
    close(context) {
      const token = getCookie(context, sessionCookie);
      if (token !== undefined) open.delete(keyOf(token));
    },
  };
}

/** A page of another origin may not even sign somebody in. */
export function requireOwnOrigin(context: Context): void {
  const origin = context.req.header("origin");
  const host = context.req.header("host") ?? new URL(context.req.url).host;
  const own = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  if (!own) throw new TomoshibiError("forbidden", { field: "origin" });
  if (!(context.req.header("content-type") ?? "").startsWith("application/json"))
    throw new TomoshibiError("forbidden", { field: "content-type" });
}
