/** Downtime notes coming home: each is bound to the device that sends it, opened, and proven by the journal entry that declares it. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { readDeclared } from "../../shared/note/declared.ts";
import type { Note } from "../../shared/note/note.ts";
import { openNote, peekNote } from "../../shared/note/seal.ts";
import type { Taken } from "../../shared/protocol/notes.ts";
import type { DeviceRow } from "../store/device.ts";
import type { EntryRow } from "../store/journal.ts";
import { addNote, addRefusedNote, changeNote, type NoteRow, nextChange, noteByKey, noteKey, refusedNoteById } from "../store/note.ts";
import { declaringEntries, notesToSettle } from "../store/noteEntry.ts";
import type { Db } from "../store/store.ts";

export interface TakeDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Opens the notes; `hub`: its id, 16 bytes. */
  readonly keys: { readonly audit: CryptoKeyPair; readonly hub: Bytes };
}

type Device = Pick<DeviceRow, "id" | "site">;

/** What becomes of each, in order; all of it is on disk when this resolves, what is refused too. A refusal is for ever: the bytes are what is wrong. */
export async function takeNotes(deps: TakeDeps, device: Device, batch: readonly Bytes[]): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const sealed of batch) taken.push(await takeNote(deps, device, sealed));
  return taken;
}

async function takeNote(deps: TakeDeps, device: Device, sealed: Bytes): Promise<Taken> {
  const hash = toBase64Url(await sha256(sealed));
  const before = await refusedNoteById(deps.db, hash);
  if (before !== null && before.device === device.id) return { id: idIn(sealed), state: "refused", code: before.code as ErrorCode };
  try {
    const note = await openedNote(deps, device, sealed);
    const known = await noteByKey(deps.db, noteKey(device.id, note.id));
    if (known !== null) return knownAs(known, hash);
    const declared = await declarationOf(deps.db, device.id, { id: note.id, hash, note });
    return await keep(deps, rowOf(note, device, { hash, sealed, received: deps.clock.now() }, declared));
  } catch (error) {
    const code = await refuse(deps, device, { hash, sealed }, error);
    return { id: idIn(sealed), state: "refused", code };
  }
}

/** Keeps what cannot be taken, with its code; any other failure goes on. */
async function refuse(
  { db, clock }: TakeDeps,
  device: Device,
  { hash, sealed }: { readonly hash: string; readonly sealed: Bytes },
  error: unknown,
): Promise<ErrorCode> {
  const code = codeOf(error);
  if (!code.startsWith("note-")) throw error;
  await addRefusedNote(db, { id: hash, device: device.id, code, bytes: sealed, received: clock.now() });
  return code;
}

/** Errors: "note-malformed", "note-other-device" (sealed for another hub, or by another device). */
async function openedNote({ keys }: TakeDeps, device: Device, sealed: Bytes): Promise<Note> {
  const { hub, device: writer } = peekNote(sealed);
  if (toBase64Url(hub) !== toBase64Url(keys.hub) || toBase64Url(writer) !== device.id) throw new TomoshibiError("note-other-device");
  return (await openNote(sealed, keys.audit)).note;
}

/** The same bytes again are known; other bytes under the same id are a second history. */
function knownAs(known: NoteRow, hash: string): Taken {
  if (known.hash !== hash) throw new TomoshibiError("note-altered");
  return { id: known.id, state: "known", code: "" };
}

/**
 * The linked entry that declares these very bytes; null: none has come yet. Errors: "note-altered" when entries declare the id with other
 * bytes alone, "note-not-as-declared" when another member signed, or the entry is about another person, than the note says.
 */
async function declarationOf(
  db: Db,
  device: string,
  { id, hash, note }: { readonly id: string; readonly hash: string; readonly note: Note },
): Promise<EntryRow | null> {
  const entries = await declaringEntries(db, device, id);
  if (entries.length === 0) return null;
  const [entry] = entries.filter(({ what }) => hashIn(what) === hash);
  if (entry === undefined) throw new TomoshibiError("note-altered");
  const person = note.subject.kind === "person" ? note.subject.person : "";
  if (entry.staff !== note.author.staff || entry.person !== person) throw new TomoshibiError("note-not-as-declared");
  return entry;
}

function hashIn(what: string): string {
  const declared = readDeclared(what);
  return declared === null ? "" : toBase64Url(declared.hash);
}

async function keep(deps: TakeDeps, row: Omit<NoteRow, "changed">): Promise<Taken> {
  const added = await deps.db.transaction().execute(async (tx) => {
    const changed = row.seq > 0 ? await nextChange(tx) : 0;
    return await addNote(tx, { ...row, changed });
  });
  return { id: row.id, state: added ? "taken" : "known", code: "" };
}

function rowOf(
  note: Note,
  device: Device,
  came: Pick<NoteRow, "hash" | "sealed" | "received">,
  entry: EntryRow | null,
): Omit<NoteRow, "changed"> {
  return {
    key: noteKey(device.id, note.id),
    id: note.id,
    device: device.id,
    site: device.site,
    ...came,
    ...provenBy(entry),
    person: note.subject.kind === "person" ? note.subject.person : "",
    unknown: note.subject.kind === "unknown" ? note.subject.id : "",
    kind: note.content.kind,
    happened: note.happened,
    written: note.written,
    corrects: note.corrects ?? "",
    form: note.form ?? "",
    identifies: note.content.kind === "identified" ? note.content.person : "",
    state: "new",
    of: "",
  };
}

const provenBy = (entry: EntryRow | null): Pick<NoteRow, "chain" | "seq" | "staff" | "role"> =>
  entry === null
    ? { chain: "", seq: 0, staff: "", role: "" }
    : { chain: entry.chain, seq: entry.seq, staff: entry.staff, role: entry.role };

function idIn(sealed: Bytes): string {
  try {
    return peekNote(sealed).id;
  } catch (error) {
    if (codeOf(error) === "note-malformed") return "";
    throw error;
  }
}

/**
 * Notes of a device that came before their entries: proven now, or still waiting. One that its entry contradicts goes on waiting for ever,
 * unproven, with its refusal beside it: what is kept is never taken away.
 */
export async function settleNotes(deps: TakeDeps, device: Device): Promise<void> {
  for (const row of await notesToSettle(deps.db, device.id)) {
    const sealed = new Uint8Array(row.sealed);
    try {
      const { note } = await openNote(sealed, deps.keys.audit);
      const entry = await declarationOf(deps.db, device.id, { id: row.id, hash: row.hash, note });
      if (entry === null) continue;
      await deps.db.transaction().execute(async (tx) => {
        await changeNote(tx, row.key, { ...provenBy(entry), changed: await nextChange(tx) });
      });
    } catch (error) {
      await refuse(deps, device, { hash: row.hash, sealed }, error);
    }
  }
}
