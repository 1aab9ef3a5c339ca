import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../../shared/error.ts";
import { type Account, accountPaths, parseEndSessions, parseNewPasskey, parsePasskeyId } from "../../../shared/protocol/account.ts";
import { consolePaths } from "../../../shared/protocol/console.ts";
import { keepPasskey, newChallenge, registrationOptions, removePasskey, verifyNewPasskey } from "../../people/passkeys.ts";
import { endSessions } from "../../people/reviewers.ts";
import { reviewerByName } from "../../store/reviewer.ts";
import { oidcBindingsOf, passkeysOf } from "../../store/reviewer-key.ts";
import { readBody } from "../body.ts";
import { consolePlace } from "../doorway.ts";
import type { Ceremonies } from "./ceremonies.ts";
import type { ConsoleDeps } from "./deps.ts";
import type { OidcClient } from "./oidc.ts";
import { leave } from "./sign-in.ts";

const small = 64 * 1024;

/** One's own account: its passkeys and its sessions, and signing out. */
export function accountRoutes(app: Hono, deps: ConsoleDeps, asked: Ceremonies, oidc: OidcClient | null): void {
  const { sessions, db, door } = deps;
  const answer = async (context: Context) => context.json<Account>(await accountOf(context, deps));

  app.get(accountPaths.account, async (context) => await answer(context));

  app.post(accountPaths.newPasskeyOptions, async (context) => {
    const { name } = sessions.fresh(context);
    const challenge = newChallenge();
    const options = await registrationOptions(db, consolePlace(context, door), name, challenge.bytes);
    asked.begin(context, { kind: "new-passkey", challenge: challenge.text, reviewer: name, extra: ["", ""] });
    return context.json({ options });
  });

  app.post(accountPaths.newPasskey, async (context) => {
    const { name } = sessions.fresh(context);
    const { label, credential } = parseNewPasskey(await readBody(context.req.raw, small));
    const { challenge, reviewer } = asked.take(context, "new-passkey");
    if (reviewer !== name) throw new TomoshibiError("ceremony-ended");
    const made = await verifyNewPasskey(deps, consolePlace(context, door), { reviewer, label, credential, challenge });
    await keepPasskey(db, made);
    return await answer(context);
  });

  app.post(accountPaths.dropPasskey, async (context) => {
    const { name } = sessions.fresh(context);
    const id = parsePasskeyId(await readBody(context.req.raw, small));
    const { passphrase, bindings } = await accountOf(context, deps);
    await removePasskey(db, name, id, (passphrase && door.passphrase === "always") || (door.oidc !== null && bindings.length > 0));
    // Whoever has the lost key may have a session by it.
    for (const { id: other, own } of sessions.list(context)) if (!own) sessions.end(context, other);
    return await answer(context);
  });

  app.post(accountPaths.endSessions, async (context) => {
    const { name } = sessions.changing(context);
    const { id } = parseEndSessions(await readBody(context.req.raw, small));
    sessions.end(context, id);
    if (id === null) {
      await endSessions(db, name);
      leave(context);
    }
    return context.json({});
  });

  app.post(consolePaths.signOut, async (context) => {
    const { idToken } = sessions.changing(context);
    sessions.close(context);
    leave(context);
    return context.json({ url: idToken === "" || oidc === null ? null : await oidc.leave(idToken, consolePlace(context, door).origin) });
  });
}

async function accountOf(context: Context, { sessions, db }: ConsoleDeps): Promise<Account> {
  const { name, roles } = sessions.of(context);
  const row = await reviewerByName(db, name);
  return {
    name,
    roles,
    passphrase: (row?.hash ?? "") !== "",
    bindings: (await oidcBindingsOf(db, name)).map(({ issuer, value }) => `${value} (${new URL(issuer).host})`),
    passkeys: (await passkeysOf(db, name)).map(({ id, label, created, used }) => ({ id, label, created, used })),
    sessions: sessions.list(context),
  };
}
