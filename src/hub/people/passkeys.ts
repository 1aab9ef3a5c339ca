import { randomBytes } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { AssertionJson, AttestationJson } from "../../shared/protocol/account.ts";
import { reviewerByName, reviewerHandle } from "../store/reviewer.ts";
import { addPasskey, dropPasskey, notePasskeyUse, type PasskeyRow, passkeyById, passkeysOf } from "../store/reviewer-key.ts";
import type { Db } from "../store/store.ts";
import { type AccountDeps, type Standing, standingOf } from "./reviewers.ts";

/** Where a passkey is made and used: the one origin of the console, and its host as relying party. */
export interface PasskeyPlace {
  readonly origin: string;
  readonly rpId: string;
}

const mostKeys = 20;
const timeout = 5 * 60 * 1000;

/** Options to make a passkey: discoverable, user verified, none that the reviewer has already. */
export async function registrationOptions(db: Db, place: PasskeyPlace, reviewer: string, challenge: Uint8Array<ArrayBuffer>) {
  const handle = fromBase64Url(await reviewerHandle(db, reviewer, () => randomBytes(32).toString("base64url")));
  if (handle === null) throw new TomoshibiError("internal", { field: "handle" });
  return await generateRegistrationOptions({
    rpName: "灯 Tomoshibi",
    rpID: place.rpId,
    userName: reviewer,
    userDisplayName: reviewer,
    userID: handle,
    challenge,
    timeout,
    attestationType: "none",
    excludeCredentials: (await passkeysOf(db, reviewer)).map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Options to sign in: the browser shows whatever passkeys of this console it finds, so that the hub names nobody. */
export async function signInOptions(place: PasskeyPlace, challenge: Uint8Array<ArrayBuffer>) {
  return await generateAuthenticationOptions({ rpID: place.rpId, challenge, timeout, userVerification: "required" });
}

/** The row of a newly made passkey, after its every check (challenge, origin, relying party, user verified). Throws "passkey-refused". */
export async function verifyNewPasskey(
  deps: AccountDeps,
  place: PasskeyPlace,
  made: { readonly reviewer: string; readonly label: string; readonly credential: AttestationJson; readonly challenge: string },
): Promise<PasskeyRow> {
  if (isFramed(made.credential)) throw new TomoshibiError("passkey-refused");
  const verified = await verifyRegistrationResponse({
    response: { ...made.credential, clientExtensionResults: {} },
    expectedChallenge: made.challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new TomoshibiError("passkey-refused", {}, { cause });
  });
  if (!verified.verified) throw new TomoshibiError("passkey-refused");
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  const row = { id, reviewer: made.reviewer, label: made.label, public_key: publicKey, counter };
  return { ...row, transports: (transports ?? []).join(" "), created: deps.clock.now(), used: 0 };
}

/** Errors: passkey-refused (known already, or too many). */
export async function keepPasskey(db: Db, row: PasskeyRow): Promise<void> {
  if ((await passkeyById(db, row.id)) !== null || (await passkeysOf(db, row.reviewer)).length >= mostKeys)
    throw new TomoshibiError("passkey-refused", { reason: "known-or-too-many" });
  await addPasskey(db, row);
}

/**
 * Who signs in with this passkey. Checked: challenge, origin, relying party, user verified, signature, that the counter rose where the key
 * counts, that the key names the account it was made for. Throws "sign-in-failed", whatever was wrong.
 */
export async function reviewerOfPasskey(
  deps: AccountDeps,
  place: PasskeyPlace,
  credential: AssertionJson,
  challenge: string,
): Promise<Standing> {
  const row = await passkeyById(deps.db, credential.id);
  if (row === null || isFramed(credential)) throw new TomoshibiError("sign-in-failed");
  const known = { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter };
  const verified = await verifyAuthenticationResponse({
    response: { ...credential, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    credential: known,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new TomoshibiError("sign-in-failed", {}, { cause });
  });
  const account = await reviewerByName(deps.db, row.reviewer);
  const named = credential.response.userHandle;
  const whole = verified.verified && account !== null && account.handle !== "" && named === account.handle;
  if (!whole || !(await notePasskeyUse(deps.db, row.id, row.counter, verified.authenticationInfo.newCounter, deps.clock.now())))
    throw new TomoshibiError("sign-in-failed");
  const standing = await standingOf(deps.db, row.reviewer);
  if (standing === null) throw new TomoshibiError("sign-in-failed");
  return standing;
}

/** Takes a passkey away. Errors: not-found; passkey-last when nothing else would lead in. */
export async function removePasskey(db: Db, reviewer: string, id: string, otherWayIn: boolean): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await dropPasskey(tx, reviewer, id))) throw new TomoshibiError("not-found", { field: "passkey" });
    if (!otherWayIn && (await passkeysOf(tx, reviewer)).length === 0) throw new TomoshibiError("passkey-last");
  });
}

/** Whether the answer was given inside a frame of another origin's page: ours is never framed. What cannot be read is for the verifier. */
function isFramed({ response }: { readonly response: { readonly clientDataJSON: string } }): boolean {
  try {
    const told: unknown = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString());
    return typeof told === "object" && told !== null && ("topOrigin" in told || ("crossOrigin" in told && told.crossOrigin !== false));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** 32 random bytes and how the browser will say them back. */
export function newChallenge(): { readonly bytes: Uint8Array<ArrayBuffer>; readonly text: string } {
  const bytes = new Uint8Array(randomBytes(32));
  return { bytes, text: toBase64Url(bytes) };
}
