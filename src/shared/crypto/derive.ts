/** HKDF-SHA-256 (RFC 5869) and the keys that come out of an epoch key. One info string per use. */
import { type Bytes, utf8 } from "../bytes.ts";
import { importAes } from "./wrap.ts";

export async function hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8));
}

/** The three packs of a person. */
export const packKinds = ["strip", "rest", "protected"] as const;
export type PackKind = (typeof packKinds)[number];

export interface EpochKeys {
  readonly shard: CryptoKey;
  readonly ring: Readonly<Record<PackKind, CryptoKey>>;
  readonly rescue: CryptoKey;
  /** HMAC key for synthetic nonces; only the hub seals. */
  readonly nonce: CryptoKey;
}

/** Keys of one cohort and epoch from its 32-byte epoch key; none of them can be exported. */
export async function epochKeys(epochKey: Bytes): Promise<EpochKeys> {
  const derive = (info: string) => hkdf(epochKey, new Uint8Array(0), utf8(info), 32);
  const ring = async (kind: PackKind) => importAes(await derive(`tomoshibi/ring/${kind}/1`));
  return {
    shard: await importAes(await derive("tomoshibi/index/1")),
    ring: { strip: await ring("strip"), rest: await ring("rest"), protected: await ring("protected") },
    rescue: await importAes(await derive("tomoshibi/rescue/1")),
    nonce: await crypto.subtle.importKey("raw", await derive("tomoshibi/nonce/1"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  };
}
