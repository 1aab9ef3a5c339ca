/** A note in words: label and value, units written out. The same for the review before saving and for the note afterwards. */
import { measuredFields, type NoteContent, type Vitals } from "../../shared/note/note.ts";
import type { Translate } from "../../words/index.ts";
import type { NotesWords } from "../../words/notes-ja.ts";

export interface NoteFact {
  readonly label: string;
  readonly value: string;
}

export interface NoteText {
  readonly kind: string;
  readonly facts: readonly NoteFact[];
  /** As written, with its lines; "" where there is none. */
  readonly text: string;
  readonly urgent: boolean;
}

export function noteText(content: NoteContent, t: Translate<NotesWords>): NoteText {
  const kind = t(`kind.${content.kind}`);
  const facts = (pairs: readonly (readonly [string, string])[]) =>
    pairs.flatMap(([label, value]) => (value === "" ? [] : [{ label, value }]));
  const base = { kind, facts: [], text: "", urgent: false };
  switch (content.kind) {
    case "vitals":
      return { ...base, facts: facts(vitalsOf(content, t)) };
    case "treatment":
      return { ...base, facts: facts([[t("field.what"), content.what]]), text: content.detail };
    case "order":
      return { ...base, facts: facts([[t("field.what"), content.what]]), text: content.detail, urgent: content.urgent };
    case "medication": {
      const { drug, dose, unit, route, note } = content;
      const amount = [dose, unit].filter((part) => part !== "").join(" ");
      return {
        ...base,
        facts: facts([
          [t("field.drug"), drug],
          [t("field.dose"), amount],
          [t("field.route"), route],
        ]),
        text: note,
      };
    }
    case "text":
      return { ...base, text: content.text };
    case "identified":
      return { ...base, facts: facts([[content.name, content.birthDate ?? ""]]), text: t("identifiedHow", { how: content.how }) };
  }
}

function vitalsOf(vitals: Vitals, t: Translate<NotesWords>): readonly (readonly [string, string])[] {
  const { systolic, diastolic, gcs, jcs, pupils } = vitals;
  const pair = systolic !== null && diastolic !== null;
  const measured = measuredFields.flatMap((field): (readonly [string, string])[] => {
    const value = vitals[field];
    if (value === null || (pair && (field === "systolic" || field === "diastolic"))) return [];
    return [[t(`value.${field}`), `${value} ${t(`unit.${field}`)}`]];
  });
  return [
    [t("value.bp"), pair ? `${systolic}/${diastolic} ${t("unit.systolic")}` : ""],
    ...measured,
    [t("value.gcs"), gcs === null ? "" : gcsText(gcs, t)],
    [t("value.jcs"), jcs ?? ""],
    [t("value.pupils"), pupils],
  ];
}

function gcsText({ e, v, m }: NonNullable<Vitals["gcs"]>, t: Translate<NotesWords>): string {
  if (e !== null && v !== null && m !== null) return t("gcsSum", { e, v, m, sum: e + v + m });
  const said = (points: number | null) => (points === null ? `(${t("gcsUnknown")})` : points);
  return t("gcsPart", { e: said(e), v: said(v), m: said(m) });
}
