/** AES-256-GCM envelopes for bytes at rest: nonce (12) ‖ ciphertext ‖ tag (16). The associated data never travels. */
import { type Bytes, concat } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { encodeCbor } from "./cbor.ts";
import { sha256 } from "./hash.ts";

const NONCE = 12;
const TAG = 16;
/** Bytes that wrapping adds. */
export const WRAP_OVERHEAD = NONCE + TAG;

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A 32-byte key that cannot be exported again. */
export async function importAes(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Random nonce: at most 2^32 messages under one key. */
export async function wrapBytes(key: CryptoKey, aad: Bytes, bytes: Bytes): Promise<Bytes> {
  return seal(key, randomBytes(NONCE), aad, bytes);
}

/** Errors: "seal-open-failed" when key, associated data or any byte differs. */
export async function unwrapBytes(key: CryptoKey, aad: Bytes, wrapped: Bytes): Promise<Bytes> {
  if (wrapped.length < WRAP_OVERHEAD) throw new TomoshibiError("seal-open-failed", { bytes: wrapped.length });
  const iv = wrapped.subarray(0, NONCE);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad }, key, wrapped.subarray(NONCE)));
  } catch (cause) {
    throw new TomoshibiError("seal-open-failed", { bytes: wrapped.length }, { cause });
  }
}

/**
 * Same key, associated data and text give the same bytes, so that what did not change keeps its name. The nonce is the first 12 bytes of
 * HMAC(nonceKey, [aad, SHA-256(text)]) (synthetic): two texts share a nonce only if 96 bits of HMAC collide.
 * Tells an onlooker that two texts are equal, and nothing else.
 */
export async function wrapSynthetic(key: CryptoKey, nonceKey: CryptoKey, aad: Bytes, bytes: Bytes): Promise<Bytes> {
  const mac = await crypto.subtle.sign("HMAC", nonceKey, encodeCbor([aad, await sha256(bytes)]));
  return seal(key, new Uint8Array(mac, 0, NONCE), aad, bytes);
}

async function seal(key: CryptoKey, iv: Bytes, aad: Bytes, bytes: Bytes): Promise<Bytes> {
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, bytes)));
}
