/**
 * Passkeys with PRF (WebAuthn level 3): the authenticator turns our salt into 32 secret bytes, only with user verification.
 * A port, because tests bring their own authenticator; the browser's stands here.
 */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";

export interface Passkeys {
  /** A platform or roaming authenticator with PRF can be expected here. */
  supported(): Promise<boolean>;
  /** A new credential; secret: PRF of salt. "passkey-unsupported" when the authenticator has no PRF, "passkey-cancelled" on refusal. */
  create(
    user: { readonly id: Bytes; readonly name: string },
    salt: Bytes,
    /** Credentials of the same user: an authenticator that holds one refuses ("passkey-known"), since it would overwrite it. */
    others: readonly Bytes[],
  ): Promise<PasskeySecret>;
  /** PRF by one of these credentials, each with its own salt, and which one it was. */
  secret(choices: readonly PasskeyChoice[]): Promise<PasskeySecret>;
}

export interface PasskeyChoice {
  readonly credentialId: Bytes;
  readonly salt: Bytes;
}

export interface PasskeySecret {
  readonly credentialId: Bytes;
  readonly secret: Bytes;
}

/** rpId: the viewer's host name; an IP address is refused by every browser. */
export function browserPasskeys(rpId: string, randomBytes: (length: number) => Bytes): Passkeys {
  const get = async (choices: readonly PasskeyChoice[]): Promise<PasskeySecret> => {
    const credential = await asked(() =>
      navigator.credentials.get({
        publicKey: {
          challenge: randomBytes(32),
          rpId,
          allowCredentials: choices.map(({ credentialId }) => ({ type: "public-key", id: credentialId })),
          userVerification: "required",
          extensions: { prf: evaluated(choices) },
        },
      }),
    );
    const secret = prfOf(credential)?.results?.first;
    if (!(credential instanceof PublicKeyCredential) || !secret) throw new TomoshibiError("passkey-unsupported", { reason: "no prf" });
    return { credentialId: new Uint8Array(credential.rawId), secret: bytesOf(secret) };
  };

  return {
    async supported() {
      if (typeof PublicKeyCredential === "undefined" || !navigator.credentials) return false;
      if (typeof PublicKeyCredential.getClientCapabilities !== "function")
        return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
      const capabilities = await PublicKeyCredential.getClientCapabilities();
      return capabilities["extension:prf"] === true;
    },

    async create(user, salt, others) {
      const credential = await asked(() =>
        navigator.credentials.create({
          publicKey: {
            challenge: randomBytes(32),
            rp: { id: rpId, name: "Tomoshibi" },
            user: { id: user.id, name: user.name, displayName: user.name },
            pubKeyCredParams: [
              { type: "public-key", alg: -7 },
              { type: "public-key", alg: -257 },
            ],
            excludeCredentials: others.map((id) => ({ type: "public-key", id })),
            authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
            attestation: "none",
            extensions: { prf: { eval: { first: salt } } },
          },
        }),
      );
      const prf = prfOf(credential);
      if (!(credential instanceof PublicKeyCredential) || prf?.enabled !== true)
        throw new TomoshibiError("passkey-unsupported", { reason: "no prf" });
      const credentialId = new Uint8Array(credential.rawId);
      const first = prf.results?.first;
      // Many authenticators give the secret only when asked again.
      return first ? { credentialId, secret: bytesOf(first) } : await get([{ credentialId, salt }]);
    },

    secret: get,
  };
}

/** Cancelled, timed out and refused look the same to a page, on purpose of the standard. */
async function asked(work: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await work();
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    if (name === "InvalidStateError") throw new TomoshibiError("passkey-known", {}, { cause });
    throw new TomoshibiError(
      name === "NotSupportedError" || name === "SecurityError" ? "passkey-unsupported" : "passkey-cancelled",
      {},
      { cause },
    );
  }
}

/** One salt is understood everywhere; one for each credential where there are several. */
function evaluated(choices: readonly PasskeyChoice[]): AuthenticationExtensionsPRFInputs {
  const [only, ...more] = choices;
  if (only && more.length === 0) return { eval: { first: only.salt } };
  return { evalByCredential: Object.fromEntries(choices.map(({ credentialId, salt }) => [toBase64Url(credentialId), { first: salt }])) };
}

function prfOf(credential: Credential | null): AuthenticationExtensionsPRFOutputs | undefined {
  return credential instanceof PublicKeyCredential ? credential.getClientExtensionResults().prf : undefined;
}

function bytesOf(source: BufferSource): Bytes {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : (new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice() as Bytes);
}
