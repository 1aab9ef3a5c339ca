import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../../shared/error.ts";
import { accountPaths, parseInvite, parseInviteCode, parsePasskeySignIn } from "../../../shared/protocol/account.ts";
import type { Session } from "../../../shared/protocol/console.ts";
import { acceptInvite, invited } from "../../people/invites.ts";
import { newChallenge, registrationOptions, reviewerOfPasskey, signInOptions, verifyNewPasskey } from "../../people/passkeys.ts";
import { readBody } from "../body.ts";
import { consolePlace } from "../doorway.ts";
import { failureLimit, rateLimit } from "../limit.ts";
import { addressOf } from "../peer.ts";
import type { Ceremonies } from "./ceremonies.ts";
import type { ConsoleDeps } from "./deps.ts";
import { enter } from "./enter.ts";
import { requireOwnOrigin } from "./sessions.ts";

const small = 64 * 1024;

/** Signing in by passkey, and by an invitation that makes one. All are POST from the own origin; none tells whether a name exists. */
export function passkeyRoutes(app: Hono, deps: ConsoleDeps, asked: Ceremonies): void {
  const begun = rateLimit(deps.clock, 200, 500);
  const failures = failureLimit(deps.clock, 60, 1000);

  /** Runs what may fail; only failures count against the address. */
  const tried = async <T>(context: Context, work: () => Promise<T>): Promise<T> => {
    const address = addressOf(context, deps.door.proxies);
    failures.check(address);
    return await work().catch((error: unknown) => {
      failures.failed(address);
      throw error;
    });
  };

  app.post(accountPaths.passkeyOptions, async (context) => {
    requireOwnOrigin(context);
    begun.take(addressOf(context, deps.door.proxies));
    const challenge = newChallenge();
    const options = await signInOptions(consolePlace(context, deps.door), challenge.bytes);
    asked.begin(context, { kind: "sign-in", challenge: challenge.text, reviewer: "", extra: ["", ""] });
    return context.json({ options });
  });

  app.post(accountPaths.passkeySignIn, async (context) => {
    requireOwnOrigin(context);
    const credential = parsePasskeySignIn(await readBody(context.req.raw, small));
    return await tried(context, async () => {
      const { challenge } = asked.take(context, "sign-in");
      const standing = await reviewerOfPasskey(deps, consolePlace(context, deps.door), credential, challenge);
      return context.json<Session>(enter(context, deps.sessions, standing, "passkey"));
    });
  });

  app.post(accountPaths.inviteOptions, async (context) => {
    requireOwnOrigin(context);
    const code = parseInviteCode(await readBody(context.req.raw, small));
    return await tried(context, async () => {
      const { id, reviewer } = await invited(deps, code);
      const challenge = newChallenge();
      const options = await registrationOptions(deps.db, consolePlace(context, deps.door), reviewer, challenge.bytes);
      asked.begin(context, { kind: "invite", challenge: challenge.text, reviewer, extra: [id, ""] });
      return context.json({ options });
    });
  });

  app.post(accountPaths.invite, async (context) => {
    requireOwnOrigin(context);
    const { code, label, credential } = parseInvite(await readBody(context.req.raw, small));
    return await tried(context, async () => {
      const { challenge, reviewer, extra } = asked.take(context, "invite");
      const { id } = await invited(deps, code);
      if (id !== extra[0]) throw new TomoshibiError("ceremony-ended");
      const made = { reviewer, label, credential, challenge };
      const standing = await acceptInvite(deps, id, await verifyNewPasskey(deps, consolePlace(context, deps.door), made));
      return context.json<Session>(enter(context, deps.sessions, standing, "invite"));
    });
  });
}
