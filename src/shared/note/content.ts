import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";
import { birthDateOf, decimalOf, idOf, lines, said } from "./fields.ts";
import { type MeasuredField, measuredFields, type NoteContent, type NoteKind, noteKinds, type Vitals } from "./note.ts";

/** Letters of a free text. */
export const NOTE_TEXT_MOST = 4000;
const code = "note-malformed";
const { flag, map, oneOf, text, uint } = shapeOf(code);
type Reader = (value: unknown) => NoteContent;

/** One reader a kind: a new kind does not compile without one. */
const readers: Readonly<Record<NoteKind, Reader>> = {
  vitals: parseVitals,
  treatment(value) {
    const { what, detail } = map(value, ["kind", "what", "detail"], "treatment");
    return { kind: "treatment", what: said(what, 200, "what"), detail: lines(detail, 1000, "detail") };
  },
  medication(value) {
    const given = map(value, ["kind", "drug", "dose", "unit", "route", "note"], "medication");
    return {
      kind: "medication",
      drug: said(given.drug, 200, "drug"),
      dose: lines(given.dose, 40, "dose"),
      unit: lines(given.unit, 40, "unit"),
      route: lines(given.route, 100, "route"),
      note: lines(given.note, 1000, "note"),
    };
  },
  order(value) {
    const { what, detail, urgent } = map(value, ["kind", "what", "detail", "urgent"], "order");
    return { kind: "order", what: said(what, 200, "what"), detail: lines(detail, 1000, "detail"), urgent: flag(urgent, "urgent") };
  },
  text(value) {
    return { kind: "text", text: said(map(value, ["kind", "text"], "text").text, NOTE_TEXT_MOST, "text") };
  },
  identified(value) {
    const { person, name, kana, birthDate, how } = map(value, ["kind", "person", "name", "kana", "birthDate", "how"], "identified");
    return {
      kind: "identified",
      person: idOf(person, "person"),
      name: text(name, 200, "name"),
      kana: lines(kana, 200, "kana"),
      birthDate: birthDateOf(birthDate),
      how: lines(how, 500, "how"),
    };
  },
};

/** Attacker-controlled value → content. Errors: "note-malformed". */
export function parseContent(value: unknown): NoteContent {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : null;
  return readers[oneOf(kind, noteKinds, "content.kind")](value);
}

function parseVitals(value: unknown): Vitals {
  const vitals = map(value, ["kind", ...measuredFields, "gcs", "jcs", "pupils"], "vitals");
  const measured = Object.fromEntries(measuredFields.map((field) => [field, decimalOf(vitals[field], field)]));
  const parsed: Vitals = {
    kind: "vitals",
    ...(measured as Record<MeasuredField, string | null>),
    gcs: gcsOf(vitals.gcs),
    jcs: jcsOf(vitals.jcs),
    pupils: lines(vitals.pupils, 200, "pupils"),
  };
  if (Number(parsed.spo2) > 100) throw new TomoshibiError(code, { field: "spo2" });
  if (!isMeasured(parsed)) throw new TomoshibiError(code, { field: "vitals" });
  return parsed;
}

/** Whether anything at all was measured. */
export function isMeasured({ gcs, jcs, pupils, ...vitals }: Vitals): boolean {
  return measuredFields.some((field) => vitals[field] !== null) || gcs !== null || jcs !== null || pupils.trim() !== "";
}

function gcsOf(value: unknown): Vitals["gcs"] {
  if (value === null) return null;
  const { e, v, m } = map(value, ["e", "v", "m"], "gcs");
  const gcs = { e: pointsOf(e, 4, "gcs.e"), v: pointsOf(v, 5, "gcs.v"), m: pointsOf(m, 6, "gcs.m") };
  if (gcs.e === null && gcs.v === null && gcs.m === null) throw new TomoshibiError(code, { field: "gcs" });
  return gcs;
}

function pointsOf(value: unknown, most: number, field: string): number | null {
  if (value === null) return null;
  const points = uint(value, field);
  if (points < 1 || points > most) throw new TomoshibiError(code, { field });
  return points;
}

function jcsOf(value: unknown): string | null {
  if (value === null) return null;
  const jcs = text(value, 7, "jcs");
  if (!/^(0|[123]0{0,2})(-R?I?A?)?$/.test(jcs) || jcs.endsWith("-")) throw new TomoshibiError(code, { field: "jcs" });
  return jcs;
}
