/** What a note says, as a Japanese chart takes it: words for paper and for the narrative of a FHIR document. */
import { type MeasuredField, measuredFields, type Note, type NoteKind, type NoteSubject, type Vitals } from "../../shared/note/note.ts";
import type { NoteState } from "../../shared/protocol/notesPage.ts";

export const kindWords: Readonly<Record<NoteKind, string>> = {
  vitals: "バイタルサイン",
  treatment: "処置",
  medication: "投与した薬",
  order: "指示",
  text: "記録",
  identified: "身元の判明",
};

export const stateWords: Readonly<Record<NoteState, string>> = {
  new: "未確認（病院はまだ承認していない）",
  accepted: "承認済",
  duplicate: "重複（同じ内容のメモが別にある）",
  rejected: "却下",
};

export const sexWords: Readonly<Record<string, string>> = {
  male: "男",
  female: "女",
  other: "その他",
  unknown: "不明",
  m: "男",
  f: "女",
  o: "その他",
};

/** Roles of staff; one that a site has made up stays as it is. */
export const roleWords: Readonly<Record<string, string>> = {
  physician: "医師",
  nurse: "看護師",
  pharmacist: "薬剤師",
  paramedic: "救急救命士",
  clerk: "事務",
};

/** Name and unit of each measured value. */
export const measures: Readonly<Record<MeasuredField, { readonly name: string; readonly unit: string }>> = {
  systolic: { name: "収縮期血圧", unit: "mmHg" },
  diastolic: { name: "拡張期血圧", unit: "mmHg" },
  pulse: { name: "脈拍", unit: "回/分" },
  respirations: { name: "呼吸数", unit: "回/分" },
  spo2: { name: "SpO2", unit: "%" },
  oxygen: { name: "酸素", unit: "L/分" },
  temperature: { name: "体温", unit: "℃" },
  glucose: { name: "血糖", unit: "mg/dL" },
  weight: { name: "体重", unit: "kg" },
};

/** A line each; nothing is cut or left out. */
export function linesOf({ content }: Note): readonly string[] {
  switch (content.kind) {
    case "vitals":
      return vitalLines(content);
    case "treatment":
      return [content.what, ...written(content.detail)];
    case "medication": {
      const dose = [content.dose, content.unit].filter((part) => part !== "").join(" ");
      return [[content.drug, dose, content.route].filter((part) => part !== "").join("　"), ...written(content.note)];
    }
    case "order":
      return [`${content.urgent ? "【至急】" : ""}${content.what}`, ...written(content.detail)];
    case "text":
      return written(content.text);
    case "identified": {
      const born = content.birthDate === null ? "生年月日不明" : `${content.birthDate}生`;
      return [`この患者は ${content.name}（${content.kana || "かな不明"}、${born}）と判明`, ...written(content.how)];
    }
  }
}

function vitalLines(vitals: Vitals): readonly string[] {
  const lines: string[] = [];
  for (const field of measuredFields) {
    const value = vitals[field];
    if (value !== null) lines.push(`${measures[field].name} ${value} ${measures[field].unit}`);
  }
  const { gcs, jcs, pupils } = vitals;
  if (gcs !== null) lines.push(`GCS E${gcs.e ?? "判定不能"} V${gcs.v ?? "判定不能"} M${gcs.m ?? "判定不能"}`);
  if (jcs !== null) lines.push(`JCS ${jcs}`);
  if (pupils !== "") lines.push(...written(pupils).map((line, i) => (i === 0 ? `瞳孔 ${line}` : line)));
  return lines;
}

const written = (text: string): string[] => (text === "" ? [] : text.split("\n"));

/** Who the note itself says it is about. */
export function subjectLine(subject: NoteSubject): string {
  if (subject.kind === "person") return `${subject.name}（${subject.kana || "かな不明"}）　${subject.birthDate ?? "生年月日不明"}`;
  const [from, to] = [subject.ageFrom, subject.ageTo];
  const age = from === null && to === null ? "年齢不明" : `推定 ${from ?? "?"}〜${to ?? "?"} 歳`;
  const parts = [subject.label, "身元不明", age, sexWords[subject.sex] ?? subject.sex, subject.features, subject.found];
  return parts.filter((part) => part !== "").join("　");
}

/** ms → the hospital's clock, Japan. */
export function minute(ms: number): string {
  const text = new Date(Math.min(Math.max(0, ms), 253_402_300_799_999 - 9 * 3_600_000) + 9 * 3_600_000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}
