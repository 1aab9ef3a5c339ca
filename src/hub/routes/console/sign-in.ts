import type { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { TomoshibiError } from "../../../shared/error.ts";
import { consolePaths, parseSignIn, type Session } from "../../../shared/protocol/console.ts";
import { isReviewer } from "../../people/reviewers.ts";
import { readBody } from "../body.ts";
import { failureBrake, rateLimit } from "../limit.ts";
import type { ConsoleDeps } from "./deps.ts";
import { requireOwnOrigin, sessionCookie } from "./sessions.ts";

const cookie = { httpOnly: true, secure: true, sameSite: "Strict", path: "/" } as const;

/** POST /api/sign-in, POST /api/sign-out, GET /api/session. */
export function signInRoutes(app: Hono, deps: ConsoleDeps): void {
  const brake = failureBrake(deps.clock);
  const all = rateLimit(deps.clock, 20, 1000);

  app.post(consolePaths.signIn, async (context) => {
    requireOwnOrigin(context);
    const { name: typed, passphrase } = parseSignIn(await readBody(context.req.raw, 4096));
    // As the reviewer is looked up: spaces around a name must not be a new name to the brake.
    const name = typed.trim();
    brake.check(name);
    all.take("sign-in");
    if (!(await isReviewer(deps.db, name, passphrase))) {
      brake.failed(name);
      throw new TomoshibiError("sign-in-failed");
    }
    brake.succeeded(name);
    deps.sessions.close(context);
    const { token, session } = deps.sessions.open(name);
    setCookie(context, sessionCookie, token, cookie);
    return context.json<Session>({ name: session.name, csrf: session.csrf });
  });

  app.post(consolePaths.signOut, (context) => {
    deps.sessions.changing(context);
    deps.sessions.close(context);
    deleteCookie(context, sessionCookie, cookie);
    return context.json({});
  });

  app.get(consolePaths.session, (context) => {
    const { name, csrf } = deps.sessions.of(context);
    return context.json<Session>({ name, csrf });
  });
}
