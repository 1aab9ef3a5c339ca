/** Notes as deterministic CBOR, read strictly: what a device writes is attacker-controlled to the hub, and the other way round. */
import type { Bytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";
import { parseContent } from "./content.ts";
import { birthDateOf, idOf, isDay, lines } from "./fields.ts";
import { type Note, type NoteAuthor, type NoteSubject, noteSexes } from "./note.ts";

export const NOTE_MAX_BYTES = 24 * 1024;
const code = "note-malformed";
const { cbor, flag, map, oneOf, text, uint } = shapeOf(code);

const fields = [
  ...["version", "id", "subject", "happened", "written", "clockDoubtful", "author", "site", "siteName", "device", "deviceName"],
  ...["form", "corrects", "content"],
];

/** Errors: "note-malformed" for anything that the other side would refuse to read. */
export function encodeNote(note: Note): Bytes {
  let bytes: Bytes;
  try {
    bytes = encodeCbor(note);
  } catch (cause) {
    throw new TomoshibiError(code, { field: "cbor" }, { cause });
  }
  parseNote(bytes);
  return bytes;
}

/** Errors: "note-malformed"; `field` names what was wrong, never its value. */
export function parseNote(bytes: Bytes): Note {
  const note = map(cbor(bytes, NOTE_MAX_BYTES), fields, "note");
  if (note.version !== 1) throw new TomoshibiError(code, { field: "version" });
  const id = idOf(note.id, "id");
  const subject = parseSubject(note.subject);
  const content = parseContent(note.content);
  const corrects = note.corrects === null ? null : idOf(note.corrects, "corrects");
  if (corrects === id) throw new TomoshibiError(code, { field: "corrects" });
  if (content.kind === "identified" && subject.kind !== "unknown") throw new TomoshibiError(code, { field: "identified" });
  return {
    version: 1,
    id,
    subject,
    happened: minuteOf(note.happened),
    written: uint(note.written, "written"),
    clockDoubtful: flag(note.clockDoubtful, "clockDoubtful"),
    author: parseAuthor(note.author),
    site: text(note.site, 64, "site"),
    siteName: text(note.siteName, 200, "siteName"),
    device: idOf(note.device, "device"),
    deviceName: text(note.deviceName, 200, "deviceName"),
    form: note.form === null ? null : formOf(note.form),
    corrects,
    content,
  };
}

function parseAuthor(value: unknown): NoteAuthor {
  const author = map(value, ["staff", "name", "role"], "author");
  return { staff: text(author.staff, 64, "staff"), name: text(author.name, 120, "name"), role: text(author.role, 64, "role") };
}

function parseSubject(value: unknown): NoteSubject {
  const known = isPerson(value);
  if (known) {
    const person = map(value, ["kind", "person", "name", "kana", "birthDate", "sex"], "subject");
    return {
      kind: "person",
      person: idOf(person.person, "person"),
      name: text(person.name, 200, "name"),
      kana: lines(person.kana, 200, "kana"),
      birthDate: birthDateOf(person.birthDate),
      sex: oneOf(person.sex, noteSexes, "sex"),
    };
  }
  const unknown = map(value, ["kind", "id", "label", "ageFrom", "ageTo", "sex", "features", "found"], "subject");
  const [ageFrom, ageTo] = [yearsOf(unknown.ageFrom, "ageFrom"), yearsOf(unknown.ageTo, "ageTo")];
  if (ageFrom !== null && ageTo !== null && ageFrom > ageTo) throw new TomoshibiError(code, { field: "ageTo" });
  return {
    kind: oneOf(unknown.kind, ["unknown"] as const, "subject.kind"),
    id: idOf(unknown.id, "subject.id"),
    label: text(unknown.label, 40, "label"),
    ageFrom,
    ageTo,
    sex: oneOf(unknown.sex, noteSexes, "sex"),
    features: lines(unknown.features, 1000, "features"),
    found: lines(unknown.found, 500, "found"),
  };
}

const isPerson = (value: unknown): boolean => typeof value === "object" && value !== null && "kind" in value && value.kind === "person";

function yearsOf(value: unknown, field: string): number | null {
  if (value === null) return null;
  const years = uint(value, field);
  if (years > 130) throw new TomoshibiError(code, { field });
  return years;
}

/** YYYY-MM-DDTHH:MM of a day that exists. */
function minuteOf(value: unknown): string {
  const minute = text(value, 16, "happened");
  const [, day, hour, min] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)$/.exec(minute) ?? [];
  if (day === undefined || !isDay(day) || Number(hour) > 23 || Number(min) > 59) throw new TomoshibiError(code, { field: "happened" });
  return minute;
}

function formOf(value: unknown): string {
  const form = text(value, 26, "form");
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(form)) throw new TomoshibiError(code, { field: "form" });
  return form;
}
