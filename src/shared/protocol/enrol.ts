/**
 * POST /api/enrol: a new device shows its public keys, authenticated by the single-use secret of the enrolment code; the hub proves
 * itself by the same secret. The code also carries the hash of the hub's root key, so that nobody between can put other keys in place.
 *
 * Code: Crockford base32 of version 1 ‖ root hash 16 ‖ secret 16 ‖ enrolment id 5 ‖ first 2 bytes of SHA-256 of all before.
 */
import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";
import { decodeCode32, encodeCode32 } from "./code32.ts";
import { shapeOf } from "./shape.ts";

export const enrolPath = "/api/enrol";
export const enrolBodyLimit = 4096;

export interface EnrolCode {
  /** First 16 bytes of SHA-256 of the raw root key. */
  readonly root: Bytes;
  /** 16 random bytes, used once. */
  readonly secret: Bytes;
  /** 5 bytes: which enrolment of the hub. */
  readonly id: Bytes;
}

export async function encodeEnrolCode(code: EnrolCode): Promise<string> {
  const body = concat(new Uint8Array([1]), code.root, code.secret, code.id);
  return encodeCode32(concat(body, (await sha256(body)).slice(0, 2)));
}

/** code: as typed or scanned, tolerant of case, spacing, hyphens and O/0, I/L/1. Throws `enrol-code-malformed`. */
export async function parseEnrolCode(text: string): Promise<EnrolCode> {
  const bytes = text.length > 400 ? null : decodeCode32(text);
  if (bytes === null || bytes.length !== 40 || bytes[0] !== 1) throw new TomoshibiError("enrol-code-malformed");
  const body = bytes.slice(0, 38);
  if (!equalBytes(bytes.slice(38), (await sha256(body)).slice(0, 2)))
    throw new TomoshibiError("enrol-code-malformed", { field: "checksum" });
  return { root: bytes.slice(1, 17), secret: bytes.slice(17, 33), id: bytes.slice(33, 38) };
}

export interface EnrolRequest {
  /** Enrolment id of the code, 5 bytes. */
  readonly id: Bytes;
  /** Chosen by the device, 16 random bytes. */
  readonly device: Bytes;
  /** What the operator reads: "救急外来タブレット1". */
  readonly name: string;
  /** Raw public keys, 65 bytes each. */
  readonly open: Bytes;
  readonly locked: Bytes;
  readonly seal: Bytes;
}

/** An enrol request with its HMAC(secret, "tomoshibi/enrol/1" ‖ CBOR of the request). */
export interface AuthenticEnrolRequest extends EnrolRequest {
  readonly mac: Bytes;
}

export async function encodeRequest(request: EnrolRequest, secret: Bytes): Promise<{ body: Bytes; mac: Bytes }> {
  const mac = await macOf(secret, "tomoshibi/enrol/1", encodeCbor(plain(request)));
  return { body: encodeCbor({ ...plain(request), mac }), mac };
}

/** Shape alone; throws `bad-request`. Nothing in it may be believed before checkRequest. */
export function parseRequest(body: Uint8Array): AuthenticEnrolRequest {
  const shape = shapeOf("bad-request");
  if (body.length > enrolBodyLimit) throw new TomoshibiError("too-large", { limit: enrolBodyLimit });
  const map = shape.map(decodeCbor(body), ["id", "device", "name", "open", "locked", "seal", "mac"], "enrol");
  return {
    id: shape.bytes(map.id, 5, "id"),
    device: shape.bytes(map.device, 16, "device"),
    name: shape.text(map.name, 80, "name"),
    open: shape.bytes(map.open, 65, "open"),
    locked: shape.bytes(map.locked, 65, "locked"),
    seal: shape.bytes(map.seal, 65, "seal"),
    mac: shape.bytes(map.mac, 32, "mac"),
  };
}

/** Whether whoever made the request knew the secret. */
export async function checkRequest(request: AuthenticEnrolRequest, secret: Bytes): Promise<boolean> {
  return checkMac(secret, "tomoshibi/enrol/1", encodeCbor(plain(request)), request.mac);
}

export interface EnrolResponse {
  readonly state: "pending" | "approved";
  /** The signed keys object (shared/protocol/keys). */
  readonly keys: Bytes;
}

/** requestMac binds the answer to this very request. */
export async function encodeResponse(response: EnrolResponse, secret: Bytes, requestMac: Bytes): Promise<Bytes> {
  const proof = await macOf(secret, "tomoshibi/enrol-answer/1", await answerBody(response, requestMac));
  return encodeCbor({ state: response.state, proof, keys: response.keys });
}

/** Throws `hub-answer-bad` for a malformed answer and `enrol-hub-unproven` for one whose sender did not know the secret. */
export async function parseResponse(body: Uint8Array, secret: Bytes, requestMac: Bytes): Promise<EnrolResponse> {
  const shape = shapeOf("hub-answer-bad");
  if (body.length > 64 * 1024) throw new TomoshibiError("hub-answer-bad", { field: "enrol" });
  const map = shape.map(decodeCbor(body), ["state", "proof", "keys"], "enrol");
  const response = {
    state: shape.oneOf(map.state, ["pending", "approved"] as const, "state"),
    keys: shape.bytes(map.keys, [1, 16 * 1024], "keys"),
  };
  const proof = shape.bytes(map.proof, 32, "proof");
  if (!(await checkMac(secret, "tomoshibi/enrol-answer/1", await answerBody(response, requestMac), proof)))
    throw new TomoshibiError("enrol-hub-unproven");
  return response;
}

/**
 * What operator and device compare on their screens: five groups of four letters (100 bits) from SHA-256 of
 * "tomoshibi/fingerprint/1" ‖ device id ‖ open ‖ locked ‖ seal.
 */
export async function deviceFingerprint(device: Pick<EnrolRequest, "device" | "open" | "locked" | "seal">): Promise<string> {
  const hash = await sha256(concat(utf8("tomoshibi/fingerprint/1"), device.device, device.open, device.locked, device.seal));
  return encodeCode32(hash.slice(0, 15), 4).split("-").slice(0, 5).join(" ");
}

function plain({ id, device, name, open, locked, seal }: EnrolRequest): Record<string, unknown> {
  return { id, device, name, open, locked, seal };
}

async function answerBody(response: EnrolResponse, requestMac: Bytes): Promise<Bytes> {
  return encodeCbor([requestMac, response.state, await sha256(response.keys)]);
}

async function macKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

async function macOf(secret: Bytes, label: string, body: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await macKey(secret), concat(utf8(label), body)));
}

/** WebCrypto compares in constant time. */
async function checkMac(secret: Bytes, label: string, body: Bytes, mac: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await macKey(secret), mac, concat(utf8(label), body));
}
