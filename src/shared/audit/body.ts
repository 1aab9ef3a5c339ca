import { type Bytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { hpkeOpen, hpkeSender, type SealOne } from "../crypto/hpke.ts";
import { shapeOf } from "../crypto/shape.ts";
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
const { cbor, map, oneOf, words } = shapeOf("journal-malformed");

/** Place in the chain a body is sealed for; a body moved to another entry does not open. */
type Place = Pick<EntryHeader, "chain" | "seq" | "prev">;

/** The part of `sealBody` that needs no body: may be done before anybody opens anything, for one entry to come. */
export const bodySender = (auditKey: Bytes): Promise<SealOne> => hpkeSender(auditKey, info);

/**
 * `auditKey`: raw public half of the hub's audit key; `sender`: made for that key before. Bodies are padded to 256 bytes, so that their length tells no reason. Long words are
 * cut and marked with "…" rather than refused: a long note is no reason to keep an emergency closed. Errors: "journal-malformed" for
 * anything else that the hub would refuse to read.
 */
export async function sealBody(body: EntryBody, auditKey: Bytes, place: Place, sender?: Promise<SealOne>): Promise<Bytes> {
  const encoded = encodeCbor({ ...emptyBody, ...body, what: clipped(body.what), note: clipped(body.note) });
  parseBody(encoded);
  const seal = await (sender ?? bodySender(auditKey));
  return seal(binding(place), pad(encoded));
}

/** At most NOTE_MOST UTF-16 units, halves of letters replaced. */
function clipped(words: string): string {
  const short = words.length > NOTE_MOST ? `${words.slice(0, NOTE_MOST - 1)}…` : words;
  return short.replace(/\p{Surrogate}/gu, "\ufffd");
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
  const body = map(cbor(bytes), ["staff", "role", "purpose", "person", "what", "reason", "note"], "body");
  return {
    staff: words(body.staff, 64, "staff"),
    role: words(body.role, 64, "role"),
    purpose: body.purpose === null ? null : oneOf(body.purpose, purposes, "purpose"),
    person: words(body.person, 64, "person"),
    what: words(body.what, NOTE_MOST, "what"),
    reason: words(body.reason, 64, "reason"),
    note: words(body.note, NOTE_MOST, "note"),
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
