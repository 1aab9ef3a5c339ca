import { sql } from "kysely";
import type { EntryRow } from "./journal.ts";
import type { NoteRow } from "./note.ts";
import type { Db } from "./tables.ts";

/** Linked entries of a device that declare a note of this id (shared/note/declared), oldest first. `id`: base64url alone. */
export async function declaringEntries(db: Db, device: string, id: string): Promise<EntryRow[]> {
  return await db
    .selectFrom("journal_entry")
    .selectAll()
    .where("kind", "=", "note")
    .where("device", "=", device)
    // A prefix as a range: "_" stands in ids, and means any letter to LIKE. "!" is the letter after the space.
    .where("what", ">=", `${id} `)
    .where("what", "<", `${id}!`)
    .orderBy("chain")
    .orderBy("seq")
    .execute();
}

/** Notes of a device that waited for their entry, and of which an entry speaks now; without those that it was found to contradict. */
export async function notesToSettle(db: Db, device: string): Promise<NoteRow[]> {
  return await db
    .selectFrom("note")
    .selectAll("note")
    .where("note.device", "=", device)
    .where("note.seq", "=", 0)
    .where(({ exists, not, selectFrom }) =>
      exists(
        selectFrom("journal_entry")
          .select("journal_entry.seq")
          .where("journal_entry.kind", "=", "note")
          .whereRef("journal_entry.device", "=", "note.device")
          .where("journal_entry.what", ">=", sql<string>`note.id || ' '`)
          .where("journal_entry.what", "<", sql<string>`note.id || '!'`),
      ).and(not(exists(selectFrom("note_refused").select("note_refused.id").whereRef("note_refused.id", "=", "note.hash")))),
    )
    .orderBy("note.key")
    .execute();
}
