/** WebAuthn by the browser's own JSON forms: the hub's options in, the credential out. */
import { TomoshibiError } from "../shared/error.ts";

export type PasskeyOptions = Readonly<Record<string, unknown>>;

/** Whether this browser, at this address, can use passkeys at all. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/** Makes a passkey. Errors: passkey-not-here, passkey-cancelled, passkey-refused (this one is registered already). */
export async function createPasskey(options: PasskeyOptions): Promise<unknown> {
  if (!isCreation(options)) throw new TomoshibiError("hub-answer-bad", { field: "options" });
  return await credentialOf(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
}

/** Signs with whichever passkey of this console the person chooses. Errors: passkey-not-here, passkey-cancelled. */
export async function signByPasskey(options: PasskeyOptions): Promise<unknown> {
  if (!isRequest(options)) throw new TomoshibiError("hub-answer-bad", { field: "options" });
  return await credentialOf(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}

function isCreation(options: object): options is PublicKeyCredentialCreationOptionsJSON {
  return ["challenge", "rp", "user", "pubKeyCredParams"].every((part) => part in options);
}

function isRequest(options: object): options is PublicKeyCredentialRequestOptionsJSON {
  return "challenge" in options;
}

async function credentialOf(ask: () => Promise<Credential | null>): Promise<unknown> {
  if (!hasPasskeys()) throw new TomoshibiError("passkey-not-here");
  try {
    const made = await ask();
    if (made instanceof PublicKeyCredential) return made.toJSON();
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    if (name === "InvalidStateError") throw new TomoshibiError("passkey-refused", {}, { cause });
    if (name === "SecurityError" || name === "NotSupportedError" || name === "")
      throw new TomoshibiError("passkey-not-here", {}, { cause });
    throw new TomoshibiError("passkey-cancelled", {}, { cause });
  }
  throw new TomoshibiError("passkey-cancelled");
}
