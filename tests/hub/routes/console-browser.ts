import type { Handler } from "../../../src/hub/hub.ts";
import type { Peer } from "../../../src/hub/routes/peer.ts";
import { accountPaths, parseOptions } from "../../../src/shared/protocol/account.ts";
import { consolePaths, csrfHeader } from "../../../src/shared/protocol/console.ts";
import { parseSession } from "../../../src/shared/protocol/consoleAnswers.ts";
import type { SoftPasskey } from "./authenticator.ts";

export const consoleOrigin = "http://console.localhost:8788";

export interface ConsoleBrowser {
  readonly cookies: Map<string, string>;
  csrf: string;
  agent: string;
  peer: Peer;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  signIn(name: string, passphrase: string): Promise<Response>;
  /** The options of a ceremony. */
  options(path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
  signInBy(passkey: SoftPasskey): Promise<Response>;
}

/** A browser as the console meets it: its cookies, its own origin on every POST, the token of its session. */
export function consoleBrowser(handler: Handler, origin = consoleOrigin): ConsoleBrowser {
  const send = async (request: Request): Promise<Response> => {
    const answer = await handler(request, self.peer);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...flags] = line.split(";").map((part) => part.trim());
      const at = pair.indexOf("=");
      if (flags.some((flag) => /^max-age=0$/i.test(flag))) self.cookies.delete(pair.slice(0, at));
      else self.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const common = () => ({ cookie: [...self.cookies].map(([name, value]) => `${name}=${value}`).join("; "), "user-agent": self.agent });
  const self: ConsoleBrowser = {
    cookies: new Map(),
    csrf: "",
    agent: "test browser 1",
    peer: { address: "192.0.2.7" },
    get: async (path, headers = {}) => await send(new Request(origin + path, { headers: { ...common(), ...headers }, redirect: "manual" })),
    post: async (path, body = {}, headers = {}) => {
      const own = { origin, host: new URL(origin).host, "content-type": "application/json", [csrfHeader]: self.csrf };
      return await send(
        new Request(origin + path, { method: "POST", headers: { ...common(), ...own, ...headers }, body: JSON.stringify(body) }),
      );
    },
    signIn: async (name, passphrase) => await kept(await self.post(consolePaths.signIn, { name, passphrase })),
    options: async (path, body = {}) => parseOptions(await (await self.post(path, body)).json()),
    signInBy: async (passkey) => {
      const options = await self.options(accountPaths.passkeyOptions);
      passkey.counter += 1;
      return await kept(await self.post(accountPaths.passkeySignIn, { credential: passkey.sign(options) }));
    },
  };
  const kept = async (answer: Response): Promise<Response> => {
    if (answer.ok) self.csrf = parseSession(await answer.clone().json()).csrf;
    return answer;
  };
  return self;
}
