import { createCipheriv, createHash, createHmac } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Bytes } from "../../shared/bytes.ts";
import type { SealPrimitives } from "../../shared/pack/seal.ts";

/** Sealing with node:crypto and zlib, synchronous: thousands of packs a second on one core. */
export const nodePrimitives: SealPrimitives = {
  sha256: (bytes) => own(createHash("sha256").update(bytes).digest()),
  hkdf,
  aesGcmSeal(key, nonce, aad, plain) {
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    cipher.setAAD(aad);
    const sealed = new Uint8Array(plain.length + 16);
    sealed.set(cipher.update(plain));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plain.length);
    return sealed;
  },
  deflateRaw: (bytes) => own(deflateRawSync(bytes)),
};

/** RFC 5869 by two or more HMACs: several times cheaper than hkdfSync, which makes a key object for each call. */
function hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Bytes {
  const prk = createHmac("sha256", salt.length === 0 ? new Uint8Array(32) : salt)
    .update(ikm)
    .digest();
  const out = new Uint8Array(length);
  let block: Uint8Array = new Uint8Array(0);
  for (let at = 0, i = 1; at < length; at += 32, i++) {
    block = createHmac("sha256", prk).update(block).update(info).update(Uint8Array.of(i)).digest();
    out.set(block.subarray(0, length - at), at);
  }
  return out;
}

/** A view without Node's shared pool behind it. */
function own(buffer: Buffer): Bytes {
  return Uint8Array.from(buffer);
}
