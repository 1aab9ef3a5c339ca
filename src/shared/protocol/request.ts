/**
 * Proof that an enrolled device asks: header `tomoshibi-proof`, a COSE_Sign1 over [method, path with query, SHA-256(body), at, nonce]
 * by its open or its locked key, and `tomoshibi-device`, the device's id. The hub refuses what is more than five minutes off its clock
 * (telling its time) and what it has seen before.
 */
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import { openCose, signCose } from "../crypto/cose.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";
import { shapeOf } from "./shape.ts";

export const deviceHeader = "tomoshibi-device";
export const proofHeader = "tomoshibi-proof";
export const requestWindowMs = 5 * 60 * 1000;
const context = "tomoshibi/request/1";

export interface ProvableRequest {
  readonly method: string;
  /** Path and query, as sent: "/api/lease". */
  readonly path: string;
  readonly body: Bytes;
}

export interface RequestSigner {
  /** 16 bytes. */
  readonly device: Bytes;
  readonly key: CryptoKey;
  /** Id of the open or locked key. */
  readonly kid: Bytes;
}

/** Headers of a signed request. at: ms; nonce: 12 random bytes, never used twice. */
export async function proveRequest(
  request: ProvableRequest & { readonly at: number; readonly nonce: Bytes },
  signer: RequestSigner,
): Promise<Record<typeof deviceHeader | typeof proofHeader, string>> {
  const payload = encodeCbor([request.method, request.path, await sha256(request.body), request.at, request.nonce]);
  const proof = await signCose(context, payload, { key: signer.key, kid: signer.kid });
  return { [deviceHeader]: toBase64Url(signer.device), [proofHeader]: toBase64Url(proof) };
}

export interface ProvenRequest {
  readonly at: number;
  readonly nonce: Bytes;
  readonly kid: Bytes;
}

/** Id in the device header, 16 bytes; `request-signature-bad` when it is missing or malformed. */
export function parseDeviceHeader(value: string | null): Bytes {
  return shapeOf("request-signature-bad").encoded(value, 16, "device");
}

/**
 * Checks that `proof` was made for exactly this request by a key that keyOf knows; throws `request-signature-bad` otherwise.
 * Time window and replay are the caller's: they need a clock and a memory.
 */
export async function verifyProof(
  proof: string | null,
  request: ProvableRequest,
  keyOf: (kid: Bytes) => CryptoKey | null,
): Promise<ProvenRequest> {
  const shape = shapeOf("request-signature-bad");
  const bytes = proof === null || proof.length > 2048 ? null : fromBase64Url(proof);
  if (bytes === null) throw new TomoshibiError("request-signature-bad", { field: "proof" });
  const seen: Bytes[] = [];
  const payload = await openCose(context, bytes, (kid) => {
    seen.push(kid);
    return keyOf(kid);
  }).catch((cause: unknown) => {
    throw new TomoshibiError("request-signature-bad", { field: "proof" }, { cause });
  });
  const [method, path, hash, at, nonce, ...more] = shape.list(decodeCbor(payload), 5, "payload");
  if (more.length > 0 || method !== request.method || path !== request.path)
    throw new TomoshibiError("request-signature-bad", { field: "path" });
  if (!equalBytes(shape.bytes(hash, 32, "body"), await sha256(request.body)))
    throw new TomoshibiError("request-signature-bad", { field: "body" });
  return { at: shape.uint(at, "at"), nonce: shape.bytes(nonce, 12, "nonce"), kid: shape.bytes(seen[0], 8, "kid") };
}
