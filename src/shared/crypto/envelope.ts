/**
 * The keys of a sealed envelope: all of them come from the printed secret, so that the paper alone is the account. Nothing else holds the
 * private halves: the hub and the devices know public keys only. HKDF-SHA-256 of the secret, then DeriveKeyPair (RFC 9180, 7.1.3) once for
 * sealing and once for signing.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";
import { hkdf } from "./derive.ts";
import { importSealPublic } from "./hpke.ts";
import { exportPublic, importVerifyKey } from "./sign.ts";
import type { StaffKeys } from "./staff.ts";

/** 144 random bits: no stretching is needed. */
export const ENVELOPE_SECRET_BYTES = 18;

/** secret: ENVELOPE_SECRET_BYTES; site: its id, so that two sites never share a pair. No private half can be exported. */
export async function envelopeKeys(secret: Bytes, site: string): Promise<StaffKeys> {
  const [seal, sign] = await Promise.all([derived(secret, "seal", site), derived(secret, "sign", site)]);
  const signPublic = await exportPublic(sign.publicKey);
  const sealPublic = await exportPublic(seal.publicKey);
  return {
    sign: {
      privateKey: await imported(sign.privateKey, "ECDSA", "sign"),
      publicKey: await importVerifyKey(signPublic),
    },
    seal: {
      privateKey: await imported(seal.privateKey, "ECDH", "deriveBits"),
      publicKey: await importSealPublic(sealPublic),
    },
    signPublic,
    sealPublic,
  };
}

async function derived(secret: Bytes, use: "seal" | "sign", site: string): Promise<CryptoKeyPair> {
  const { DhkemP256HkdfSha256 } = await import("@hpke/core");
  const ikm = await hkdf(secret, new Uint8Array(0), concat(utf8(`tomoshibi/envelope/${use}/1`), Uint8Array.of(0), utf8(site)), 32);
  return new DhkemP256HkdfSha256().deriveKeyPair(ikm.buffer);
}

/** The library gives keys that can be exported, and for ECDH alone. */
async function imported(key: CryptoKey, name: "ECDSA" | "ECDH", use: "sign" | "deriveBits"): Promise<CryptoKey> {
  const jwk = await crypto.subtle.exportKey("jwk", key);
  return crypto.subtle.importKey("jwk", { ...jwk, key_ops: [use], ext: false }, { name, namedCurve: "P-256" }, false, [use]);
}
