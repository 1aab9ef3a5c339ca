/** What core-notes.ts promises, carried out: loaded when the first note is read or written. */
import { toBase64Url } from "../../shared/bytes.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { declaredWhat } from "../../shared/note/declared.ts";
import type { KnownSubject, Note, NoteSubject, UnknownSubject } from "../../shared/note/note.ts";
import { sealNote } from "../../shared/note/seal.ts";
import { openSiteNote, type SiteNote } from "../../shared/protocol/notesPage.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import { formatInstant } from "../chart/dates.ts";
import type { Hit } from "../find/search.ts";
import type { Glass } from "../glass/glass.ts";
import { notesAfter } from "../journal/notes.ts";
import type { UnknownBook, UnknownGrant } from "../notes/book.ts";
import { type NotesFound, notesOfPerson, notesOfUnknown, type UnknownPatient, unknownPatients } from "../notes/find.ts";
import { type NoteKeys, noteKeys } from "../notes/keys.ts";
import { nextLabel } from "../notes/label.ts";
import { rowOf } from "../notes/rows.ts";
import { keepSiteNotes } from "../notes/site.ts";
import { stored } from "../vault/failure.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, heldSession, mayOpenPart, memberOf, needDevice, needSession } from "./core-context.ts";
import { hitOf } from "./core-glass.ts";
import { writeAsMember } from "./core-journal.ts";
import { needLease } from "./core-lease-state.ts";
import { countNotes, type NoteDraft, type NoteGrant, type UnknownDraft } from "./core-notes.ts";

interface Room {
  readonly context: Context;
  readonly glass: Pick<Glass, "held">;
  readonly book: UnknownBook;
}

export async function writeNote({ context, glass, book }: Room, open: NoteGrant, draft: NoteDraft): Promise<void> {
  const subject = "subject" in open ? book.find(open) : personOf(context, glass.held(open).personRef);
  await write(context, subject, draft);
}

export async function notesOf({ context, glass, book }: Room, open: NoteGrant): Promise<NotesFound> {
  const keys = await keysOf(context, needSession(context));
  const { journal } = context;
  return "subject" in open ? notesOfUnknown(journal, keys, book.find(open).id) : notesOfPerson(journal, keys, glass.held(open).personRef);
}

export async function listUnknown(context: Context): Promise<readonly UnknownPatient[]> {
  const session = needSession(context);
  needOpener(context, session);
  return unknownPatients(context.journal, await keysOf(context, session));
}

export async function registerUnknown(
  { context, book }: Room,
  who: UnknownDraft,
  text: string,
  form: string | null,
): Promise<UnknownGrant> {
  const known = await listUnknown(context);
  const happened = hereNow(context);
  const id = toBase64Url(context.deps.randomBytes(16));
  const label = nextLabel(
    known.map(({ subject }) => subject.label),
    happened,
  );
  const subject: UnknownSubject = { kind: "unknown", id, label, ...who };
  const written = await write(context, subject, { content: { kind: "text", text }, happened, form, corrects: null });
  return book.give(subject, minutes(context), written);
}

export async function openUnknown({ context, book }: Room, id: string): Promise<UnknownGrant> {
  needLease(context);
  const session = needSession(context);
  const found = (await listUnknown(context)).find(({ subject }) => subject.id === id);
  if (!found) throw new TomoshibiError("not-found");
  const written = await writeAsMember(context, session, "open-note", { purpose: "ETREAT", what: id });
  return book.give(found.subject, minutes(context), written);
}

export async function identify({ context, book }: Room, open: UnknownGrant, hit: Hit, how: string): Promise<void> {
  const { person, name, kana, birthDate } = subjectOf(hit);
  const content = { kind: "identified" as const, person, name, kana, birthDate, how };
  await write(context, book.find(open), { content, happened: hereNow(context), form: null, corrects: null });
}

/** Ended first, written then: a full disk must not keep anything open. */
export async function endUnknown(context: Context, ended: readonly UnknownGrant[]): Promise<void> {
  const session = heldSession(context);
  for (const { subject, seq } of ended) await writeAsMember(context, session, "grant-end", { what: `ended: unknown ${subject.id} ${seq}` });
}

