import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import type { SessionWay } from "../../../shared/protocol/account.ts";
import type { Session } from "../../../shared/protocol/console.ts";
import type { Standing } from "../../people/reviewers.ts";
import { type ConsoleSession, type Sessions, sessionCookie } from "./sessions.ts";

export const cookie = { httpOnly: true, secure: true, sameSite: "Strict", path: "/" } as const;

/** Opens a session under a new token; the one that the browser had before is over, so that nobody can have planted it. */
export function enter(context: Context, sessions: Sessions, standing: Standing, way: SessionWay, idToken = ""): Session {
  sessions.close(context);
  const { token, session } = sessions.open(context, standing, way, idToken);
  setCookie(context, sessionCookie, token, cookie);
  return told(session);
}

/** What the page learns of its session. */
export function told({ name, csrf, roles }: ConsoleSession): Session {
  return { name, csrf, roles };
}
