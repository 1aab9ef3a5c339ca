/**
 * Downtime notes as the journal's database holds them: what has to go home, and what is let go of. The journal knows their bytes alone; what
 * they say is the business of viewer/notes.
 */
import type { Bytes } from "../../shared/bytes.ts";
import type { JournalDb, NoteRow } from "./db.ts";

/** Of notes that the hub has. A note that it does not have is never let go of. */
export const NOTES_MOST = 4_000;

export interface NoteBatch {
  readonly ids: readonly string[];
  readonly sealed: readonly Bytes[];
}

/** What became of one note of a batch. */
export interface NoteAnswer {
  readonly id: string;
  readonly refused: boolean;
  /** "" unless refused. */
  readonly code: string;
}

export async function unsentNotes(db: JournalDb): Promise<number> {
  return unsent(db).count();
}

/** The oldest that the hub has not answered yet, within both limits; null: there is none. */
export async function nextNotes(db: JournalDb, limit: { readonly notes: number; readonly bytes: number }): Promise<NoteBatch | null> {
  const ids: string[] = [];
  const sealed: Bytes[] = [];
  let bytes = 0;
  for (const row of await unsent(db).limit(limit.notes).toArray()) {
    if (row.sealed === null) continue;
    if (ids.length > 0 && bytes + row.sealed.length > limit.bytes) break;
    bytes += row.sealed.length;
    ids.push(row.id);
    sealed.push(row.sealed);
  }
  return ids.length === 0 ? null : { ids, sealed };
}

/** Taken by the hub, or refused with its code: either way it is there, and sending it again changes nothing. */
export async function answerNotes(db: JournalDb, answers: readonly NoteAnswer[]): Promise<void> {
  await db.transaction("rw", db.notes, async () => {
    for (const { id, refused, code } of answers) {
      const row = await db.notes.get(id);
      if (!row) continue;
      const state = refused ? "refused" : row.state === "waiting" || row.state === "refused" ? "new" : row.state;
      await db.notes.put({ ...row, unsent: 0, state, code });
    }
  });
}

/** A hub that was restored from a backup gets all notes of this device again, the ones that it has it knows; and it counts anew what it tells. */
export async function sendNotesAgain(db: JournalDb): Promise<void> {
  await db.log.delete("notes");
  await db.notes.filter(({ sealed }) => sealed !== null).modify({ unsent: 1 });
}

/** The oldest beyond `most` go, of those that the hub has. Returns how many. */
export async function letNotesGo(db: JournalDb, most: number = NOTES_MOST): Promise<number> {
  const over = (await db.notes.count()) - most;
  if (over <= 0) return 0;
  const oldest = await db.notes.where("[unsent+kept]").between([0, 0], [0, Number.MAX_SAFE_INTEGER], true, true).limit(over).primaryKeys();
  await db.notes.bulkDelete(oldest);
  return oldest.length;
}

/** A wiped device keeps what the hub does not have, sealed to it, and nothing that tells whom it is about. */
export async function dropCopies(db: JournalDb): Promise<void> {
  await db.transaction("rw", db.notes, async () => {
    await db.notes.filter((row) => row.unsent === 0).delete();
    const bare: Partial<NoteRow> = { about: "", linked: "", who: null, copy: null };
    await db.notes.toCollection().modify(bare);
  });
}

/** What the site's notes are asked after. */
export async function notesAfter(db: JournalDb): Promise<number> {
  const row = await db.log.get("notes");
  return row?.what === "notes" ? row.after : 0;
}

function unsent(db: JournalDb) {
  return db.notes.where("[unsent+kept]").between([1, 0], [1, Number.MAX_SAFE_INTEGER], true, true);
}
