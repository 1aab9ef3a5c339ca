/**
 * A note on its way home: sealed to the hub's audit key, which no device can open again, and named in the clear only by hub, device and id.
 * Its author is proven by the journal: an entry of kind "note", signed by the member, holds the hash of these very bytes (declared.ts).
 */
import { type Bytes, equalBytes, toBase64Url, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { HPKE_ENC_BYTES, hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";
import { encodeNote, NOTE_MAX_BYTES, parseNote } from "./encode.ts";
import { idBytes } from "./fields.ts";
import type { Note } from "./note.ts";

/** Padded lengths are whole blocks: they do not tell a kind, nor how much was measured. */
const BLOCK = 512;
const SEALED_MAX_BYTES = NOTE_MAX_BYTES + BLOCK + 4;
export const SEALED_NOTE_MAX_BYTES = SEALED_MAX_BYTES + HPKE_ENC_BYTES + 16 + 256;
const code = "note-malformed";
const info = utf8("tomoshibi/note/1");
const copyInfo = utf8("tomoshibi/note-copy/1");
const { bytes: bytesOf, cbor, map } = shapeOf(code);

/** What a sealed note is bound to. hub, device: 16 bytes; id: the note's. */
export interface NotePlace {
  readonly hub: Bytes;
  readonly device: Bytes;
  readonly id: string;
}

/** `auditKey`: raw public half of the hub's audit key. Errors: "note-malformed", also when the note names another device. */
export async function sealNote(note: Note, auditKey: Bytes, { hub, device }: Omit<NotePlace, "id">): Promise<Bytes> {
  if (note.device !== toBase64Url(device)) throw new TomoshibiError(code, { field: "device" });
  const header = encodeCbor({ v: 1, hub, device, id: idBytes(note.id) });
  return encodeCbor({ h: header, b: await hpkeSeal(auditKey, info, header, pad(encodeNote(note))) });
}

/** What stands in the clear, NOT proven: attacker-controlled. Errors: "note-malformed". */
export function peekNote(sealed: Bytes): NotePlace {
  return read(sealed).place;
}

/** Errors: "note-malformed" when the key, any byte, or what the note says of its id and device differs. */
export async function openNote(sealed: Bytes, audit: CryptoKeyPair): Promise<{ readonly note: Note; readonly place: NotePlace }> {
  const { header, body, place } = read(sealed);
  const note = parseNote(unpad(await opened(audit, info, header, body)));
  if (note.id !== place.id || note.device !== toBase64Url(place.device)) throw new TomoshibiError(code, { field: "place" });
  return { note, place };
}

/** A note as another tablet of its site gets it. */
export interface NoteCopy {
  readonly note: Note;
  /** Reference (base64url) of the person to whom the hub's operator has linked the unknown patient; null: nobody. */
  readonly linked: string | null;
}

/** Seals a copy to one device. `seal`: its raw public seal key; `place.device`: that device, not the writer's. */
export async function sealCopy({ note, linked }: NoteCopy, seal: Bytes, place: NotePlace): Promise<Bytes> {
  const plain = encodeCbor({ note: encodeNote(note), linked: linked === null ? null : idBytes(linked) });
  return hpkeSeal(seal, copyInfo, copyBinding(place), pad(plain));
}

/** `seal`: the device's seal pair. Errors: "note-malformed" when hub, device, id or any byte differs. */
export async function openCopy(sealed: Bytes, seal: CryptoKeyPair, place: NotePlace): Promise<NoteCopy> {
  const plain = unpad(await opened(seal, copyInfo, copyBinding(place), sealed));
  const copy = map(cbor(plain, SEALED_MAX_BYTES), ["note", "linked"], "copy");
  const note = parseNote(bytesOf(copy.note, [1, NOTE_MAX_BYTES], "note"));
  if (note.id !== place.id) throw new TomoshibiError(code, { field: "place" });
  return { note, linked: copy.linked === null ? null : toBase64Url(bytesOf(copy.linked, 16, "linked")) };
}

const copyBinding = ({ hub, device, id }: NotePlace): Bytes => encodeCbor([hub, device, idBytes(id)]);

function read(sealed: Bytes): { readonly header: Bytes; readonly body: Bytes; readonly place: NotePlace } {
  const { h, b } = map(cbor(sealed, SEALED_NOTE_MAX_BYTES), ["h", "b"], "sealed");
  const header = bytesOf(h, [1, 128], "h");
  const { v, hub, device, id } = map(cbor(header), ["v", "hub", "device", "id"], "h");
  if (v !== 1) throw new TomoshibiError(code, { field: "v" });
  const place = { hub: bytesOf(hub, 16, "hub"), device: bytesOf(device, 16, "device"), id: toBase64Url(bytesOf(id, 16, "id")) };
  return { header, body: bytesOf(b, [HPKE_ENC_BYTES + 16, SEALED_NOTE_MAX_BYTES], "b"), place };
}

async function opened(pair: CryptoKeyPair, under: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes> {
  try {
    return await hpkeOpen(pair, under, aad, sealed);
  } catch (cause) {
    throw new TomoshibiError(code, { field: "seal" }, { cause });
  }
}

/** length u32 ‖ bytes ‖ zeros up to a whole block, two of them at least. */
function pad(plain: Bytes): Bytes {
  const padded = new Uint8Array(Math.max(2, Math.ceil((plain.length + 4) / BLOCK)) * BLOCK);
  new DataView(padded.buffer).setUint32(0, plain.length);
  padded.set(plain, 4);
  return padded;
}

function unpad(padded: Bytes): Bytes {
  const length = padded.length < 4 ? 0 : new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const plain = padded.slice(4, 4 + length);
  if (plain.length !== length || !equalBytes(pad(plain), padded)) throw new TomoshibiError(code, { field: "padding" });
  return plain;
}
