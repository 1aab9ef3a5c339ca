/** What an operator makes of a note. Every decision is added to the history; the newest counts, so each can be taken back. */
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { NoteDecision, NoteLink } from "../../shared/protocol/notesConsole.ts";
import { changeNote, type NoteRow, nextChange, noteByKey, notesOf, notesSaidAgain } from "../store/note.ts";
import { addNoteDecision, addNoteLink, noteDecisions, noteLinks } from "../store/noteDeeds.ts";
import { type AskPerson, isProven, type ReadDeps, subjectOf } from "./read.ts";

export interface DecideDeps extends ReadDeps {
  readonly clock: Clock;
}

/** Errors: "not-found". */
export async function knownNote({ db }: Pick<ReadDeps, "db">, key: string): Promise<NoteRow> {
  const row = await noteByKey(db, key);
  if (row === null) throw new TomoshibiError("not-found", { field: "note" });
  return row;
}

/**
 * Errors: "not-found", "note-changed" (somebody decided what this operator has not seen), "note-unproven" (only a rejection is possible
 * while its entry is missing), "note-twin-bad" (a duplicate of itself, of another patient's, or of one that does not count),
 * "note-said-again" (others were marked as duplicates of this one: it must go on counting), "reason-missing" (a rejection says why).
 */
export async function decideNote(deps: DecideDeps, decision: NoteDecision, who: string): Promise<void> {
  const { key, state, of, why, seen } = decision;
  const row = await knownNote(deps, key);
  if (state === "rejected" && why === "") throw new TomoshibiError("reason-missing");
  if (state !== "rejected" && state !== "new" && !isProven(row)) throw new TomoshibiError("note-unproven");
  if ((state === "duplicate") !== (of !== "")) throw new TomoshibiError("note-twin-bad");
  if (state === "duplicate") await checkTwin(deps, row, of);
  await deps.db.transaction().execute(async (tx) => {
    const changed = await nextChange(tx);
    if ((await noteDecisions(tx, key)).length !== seen) throw new TomoshibiError("note-changed");
    const drops = state === "rejected" || state === "duplicate";
    if (drops && (await notesSaidAgain(tx, key)).length > 0) throw new TomoshibiError("note-said-again");
    await addNoteDecision(tx, { note: key, state, of, who, why, at: deps.clock.now() });
    await changeNote(tx, key, { state, of, ...(isProven(row) ? { changed } : {}) });
    const kept = of === "" ? null : await noteByKey(tx, of);
    if (kept !== null && !counts(kept)) throw new TomoshibiError("note-twin-bad");
  });
}

const counts = (row: NoteRow): boolean => isProven(row) && row.state !== "duplicate" && row.state !== "rejected";

async function checkTwin(deps: DecideDeps, row: NoteRow, of: string): Promise<void> {
  const other = await noteByKey(deps.db, of);
  const fits = other !== null && other.key !== row.key && counts(other);
  if (!fits || whose(await subjectOf(deps, other)) !== whose(await subjectOf(deps, row))) throw new TomoshibiError("note-twin-bad");
}

const whose = (subject: Awaited<ReturnType<typeof subjectOf>>): string =>
  "person" in subject ? `person ${subject.person}` : `unknown ${subject.unknown}`;

/**
 * Links the unknown patient of a note to a person, or takes that back (""): records stay apart. Errors: "not-found", "note-not-unknown"
 * (the note is about a known person), "person-unknown" (to the hub), "note-changed".
 */
export async function linkUnknown(
  deps: DecideDeps & { readonly personOf: AskPerson },
  { key, person, why, seen }: NoteLink,
  who: string,
): Promise<void> {
  const { unknown } = await knownNote(deps, key);
  if (unknown === "") throw new TomoshibiError("note-not-unknown");
  if (person !== "" && (await deps.personOf(person)) === null) throw new TomoshibiError("person-unknown");
  await deps.db.transaction().execute(async (tx) => {
    // The notes' tablets learn of it: each counts as changed.
    for (const row of await notesOf(tx, { unknown })) {
      const changed = await nextChange(tx);
      if (isProven(row)) await changeNote(tx, row.key, { changed });
    }
    if ((await noteLinks(tx, unknown)).length !== seen) throw new TomoshibiError("note-changed");
    await addNoteLink(tx, { unknown, person, who, why, at: deps.clock.now() });
  });
}
