/**
 * The console's exchanges about downtime notes, JSON on the console's own origin as in console.ts. They show clinical words to the
 * signed-in operator alone. What is asked stands in bodies: no patient stands in an address or a log.
 */
import { fromBase64Url, toBase64Url } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { encodeNote, NOTE_MAX_BYTES, parseNote } from "../note/encode.ts";
import type { Note } from "../note/note.ts";
import { type NoteState, noteStates } from "./notesPage.ts";
import { shapeOf } from "./shape.ts";

export const consoleNotePaths = {
  /** POST NoteFilter → NoteList. */
  list: "/api/downtime-notes",
  /** POST {key} → NoteView. */
  one: "/api/downtime-notes/one",
  /** POST NoteDecision → NoteView. */
  decide: "/api/downtime-notes/decide",
  /** POST NoteLink → NoteView of the note it was made at. */
  link: "/api/downtime-notes/link",
  /** POST NoteExport → ExportedFile. */
  export: "/api/downtime-notes/export",
} as const;

/** waiting: its journal entry has not come, so that nobody is proven to have written it. */
export const noteStandings = [...noteStates, "waiting"] as const;
export type NoteStanding = (typeof noteStandings)[number];

export interface NoteFilter {
  /** "": all. */
  readonly standing: NoteStanding | "";
  /** Id of a site; "": all. */
  readonly site: string;
  /** Key of a note: all notes of its patient; "": of everybody. */
  readonly samePatient: string;
  /** `next` of the page before; "": the first. */
  readonly before: string;
}

export interface NoteItem {
  readonly key: string;
  /** ms of the hub's clock. */
  readonly received: number;
  /** As the hub calls them now. */
  readonly siteName: string;
  readonly deviceName: string;
  readonly standing: NoteStanding;
  /** Key of the note that says it already; "" unless a duplicate. */
  readonly of: string;
  readonly note: Note;
  /** Key of the proven note that takes its place; "": none. */
  readonly correctedBy: string;
  /** Who the unknown patient is held to be; null: nobody, or the patient is known. */
  readonly linked: LinkItem | null;
  /** Keys of notes that may say the same. */
  readonly twins: readonly string[];
}

export interface LinkItem {
  /** Person reference. */
  readonly person: string;
  /** By a note of kind "identified", or by an operator. */
  readonly by: "note" | "operator";
  readonly name: string;
}

export interface NoteCounts extends Readonly<Record<NoteStanding, number>> {
  readonly refused: number;
}

export interface NoteList {
  readonly counts: NoteCounts;
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  /** Newest first. */
  readonly items: readonly NoteItem[];
  /** For the next page; "": there is none. */
  readonly next: string;
  /** The newest of what was refused. */
  readonly refused: readonly { readonly deviceName: string; readonly code: string; readonly received: number }[];
}

/** Who the hub knows a person to be. */
export interface NotePerson {
  readonly person: string;
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string;
  readonly sex: string;
}

export interface NoteView {
  readonly item: NoteItem;
  /** As the hospitals state it; null: nobody is linked, or none states anything. */
  readonly person: NotePerson | null;
  readonly history: readonly NoteDeed[];
  readonly links: readonly (Omit<NoteDeed, "state" | "of"> & { readonly name: string })[];
  /** Possible duplicates, the note that it corrects, and the one that corrects it. */
  readonly beside: readonly NoteItem[];
}

export interface NoteDeed {
  readonly state: NoteState;
  readonly of: string;
  readonly who: string;
  readonly why: string;
  readonly at: number;
}

export interface NoteDecision {
  readonly key: string;
  /** new: takes back what was decided. */
  readonly state: NoteState;
  readonly of: string;
  readonly why: string;
  /** How much of the history the operator saw. */
  readonly seen: number;
}

export interface NoteLink {
  /** A note of the unknown patient. */
  readonly key: string;
  /** Person reference; "": takes back who it was held to be. */
  readonly person: string;
  readonly why: string;
  /** How many links the operator saw. */
  readonly seen: number;
}

export const exportFormats = ["fhir", "pdf"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** All notes of the patient of this note. */
export interface NoteExport {
  readonly key: string;
  readonly format: ExportFormat;
}

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  /** base64url. */
  readonly bytes: string;
}

const asked = shapeOf("bad-request");
const told = shapeOf("hub-answer-bad");
const small = 8 * 1024;
const WHY_MOST = 500;

export function parseFilter(body: Uint8Array): NoteFilter {
  const map = asked.map(asked.json(body, small), ["standing", "site", "samePatient", "before"], "filter");
  return {
    standing: map.standing === "" ? "" : asked.oneOf(map.standing, noteStandings, "standing"),
    site: asked.words(map.site, 64, "site"),
    samePatient: asked.words(map.samePatient, 64, "samePatient"),
    before: asked.words(map.before, 100, "before"),
  };
}

export function parseKey(body: Uint8Array): string {
  return asked.text(asked.map(asked.json(body, small), ["key"], "note").key, 64, "key");
}

export function parseDecision(body: Uint8Array): NoteDecision {
  const map = asked.map(asked.json(body, small), ["key", "state", "of", "why", "seen"], "decision");
  return {
    key: asked.text(map.key, 64, "key"),
    state: asked.oneOf(map.state, noteStates, "state"),
    of: asked.words(map.of, 64, "of"),
    why: asked.words(map.why, WHY_MOST, "why").trim(),
    seen: asked.uint(map.seen, "seen"),
  };
}

