/** A member's credential → the secret that opens their slot: Argon2id of the passphrase, or PRF of the passkey. */
import { type Bytes, utf8 } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { checkPassphrase, derivePassphraseKey, newKdfParameters } from "../../shared/crypto/passphrase.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { SlotRow } from "./db.ts";
import type { Passkeys } from "./passkey.ts";

export type Credential = { readonly kind: "passphrase"; readonly passphrase: string } | { readonly kind: "passkey" };

/** What a new slot keeps of a credential, and its secret (never stored). */
export interface NewCredential extends Pick<SlotRow, "kind" | "salt" | "kdf" | "credentialId"> {
  readonly secret: Bytes;
}

/** Errors: "passphrase-weak", "passkey-unsupported", "passkey-cancelled". */
export async function newCredential(
  credential: Credential,
  member: { readonly id: string; readonly name: string },
  passkeys: Passkeys,
  randomBytes: (length: number) => Bytes,
): Promise<NewCredential> {
  if (credential.kind === "passphrase") {
    checkPassphrase(credential.passphrase);
    const { salt, ...kdf } = newKdfParameters();
    return {
      kind: "passphrase",
      salt,
      kdf,
      credentialId: null,
      secret: await derivePassphraseKey(credential.passphrase, { salt, ...kdf }),
    };
  }
  if (!(await passkeys.supported())) throw new TomoshibiError("passkey-unsupported");
  const salt = randomBytes(32);
  const userHandle = (await sha256(utf8(member.id))).slice(0, 16);
  const { credentialId, secret } = await passkeys.create({ id: userHandle, name: member.name }, salt);
  return { kind: "passkey", salt, kdf: null, credentialId, secret };
}

/** The secret for a slot that exists. Errors as above, "kdf-parameters-refused" when the row was tampered with. */
export async function credentialSecret(slot: SlotRow, credential: Credential, passkeys: Passkeys): Promise<Bytes> {
  if (credential.kind === "passphrase" && slot.kdf) return derivePassphraseKey(credential.passphrase, { salt: slot.salt, ...slot.kdf });
  if (credential.kind === "passkey" && slot.credentialId) return passkeys.secret(slot.credentialId, slot.salt);
  throw new TomoshibiError("vault-damaged", { field: "slot" });
}
