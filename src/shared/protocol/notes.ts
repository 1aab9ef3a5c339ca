/**
 * POST /api/notes, signed by the open or the locked key, by approved and by revoked devices: a bounded batch of sealed notes
 * (shared/note/seal), oldest first, after the journal that declares them. Sending one twice is harmless. Answer: what became of each,
 * signed by the checkpoint key; nothing counts as sent without it. The notes of the site come by notesPage.ts.
 */
import { type Bytes, equalBytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { Signer } from "../crypto/cose.ts";
import { type ErrorCode, errorCodes, TomoshibiError } from "../error.ts";
import { SEALED_NOTE_MAX_BYTES } from "../note/seal.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export const notesPath = "/api/notes";
/** notes and their bytes in one request; `body`: what the request may have. */
export const notesBatch = { notes: 64, bytes: 1024 * 1024, body: 1024 * 1024 + 4096 } as const;

export const takenStates = ["taken", "known", "refused"] as const;
/** taken: on the hub's disk · known: it was there before · refused: kept there as evidence, with the code; sending it again changes nothing. */
export type TakenState = (typeof takenStates)[number];

export interface Taken {
  /** As the sealed note names itself; "" when it is not one. */
  readonly id: string;
  readonly state: TakenState;
  /** "" unless refused. */
  readonly code: ErrorCode | "";
}

export interface NotesTaken {
  /** 16 bytes each. */
  readonly hub: Bytes;
  readonly device: Bytes;
  /** SHA-256 of the request's body: no older answer passes for this one. */
  readonly batch: Bytes;
  /** One for each note of the request, in its order. */
  readonly taken: readonly Taken[];
  /** ms of the hub's clock. */
  readonly at: number;
}

const context = "tomoshibi/notes-taken/1";
const asked = shapeOf("bad-request");
const told = shapeOf("hub-answer-bad");

/** Throws "too-large": the sender splits. */
export function encodeRequest(notes: readonly Bytes[]): Bytes {
  checkSize(notes);
  return encodeCbor({ notes });
}

/** Sealed notes as they came, not yet believed. Throws "bad-request", "too-large". */
export function parseRequest(body: Uint8Array): readonly Bytes[] {
  const { notes } = asked.map(asked.cbor(body), ["notes"], "notes");
  const each = asked.list(notes, Number.MAX_SAFE_INTEGER, "notes").map((note) => asked.bytes(note, [1, SEALED_NOTE_MAX_BYTES], "notes"));
  checkSize(each);
  return each;
}

export async function signTaken(taken: NotesTaken, signer: Signer): Promise<Bytes> {
  return signObject(context, taken, signer);
}

/** `sent`: how many notes the request had. Errors: hub-answer-bad (malformed, another hub's, device's or batch's), cose-*. */
export async function openTaken(
  bytes: Bytes,
  { hub, keys }: HubKeys,
  request: { readonly device: Bytes; readonly batch: Bytes; readonly sent: number },
): Promise<NotesTaken> {
  const map = told.map(
    await openObject(context, "hub-answer-bad", bytes, keys.checkpoint),
    ["hub", "device", "batch", "taken", "at"],
    "taken",
  );
  const answer = {
    hub: told.bytes(map.hub, 16, "hub"),
    device: told.bytes(map.device, 16, "device"),
    batch: told.bytes(map.batch, 32, "batch"),
    taken: told.list(map.taken, notesBatch.notes, "taken").map(parseTaken),
    at: told.uint(map.at, "at"),
  };
  const isOurs = equalBytes(answer.hub, hub) && equalBytes(answer.device, request.device) && equalBytes(answer.batch, request.batch);
  if (!isOurs || answer.taken.length !== request.sent) throw new TomoshibiError("hub-answer-bad", { field: "taken" });
  return answer;
}

function parseTaken(value: unknown): Taken {
  const { id, state, code } = told.map(value, ["id", "state", "code"], "taken");
  return {
    id: told.words(id, 22, "taken.id"),
    state: told.oneOf(state, takenStates, "taken.state"),
    code: code === "" ? "" : told.oneOf(code, errorCodes, "taken.code"),
  };
}

function checkSize(notes: readonly Bytes[]): void {
  const bytes = notes.reduce((sum, { length }) => sum + length, 0);
  if (notes.length > notesBatch.notes || bytes > notesBatch.bytes)
    throw new TomoshibiError("too-large", { notes: notesBatch.notes, bytes: notesBatch.bytes });
}
