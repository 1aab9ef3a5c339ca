import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import type { PackKind } from "../crypto/derive.ts";
import { TomoshibiError } from "../error.ts";

const magic = utf8("TMP1");
export const PACK_FORMAT = 1;
export const PACK_HEADER_BYTES = 11;
const kindBytes: Readonly<Record<PackKind, number>> = { strip: 1, rest: 2, protected: 3 };

/** Whose pack it is: bound as associated data, never written in the pack. */
export interface PackOwner {
  readonly kind: PackKind;
  /** 16 bytes. */
  readonly hubId: Bytes;
  /** 16 bytes. */
  readonly personRef: Bytes;
}

export interface PackHeader {
  readonly summaryVersion: number;
  readonly generation: number;
}

/** magic ‖ format u8 ‖ summary version u16 ‖ generation u32, big-endian. */
export function encodeHeader({ summaryVersion, generation }: PackHeader): Bytes {
  const header = new Uint8Array(PACK_HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(magic);
  view.setUint8(4, PACK_FORMAT);
  view.setUint16(5, summaryVersion);
  view.setUint32(7, generation);
  return header;
}

/** Errors: "pack-malformed" (too short, not a pack), "pack-version-unknown" (made by a newer hub). */
export function parseHeader(bytes: Bytes): PackHeader {
  if (bytes.length < PACK_HEADER_BYTES || !equalBytes(bytes.subarray(0, 4), magic))
    throw new TomoshibiError("pack-malformed", { field: "magic" });
  if (bytes[4] !== PACK_FORMAT) throw new TomoshibiError("pack-version-unknown", { version: bytes[4] ?? 0 });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { summaryVersion: view.getUint16(5), generation: view.getUint32(7) };
}

/** Associated data of a pack: header ‖ kind u8 ‖ hub id ‖ person reference. */
export function packBinding(header: Bytes, { kind, hubId, personRef }: PackOwner): Bytes {
  return concat(header, Uint8Array.of(kindBytes[kind]), hubId, personRef);
}
