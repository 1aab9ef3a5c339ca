/** The notes of one person or one unknown patient, and the list of unknown patients: from the rows on the disk, only what is asked for is opened. */
import type { Note, UnknownSubject } from "../../shared/note/note.ts";
import type { JournalDb, NoteRow } from "../journal/db.ts";
import { stored } from "../vault/failure.ts";
import type { NoteKeys } from "./keys.ts";
import { linkedTo, type Opened, openRow, openWho, personSubject, unknownSubject } from "./rows.ts";

export interface DeviceNote extends Pick<NoteRow, "state" | "code"> {
  readonly note: Note;
  /** The hub has not answered yet. */
  readonly unsent: boolean;
  /** Written on this device. */
  readonly own: boolean;
  /** Id of the note that took its place; null: it stands. */
  readonly correctedBy: string | null;
  /** Written about an unknown patient who is now said to be this person. */
  readonly fromUnknown: boolean;
}

export interface NotesFound {
  /** The newest first, by when it happened. */
  readonly notes: readonly DeviceNote[];
  /** Copies that no longer open here; the hub has them, or gets them. */
  readonly unreadable: number;
}

export interface UnknownPatient {
  readonly subject: UnknownSubject;
  /** When they were first noted, hospital's local time, and where. */
  readonly since: string;
  readonly deviceName: string;
  readonly notes: number;
  /** Somebody has said who it is. */
  readonly identified: boolean;
}

/** With the notes of every unknown patient who is said to be this person. */
export async function notesOfPerson(db: JournalDb, keys: NoteKeys, person: string): Promise<NotesFound> {
  const tag = await keys.tag(personSubject(person));
  const [own, naming] = await stored(() => Promise.all([rowsAbout(db, [tag]), db.notes.where("linked").equals(tag).toArray()]));
  const unknown = await stored(() => rowsAbout(db, [...new Set(naming.map(({ about }) => about))]));
  const opened = await openAll(unknown, keys);
  const replaced = replacements(unknown);
  const linked = new Set(opened.filter((each) => saysWho(each, replaced, person)).map(({ row }) => row.about));
  return found([
    [await openAll(own, keys), own, false],
    [opened.filter(({ row }) => linked.has(row.about)), unknown.filter(({ about }) => linked.has(about)), true],
  ]);
}

export async function notesOfUnknown(db: JournalDb, keys: NoteKeys, id: string): Promise<NotesFound> {
  const tag = await keys.tag(unknownSubject(id));
  const rows = await stored(() => rowsAbout(db, [tag]));
  return found([[await openAll(rows, keys), rows, false]]);
}

/** Everyone of this site, here or on its other tablets as far as their notes came; the newest first. */
export async function unknownPatients(db: JournalDb, keys: NoteKeys): Promise<readonly UnknownPatient[]> {
  const rows = await stored(() => db.notes.filter(({ who }) => who !== null).toArray());
  const replaced = replacements(rows);
  const groups = new Map<string, NoteRow[]>();
  for (const row of rows.sort((a, b) => a.kept - b.kept)) groups.set(row.about, [...(groups.get(row.about) ?? []), row]);
  const all = await Promise.all(
    [...groups.values()].map(async (group) => {
      const said = (await Promise.all(group.map((row) => openWho(row, keys)))).flatMap((who) => who ?? []);
      const [first, newest] = [said[0], said.at(-1)];
      if (!first || !newest) return null;
      const identified = group.some(({ id, linked }) => linked !== "" && !replaced.has(id));
      return { subject: newest.subject, since: first.happened, deviceName: first.deviceName, notes: group.length, identified };
    }),
  );
  return all.flatMap((each) => each ?? []).sort((a, b) => (a.since < b.since ? 1 : -1));
}

/** Whom an unknown patient is said to be now: the newest word that was not taken back. */
export function identityOf(notes: readonly DeviceNote[]): DeviceNote | null {
  return notes.find(({ note, correctedBy }) => note.content.kind === "identified" && correctedBy === null) ?? null;
}

function rowsAbout(db: JournalDb, tags: readonly string[]): Promise<NoteRow[]> {
  return db.notes
    .where("about")
    .anyOf([...tags])
    .toArray();
}

async function openAll(rows: readonly NoteRow[], keys: NoteKeys): Promise<readonly Opened[]> {
  return (await Promise.all(rows.map((row) => openRow(row, keys)))).flatMap((each) => each ?? []);
}

/** Note → the note that took its place; of several, the one that came last. */
function replacements(rows: readonly NoteRow[]): ReadonlyMap<string, string> {
  const inOrder = [...rows].sort((a, b) => a.kept - b.kept);
  return new Map(inOrder.flatMap(({ id, corrects }) => (corrects === "" ? [] : [[corrects, id] as const])));
}

/** The hub's operator's word holds whatever the tablets corrected since. */
function saysWho(opened: Opened, replaced: ReadonlyMap<string, string>, person: string): boolean {
  return linkedTo(opened) === person && (opened.linked !== null || !replaced.has(opened.row.id));
}

function found(groups: readonly (readonly [readonly Opened[], readonly NoteRow[], boolean])[]): NotesFound {
  const notes = groups.flatMap(([opened, rows, fromUnknown]) => {
    const replaced = replacements(rows);
    return opened.map(({ note, row }) => ({
      note,
      state: row.state,
      code: row.code,
      unsent: row.unsent === 1,
      own: row.origin === "own",
      correctedBy: replaced.get(row.id) ?? null,
      fromUnknown,
    }));
  });
  const when = ({ note }: DeviceNote) => `${note.happened} ${String(note.written).padStart(16, "0")}`;
  const unreadable = groups.reduce((sum, [opened, rows]) => sum + rows.length - opened.length, 0);
  return { notes: notes.sort((a, b) => (when(a) < when(b) ? 1 : -1)), unreadable };
}
