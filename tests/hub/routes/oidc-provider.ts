/** A real, certified OpenID provider (oidc-provider) on this machine, and a person's browser that signs in there. */
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export interface TestProvider {
  readonly issuer: string;
  /** What the provider says of whoever signs in with this login. */
  readonly people: Map<string, { readonly email: string; readonly email_verified: boolean }>;
  /** Its id tokens are signed by somebody else. */
  forged: boolean;
  close(): Promise<void>;
}

const size = { modulusLength: 2048 };
export const clientId = "tomoshibi-console";
export const clientSecret = "a secret that only the hub and the provider know";

/** Its id tokens hold for ten minutes by its clock, which is `behind` so many seconds. */
export async function testProvider(redirect: string, logout: string, behind = 0): Promise<TestProvider> {
  const people: TestProvider["people"] = new Map();
  const server: Server = createServer();
  const [{ privateKey }, { privateKey: otherKey }] = [generateKeyPairSync("rsa", size), generateKeyPairSync("rsa", size)];
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirect],
        post_logout_redirect_uris: [logout],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "test", use: "sig", alg: "RS256" }] },
    ttl: { IdToken: 600, Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60 },
    pkce: { required: () => true },
    cookies: { keys: ["a key of the test"] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  });
  provider.use(async (context, next) => {
    await next();
    const body: unknown = context.body;
    if (context.path === "/token" && typeof body === "object" && body !== null && "id_token" in body && typeof body.id_token === "string")
      body.id_token = earlier(body.id_token, behind, self.forged ? otherKey : privateKey);
  });
  const answer = provider.callback();
  server.on("request", (incoming, outgoing) => void answer(incoming, outgoing));
  const self: TestProvider = {
    issuer,
    people,
    forged: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  return self;
}

/** The same id token as a slow clock would have made it, signed by the same key. */
function earlier(token: string, seconds: number, key: KeyObject): string {
  const [header = "", payload = ""] = token.split(".");
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, "base64url").toString());
  for (const name of ["iat", "exp"]) claims[name] = Number(claims[name]) - seconds;
  const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${text}.${createSign("sha256").update(text).sign(key).toString("base64url")}`;
}

/** Signs in at the provider's own pages; returns where it sends the browser back to. */
export async function signInThere(start: string, login: string, press: "agree" | "abort" = "agree"): Promise<string> {
  const jar = new Map<string, string>();
  let next = start;
  let init: RequestInit = {};
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(next, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    init = {};
    const location = answer.headers.get("location");
    if (location !== null) {
      next = new URL(location, next).href;
      if (new URL(next).origin !== new URL(start).origin) return next;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (!answer.ok || action === undefined) throw new Error(`the provider said ${answer.status}: ${page.slice(0, 300)}`);
    const abort = /href="([^"]*\/abort)"/.exec(page)?.[1];
    if (press === "abort" && abort !== undefined) {
      next = new URL(abort, next).href;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
    const fields = new URLSearchParams(prompt === "login" ? { prompt, login, password: "any" } : { prompt });
    next = new URL(action, next).href;
    init = { method: "POST", body: fields, headers: { "content-type": "application/x-www-form-urlencoded" } };
  }
  throw new Error("the provider sends the browser round and round");
}
