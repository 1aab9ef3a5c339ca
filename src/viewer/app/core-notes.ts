/**
 * Downtime notes as the screens have them. A person's notes are shown and written under the Grant that opened the person; those of an unknown
 * patient under a grant of their own, whose entry is on disk first. The work itself is a part of its own: a cold start does without.
 */
import { equalBytes } from "../../shared/bytes.ts";
import type { NoteContent, UnknownSubject } from "../../shared/note/note.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import type { Glass } from "../glass/glass.ts";
import type { Grant } from "../glass/grant.ts";
import { unsentNotes } from "../journal/notes.ts";
import type { UnknownBook, UnknownGrant } from "../notes/book.ts";
import type { NotesFound, UnknownPatient } from "../notes/find.ts";
import type { SiteNotes } from "../sync/notes.ts";
import { stored } from "../vault/failure.ts";
import type { Context } from "./core-context.ts";

export type { UnknownGrant } from "../notes/book.ts";
export type { DeviceNote, NotesFound, UnknownPatient } from "../notes/find.ts";

export type NoteGrant = Grant<PartName> | UnknownGrant;

export interface NoteDraft {
  readonly content: NoteContent;
  /** YYYY-MM-DDTHH:MM in Japan. */
  readonly happened: string;
  /** Id of the paper form it is copied from. */
  readonly form: string | null;
  /** Id of the note that this one takes the place of. */
  readonly corrects: string | null;
}

export type UnknownDraft = Omit<UnknownSubject, "kind" | "id" | "label">;

export interface CoreNotes {
  /**
   * Entry and note are on disk, in one transaction, when it resolves. Errors: "grant-ended", "note-malformed", "forbidden", "journal-write-failed"
   * (its cause says why: a full disk).
   */
  writeNote(open: NoteGrant, draft: NoteDraft): Promise<void>;
  /** A person's: with those of an unknown patient who is now said to be this person. Errors: "grant-ended". */
  notesOf(open: NoteGrant): Promise<NotesFound>;
  unknownPatients(): Promise<readonly UnknownPatient[]>;
  /** `note`: the first words about them, which stand as their first note. The label is given: no other unknown patient here has it. */
  registerUnknown(who: UnknownDraft, note: string, form: string | null): Promise<UnknownGrant>;
  /** Errors: "not-found", "forbidden", those of the lease, "journal-write-failed". */
  openUnknown(id: string): Promise<UnknownGrant>;
  /** This unknown patient is that person; taken back by a correction. */
  identify(open: UnknownGrant, hit: Hit, how: string): Promise<void>;
  endUnknown(open: UnknownGrant): Promise<void>;
}

const load = () => import("./core-notes-work.ts");

export function notesOfCore(context: Context, glass: Pick<Glass, "held">, book: UnknownBook): CoreNotes {
  const room = { context, glass, book };
  return {
    writeNote: async (open, draft) => (await load()).writeNote(room, open, draft),
    notesOf: async (open) => (await load()).notesOf(room, open),
    unknownPatients: async () => (await load()).listUnknown(context),
    registerUnknown: async (who, note, form) => (await load()).registerUnknown(room, who, note, form),
    openUnknown: async (id) => (await load()).openUnknown(room, id),
    identify: async (open, hit, how) => (await load()).identify(room, open, hit, how),
    endUnknown: async (open) => (await load()).endUnknown(context, book.take(open)),
  };
}

/** The grants of unknown patients end when the others do, each with its entry. */
export function endingBoth<G extends Pick<Glass, "endAll" | "expire">>(context: Context, glass: G, book: UnknownBook): G {
  const end = async (which: "expired" | "all") => {
    const ended = book.take(which);
    if (ended.length > 0) await (await load()).endUnknown(context, ended);
  };
  return {
    ...glass,
    async endAll() {
      await Promise.all([glass.endAll(), end("all")]);
    },
    async expire() {
      await Promise.all([glass.expire(), end("expired")]);
    },
  };
}

/**
 * Where a sync puts the site's notes; null: nobody is unlocked, or was not yet when this sync took its signer. The hub shows notes to the
 * open key alone, so a sync that began behind the lock leaves them to the next.
 */
export function siteNotesOf(context: Context, signer: RequestSigner): SiteNotes | null {
  const { session } = context;
  if (!session || !equalBytes(signer.kid, session.openSigner.kid)) return null;
  return {
    after: async () => (await load()).after(context),
    keep: async (notes, next) => (await load()).keepSite(context, session, notes, next),
  };
}

/** Counts from the disk what the hub has not answered, and lets open screens look again. */
export async function countNotes(context: Context): Promise<void> {
  context.notes = { unsent: await stored(() => unsentNotes(context.journal)), version: context.notes.version + 1 };
  context.changed();
}
