import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Clock } from "../../../shared/clock.ts";
import { TomoshibiError } from "../../../shared/error.ts";
import type { Account, ConsoleRole, SessionWay } from "../../../shared/protocol/account.ts";
import { csrfHeader } from "../../../shared/protocol/console.ts";
import type { Standing } from "../../people/reviewers.ts";

export const sessionCookie = "__Host-tomoshibi-console";
const idleMs = 30 * 60 * 1000;
const longestMs = 12 * 60 * 60 * 1000;
/** How long after signing in one may change by what one signs in. */
const freshMs = 10 * 60 * 1000;
const most = 1000;

export interface ConsoleSession {
  readonly name: string;
  readonly csrf: string;
  readonly roles: readonly ConsoleRole[];
  readonly way: SessionWay;
  /** What the identity provider signed; "": none did. */
  readonly idToken: string;
}

interface Kept extends ConsoleSession {
  roles: readonly ConsoleRole[];
  readonly generation: number;
  /** Of the User-Agent it began with: a cookie that turns up in another browser ends its session. A thief may write the same. */
  readonly agent: string;
  /** Monotonic, and the wall clock's for people. */
  readonly opened: number;
  readonly openedAt: number;
  seen: number;
  seenAt: number;
}

/** Sessions live in memory: a hub that restarts asks everybody to sign in again. Tokens are kept as hashes only. */
export interface Sessions {
  open(
    context: Context,
    standing: Standing,
    way: SessionWay,
    idToken?: string,
  ): { readonly token: string; readonly session: ConsoleSession };
  /** Asks what the account may do now; a session whose account was removed, or signed out everywhere, is none. Before every route. */
  refresh(context: Context, standingOf: (name: string) => Promise<Standing | null>): Promise<void>;
  /** The session of the request's cookie; throws "unauthorized" without one, "session-expired" after 30 idle minutes or 12 hours. */
  of(context: Context): ConsoleSession;
  /** The same, for a request that changes something: same origin and CSRF token too ("forbidden"). */
  changing(context: Context): ConsoleSession;
  /** The same, within ten minutes of signing in ("sign-in-again"): what a stolen session must not make lasting. */
  fresh(context: Context): ConsoleSession;
  /** Those of the same name, for people. */
  list(context: Context): Account["sessions"];
  close(context: Context): void;
  /** One of one's own, or all of one's name. Throws "not-found". */
  end(context: Context, id: string | null): void;
}

export function sessions(clock: Clock): Sessions {
  const open = new Map<string, Kept>();

  const find = (context: Context): Kept => {
    const token = getCookie(context, sessionCookie);
    if (token === undefined) throw new TomoshibiError("unauthorized");
    const key = keyOf(token);
    const session = open.get(key);
    const now = clock.monotonic();
    const over = session === undefined || now - session.seen > idleMs || now - session.opened > longestMs;
    if (over || session.agent !== agentOf(context)) {
      open.delete(key);
      throw new TomoshibiError("session-expired");
    }
    return session;
  };
  const of = (context: Context): Kept => {
    const session = find(context);
    session.seen = clock.monotonic();
    session.seenAt = clock.now();
    return session;
  };
  const changing = (context: Context): Kept => {
    requireOwnOrigin(context);
    const session = of(context);
    const sent = Buffer.from(context.req.header(csrfHeader) ?? "");
    const known = Buffer.from(session.csrf);
    if (sent.length !== known.length || !timingSafeEqual(sent, known)) throw new TomoshibiError("forbidden", { field: "csrf" });
    return session;
  };
  const ofName = (name: string) => [...open].filter(([, session]) => session.name === name);

  return {
    of,
    changing,
    open(context, standing, way, idToken = "") {
      const token = randomBytes(32).toString("base64url");
      const [now, at] = [clock.monotonic(), clock.now()];
      const { name, roles, generation } = standing;
      const csrf = randomBytes(32).toString("base64url");
      const times = { opened: now, openedAt: at, seen: now, seenAt: at };
      const session: Kept = { name, roles, generation, csrf, way, idToken, agent: agentOf(context), ...times };
      open.set(keyOf(token), session);
      if (open.size > most) open.delete(open.keys().next().value ?? "");
      return { token, session };
    },
    async refresh(context, standingOf) {
      const token = getCookie(context, sessionCookie);
      const key = token === undefined ? "" : keyOf(token);
      const session = open.get(key);
      if (session === undefined) return;
      const standing = await standingOf(session.name);
      if (standing === null || standing.generation !== session.generation) open.delete(key);
      else session.roles = standing.roles;
    },
    fresh(context) {
      const session = changing(context);
      if (clock.monotonic() - session.opened > freshMs) throw new TomoshibiError("sign-in-again");
      return session;
    },
    list(context) {
      const own = find(context);
      return ofName(own.name)
        .filter(([, session]) => session.generation === own.generation && clock.monotonic() - session.seen <= idleMs)
        .map(([key, session]) => {
          const { way, openedAt, seenAt } = session;
          return { id: idOf(key), way, opened: openedAt, seen: seenAt, own: session === own };
        });
    },
    close(context) {
      const token = getCookie(context, sessionCookie);
      if (token !== undefined) open.delete(keyOf(token));
    },
    end(context, id) {
      const mine = ofName(find(context).name).filter(([key]) => id === null || idOf(key) === id);
      if (mine.length === 0) throw new TomoshibiError("not-found", { field: "session" });
      for (const [key] of mine) open.delete(key);
    },
  };
}

function keyOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** A name for a session that is no step towards its token. */
function idOf(key: string): string {
  return createHash("sha256").update("session id").update(key).digest("base64url").slice(0, 22);
}

function agentOf(context: Context): string {
  return createHash("sha256")
    .update(context.req.header("user-agent") ?? "")
    .digest("base64url");
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
