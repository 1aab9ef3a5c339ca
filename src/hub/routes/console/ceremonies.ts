import { createHash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Clock } from "../../../shared/clock.ts";
import { TomoshibiError } from "../../../shared/error.ts";

/** What the hub asked of one browser and waits to hear back: once, within five minutes, from that browser. */
export interface Ceremony {
  readonly kind: "sign-in" | "invite" | "new-passkey" | "oidc";
  /** WebAuthn challenge, or the nonce of OIDC. */
  readonly challenge: string;
  /** Whom it is for; "": whoever answers. */
  readonly reviewer: string;
  /** OIDC: state and code verifier. Invitation: its id. */
  readonly extra: readonly [string, string];
}

export interface Ceremonies {
  /** Binds it to the browser by a cookie; what that browser had begun before is over. */
  begin(context: Context, ceremony: Ceremony): void;
  /** Gives it out once. Throws "ceremony-ended". */
  take(context: Context, kind: Ceremony["kind"]): Ceremony;
}

const validMs = 5 * 60 * 1000;
const most = 5000;
const strict = { httpOnly: true, secure: true, sameSite: "Strict", path: "/" } as const;
/** The way back from an identity provider begins on another site: a strict cookie would stay behind. */
const lax = { ...strict, sameSite: "Lax" } as const;

export function ceremonies(clock: Clock): Ceremonies {
  const waiting = new Map<string, Ceremony & { readonly until: number }>();
  return {
    begin(context, ceremony) {
      const { name, options } = cookieOf(ceremony.kind);
      const before = getCookie(context, name);
      if (before !== undefined) waiting.delete(keyOf(before));
      const token = randomBytes(32).toString("base64url");
      waiting.set(keyOf(token), { ...ceremony, until: clock.monotonic() + validMs });
      if (waiting.size > most) waiting.delete(waiting.keys().next().value ?? "");
      setCookie(context, name, token, { ...options, maxAge: validMs / 1000 });
    },
    take(context, kind) {
      const { name, options } = cookieOf(kind);
      const token = getCookie(context, name);
      deleteCookie(context, name, options);
      const key = token === undefined ? "" : keyOf(token);
      const found = waiting.get(key);
      waiting.delete(key);
      if (found === undefined || found.kind !== kind || found.until < clock.monotonic()) throw new TomoshibiError("ceremony-ended");
      return found;
    },
  };
}

function cookieOf(kind: Ceremony["kind"]): { readonly name: string; readonly options: typeof strict | typeof lax } {
  return kind === "oidc" ? { name: "__Host-tomoshibi-oidc", options: lax } : { name: "__Host-tomoshibi-ceremony", options: strict };
}

function keyOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
