import { type Bytes, concat, utf8 } from "../bytes.ts";
import { encodeHeader, type PackOwner, packBinding } from "./header.ts";
import { padme } from "./padme.ts";

/** Synchronous primitives of the machine that seals: the hub gives node:crypto and zlib, which seal thousands a second. */
export interface SealPrimitives {
  sha256(bytes: Bytes): Bytes;
  /** HKDF-SHA-256. */
  hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Bytes;
  /** AES-256-GCM: ciphertext ‖ tag (16). */
  aesGcmSeal(key: Bytes, nonce: Bytes, aad: Bytes, plain: Bytes): Bytes;
  deflateRaw(bytes: Bytes): Bytes;
}

export interface PackInput extends PackOwner {
  readonly plain: Bytes;
  readonly summaryVersion: number;
  readonly generation: number;
  /** Sealing secret of this generation, 32 bytes. */
  readonly secret: Bytes;
  /** Padded length at least: 0, or PROTECTED_LEAST for protected packs, which a reader accepts. */
  readonly least?: number;
}

export interface SealedPack {
  readonly bytes: Bytes;
  /** SHA-256 of the bytes. */
  readonly name: Bytes;
  /** Record key RK, 32 bytes: stands in the key ring. */
  readonly key: Bytes;
}

const noSalt = new Uint8Array(0);
const zeroNonce = new Uint8Array(12);
const keyInfo = utf8("tomoshibi/pack/1");

/**
 * Seals one part of one person; the same input gives the same bytes and name. The record key comes from the sealing secret and the hash of
 * everything sealed and bound, so one key never meets two texts and the nonce can be zero. Byte table: README.md.
 */
export function sealPack(input: PackInput, primitives: SealPrimitives): SealedPack {
  const header = encodeHeader(input);
  const binding = packBinding(header, input);
  const padded = padDeflated(primitives.deflateRaw(input.plain), input.least ?? 0);
  const key = primitives.hkdf(input.secret, noSalt, concat(keyInfo, primitives.sha256(concat(binding, padded))), 32);
  const bytes = concat(header, primitives.aesGcmSeal(key, zeroNonce, binding, padded));
  return { bytes, name: primitives.sha256(bytes), key };
}

/** length u32 ‖ deflated ‖ zeros up to Padmé, or to the least length. */
function padDeflated(deflated: Bytes, least: number): Bytes {
  const padded = new Uint8Array(Math.max(least, padme(4 + deflated.length)));
  new DataView(padded.buffer).setUint32(0, deflated.length);
  padded.set(deflated, 4);
  return padded;
}
