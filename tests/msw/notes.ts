/** Downtime notes as the test hub takes them and tells them to the site's tablets. */
import { openBody } from "../../src/shared/audit/body.ts";
import { parseEntry } from "../../src/shared/audit/entry.ts";
import { type Bytes, equalBytes, toBase64Url } from "../../src/shared/bytes.ts";
import { sha256 } from "../../src/shared/crypto/hash.ts";
import type { ErrorCode } from "../../src/shared/error.ts";
import { readDeclared } from "../../src/shared/note/declared.ts";
import type { Note } from "../../src/shared/note/note.ts";
import { openNote, sealCopy } from "../../src/shared/note/seal.ts";
import { parseRequest, signTaken } from "../../src/shared/protocol/notes.ts";
import { type NoteState, notesPage, parseAfter, signPage } from "../../src/shared/protocol/notesPage.ts";
import type { EnrolledDevice, TestHub } from "./hub.ts";

export interface HubNotes {
  /** In the order of what the hub has to tell; a note whose state changes is put at the end again. */
  readonly told: { readonly note: Note; readonly state: NoteState; readonly linked: string | null }[];
  /** Sealed bytes as they came, once each. */
  readonly came: Bytes[];
  /** What it refuses all notes with; "": nothing. */
  refuse: ErrorCode | "";
  /** Before notes were known: 404. */
  old: boolean;
  /** Notes of one page. */
  page: number;
}

export const noNotes = (): HubNotes => ({ told: [], came: [], refuse: "", old: false, page: notesPage.notes });

export async function takeNotes(hub: TestHub, device: EnrolledDevice, body: Bytes): Promise<Bytes> {
  const known = await declared(hub);
  const taken = await Promise.all(
    parseRequest(body).map(async (sealed) => {
      const { note } = await openNote(sealed, hub.audit);
      if (hub.notes.refuse !== "") return { id: note.id, state: "refused" as const, code: hub.notes.refuse };
      if (hub.notes.came.some((before) => equalBytes(before, sealed))) return { id: note.id, state: "known" as const, code: "" as const };
      hub.notes.came.push(sealed);
      if (known.has(`${note.id} ${toBase64Url(await sha256(sealed))}`)) hub.notes.told.push({ note, state: "new", linked: null });
      return { id: note.id, state: "taken" as const, code: "" as const };
    }),
  );
  return signTaken({ hub: hub.id, device: device.id, batch: await sha256(body), taken, at: Math.round(hub.now()) }, hub.signers.checkpoint);
}

export async function pageOfNotes(hub: TestHub, device: EnrolledDevice, query: string | null): Promise<Bytes> {
  const after = parseAfter(query ?? undefined);
  const { told, page } = hub.notes;
  const next = Math.min(told.length, after + page);
  const notes = await Promise.all(
    told.slice(after, next).map(async ({ note, state, linked }) => {
      const sealed = await sealCopy({ note, linked }, device.seal, { hub: hub.id, device: device.id, id: note.id });
      return { id: note.id, at: Math.round(hub.now()), state, sealed };
    }),
  );
  const head = { hub: hub.id, device: device.id, after, next: Math.max(next, after), more: next < told.length };
  return signPage({ ...head, notes, at: Math.round(hub.now()) }, hub.signers.checkpoint);
}

/** Whether a signed entry of the journal that came holds the hash of these very bytes. */
export async function isDeclared(hub: TestHub, id: string, sealed: Bytes): Promise<boolean> {
  return (await declared(hub)).has(`${id} ${toBase64Url(await sha256(sealed))}`);
}

async function declared(hub: TestHub): Promise<ReadonlySet<string>> {
  const entries = (await Promise.all(hub.entries.map(parseEntry))).filter(({ header }) => header.kind === "note");
  const said = await Promise.all(
    entries.map(async ({ sealedBody, header }) => readDeclared((await openBody(sealedBody, hub.audit, header)).what)),
  );
  return new Set(said.flatMap((each) => (each ? [`${each.id} ${toBase64Url(each.hash)}`] : [])));
}
