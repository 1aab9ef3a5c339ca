/**
 * GET /api/notes?after=N, signed by the open key, approved devices only: the notes that devices of the same site wrote (this one's own too),
 * each sealed anew to the asking device, with what became of it. N: the number after which the hub's changes are told, 0 at first; a note
 * whose state changes comes again. Signed by the checkpoint key: whoever stands between can neither add nor leave out.
 */
import { type Bytes, equalBytes, fromBase64Url } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import { type NoteCopy, openCopy, SEALED_NOTE_MAX_BYTES } from "../note/seal.ts";
import type { HubKeys } from "./keys.ts";
import { notesPath } from "./notes.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

/** Notes of one page at most, and about how many bytes. */
export const notesPage = { notes: 200, bytes: 2 * 1024 * 1024 } as const;
export const notesAfterPath = (after: number): string => `${notesPath}?after=${after}`;

export const noteStates = ["new", "accepted", "duplicate", "rejected"] as const;
/** What the hospital's operator has said of it; new: nothing yet. */
export type NoteState = (typeof noteStates)[number];

export interface SiteNote {
  readonly id: string;
  /** ms of the hub's clock: when it came. */
  readonly at: number;
  readonly state: NoteState;
  /** HPKE to the device's seal key; openSiteNote(). */
  readonly sealed: Bytes;
}

export interface NotesPage {
  /** 16 bytes each. */
  readonly hub: Bytes;
  readonly device: Bytes;
  /** As asked. */
  readonly after: number;
  /** What to ask after next time. */
  readonly next: number;
  /** There are further notes right now. */
  readonly more: boolean;
  readonly notes: readonly SiteNote[];
  /** ms of the hub's clock. */
  readonly at: number;
}

const context = "tomoshibi/notes/1";
const shape = shapeOf("hub-answer-bad");

/** `after` of a request's query. Throws "bad-request". */
export function parseAfter(query: string | undefined): number {
  const after = /^(0|[1-9]\d{0,15})$/.test(query ?? "") ? Number(query) : Number.NaN;
  if (!Number.isSafeInteger(after)) throw new TomoshibiError("bad-request", { field: "after" });
  return after;
}

export async function signPage(page: NotesPage, signer: Signer): Promise<Bytes> {
  return signObject(context, page, signer);
}

/** Errors: hub-answer-bad (malformed, another hub's, device's or question's), cose-*. */
export async function openPage(bytes: Bytes, { hub, keys }: HubKeys, device: Bytes, after: number): Promise<NotesPage> {
  const map = shape.map(
    await openObject(context, "hub-answer-bad", bytes, keys.checkpoint),
    ["hub", "device", "after", "next", "more", "notes", "at"],
    "page",
  );
  const page = {
    hub: shape.bytes(map.hub, 16, "hub"),
    device: shape.bytes(map.device, 16, "device"),
    after: shape.uint(map.after, "after"),
    next: shape.uint(map.next, "next"),
    more: shape.flag(map.more, "more"),
    notes: shape.list(map.notes, notesPage.notes, "notes").map(parseSiteNote),
    at: shape.uint(map.at, "at"),
  };
  const isOurs = equalBytes(page.hub, hub) && equalBytes(page.device, device) && page.after === after;
  // A page that goes back, or stands still and says that there is more, would be asked for without end.
  const goesOn = page.next >= after && (page.next > after || (!page.more && page.notes.length === 0));
  if (!isOurs || !goesOn) throw new TomoshibiError("hub-answer-bad", { field: "page" });
  return page;
}

/** `seal`: the device's seal pair. Errors: "note-malformed". */
export async function openSiteNote(
  { id, sealed }: SiteNote,
  seal: CryptoKeyPair,
  device: { readonly hub: Bytes; readonly device: Bytes },
): Promise<NoteCopy> {
  return openCopy(sealed, seal, { hub: device.hub, device: device.device, id });
}

function parseSiteNote(value: unknown): SiteNote {
  const { id, at, state, sealed } = shape.map(value, ["id", "at", "state", "sealed"], "note");
  const name = shape.text(id, 22, "note.id");
  if (fromBase64Url(name)?.length !== 16) throw new TomoshibiError("hub-answer-bad", { field: "note.id" });
  return {
    id: name,
    at: shape.uint(at, "note.at"),
    state: shape.oneOf(state, noteStates, "note.state"),
    sealed: shape.bytes(sealed, [1, SEALED_NOTE_MAX_BYTES], "note.sealed"),
  };
}