export async function after(context: Context): Promise<number> {
  return stored(() => notesAfter(context.journal));
}

/** One that does not open must not keep the others from being here: they are kept, then it is said. False: locked meanwhile, or VK was changed. */
export async function keepSite(context: Context, session: Session, notes: readonly SiteNote[], next: number): Promise<boolean> {
  const { row, trust } = needDevice(context);
  const place = { hub: trust.hubKeys.hub, device: row.device };
  const faults: unknown[] = [];
  const opened = await Promise.all(
    notes.map(async (note) => {
      try {
        return [{ ...(await openSiteNote(note, session.deviceKeys.seal, place)), state: note.state }];
      } catch (error) {
        if (codeOf(error) !== "note-malformed") throw error;
        faults.push(error);
        return [];
      }
    }),
  );
  const keys = await keysHere(context, session);
  if (context.session !== session || keys === null) return false;
  await keepSiteNotes(context.journal, keys, { copies: opened.flat(), next, now: context.time.now() });
  await countNotes(context);
  if (faults.length > 0) throw faults[0];
  return true;
}

async function write(context: Context, subject: NoteSubject, { content, happened, form, corrects }: NoteDraft) {
  const session = needSession(context);
  const { row, trust } = needDevice(context);
  const member = needOpener(context, session);
  const { time, deps } = context;
  const clock = time.clock();
  const note: Note = {
    version: 1,
    id: toBase64Url(deps.randomBytes(16)),
    subject,
    happened,
    written: Math.trunc(time.now()),
    clockDoubtful: clock === "ahead" || clock === "behind",
    author: { staff: session.staff, name: session.envelope?.name ?? member.name, role: member.role },
    site: row.siteId,
    siteName: row.siteName,
    device: toBase64Url(row.device),
    deviceName: row.name,
    form,
    corrects,
    content,
  };
  const sealed = await sealNote(note, trust.hubKeys.keys.audit, { hub: trust.hubKeys.hub, device: row.device });
  const state = { origin: "own", sealed, unsent: 1, state: "waiting", code: "", kept: note.written } as const;
  const kept = await rowOf({ note, linked: null }, await keysOf(context, session), state);
  const person = subject.kind === "person" ? subject.person : "";
  const written = await writeAsMember(context, session, "note", { person, what: await declaredWhat(note.id, sealed) }, null, kept);
  // Both are on the disk: a count that fails must not say that the note is not there.
  await countNotes(context).catch(() => undefined);
  return written;
}

/** Who may open nobody writes about nobody. */
function needOpener(context: Context, session: Session): RosterMember {
  const member = memberOf(context, session);
  if (!member || !mayOpenPart(context, member, "strip")) throw new TomoshibiError("forbidden");
  return member;
}

/** Errors: "vault-damaged" when another page has changed VK under this session. */
async function keysOf(context: Context, session: Session): Promise<NoteKeys> {
  const keys = await keysHere(context, session);
  if (keys === null) throw new TomoshibiError("vault-damaged", { field: "notes key" });
  return keys;
}

function keysHere(context: Context, session: Session): Promise<NoteKeys | null> {
  const { db, deps } = context;
  return noteKeys({ db, binding: needDevice(context).binding, randomBytes: deps.randomBytes }, session);
}

function personOf(context: Context, personRef: string): KnownSubject {
  const hit = hitOf(context, { personRef });
  if (!hit) throw new TomoshibiError("grant-ended");
  return subjectOf(hit);
}

function subjectOf({ personRef, kanji, kana, birthDate, sex }: Hit): KnownSubject {
  const text = (name: Hit["kanji"]) => (name === null ? "" : `${name.family} ${name.given}`.trim());
  return { kind: "person", person: personRef, name: text(kanji) || text(kana) || "—", kana: text(kana), birthDate, sex };
}

const hereNow = ({ time }: Context): string => formatInstant(time.now()).replace(" ", "T");

const minutes = ({ trust }: Context): number => {
  if (!trust?.policy) throw new TomoshibiError("policy-missing");
  return trust.policy.grantMinutes;
};