export function parseLink(body: Uint8Array): NoteLink {
  const map = asked.map(asked.json(body, small), ["key", "person", "why", "seen"], "link");
  const person = asked.words(map.person, 64, "person");
  if (person !== "") asked.encoded(person, 16, "person");
  return {
    key: asked.text(map.key, 64, "key"),
    person,
    why: asked.words(map.why, WHY_MOST, "why").trim(),
    seen: asked.uint(map.seen, "seen"),
  };
}

export function parseExport(body: Uint8Array): NoteExport {
  const map = asked.map(asked.json(body, small), ["key", "format"], "export");
  return { key: asked.text(map.key, 64, "key"), format: asked.oneOf(map.format, exportFormats, "format") };
}

/** As JSON carries it: the note as base64url of its bytes, so that the page reads it as strictly as the hub did. */
export type WireItem = Omit<NoteItem, "note"> & { readonly note: string };

export const wireItem = (item: NoteItem): WireItem => ({ ...item, note: toBase64Url(encodeNote(item.note)) });

export function parseList(value: unknown): NoteList {
  const map = told.map(value, ["counts", "sites", "items", "next", "refused"], "notes");
  const counts = told.map(map.counts, [...noteStandings, "refused"], "counts");
  const numbers = [...noteStandings, "refused"].map((name) => [name, told.uint(counts[name], name)] as const);
  return {
    counts: Object.fromEntries(numbers) as Record<NoteStanding | "refused", number>,
    sites: told.list(map.sites, 4000, "sites").map((each) => {
      const site = told.map(each, ["id", "name"], "site");
      return { id: told.text(site.id, 64, "id"), name: told.words(site.name, 200, "name") };
    }),
    items: told.list(map.items, 1000, "items").map(parseItem),
    next: told.words(map.next, 100, "next"),
    refused: told.list(map.refused, 1000, "refused").map((each) => {
      const one = told.map(each, ["deviceName", "code", "received"], "refused");
      return {
        deviceName: told.words(one.deviceName, 200, "deviceName"),
        code: told.text(one.code, 100, "code"),
        received: told.uint(one.received, "received"),
      };
    }),
  };
}

export function parseView(value: unknown): NoteView {
  const map = told.map(value, ["item", "person", "history", "links", "beside"], "note");
  return {
    item: parseItem(map.item),
    person: map.person === null ? null : parsePerson(map.person),
    history: told.list(map.history, 10_000, "history").map((each) => {
      const deed = told.map(each, ["state", "of", "who", "why", "at"], "deed");
      return { state: told.oneOf(deed.state, noteStates, "state"), of: told.words(deed.of, 64, "of"), ...parseSaid(deed) };
    }),
    links: told.list(map.links, 10_000, "links").map((each) => {
      const link = told.map(each, ["name", "who", "why", "at"], "link");
      return { name: told.words(link.name, 400, "name"), ...parseSaid(link) };
    }),
    beside: told.list(map.beside, 1000, "beside").map(parseItem),
  };
}

export function parseExported(value: unknown): ExportedFile {
  const map = told.map(value, ["name", "type", "bytes"], "file");
  return { name: told.text(map.name, 200, "name"), type: told.text(map.type, 100, "type"), bytes: told.words(map.bytes, 1e8, "bytes") };
}

function parseSaid(map: Readonly<Record<string, unknown>>): Pick<NoteDeed, "who" | "why" | "at"> {
  return { who: told.words(map.who, 200, "who"), why: told.words(map.why, WHY_MOST, "why"), at: told.uint(map.at, "at") };
}

function parsePerson(value: unknown): NotePerson {
  const map = told.map(value, ["person", "name", "kana", "birthDate", "sex"], "person");
  const words = (field: string, most: number) => told.words(map[field], most, field);
  return {
    person: words("person", 64),
    name: words("name", 400),
    kana: words("kana", 400),
    birthDate: words("birthDate", 40),
    sex: words("sex", 20),
  };
}

const itemKeys = ["key", "received", "siteName", "deviceName", "standing", "of", "note", "correctedBy", "linked", "twins"];

function parseItem(value: unknown): NoteItem {
  const map = told.map(value, itemKeys, "item");
  return {
    key: told.text(map.key, 64, "key"),
    received: told.uint(map.received, "received"),
    siteName: told.words(map.siteName, 200, "siteName"),
    deviceName: told.words(map.deviceName, 200, "deviceName"),
    standing: told.oneOf(map.standing, noteStandings, "standing"),
    of: told.words(map.of, 64, "of"),
    note: noteOf(map.note),
    correctedBy: told.words(map.correctedBy, 64, "correctedBy"),
    linked: map.linked === null ? null : parseLinked(map.linked),
    twins: told.list(map.twins, 1000, "twins").map((key) => told.text(key, 64, "twins")),
  };
}

function parseLinked(value: unknown): LinkItem {
  const map = told.map(value, ["person", "by", "name"], "linked");
  return {
    person: told.text(map.person, 64, "person"),
    by: told.oneOf(map.by, ["note", "operator"] as const, "by"),
    name: told.words(map.name, 400, "name"),
  };
}

function noteOf(value: unknown): Note {
  const bytes = fromBase64Url(told.text(value, NOTE_MAX_BYTES * 2, "note"));
  if (bytes === null) throw new TomoshibiError("hub-answer-bad", { field: "note" });
  try {
    return parseNote(bytes);
  } catch (cause) {
    throw new TomoshibiError("hub-answer-bad", { field: "note" }, { cause });
  }
}
