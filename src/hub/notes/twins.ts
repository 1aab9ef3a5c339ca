/** Notes that may say the same thing twice: two tablets, or paper copied after the tablet. A hint for the operator, never a decision. */
import type { Note, NoteContent } from "../../shared/note/note.ts";
import type { NoteRow } from "../store/note.ts";

const NEAR_MS = 10 * 60 * 1000;

/** What can be told without opening: the same kind, happened within ten minutes, neither correcting the other. Callers give one patient's notes. */
export function mayBeTwins(a: NoteRow, b: NoteRow): boolean {
  return a.key !== b.key && a.kind === b.kind && a.corrects !== b.id && b.corrects !== a.id && isNear(a.happened, b.happened);
}

/** Whether both say the same values. Text is compared as people read it: width, case and spaces do not count. */
export function saySame(a: Note, b: Note): boolean {
  return folded(a.content) === folded(b.content);
}

function isNear(a: string, b: string): boolean {
  return Math.abs(Date.parse(`${a}:00Z`) - Date.parse(`${b}:00Z`)) <= NEAR_MS;
}

/** Numbers by value: 36.0 measured twice is also 36. What a note says beside the act (detail, route, words about it) may differ. */
function folded(content: NoteContent): string {
  switch (content.kind) {
    case "vitals": {
      const { kind: _, pupils, gcs, jcs, ...measured } = content;
      const values = Object.entries(measured).map(([name, value]) => [name, value === null ? null : Number(value)]);
      return JSON.stringify([values.sort(), gcs && [gcs.e, gcs.v, gcs.m], jcs, plain(pupils)]);
    }
    case "medication":
      return JSON.stringify([plain(content.drug), plain(content.dose), plain(content.unit)]);
    case "treatment":
    case "order":
      return JSON.stringify([plain(content.what)]);
    case "text":
      return JSON.stringify([plain(content.text)]);
    case "identified":
      return JSON.stringify([content.person]);
  }
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
