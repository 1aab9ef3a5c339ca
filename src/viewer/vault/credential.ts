/** A member's credential → the secret that opens their slot: Argon2id of the passphrase, or PRF of the passkey. */
import { type Bytes, equalBytes, utf8 } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { checkPassphrase, derivePassphraseKey, newKdfParameters } from "../../shared/crypto/passphrase.ts";
import { needStrength } from "../../shared/crypto/strength.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { SlotRow } from "./db.ts";
import type { Passkeys } from "./passkey.ts";

/** slot: one passkey of several; without it the authenticator offers all. */
export type Credential =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "passkey"; readonly slot?: string };

/** What a new slot keeps of a credential, and its secret (never stored). */
export interface NewCredential extends Pick<SlotRow, "kind" | "salt" | "kdf" | "credentialId"> {
  readonly secret: Bytes;
}

export interface NewCredentialDeps {
  readonly passkeys: Passkeys;
  readonly randomBytes: (length: number) => Bytes;
}

/**
 * `member.known`: what a guesser tries first (own name, site); `member.others`: passkeys that they have already.
 * Errors: "passphrase-weak", "passkey-unsupported", "passkey-cancelled", "passkey-known".
 */
export async function newCredential(
  credential: Credential,
  member: { readonly id: string; readonly name: string; readonly known?: readonly string[]; readonly others?: readonly Bytes[] },
  { passkeys, randomBytes }: NewCredentialDeps,
): Promise<NewCredential> {
  if (credential.kind === "passphrase") {
    checkPassphrase(credential.passphrase);
    await needStrength(credential.passphrase, [member.name, ...(member.known ?? [])]);
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
  const { credentialId, secret } = await passkeys.create({ id: userHandle, name: member.name }, salt, member.others ?? []);
  return { kind: "passkey", salt, kdf: null, credentialId, secret };
}

/**
 * The secret for one of these slots of a kind, and which one it was: of several passkeys the authenticator chooses. Errors as above,
 * "kdf-parameters-refused" when the row was tampered with.
 */
export async function slotSecret(
  slots: readonly SlotRow[],
  credential: Credential,
  passkeys: Passkeys,
): Promise<{ readonly slot: SlotRow; readonly secret: Bytes }> {
  if (credential.kind === "passphrase") {
    const slot = slots.find(({ kdf }) => kdf !== null);
    if (!slot?.kdf) throw new TomoshibiError("vault-damaged", { field: "slot" });
    return { slot, secret: await derivePassphraseKey(credential.passphrase, { salt: slot.salt, ...slot.kdf }) };
  }
  const known = slots.filter(({ id }) => credential.slot === undefined || id === credential.slot);
  const choices = known.flatMap(({ credentialId, salt }) => (credentialId ? [{ credentialId, salt }] : []));
  if (choices.length === 0) throw new TomoshibiError("vault-damaged", { field: "slot" });
  const { credentialId, secret } = await passkeys.secret(choices);
  const slot = known.find((each) => each.credentialId && equalBytes(each.credentialId, credentialId));
  if (!slot) throw new TomoshibiError("passkey-cancelled", { reason: "another passkey" });
  return { slot, secret };
}
