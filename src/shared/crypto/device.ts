/**
 * A device's three pairs: `open` (signs while unlocked) and `seal` (receives epoch keys) are wrapped under the vault key;
 * `locked` lies in the clear, cannot be exported, and may sign requests and a few kinds of journal entries only.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { encodeCbor } from "./cbor.ts";
import { hkdf } from "./derive.ts";
import { generateSealPair, importSealPair } from "./hpke.ts";
import { shapeOf } from "./shape.ts";
import { exportPublic, generateSigningPair, importSignKey, importVerifyKey } from "./sign.ts";
import { importAes, randomBytes, unwrapBytes, wrapBytes } from "./wrap.ts";

export interface DevicePublics {
  readonly open: Bytes;
  readonly locked: Bytes;
  readonly seal: Bytes;
}

export interface NewDeviceKeys {
  /** Extractable until `lockDeviceKeys` has written them. */
  readonly open: CryptoKeyPair;
  readonly seal: CryptoKeyPair;
  /** Never extractable: store the key object itself (structured clone), not its bytes. */
  readonly locked: CryptoKeyPair;
  readonly publics: DevicePublics;
}

/** Keys of an unlocked device; no private half can be exported. */
export interface DeviceKeys {
  readonly open: CryptoKeyPair;
  readonly seal: CryptoKeyPair;
}

export interface DeviceBinding {
  readonly hub: Bytes;
  readonly device: Bytes;
}

const VERSION = 1;
/** Least and most length of a private half. */
const PKCS8 = [1, 1024] as const;

export async function makeDeviceKeys(): Promise<NewDeviceKeys> {
  const [open, seal, locked] = await Promise.all([generateSigningPair(true), generateSealPair(true), generateSigningPair(false)]);
  const publics = {
    open: await exportPublic(open.publicKey),
    locked: await exportPublic(locked.publicKey),
    seal: await exportPublic(seal.publicKey),
  };
  return { open, seal, locked, publics };
}

/** A new vault key: 32 raw bytes. Keep them in memory only, and only while unlocked. */
export const makeVaultKey = (): Bytes => randomBytes(32);

/** The AES key that wraps everything at rest; cannot be exported. `use` separates purposes ("device", "epoch", "meta" …). */
export async function vaultWrapKey(vaultKey: Bytes, use: string): Promise<CryptoKey> {
  return importAes(await hkdf(vaultKey, new Uint8Array(0), utf8(`tomoshibi/vault/${use}/1`), 32));
}

export async function lockDeviceKeys(
  keys: Pick<NewDeviceKeys, "open" | "seal" | "publics">,
  vaultKey: Bytes,
  binding: DeviceBinding,
): Promise<Bytes> {
  const bundle = encodeCbor({
    open: new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.open.privateKey)),
    seal: new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.seal.privateKey)),
    openPublic: keys.publics.open,
    sealPublic: keys.publics.seal,
  });
  return concat(Uint8Array.of(VERSION), await wrapBytes(await vaultWrapKey(vaultKey, "device"), deviceBinding(binding), bundle));
}

/** Errors: "vault-damaged" when the bytes, the vault key or the binding are not those they were locked with. */
export async function unlockDeviceKeys(locked: Bytes, vaultKey: Bytes, binding: DeviceBinding): Promise<DeviceKeys> {
  const { bytes, cbor, map } = shapeOf("vault-damaged");
  const bundle = map(cbor(await unlockBundle(locked, vaultKey, binding)), ["open", "seal", "openPublic", "sealPublic"], "device keys");
  return {
    open: {
      privateKey: await importSignKey(bytes(bundle.open, PKCS8, "open")),
      publicKey: await importVerifyKey(bytes(bundle.openPublic, 65, "openPublic")),
    },
    seal: await importSealPair(bytes(bundle.seal, PKCS8, "seal"), bytes(bundle.sealPublic, 65, "sealPublic")),
  };
}

/** The same pairs under a new vault key, when the old one is rotated. */
export async function moveDeviceKeys(locked: Bytes, from: Bytes, to: Bytes, binding: DeviceBinding): Promise<Bytes> {
  const bundle = await unlockBundle(locked, from, binding);
  return concat(Uint8Array.of(VERSION), await wrapBytes(await vaultWrapKey(to, "device"), deviceBinding(binding), bundle));
}

async function unlockBundle(locked: Bytes, vaultKey: Bytes, binding: DeviceBinding): Promise<Bytes> {
  if (locked[0] !== VERSION) throw new TomoshibiError("vault-damaged", { field: "device keys" });
  try {
    return await unwrapBytes(await vaultWrapKey(vaultKey, "device"), deviceBinding(binding), locked.slice(1));
  } catch (cause) {
    throw new TomoshibiError("vault-damaged", { field: "device keys" }, { cause });
  }
}

const deviceBinding = ({ hub, device }: DeviceBinding): Bytes => encodeCbor(["tomoshibi/device-keys/1", hub, device]);
