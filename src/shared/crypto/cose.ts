/**
 * COSE_Sign1 (RFC 9052, tag 18), ES256 only. The context string of each type goes into external_aad, so that a signature
 * under one context never passes under another. Protected header: {1: -7, 4: kid}; the unprotected one is empty.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { CBOR_MAX_BYTES, decodeCbor, encodeCbor } from "./cbor.ts";
import { exportPublic, importVerifyKey, keyId, sign, verify } from "./sign.ts";

export type CoseContext =
  | "tomoshibi/keys/1"
  | "tomoshibi/manifest/1"
  | "tomoshibi/lease/1"
  | "tomoshibi/policy/1"
  | "tomoshibi/roster/1"
  | "tomoshibi/device/1"
  | "tomoshibi/receipt/1"
  | "tomoshibi/request/1"
  | "tomoshibi/backup/1"
  | "tomoshibi/log-generation/1"
  | "tomoshibi/entry-device/1"
  | "tomoshibi/entry-staff/1"
  | "tomoshibi/rules/1"
  | "tomoshibi/staff/1"
  | "tomoshibi/sponsorship/1"
  | "tomoshibi/disaster/1"
  | "tomoshibi/wipe/1"
  | "tomoshibi/declared/1"
  | "tomoshibi/envelope/1"
  | "tomoshibi/outage/1"
  | "tomoshibi/drill-record/1"
  | "tomoshibi/region-hits/1"
  | "tomoshibi/region-person/1"
  | "tomoshibi/notes-taken/1"
  | "tomoshibi/notes/1"
  | "tomoshibi/enrol/1";

export interface Signer {
  readonly key: CryptoKey;
  readonly kid: Bytes;
}

export async function signerOf(pair: CryptoKeyPair): Promise<Signer> {
  return { key: pair.privateKey, kid: await keyId(await exportPublic(pair.publicKey)) };
}

/** Public key by kid, from raw public keys; for `openCose`. */
export async function keyRing(rawPublics: readonly Bytes[]): Promise<(kid: Bytes) => CryptoKey | null> {
  const entries = await Promise.all(rawPublics.map(async (raw) => [String(await keyId(raw)), await importVerifyKey(raw)] as const));
  const keys = new Map(entries);
  return (kid) => keys.get(String(kid)) ?? null;
}

const tag18 = Uint8Array.of(0xd2);

export async function signCose(context: CoseContext, payload: Bytes, signer: Signer): Promise<Bytes> {
  const head = protectedHeader(signer.kid);
  const signature = await sign(signer.key, toBeSigned(context, head, payload));
  return concat(tag18, encodeCbor([head, {}, payload, signature]));
}

/** Detached form: only r‖s travels, kid and payload stand elsewhere (journal entries). */
export async function signDetached(context: CoseContext, payload: Bytes, signer: Signer): Promise<Bytes> {
  return sign(signer.key, toBeSigned(context, protectedHeader(signer.kid), payload));
}

export async function verifyDetached(context: CoseContext, payload: Bytes, signature: Bytes, kid: Bytes, key: CryptoKey): Promise<boolean> {
  return verify(key, signature, toBeSigned(context, protectedHeader(kid), payload));
}

/** Payload once the signature holds. Errors: cose-malformed, cose-signer-unknown, cose-signature-bad (also a wrong context). */
export async function openCose(
  context: CoseContext,
  bytes: Bytes,
  keyOf: (kid: Bytes) => CryptoKey | null,
  limit: number = CBOR_MAX_BYTES,
): Promise<Bytes> {
  const { head, kid, payload, signature } = readCose(bytes, limit);
  const key = keyOf(kid);
  if (key === null) throw new TomoshibiError("cose-signer-unknown", { context });
  if (!(await verify(key, signature, toBeSigned(context, head, payload)))) throw new TomoshibiError("cose-signature-bad", { context });
  return payload;
}

/** What stands in the envelope, NOT verified: only to learn which key or root it claims before `openCose`. */
export function peekCose(bytes: Bytes, limit: number = CBOR_MAX_BYTES): { readonly kid: Bytes; readonly payload: Bytes } {
  const { kid, payload } = readCose(bytes, limit);
  return { kid, payload };
}

interface Envelope {
  readonly head: Bytes;
  readonly kid: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
}

function readCose(bytes: Bytes, limit: number): Envelope {
  if (bytes[0] !== tag18[0]) throw new TomoshibiError("cose-malformed", { field: "tag" });
  try {
    const parts: unknown = decodeCbor(bytes.subarray(1), limit);
    if (!Array.isArray(parts) || parts.length !== 4) throw new TomoshibiError("cose-malformed", { field: "array" });
    const [head, open, payload, signature]: unknown[] = parts;
    if (!(head instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array && signature.length === 64)) {
      throw new TomoshibiError("cose-malformed", { field: "parts" });
    }
    if (!isEmptyMap(open)) throw new TomoshibiError("cose-malformed", { field: "unprotected" });
    return {
      head: Uint8Array.from(head),
      kid: kidOf(decodeCbor(head)),
      payload: Uint8Array.from(payload),
      signature: Uint8Array.from(signature),
    };
  } catch (cause) {
    if (cause instanceof TomoshibiError && cause.code === "cose-malformed") throw cause;
    throw new TomoshibiError("cose-malformed", { field: "cbor" }, { cause });
  }
}

function kidOf(head: unknown): Bytes {
  if (head instanceof Map && head.size === 2 && head.get(1) === -7) {
    const kid: unknown = head.get(4);
    if (kid instanceof Uint8Array && kid.length > 0 && kid.length <= 64) return Uint8Array.from(kid);
  }
  throw new TomoshibiError("cose-malformed", { field: "protected" });
}

const isEmptyMap = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  Object.keys(value).length === 0 &&
  !(value instanceof Map && value.size > 0);

const protectedHeader = (kid: Bytes): Bytes =>
  encodeCbor(
    new Map<number, unknown>([
      [1, -7],
      [4, kid],
    ]),
  );

/** Sig_structure of RFC 9052 §4.4. */
const toBeSigned = (context: CoseContext, head: Bytes, payload: Bytes): Bytes => encodeCbor(["Signature1", head, utf8(context), payload]);
