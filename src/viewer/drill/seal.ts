/** One drill pack in the format of shared/pack, sealed with WebCrypto: a device has no synchronous primitives, and a drill has few packs. */
import { type Bytes, concat } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { importAes, randomBytes } from "../../shared/crypto/wrap.ts";
import { encodeHeader, type PackOwner, packBinding } from "../../shared/pack/header.ts";
import { PROTECTED_LEAST, padme } from "../../shared/pack/padme.ts";
import type { SealedPack } from "../../shared/pack/seal.ts";
import { SUMMARY_VERSION } from "../../shared/summary/summary.ts";

/** The record key is random and used once, so the nonce can be zero as in every pack. */
export async function sealDrillPack(owner: PackOwner, plain: Bytes): Promise<SealedPack> {
  const header = encodeHeader({ summaryVersion: SUMMARY_VERSION, generation: 1 });
  const additionalData = packBinding(header, owner);
  const key = randomBytes(32);
  const padded = pad(await deflateRaw(plain), owner.kind === "protected" ? PROTECTED_LEAST : 0);
  const iv = new Uint8Array(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await importAes(key), padded);
  const bytes = concat(header, new Uint8Array(sealed));
  return { bytes, name: await sha256(bytes), key };
}

export async function deflateRaw(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** length u32 ‖ deflated ‖ zeros. */
function pad(deflated: Bytes, least: number): Bytes {
  const padded = new Uint8Array(Math.max(least, padme(4 + deflated.length)));
  new DataView(padded.buffer).setUint32(0, deflated.length);
  padded.set(deflated, 4);
  return padded;
}
