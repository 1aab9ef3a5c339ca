/**
 * A staff member's keys on one device, and the slot that holds their private halves: opened by the member's passphrase
 * (Argon2id output) or passkey (PRF output), never by anything the device alone knows. Byte table: README.md.
 */
import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { encodeCbor } from "./cbor.ts";
import { hkdf } from "./derive.ts";
import { sha256 } from "./hash.ts";
import { generateSealPair, hpkeOpen, hpkeSeal, importSealPair } from "./hpke.ts";
import { shapeOf } from "./shape.ts";
import { exportPublic, generateSigningPair, importSignKey, importVerifyKey } from "./sign.ts";
import { importAes, unwrapBytes, wrapBytes } from "./wrap.ts";

export interface StaffKeys {
  readonly sign: CryptoKeyPair;
  readonly seal: CryptoKeyPair;
  /** Raw public points, as they stand in the roster. */
  readonly signPublic: Bytes;
  readonly sealPublic: Bytes;
}

/** What a slot belongs to; a slot copied to another device, member or kind does not open. */
export interface SlotBinding {
  readonly hub: Bytes;
  readonly device: Bytes;
  readonly staff: string;
  readonly kind: "passphrase" | "passkey";
}

const VERSION = 1;
const CHECK = 8;
/** Least and most length of a private half. */
const PKCS8 = [1, 1024] as const;

/** New pairs. Private halves are extractable here, and only here: they must be written into a slot once. Drop them after that. */
export async function makeStaffKeys(): Promise<StaffKeys> {
  const [sign, seal] = await Promise.all([generateSigningPair(true), generateSealPair(true)]);
  return { sign, seal, signPublic: await exportPublic(sign.publicKey), sealPublic: await exportPublic(seal.publicKey) };
}

/** Slot bytes. `secret`: 32 bytes or more from Argon2id or the passkey's PRF; each kind is separated by HKDF info. */
export async function lockStaffKeys(keys: StaffKeys, secret: Bytes, binding: SlotBinding): Promise<Bytes> {
  return lockBundle(
    encodeCbor({
      sign: new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.sign.privateKey)),
      seal: new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.seal.privateKey)),
      signPublic: keys.signPublic,
      sealPublic: keys.sealPublic,
    }),
    secret,
    binding,
  );
}

/** Keys whose private halves cannot be exported. Errors: "unlock-wrong" (secret or binding), "vault-damaged" (bytes). */
export async function unlockStaffKeys(slot: Bytes, secret: Bytes, binding: SlotBinding): Promise<StaffKeys> {
  const { bytes, cbor, map } = shapeOf("vault-damaged");
  const bundle = map(cbor(await unlockBundle(slot, secret, binding)), ["sign", "seal", "signPublic", "sealPublic"], "slot");
  const signPublic = bytes(bundle.signPublic, 65, "signPublic");
  const sealPublic = bytes(bundle.sealPublic, 65, "sealPublic");
  return {
    sign: { privateKey: await importSignKey(bytes(bundle.sign, PKCS8, "sign")), publicKey: await importVerifyKey(signPublic) },
    seal: await importSealPair(bytes(bundle.seal, PKCS8, "seal"), sealPublic),
    signPublic,
    sealPublic,
  };
}

/** The same keys in another slot (a second credential, a changed passphrase); no key object ever becomes extractable. */
export async function moveStaffKeys(
  slot: Bytes,
  from: { readonly secret: Bytes; readonly binding: SlotBinding },
  to: { readonly secret: Bytes; readonly binding: SlotBinding },
): Promise<Bytes> {
  return lockBundle(await unlockBundle(slot, from.secret, from.binding), to.secret, to.binding);
}

/** The vault key for one member: HPKE to their public half. `vaultKey` is 32 raw bytes and must be so, since it is sealed again for each new member. */
export async function sealVaultKey(vaultKey: Bytes, sealPublic: Bytes, binding: Omit<SlotBinding, "kind">): Promise<Bytes> {
  return hpkeSeal(sealPublic, utf8("tomoshibi/vault-key/1"), vaultBinding(binding), vaultKey);
}

/** Errors: "vault-damaged" when the bytes are not this member's, this device's, or whole. */
export async function openVaultKey(sealed: Bytes, seal: CryptoKeyPair, binding: Omit<SlotBinding, "kind">): Promise<Bytes> {
  try {
    return await hpkeOpen(seal, utf8("tomoshibi/vault-key/1"), vaultBinding(binding), sealed);
  } catch (cause) {
    throw new TomoshibiError("vault-damaged", { field: "vault key" }, { cause });
  }
}

async function lockBundle(bundle: Bytes, secret: Bytes, binding: SlotBinding): Promise<Bytes> {
  const body = concat(Uint8Array.of(VERSION), await wrapBytes(await slotKey(secret, binding), slotBinding(binding), bundle));
  return concat(body, (await sha256(body)).subarray(0, CHECK));
}

/** The check value tells damage from a wrong secret, so that nobody is told "wrong passphrase" about a rotten disk. */
async function unlockBundle(slot: Bytes, secret: Bytes, binding: SlotBinding): Promise<Bytes> {
  const body = slot.slice(0, Math.max(0, slot.length - CHECK));
  if (body[0] !== VERSION || !equalBytes((await sha256(body)).subarray(0, CHECK), slot.subarray(body.length))) {
    throw new TomoshibiError("vault-damaged", { field: "slot" });
  }
  try {
    return await unwrapBytes(await slotKey(secret, binding), slotBinding(binding), body.slice(1));
  } catch (cause) {
    throw new TomoshibiError("unlock-wrong", {}, { cause });
  }
}

async function slotKey(secret: Bytes, { kind }: SlotBinding): Promise<CryptoKey> {
  return importAes(await hkdf(secret, new Uint8Array(0), utf8(`tomoshibi/slot/${kind}/1`), 32));
}

const slotBinding = ({ hub, device, staff, kind }: SlotBinding): Bytes => encodeCbor(["tomoshibi/slot/1", hub, device, staff, kind]);
const vaultBinding = ({ hub, device, staff }: Omit<SlotBinding, "kind">): Bytes =>
  encodeCbor(["tomoshibi/vault-key/1", hub, device, staff]);
