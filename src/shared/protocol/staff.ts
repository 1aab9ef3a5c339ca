/**
 * POST /api/staff, signed by the device's open key: a staff member brings new public keys, proven by the one-time code that the operator
 * gave by hand. The code never travels: both sides stretch it with Argon2id (salt from hub and staff id), and the proof is an HMAC by the
 * result over the keys, so that a listener can neither learn nor reuse it.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import { signDetached, verifyDetached } from "../crypto/cose.ts";
import { sha256 } from "../crypto/hash.ts";
import { derivePassphraseKey } from "../crypto/passphrase.ts";
import { keyId } from "../crypto/sign.ts";
import { TomoshibiError } from "../error.ts";
import { canonicalCode32 } from "./code32.ts";
import { shapeOf } from "./shape.ts";

export const staffPath = "/api/staff";
export const staffBodyLimit = 4096;
const label = "tomoshibi/staff/1";

/** What proof and signature cover, besides the device that sends it. */
export interface StaffKeys {
  /** Staff id. */
  readonly id: string;
  /** Raw public keys, 65 bytes. */
  readonly sign: Bytes;
  readonly seal: Bytes;
}

export interface StaffRequest extends StaffKeys {
  readonly code: Bytes;
  readonly signature: Bytes;
}

/** The stretched one-time code, 32 bytes. code: as typed, tolerant as enrolment codes are. Takes a second on a phone. */
export async function staffCodeKey(code: string, hub: Bytes, staffId: string): Promise<Bytes> {
  const salt = (await sha256(concat(utf8("tomoshibi/staff-code/1"), hub, utf8(staffId)))).slice(0, 16);
  return derivePassphraseKey(canonicalCode32(code), { salt, memoryKiB: 49152, iterations: 3, parallelism: 1 });
}

/** device: 16 bytes; codeKey: from staffCodeKey; key: the member's own private signing key. */
export async function encodeRequest(keys: StaffKeys, device: Bytes, codeKey: Bytes, key: CryptoKey): Promise<Bytes> {
  const covered = coveredBy(keys, device);
  const code = new Uint8Array(await crypto.subtle.sign("HMAC", await macKey(codeKey), covered));
  const signature = await signDetached(label, covered, { key, kid: await keyId(keys.sign) });
  return encodeCbor({ id: keys.id, code, sign: keys.sign, seal: keys.seal, signature });
}

/** Shape alone; throws `bad-request`. */
export function parseRequest(body: Uint8Array): StaffRequest {
  const shape = shapeOf("bad-request");
  if (body.length > staffBodyLimit) throw new TomoshibiError("too-large", { limit: staffBodyLimit });
  const map = shape.map(decodeCbor(body), ["id", "code", "sign", "seal", "signature"], "staff");
  return {
    id: shape.text(map.id, 64, "id"),
    code: shape.bytes(map.code, 32, "code"),
    sign: shape.bytes(map.sign, 65, "sign"),
    seal: shape.bytes(map.seal, 65, "seal"),
    signature: shape.bytes(map.signature, 64, "signature"),
  };
}

/** Whether the sender knew the code: constant time. */
export async function checkCode(request: StaffRequest, device: Bytes, codeKey: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await macKey(codeKey), request.code, coveredBy(request, device));
}

/** Whether the sender holds the private half of `sign`. */
export async function checkSelfSignature(request: StaffRequest, device: Bytes, key: CryptoKey): Promise<boolean> {
  return verifyDetached(label, coveredBy(request, device), request.signature, await keyId(request.sign), key);
}

/** Answer: the roster that now holds the member (COSE, shared/protocol/roster). */
export function encodeResponse(roster: Bytes): Bytes {
  return encodeCbor({ roster });
}

export function parseResponse(body: Uint8Array): Bytes {
  const shape = shapeOf("hub-answer-bad");
  if (body.length > 1024 * 1024) throw new TomoshibiError("hub-answer-bad", { field: "staff" });
  return shape.bytes(shape.map(decodeCbor(body), ["roster"], "staff").roster, [1, 1024 * 1024], "roster");
}

function coveredBy(keys: StaffKeys, device: Bytes): Bytes {
  return concat(utf8(label), encodeCbor([keys.id, device, keys.sign, keys.seal]));
}

async function macKey(codeKey: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", codeKey, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}
