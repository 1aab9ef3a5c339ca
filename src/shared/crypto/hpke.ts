/** HPKE base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Sealed bytes = enc (65) ‖ ciphertext. */
import type { CipherSuite } from "@hpke/core";
import { type Bytes, concat } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";

const curve = { name: "ECDH", namedCurve: "P-256" } as const;
export const HPKE_ENC_BYTES = 65;

/** The library is loaded when first needed: a locked page does without. */
async function suite(): Promise<CipherSuite> {
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import("@hpke/core");
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** `extractable` only for keys that are wrapped right afterwards. */
export async function generateSealPair(extractable: boolean): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(curve, extractable, ["deriveBits"]);
}

export async function importSealPublic(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, curve, true, []);
}

/** Private half not extractable; the public half is given because HPKE needs it and it cannot be derived from such a key. */
export async function importSealPair(pkcs8: Bytes, rawPublic: Bytes): Promise<CryptoKeyPair> {
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, curve, false, ["deriveBits"]);
  return { privateKey, publicKey: await importSealPublic(rawPublic) };
}

/** Seals one text, whose associated data need not be known before. */
export type SealOne = (aad: Bytes, bytes: Bytes) => Promise<Bytes>;

/**
 * All of a sealing that needs neither text nor associated data: new ephemeral key, key agreement and key schedule. What it gives seals
 * once under these; called again, it makes new ones, so that no two texts share a key.
 */
export async function hpkeSender(rawPublic: Bytes, info: Bytes): Promise<SealOne> {
  const recipientPublicKey = await importSealPublic(rawPublic);
  const sender = await (await suite()).createSenderContext({ recipientPublicKey, info });
  let used = false;
  return async (aad, bytes) => {
    if (used) return hpkeSeal(rawPublic, info, aad, bytes);
    used = true;
    return concat(new Uint8Array(sender.enc), new Uint8Array(await sender.seal(bytes, aad)));
  };
}

export async function hpkeSeal(rawPublic: Bytes, info: Bytes, aad: Bytes, bytes: Bytes): Promise<Bytes> {
  return (await hpkeSender(rawPublic, info))(aad, bytes);
}

/** Takes the pair, since a key that cannot be exported does not yield its public half. Errors: "seal-open-failed". */
export async function hpkeOpen(pair: CryptoKeyPair, info: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes> {
  if (sealed.length < HPKE_ENC_BYTES + 16) throw new TomoshibiError("seal-open-failed", { bytes: sealed.length });
  try {
    const enc = sealed.slice(0, HPKE_ENC_BYTES);
    return new Uint8Array(await (await suite()).open({ recipientKey: pair, enc, info }, sealed.slice(HPKE_ENC_BYTES), aad));
  } catch (cause) {
    throw new TomoshibiError("seal-open-failed", { bytes: sealed.length }, { cause });
  }
}
