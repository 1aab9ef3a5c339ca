import type { NoteState } from "../../shared/protocol/notesPage.ts";
import type { Db } from "./tables.ts";

/** What an operator decided of a note. The newest counts; none is changed or deleted (held by a trigger). */
export interface NoteDecisionRow {
  id: number;
  note: string;
  /** new: what was decided before is taken back. */
  state: NoteState;
  /** Key of the note that says it already; "" unless a duplicate. */
  of: string;
  who: string;
  why: string;
  at: number;
}

/** Who an operator says an unknown patient is. The newest counts. */
export interface NoteLinkRow {
  id: number;
  unknown: string;
  /** Person reference; "": nobody, what was said before is taken back. */
  person: string;
  who: string;
  why: string;
  at: number;
}

/** What was handed to a chart. */
export interface NoteExportRow {
  id: number;
  who: string;
  at: number;
  /** fhir, pdf. */
  format: string;
  /** Person reference, or "unknown " and the id. */
  subject: string;
  /** JSON array of keys. */
  notes: string;
  /** SHA-256 of the file, base64url. */
  digest: string;
}

type Deeds = "note_decision" | "note_link" | "note_export";

/** Call after nextChange() in the same transaction: numbers are given one after another. */
async function nextId(tx: Db, table: Deeds): Promise<number> {
  const { last } = await tx
    .selectFrom(table)
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

export async function addNoteDecision(tx: Db, row: Omit<NoteDecisionRow, "id">): Promise<void> {
  await tx
    .insertInto("note_decision")
    .values({ id: await nextId(tx, "note_decision"), ...row })
    .execute();
}

export async function addNoteLink(tx: Db, row: Omit<NoteLinkRow, "id">): Promise<void> {
  await tx
    .insertInto("note_link")
    .values({ id: await nextId(tx, "note_link"), ...row })
    .execute();
}

export async function addNoteExport(tx: Db, row: Omit<NoteExportRow, "id">): Promise<void> {
  await tx
    .insertInto("note_export")
    .values({ id: await nextId(tx, "note_export"), ...row })
    .execute();
}

/** Oldest first. */
export async function noteDecisions(db: Db, note: string): Promise<NoteDecisionRow[]> {
  return await db.selectFrom("note_decision").selectAll().where("note", "=", note).orderBy("id").execute();
}

/** Of one unknown patient, oldest first. */
export async function noteLinks(db: Db, unknown: string): Promise<NoteLinkRow[]> {
  return await db.selectFrom("note_link").selectAll().where("unknown", "=", unknown).orderBy("id").execute();
}

/** Unknown patients whom an operator has ever linked to this person: whether it still holds, noteLinks() says. */
export async function unknownsLinkedTo(db: Db, person: string): Promise<string[]> {
  const rows = await db.selectFrom("note_link").select("unknown").where("person", "=", person).distinct().orderBy("unknown").execute();
  return rows.map(({ unknown }) => unknown);
}

/** Newest first. */
export async function noteExports(db: Db, most: number): Promise<NoteExportRow[]> {
  return await db.selectFrom("note_export").selectAll().orderBy("id", "desc").limit(most).execute();
}
