/**
 * One journal entry. Its header is in the clear (a locked device can push, the hub can verify before it opens); its body is sealed to the
 * hub's audit key. Signatures and chain cover the header, which holds the hash of the sealed body. Byte table: README.md.
 */
import { type Bytes, concat, equalBytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { sha256 } from "../crypto/hash.ts";
import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";

export const entryKinds = [
  // the device and who is at it
  "enrolled",
  "unlock",
  "unlock-failed",
  "lock",
  "soft-lock",
  "soft-unlock",
  "credential",
  "sponsor",
  "envelope",
  "members",
  "pull",
  "lease",
  "epoch",
  "clock-confirm",
  "wipe",
  "self-test",
  // one person's data
  "open-strip",
  "confirm",
  "open-rest",
  "open-protected",
  "second-person",
  "grant-end",
  "print",
  "export",
  "handover",
  "region-search",
  "open-region",
  // downtime notes: one that was written; those of an unknown patient, shown
  "note",
  "open-note",
  // blank forms for an outage that were printed; forms that bear a person are a "print"
  "forms",
  // when systems fail
  "outage-start",
  "outage-end",
  "declare",
  "declare-end",
  "rescue",
  "drill",
] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface EntryHeader {
  /** 16 random bytes; a rewound device takes new ones. */
  readonly chain: Bytes;
  /** 1 for the first entry. */
  readonly seq: number;
  /** Hash of the entry before; 32 zero bytes for the first. */
  readonly prev: Bytes;
  /** 16 bytes. */
  readonly device: Bytes;
  /** ms, as the device's clock says. */
  readonly at: number;
  /** ms, greatest time known to the device. */
  readonly trusted: number;
  readonly kind: EntryKind;
  /** SHA-256 of the sealed body. */
  readonly body: Bytes;
}

export interface StaffSignature {
  readonly id: string;
  readonly sig: Bytes;
  /** Of a member whose key stands in no roster: the colleague's signed word for it (sponsorship.ts). */
  readonly sponsorship: Bytes | null;
}

export interface Entry {
  readonly header: EntryHeader;
  readonly headerBytes: Bytes;
  readonly sealedBody: Bytes;
  readonly key: "open" | "locked";
  readonly deviceSignature: Bytes;
  readonly staff: StaffSignature | null;
  /** SHA-256(header ‖ SHA-256(sealed body)): the next entry's prev. */
  readonly hash: Bytes;
  /** The entry as it lies on disk and travels. */
  readonly bytes: Bytes;
}

export const ENTRY_MAX_BYTES = 16 * 1024;
const SPONSORSHIP_MAX_BYTES = 2048;
export const NO_PREVIOUS: () => Bytes = () => new Uint8Array(32);
const { bytes: bytesOf, cbor, map, oneOf, text, uint } = shapeOf("journal-malformed");

export function encodeHeader(header: EntryHeader): Bytes {
  return encodeCbor({ v: 1, ...header });
}

export async function entryHash(headerBytes: Bytes, sealedBody: Bytes): Promise<Bytes> {
  return sha256(concat(headerBytes, await sha256(sealedBody)));
}

/** Joins the signed parts; the counterpart of `parseEntry`. */
export async function encodeEntry(parts: Omit<Entry, "hash" | "bytes" | "headerBytes">): Promise<Entry> {
  const headerBytes = encodeHeader(parts.header);
  const signed = { h: headerBytes, b: parts.sealedBody, d: parts.deviceSignature, k: parts.key };
  const bytes = encodeCbor(parts.staff === null ? signed : { ...signed, s: encodeStaff(parts.staff) });
  if (bytes.length > ENTRY_MAX_BYTES) throw new TomoshibiError("journal-malformed", { bytes: bytes.length });
  return { ...parts, headerBytes, hash: await entryHash(headerBytes, parts.sealedBody), bytes };
}

/** Attacker-controlled bytes → entry; signatures are not judged here (chain.ts). Errors: "journal-malformed". */
export async function parseEntry(bytes: Bytes): Promise<Entry> {
  const entry = map(cbor(bytes, ENTRY_MAX_BYTES), ["h", "b", "d", "k"], "entry", ["s"]);
  const headerBytes = bytesOf(entry.h, [1, 1024], "h");
  const sealedBody = bytesOf(entry.b, [1, ENTRY_MAX_BYTES], "b");
  const header = parseHeader(headerBytes);
  if (!equalBytes(await sha256(sealedBody), header.body)) throw new TomoshibiError("journal-malformed", { field: "body" });
  return {
    header,
    headerBytes,
    sealedBody,
    key: oneOf(entry.k, ["open", "locked"] as const, "k"),
    deviceSignature: bytesOf(entry.d, 64, "d"),
    staff: entry.s === undefined ? null : parseStaff(entry.s),
    hash: await entryHash(headerBytes, sealedBody),
    bytes,
  };
}

function parseHeader(headerBytes: Bytes): EntryHeader {
  const header = map(cbor(headerBytes), ["v", "chain", "seq", "prev", "device", "at", "trusted", "kind", "body"], "h");
  const seq = uint(header.seq, "seq");
  if (header.v !== 1 || seq === 0) throw new TomoshibiError("journal-malformed", { field: header.v === 1 ? "seq" : "v" });
  return {
    chain: bytesOf(header.chain, 16, "chain"),
    seq,
    prev: bytesOf(header.prev, 32, "prev"),
    device: bytesOf(header.device, 16, "device"),
    at: uint(header.at, "at"),
    trusted: uint(header.trusted, "trusted"),
    kind: oneOf(header.kind, entryKinds, "kind"),
    body: bytesOf(header.body, 32, "body"),
  };
}

function encodeStaff({ id, sig, sponsorship }: StaffSignature): object {
  return sponsorship === null ? { id, sig } : { id, sig, c: sponsorship };
}

function parseStaff(value: unknown): StaffSignature {
  const staff = map(value, ["id", "sig"], "s", ["c"]);
  return {
    id: text(staff.id, 64, "s.id"),
    sig: bytesOf(staff.sig, 64, "s.sig"),
    sponsorship: staff.c === undefined ? null : bytesOf(staff.c, [1, SPONSORSHIP_MAX_BYTES], "s.c"),
  };
}
