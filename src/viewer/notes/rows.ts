/** A note and its row on the disk: what is in the clear there, what is wrapped, and how it is opened again. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../shared/crypto/cbor.ts";
import { shapeOf } from "../../shared/crypto/shape.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { codeOf } from "../../shared/error.ts";
import { encodeNote, parseNote } from "../../shared/note/encode.ts";
import { idBytes } from "../../shared/note/fields.ts";
import type { Note, NoteSubject, UnknownSubject } from "../../shared/note/note.ts";
import type { NoteCopy } from "../../shared/note/seal.ts";
import type { NoteRow } from "../journal/db.ts";
import type { NoteKeys } from "./keys.ts";

const { bytes: bytesOf, map } = shapeOf("note-malformed");
const MOST = 64 * 1024;

export const personSubject = (person: string): string => `person ${person}`;
export const unknownSubject = (id: string): string => `unknown ${id}`;
export const subjectOf = (subject: NoteSubject): string =>
  subject.kind === "person" ? personSubject(subject.person) : unknownSubject(subject.id);

/** Whom an unknown patient is: the hub's operator's word before the tablet's. */
export function linkedTo({ note, linked }: NoteCopy): string | null {
  return linked ?? (note.content.kind === "identified" ? note.content.person : null);
}

export type RowState = Pick<NoteRow, "origin" | "sealed" | "unsent" | "state" | "code" | "kept">;

export async function rowOf(copy: NoteCopy, keys: NoteKeys, state: RowState): Promise<NoteRow> {
  const { note } = copy;
  const linked = linkedTo(copy);
  const plain = encodeCbor({ note: encodeNote(note), linked: copy.linked === null ? null : idBytes(copy.linked) });
  return {
    id: note.id,
    about: await keys.tag(subjectOf(note.subject)),
    linked: linked === null ? "" : await keys.tag(personSubject(linked)),
    corrects: note.corrects ?? "",
    who: note.subject.kind === "unknown" ? await wrapBytes(keys.wrap, binding("who", note.id), encodeWho(note)) : null,
    copy: await wrapBytes(keys.wrap, binding("copy", note.id), plain),
    ...state,
  };
}

export interface Opened extends NoteCopy {
  readonly row: NoteRow;
}

/** null: its key is gone, or a byte rotted. */
export async function openRow(row: NoteRow, keys: NoteKeys): Promise<Opened | null> {
  if (row.copy === null) return null;
  const plain = await unwrapped(keys, binding("copy", row.id), row.copy);
  if (plain === null) return null;
  const copy = map(decodeCbor(plain, MOST), ["note", "linked"], "copy");
  const note = parseNote(bytesOf(copy.note, [1, MOST], "note"));
  return { row, note, linked: copy.linked === null ? null : toBase64Url(bytesOf(copy.linked, 16, "linked")) };
}

/** What the list of unknown patients shows before anything is opened: who, never what was written. */
export interface WhoUnknown {
  readonly subject: UnknownSubject;
  readonly happened: string;
  readonly deviceName: string;
}

export async function openWho(row: NoteRow, keys: NoteKeys): Promise<WhoUnknown | null> {
  const plain = row.who && (await unwrapped(keys, binding("who", row.id), row.who));
  if (!plain) return null;
  const { subject, happened, deviceName } = parseNote(plain);
  return subject.kind === "unknown" ? { subject, happened, deviceName } : null;
}

/** The note, with nothing of what was written. */
function encodeWho(note: Note): Bytes {
  return encodeNote({ ...note, corrects: null, content: { kind: "text", text: "-" } });
}

async function unwrapped({ wrap }: NoteKeys, aad: Bytes, bytes: Bytes): Promise<Bytes | null> {
  try {
    return await unwrapBytes(wrap, aad, bytes);
  } catch (error) {
    if (codeOf(error) !== "seal-open-failed") throw error;
    return null;
  }
}

const binding = (what: "who" | "copy", id: string): Bytes => encodeCbor(["tomoshibi/note-here/1", what, id]);
