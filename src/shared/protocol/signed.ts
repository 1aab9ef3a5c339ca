/** What every signed object shares: sign the CBOR of a payload, open and parse it strictly under one code. */
import type { Bytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { type CoseContext, keyRing, openCose, type Signer, signCose } from "../crypto/cose.ts";
import type { ErrorCode } from "../error.ts";
import { shapeOf } from "./shape.ts";

export async function signObject(context: CoseContext, payload: object, signer: Signer): Promise<Bytes> {
  return signCose(context, encodeCbor(payload), signer);
}

/** Decoded payload once `rawKey` has signed it; attacker-controlled before that. CBOR faults get the object's own code. */
export async function openObject(context: CoseContext, code: ErrorCode, bytes: Bytes, rawKey: Bytes): Promise<unknown> {
  return decodePayload(code, await openCose(context, bytes, await keyRing([rawKey])));
}

export function decodePayload(code: ErrorCode, payload: Bytes): unknown {
  return shapeOf(code).cbor(payload);
}
