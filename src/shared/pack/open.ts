import { type Bytes, equalBytes } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";
import { importAes } from "../crypto/wrap.ts";
import { TomoshibiError } from "../error.ts";
import { PACK_HEADER_BYTES, type PackOwner, packBinding, parseHeader } from "./header.ts";
import { inflateCapped } from "./inflate.ts";
import { PROTECTED_LEAST, padme } from "./padme.ts";
import { zeroFrom } from "./zeros.ts";

export interface PackKeys extends PackOwner {
  /** Name by which it was asked for: SHA-256 of its bytes. */
  readonly name: Bytes;
  /** Record key from the ring. */
  readonly key: Bytes;
}

const zeroNonce = new Uint8Array(12);

/**
 * Plain bytes of a pack (attacker-controlled until the hash has been checked). Errors: pack-hash-mismatch, pack-malformed,
 * pack-version-unknown, pack-open-failed (another kind, person, hub or key), pack-inflate-too-large (over 8 MiB).
 */
export async function openPackBytes(bytes: Bytes, keys: PackKeys): Promise<Bytes> {
  if (!equalBytes(await sha256(bytes), keys.name)) throw new TomoshibiError("pack-hash-mismatch", { bytes: bytes.length });
  parseHeader(bytes);
  const header = bytes.slice(0, PACK_HEADER_BYTES);
  return inflateCapped(
    unpad(
      await decrypt(bytes.subarray(PACK_HEADER_BYTES), keys.key, packBinding(header, keys)),
      keys.kind === "protected" ? PROTECTED_LEAST : 0,
    ),
  );
}

async function decrypt(sealed: Bytes, key: Bytes, additionalData: Bytes): Promise<Bytes> {
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: zeroNonce, additionalData }, await importAes(key), sealed);
    return new Uint8Array(opened);
  } catch (cause) {
    throw new TomoshibiError("pack-open-failed", { bytes: sealed.length }, { cause });
  }
}

/** Refuses padding that is not exactly what sealing writes. */
function unpad(padded: Bytes, least: number): Bytes {
  if (padded.length < 4) throw new TomoshibiError("pack-malformed", { field: "length" });
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const sealed = padme(4 + length);
  const fits = (padded.length === sealed || padded.length === Math.max(least, sealed)) && zeroFrom(padded, 4 + length);
  if (!fits) throw new TomoshibiError("pack-malformed", { field: "padding" });
  return padded.subarray(4, 4 + length);
}
