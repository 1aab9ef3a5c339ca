/** ECDSA on P-256 with SHA-256; signatures are 64-byte r‖s, public keys 65-byte uncompressed points (SEC 1). */
import type { Bytes } from "../bytes.ts";
import { sha256 } from "./hash.ts";

const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;

/** `extractable` only for keys that are wrapped right afterwards (staff, open key, hub files); never for the locked key. */
export async function generateSigningPair(extractable: boolean): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(curve, extractable, ["sign", "verify"]);
}

/** Raw public point of a signing or a sealing pair. */
export async function exportPublic(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}

/** Rejects with a DOMException when the bytes are no point of the curve. */
export async function importVerifyKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, curve, true, ["verify"]);
}

export async function importSignKey(pkcs8: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", pkcs8, curve, false, ["sign"]);
}

/** Key id in COSE headers: the first 8 bytes of SHA-256 of the raw public key. A hint for lookup, never a proof. */
export async function keyId(rawPublic: Bytes): Promise<Bytes> {
  return (await sha256(rawPublic)).slice(0, 8);
}

export async function sign(key: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, bytes));
}

export async function verify(key: CryptoKey, signature: Bytes, bytes: Bytes): Promise<boolean> {
  return signature.length === 64 && crypto.subtle.verify(algorithm, key, signature, bytes);
}
