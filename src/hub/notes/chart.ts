/** One patient's proven notes as they are handed to a hospital's chart: the same list for FHIR and for paper. */
import { TomoshibiError } from "../../shared/error.ts";
import type { Note, UnknownSubject } from "../../shared/note/note.ts";
import type { NotePerson } from "../../shared/protocol/notesConsole.ts";
import type { NoteState } from "../../shared/protocol/notesPage.ts";
import type { NoteRow } from "../store/note.ts";
import { type NoteDecisionRow, noteDecisions } from "../store/noteDeeds.ts";
import { knownNote } from "./decide.ts";
import { type ListDeps, type Names, namesIn } from "./list.ts";
import { correctorOf, isProven, openRow, rowsOfPatient, type Subject, subjectOf } from "./read.ts";

export interface ChartNote {
  readonly key: string;
  readonly note: Note;
  readonly state: NoteState;
  /** The note that takes its place, once the hospital has accepted that one too; null: it stands as it is. */
  readonly correctedBy: Correction | null;
  /** The newest decision; null: none. */
  readonly decided: Pick<NoteDecisionRow, "who" | "why" | "at"> | null;
  readonly siteName: string;
  readonly deviceName: string;
}

export interface Correction {
  readonly note: Note;
  readonly accepted: boolean;
}

export interface Chart {
  /** Person reference, or "unknown " and the id: as the record of exports names it. */
  readonly subject: string;
  /** As the hospitals state it, or as the newest note says; null: nobody knows who it is. */
  readonly person: NotePerson | null;
  /** What staff called the patient while nobody knew. */
  readonly unknown: readonly UnknownSubject[];
  /** By when they happened. */
  readonly notes: readonly ChartNote[];
  /** Notes that are left out, since nobody is proven to have written them. */
  readonly waiting: number;
}

/** The patient of the note `key`. Errors: "not-found". */
export async function chartOf(deps: ListDeps, key: string): Promise<Chart> {
  const subject = await subjectOf(deps, await knownNote(deps, key));
  const rows = await rowsOfPatient(deps, subject);
  const names = await namesIn(deps);
  const proven = rows.filter(isProven);
  const notes: ChartNote[] = [];
  for (const row of proven) notes.push(await chartNote(deps, row, proven, names));
  return {
    subject: "person" in subject ? subject.person : `unknown ${subject.unknown}`,
    person: await personIn(deps, subject, notes),
    unknown: unknownIn(notes),
    notes,
    waiting: rows.length - proven.length,
  };
}

/**
 * What the hospital accepted, corrected ones with what corrects them. Errors: "note-none-accepted", "note-correction-open" (an accepted one
 * has a correction on which nobody has decided: neither may go without the other).
 */
export function acceptedIn({ notes }: Pick<Chart, "notes">): readonly ChartNote[] {
  const accepted = notes.filter(({ state }) => state === "accepted");
  if (accepted.some(({ correctedBy }) => correctedBy?.accepted === false)) throw new TomoshibiError("note-correction-open");
  if (!accepted.some(({ correctedBy }) => correctedBy === null)) throw new TomoshibiError("note-none-accepted");
  return accepted;
}

async function chartNote(deps: ListDeps, row: NoteRow, rows: readonly NoteRow[], names: Names): Promise<ChartNote> {
  const { note } = await openRow(deps, row);
  const corrector = correctorOf(row, rows);
  return {
    key: row.key,
    note,
    state: row.state,
    correctedBy: corrector === null ? null : { note: (await openRow(deps, corrector)).note, accepted: corrector.state === "accepted" },
    decided: (await noteDecisions(deps.db, row.key)).at(-1) ?? null,
    siteName: names.sites.get(row.site) ?? note.siteName,
    deviceName: names.devices.get(row.device) ?? note.deviceName,
  };
}

/** What hospitals state; of somebody whom none states, what the newest note says, as the tablet's summary said it. */
async function personIn(deps: ListDeps, subject: Subject, notes: readonly ChartNote[]): Promise<NotePerson | null> {
  if ("unknown" in subject) return null;
  const known = await deps.personOf(subject.person);
  if (known !== null) return known;
  const said = notes.map(({ note }) => note.subject).findLast((each) => each.kind === "person");
  if (said === undefined) return { person: subject.person, name: "", kana: "", birthDate: "", sex: "" };
  return { person: subject.person, name: said.name, kana: said.kana, birthDate: said.birthDate ?? "", sex: said.sex };
}

/** Each unknown patient once, as the newest note describes them. */
function unknownIn(notes: readonly ChartNote[]): readonly UnknownSubject[] {
  const found = new Map<string, UnknownSubject>();
  for (const { note } of notes) if (note.subject.kind === "unknown") found.set(note.subject.id, note.subject);
  return [...found.values()];
}
