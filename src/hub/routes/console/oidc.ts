import type { Context, Hono } from "hono";
import * as client from "openid-client";
import { TomoshibiError } from "../../../shared/error.ts";
import { accountPaths } from "../../../shared/protocol/account.ts";
import type { Door } from "../../config-door.ts";
import { type OidcPerson, reviewerOfOidc } from "../../people/bindings.ts";
import { consolePlace } from "../doorway.ts";
import { rateLimit } from "../limit.ts";
import { addressOf } from "../peer.ts";
import type { Ceremonies } from "./ceremonies.ts";
import type { ConsoleDeps } from "./deps.ts";
import { enter } from "./enter.ts";
import { requireOwnOrigin } from "./sessions.ts";

/** Seconds that the provider's clock may differ from ours. */
const skew = 60;
const patienceSeconds = 10;

/** The one identity provider that the operator named. Its metadata are asked for when somebody first signs in, and kept. */
export interface OidcClient {
  /** Where the browser goes to sign in. */
  begin(redirect: string, asked: { readonly state: string; readonly nonce: string; readonly verifier: string }): Promise<string>;
  /** Who came back. Errors: oidc-refused (the provider or its answer says no), oidc-unavailable. */
  finish(
    back: URL,
    asked: { readonly state: string; readonly nonce: string; readonly verifier: string },
  ): Promise<OidcPerson & { readonly idToken: string }>;
  /** Where the browser goes to sign out there too; null: the provider offers no such place, or does not answer. */
  leave(idToken: string, origin: string): Promise<string | null>;
}

export function oidcClient(settings: NonNullable<Door["oidc"]>): OidcClient {
  let known: Promise<client.Configuration> | null = null;
  const configuration = async (): Promise<client.Configuration> => {
    known ??= discovered(settings);
    try {
      return await known;
    } catch (cause) {
      known = null;
      throw new TomoshibiError("oidc-unavailable", {}, { cause });
    }
  };
  return {
    async begin(redirect, { state, nonce, verifier }) {
      const parameters = { redirect_uri: redirect, scope: "openid email", response_type: "code", state, nonce };
      const challenge = { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
      return client.buildAuthorizationUrl(await configuration(), { ...parameters, ...challenge }).href;
    },
    async finish(back, { state, nonce, verifier }) {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(await configuration(), back, checks).catch((cause: unknown) => {
        throw new TomoshibiError(unreachable(cause) ? "oidc-unavailable" : "oidc-refused", {}, { cause });
      });
      const claims = tokens.claims();
      if (claims === undefined || claims.sub === "") throw new TomoshibiError("oidc-refused");
      const email = typeof claims.email === "string" && claims.email_verified === true ? claims.email : null;
      return { issuer: settings.issuer, sub: claims.sub, email, idToken: tokens.id_token ?? "" };
    },
    async leave(idToken, origin) {
      const found = await configuration().catch(() => null);
      if (found?.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` }).href;
    },
  };
}

/** The id token's signature is checked, not the connection alone. Plain http is for a provider on this machine: the config refuses it elsewhere. */
async function discovered({ issuer, clientId, clientSecret }: NonNullable<Door["oidc"]>): Promise<client.Configuration> {
  const url = new URL(issuer);
  return await client.discovery(
    url,
    clientId,
    { client_secret: clientSecret, [client.clockTolerance]: skew },
    client.ClientSecretBasic(clientSecret),
    {
      timeout: patienceSeconds,
      execute: [client.enableNonRepudiationChecks, ...(url.protocol === "http:" ? [client.allowInsecureRequests] : [])],
    },
  );
}

/** Nobody answered, as against: somebody said no, or what they said does not hold. */
function unreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const name =
    error.name === "TimeoutError" || error.name === "AbortError" || (error instanceof TypeError && error.message === "fetch failed");
  return name || unreachable(error.cause);
}

/** POST /api/oidc/start, GET /api/oidc/callback: where an identity provider is configured. Nobody is created by coming from there. */
export function oidcRoutes(app: Hono, deps: ConsoleDeps, asked: Ceremonies, oidc: OidcClient): void {
  const begun = rateLimit(deps.clock, 60, 1000);

  app.post(accountPaths.oidcStart, async (context) => {
    requireOwnOrigin(context);
    begun.take(addressOf(context, deps.door.proxies));
    const state = client.randomState();
    const nonce = client.randomNonce();
    const verifier = client.randomPKCECodeVerifier();
    const url = await oidc.begin(callbackOf(context, deps.door), { state, nonce, verifier });
    asked.begin(context, { kind: "oidc", challenge: nonce, reviewer: "", extra: [state, verifier] });
    return context.json({ url });
  });

  app.get(accountPaths.oidcCallback, async (context) => {
    try {
      const { challenge: nonce, extra } = asked.take(context, "oidc");
      const [state, verifier] = extra;
      const back = new URL(callbackOf(context, deps.door) + new URL(context.req.url).search);
      const person = await oidc.finish(back, { state, nonce, verifier });
      enter(context, deps.sessions, await reviewerOfOidc(deps.db, person), "oidc", person.idToken);
      return context.redirect("/", 303);
    } catch (error) {
      // A person stands before this answer: the page says what went wrong. Neither code nor state stays in the address.
      const code = error instanceof TomoshibiError ? error.code : "internal";
      deps.log.warn({ code, err: error }, "sign-in by identity provider failed");
      return context.redirect(`/#refused=${code}`, 303);
    }
  });
}

function callbackOf(context: Context, door: Door): string {
  return consolePlace(context, door).origin + accountPaths.oidcCallback;
}
