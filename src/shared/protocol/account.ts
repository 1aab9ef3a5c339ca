/**
 * Signing in at the console by passkey, by a one-time invitation or by an identity provider, and one's own account. JSON, as console.ts.
 * Options and credentials of WebAuthn travel in the browser's own JSON forms (Web Authentication Level 3 §5.1.8–10).
 */
import { shapeOf } from "./shape.ts";

export const accountPaths = {
  door: "/api/door",
  passkeyOptions: "/api/passkey/options",
  passkeySignIn: "/api/passkey/sign-in",
  inviteOptions: "/api/invite/options",
  invite: "/api/invite",
  account: "/api/account",
  newPasskeyOptions: "/api/account/passkeys/options",
  newPasskey: "/api/account/passkeys",
  dropPasskey: "/api/account/passkeys/remove",
  endSessions: "/api/account/sessions/end",
  oidcStart: "/api/oidc/start",
  oidcCallback: "/api/oidc/callback",
} as const;

export const consoleRoles = ["reviewer", "operator", "auditor"] as const;
/**
 * reviewer: decides on openings. operator: devices, staff, consent, who is who. auditor: reads what the console shows by itself and changes
 * nothing.
 */
export type ConsoleRole = (typeof consoleRoles)[number];

/** By what the console can be entered; the same for everybody who asks. */
export interface DoorAnswer {
  readonly passphrase: "always" | "until-passkey";
  readonly oidc: boolean;
}

/** How a session began. */
export const sessionWays = ["passphrase", "passkey", "invite", "oidc"] as const;
export type SessionWay = (typeof sessionWays)[number];

export interface Account {
  readonly name: string;
  readonly roles: readonly ConsoleRole[];
  /** Whether a passphrase leads in. */
  readonly passphrase: boolean;
  /** Accounts of the identity provider that lead in. */
  readonly bindings: readonly string[];
  readonly passkeys: readonly {
    readonly id: string;
    readonly label: string;
    readonly created: number;
    /** ms; 0: never used. */
    readonly used: number;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly way: SessionWay;
    readonly opened: number;
    readonly seen: number;
    /** This one. */
    readonly own: boolean;
  }[];
}

interface CredentialJson<Response> {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly response: Response;
}

/** A new passkey as the browser's toJSON() gives it; what it holds is for the verifier to judge. Text is base64url. */
export type AttestationJson = CredentialJson<{ readonly clientDataJSON: string; readonly attestationObject: string }>;

/** A sign-in likewise. */
export type AssertionJson = CredentialJson<{
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
}>;

const limit = 64 * 1024;
const asked = shapeOf("bad-request");
const answered = shapeOf("hub-answer-bad");

/** Browsers add parts of their own beside those that are needed; they are left behind. */
function credential<Part extends string>(value: unknown, parts: readonly Part[]): CredentialJson<Readonly<Record<Part, string>>> {
  const keys = ["id", "rawId", "type", "response", "clientExtensionResults"];
  const map = asked.map(value, keys, "credential", ["authenticatorAttachment"]);
  const beside = ["authenticatorData", "transports", "publicKeyAlgorithm", "publicKey", "userHandle"];
  const response = asked.map(map.response, parts, "response", beside);
  const entries = parts.map((part) => [part, asked.text(response[part], 40_000, part)] as const);
  return {
    id: asked.text(map.id, 2000, "id"),
    rawId: asked.text(map.rawId, 2000, "rawId"),
    type: asked.oneOf(map.type, ["public-key"] as const, "type"),
    response: Object.fromEntries(entries) as Record<Part, string>,
  };
}

const attestation = (value: unknown): AttestationJson => credential(value, ["clientDataJSON", "attestationObject"]);

export function parsePasskeySignIn(body: Uint8Array): AssertionJson {
  const { credential: signed } = asked.map(asked.json(body, limit), ["credential"], "sign-in");
  return credential(signed, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

/** What the reviewer calls a passkey: a plain line. */
export function parseNewPasskey(body: Uint8Array): { readonly label: string; readonly credential: AttestationJson } {
  const map = asked.map(asked.json(body, limit), ["label", "credential"], "passkey");
  return { label: asked.text(map.label, 60, "label"), credential: attestation(map.credential) };
}

export function parseInviteCode(body: Uint8Array): string {
  return asked.text(asked.map(asked.json(body, limit), ["code"], "invite").code, 200, "code");
}

export function parseInvite(body: Uint8Array): { readonly code: string; readonly label: string; readonly credential: AttestationJson } {
  const map = asked.map(asked.json(body, limit), ["code", "label", "credential"], "invite");
  return { code: asked.text(map.code, 200, "code"), label: asked.text(map.label, 60, "label"), credential: attestation(map.credential) };
}

export function parsePasskeyId(body: Uint8Array): string {
  return asked.text(asked.map(asked.json(body, limit), ["id"], "passkey").id, 2000, "id");
}

/** Which of one's sessions end: one, or all of them. */
export function parseEndSessions(body: Uint8Array): { readonly id: string | null } {
  const { id } = asked.map(asked.json(body, limit), ["id"], "sessions");
  return { id: id === null ? null : asked.text(id, 100, "id") };
}

export function parseDoor(value: unknown): DoorAnswer {
  const map = answered.map(value, ["passphrase", "oidc"], "door");
  return {
    passphrase: answered.oneOf(map.passphrase, ["always", "until-passkey"] as const, "passphrase"),
    oidc: answered.flag(map.oidc, "oidc"),
  };
}

/** The options as the browser's own parser takes them. */
export function parseOptions(value: unknown): Readonly<Record<string, unknown>> {
  const { options } = answered.map(value, ["options"], "options");
  if (typeof options !== "object" || options === null || !("challenge" in options)) answered.text("", 0, "options");
  return options as Readonly<Record<string, unknown>>;
}

/** Where the browser is to go next: the identity provider, to sign in or out; null: nowhere. */
export function parseOnward(value: unknown): string | null {
  const { url } = answered.map(value, ["url"], "onward");
  if (url === null) return null;
  const text = answered.text(url, 8000, "url");
  if (!/^https?:\/\//.test(text)) answered.text("", 0, "url");
  return text;
}

export function parseRoles(value: unknown): readonly ConsoleRole[] {
  return answered.list(value, consoleRoles.length, "roles").map((role) => answered.oneOf(role, consoleRoles, "role"));
}

export function parseAccount(value: unknown): Account {
  const map = answered.map(value, ["name", "roles", "passphrase", "bindings", "passkeys", "sessions"], "account");
  return {
    name: answered.words(map.name, 200, "name"),
    roles: parseRoles(map.roles),
    passphrase: answered.flag(map.passphrase, "passphrase"),
    bindings: answered.list(map.bindings, 100, "bindings").map((binding) => answered.words(binding, 400, "binding")),
    passkeys: answered.list(map.passkeys, 100, "passkeys").map((item) => {
      const key = answered.map(item, ["id", "label", "created", "used"], "passkey");
      return {
        id: answered.text(key.id, 2000, "id"),
        label: answered.words(key.label, 100, "label"),
        created: answered.uint(key.created, "created"),
        used: answered.uint(key.used, "used"),
      };
    }),
    sessions: answered.list(map.sessions, 1000, "sessions").map((item) => {
      const one = answered.map(item, ["id", "way", "opened", "seen", "own"], "session");
      return {
        id: answered.text(one.id, 100, "id"),
        way: answered.oneOf(one.way, sessionWays, "way"),
        opened: answered.uint(one.opened, "opened"),
        seen: answered.uint(one.seen, "seen"),
        own: answered.flag(one.own, "own"),
      };
    }),
  };
}
