import type { Hono } from "hono";
import { deleteCookie } from "hono/cookie";
import { TomoshibiError } from "../../../shared/error.ts";
import { accountPaths, type DoorAnswer } from "../../../shared/protocol/account.ts";
import { consolePaths, parseSignIn, type Session } from "../../../shared/protocol/console.ts";
import { isReviewer, type Standing, standingOf } from "../../people/reviewers.ts";
import { passkeysOf } from "../../store/reviewer-key.ts";
import { readBody } from "../body.ts";
import { failureBrake, failureLimit, turnstile } from "../limit.ts";
import { addressOf } from "../peer.ts";
import type { ConsoleDeps } from "./deps.ts";
import { cookie, enter, told } from "./enter.ts";
import { requireOwnOrigin, sessionCookie } from "./sessions.ts";

/** GET /api/door, POST /api/sign-in, GET /api/session. Signing out is account.ts's. */
export function signInRoutes(app: Hono, deps: ConsoleDeps): void {
  // One name from one address soon waits; the name from everywhere only after very many tries, so that whoever knows a name cannot shut its
  // owner out with five of them. Passkeys know neither brake.
  const here = failureBrake(deps.clock);
  const everywhere = failureBrake(deps.clock, 100);
  const addresses = failureLimit(deps.clock, 30, 3000);
  const stretching = turnstile(2, 30);

  app.get(accountPaths.door, (context) => context.json<DoorAnswer>({ passphrase: deps.door.passphrase, oidc: deps.door.oidc !== null }));

  app.post(consolePaths.signIn, async (context) => {
    requireOwnOrigin(context);
    const { name: typed, passphrase } = parseSignIn(await readBody(context.req.raw, 4096));
    // As the reviewer is looked up: spaces around a name must not be a new name to the brake.
    const name = typed.trim();
    const address = addressOf(context, deps.door.proxies);
    const both = `${address} ${name}`;
    here.check(both);
    everywhere.check(name);
    addresses.check(address);
    const standing = await stretching(() => entitled(deps, name, passphrase));
    if (standing === null) {
      here.failed(both);
      everywhere.failed(name);
      addresses.failed(address);
      throw new TomoshibiError("sign-in-failed");
    }
    here.succeeded(both);
    everywhere.succeeded(name);
    return context.json<Session>(enter(context, deps.sessions, standing, "passphrase"));
  });

  app.get(consolePaths.session, (context) => context.json<Session>(told(deps.sessions.of(context))));
}

/** The same work for every name and passphrase: the stretch, then the same three questions. Null: whatever was wrong. */
async function entitled({ db, door }: ConsoleDeps, name: string, passphrase: string): Promise<Standing | null> {
  const right = await isReviewer(db, name, passphrase);
  const standing = await standingOf(db, name);
  const keys = await passkeysOf(db, name);
  return right && (door.passphrase === "always" || keys.length === 0) ? standing : null;
}

export function leave(context: Parameters<typeof deleteCookie>[0]): void {
  deleteCookie(context, sessionCookie, cookie);
}
