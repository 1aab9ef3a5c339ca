/** Notes opened for somebody who may read them, with what the other notes say of each. */
import type { Note } from "../../shared/note/note.ts";
import { openNote } from "../../shared/note/seal.ts";
import type { NotePerson, NoteStanding } from "../../shared/protocol/notesConsole.ts";
import { type NoteRow, notesOf, unknownsIdentifiedAs } from "../store/note.ts";
import { unknownsLinkedTo } from "../store/noteDeeds.ts";
import type { Db } from "../store/store.ts";
import { lastLink } from "./link.ts";

export interface ReadDeps {
  readonly db: Db;
  readonly keys: { readonly audit: CryptoKeyPair };
}

/** Who the hub knows a person to be; null: nobody. hub/routes and hub/cli fill it in. */
export type AskPerson = (person: string) => Promise<NotePerson | null>;

export interface OpenedNote {
  readonly row: NoteRow;
  readonly note: Note;
}

export async function openRow({ keys }: Pick<ReadDeps, "keys">, row: NoteRow): Promise<OpenedNote> {
  return { row, note: (await openNote(new Uint8Array(row.sealed), keys.audit)).note };
}

export async function openRows(deps: Pick<ReadDeps, "keys">, rows: readonly NoteRow[]): Promise<OpenedNote[]> {
  return await Promise.all(rows.map((row) => openRow(deps, row)));
}

export const isProven = ({ seq }: Pick<NoteRow, "seq">): boolean => seq > 0;
export const standingOf = (row: Pick<NoteRow, "seq" | "state">): NoteStanding =>
  isProven(row) || row.state !== "new" ? row.state : "waiting";

/** Whether it still says what it says: proven, neither rejected nor said twice, and not corrected by such a one among `others`. */
export function stands(row: NoteRow, others: readonly NoteRow[]): boolean {
  return isProven(row) && row.state !== "rejected" && row.state !== "duplicate" && correctorOf(row, others) === null;
}

/** The newest proven note that takes its place, neither rejected nor a duplicate; null: none. A correction reaches notes of the same patient and site alone. */
export function correctorOf(row: NoteRow, others: readonly NoteRow[]): NoteRow | null {
  const correcting = others.filter(
    (each) =>
      each.corrects === row.id &&
      each.key !== row.key &&
      each.site === row.site &&
      each.person === row.person &&
      each.unknown === row.unknown &&
      isProven(each) &&
      each.state !== "rejected" &&
      each.state !== "duplicate",
  );
  return correcting.sort((a, b) => a.written - b.written || (a.key < b.key ? -1 : 1)).at(-1) ?? null;
}

/** Who an unknown patient is held to be. */
export interface Link {
  readonly person: string;
  readonly by: "note" | "operator";
}

/** The operator's newest word, if there is any; else the newest note that identifies, and stands. null: nobody. */
export async function linkOf({ db }: Pick<ReadDeps, "db">, unknown: string): Promise<Link | null> {
  const said = await lastLink(db, unknown);
  if (said !== null) return said.person === "" ? null : { person: said.person, by: "operator" };
  const rows = await notesOf(db, { unknown });
  const naming = rows.filter((row) => row.kind === "identified" && stands(row, rows)).sort((a, b) => a.written - b.written);
  const newest = naming.at(-1);
  return newest === undefined ? null : { person: newest.identifies, by: "note" };
}

export type Subject = { readonly person: string } | { readonly unknown: string };

/** Whose a note is: the person it names, the one its unknown patient is linked to, or that unknown patient. */
export async function subjectOf(deps: Pick<ReadDeps, "db">, row: NoteRow): Promise<Subject> {
  if (row.unknown === "") return { person: row.person };
  const link = await linkOf(deps, row.unknown);
  return link === null ? { unknown: row.unknown } : { person: link.person };
}

/** All notes of one patient, those too that were written while nobody knew who it is; by when they happened. Unproven ones are among them. */
export async function rowsOfPatient(deps: Pick<ReadDeps, "db">, subject: Subject): Promise<readonly NoteRow[]> {
  if ("unknown" in subject) return await notesOf(deps.db, subject);
  const rows = await notesOf(deps.db, subject);
  for (const unknown of await unknownsOf(deps, subject.person)) rows.push(...(await notesOf(deps.db, { unknown })));
  return rows.sort((a, b) => (a.happened < b.happened ? -1 : a.happened > b.happened ? 1 : a.written - b.written));
}

/** Unknown patients who are held to be this person now. */
async function unknownsOf(deps: Pick<ReadDeps, "db">, person: string): Promise<readonly string[]> {
  const asked = new Set([...(await unknownsLinkedTo(deps.db, person)), ...(await unknownsIdentifiedAs(deps.db, person))]);
  const found: string[] = [];
  for (const unknown of asked) if ((await linkOf(deps, unknown))?.person === person) found.push(unknown);
  return found.sort();
}
