import { type Bytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { shape } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";
import type { EntryHeader } from "./entry.ts";

export const purposes = ["ETREAT", "BTG", "TREAT"] as const;
/** HL7 PurposeOfUse. */
export type Purpose = (typeof purposes)[number];

/** What only the hub's auditor reads. Fields that do not apply are "" or null, so that every body has the same keys. */
export interface EntryBody {
  readonly staff: string;
  readonly role: string;
  readonly purpose: Purpose | null;
  /** Person reference, base64url; "" when no person is concerned. */
  readonly person: string;
  /** What was opened, compared or refused: pack names, fields, error codes. */
  readonly what: string;
  /** Id of a reason of the policy. */
  readonly reason: string;
  /** Free words of the member. */
  readonly note: string;
}

export const emptyBody: EntryBody = { staff: "", role: "", purpose: null, person: "", what: "", reason: "", note: "" };

const NOTE_MOST = 2_000;
const info = utf8("tomoshibi/entry/1");
const { decode, object, oneOf, text } = shape("journal-malformed");

/** Place in the chain a body is sealed for; a body moved to another entry does not open. */
type Place = Pick<EntryHeader, "chain" | "seq" | "prev">;

/** `auditKey`: raw public half of the hub's audit key. Bodies are padded to 256 bytes, so that their length tells no reason. */
export async function sealBody(body: EntryBody, auditKey: Bytes, place: Place): Promise<Bytes> {
  return hpkeSeal(auditKey, info, binding(place), pad(encodeCbor({ ...emptyBody, ...body, note: body.note.slice(0, NOTE_MOST) })));
}

/** Errors: "journal-malformed" when key, place or any byte differs, or the body is not one. */
export async function openBody(sealed: Bytes, audit: CryptoKeyPair, place: Place): Promise<EntryBody> {
  let plain: Bytes;
  try {
    plain = await hpkeOpen(audit, info, binding(place), sealed);
  } catch (cause) {
    throw new TomoshibiError("journal-malformed", { field: "body" }, { cause });
  }
  return parseBody(unpad(plain));
}

function parseBody(bytes: Bytes): EntryBody {
  const body = object(decode(bytes), ["staff", "role", "purpose", "person", "what", "reason", "note"]);
  return {
    staff: text(body.staff, "staff", 64),
    role: text(body.role, "role", 64),
    purpose: body.purpose === null ? null : oneOf(body.purpose, "purpose", purposes),
    person: text(body.person, "person", 64),
    what: text(body.what, "what", NOTE_MOST),
    reason: text(body.reason, "reason", 64),
    note: text(body.note, "note", NOTE_MOST),
  };
}

/** length u16 ‖ body ‖ zeros up to a multiple of 256. */
function pad(body: Bytes): Bytes {
  const padded = new Uint8Array(Math.ceil((body.length + 2) / 256) * 256);
  new DataView(padded.buffer).setUint16(0, body.length);
  padded.set(body, 2);
  return padded;
}

function unpad(padded: Bytes): Bytes {
  const length = padded.length < 2 ? 0 : new DataView(padded.buffer, padded.byteOffset).getUint16(0);
  const fits = padded.length % 256 === 0 && length + 2 <= padded.length && padded.subarray(length + 2).every((byte) => byte === 0);
  if (!fits) throw new TomoshibiError("journal-malformed", { field: "padding" });
  return padded.slice(2, 2 + length);
}

/** chain ‖ seq u64 ‖ prev. */
function binding({ chain, seq, prev }: Place): Bytes {
  const bytes = new Uint8Array(16 + 8 + 32);
  bytes.set(chain);
  new DataView(bytes.buffer).setBigUint64(16, BigInt(seq));
  bytes.set(prev, 24);
  return bytes;
}
