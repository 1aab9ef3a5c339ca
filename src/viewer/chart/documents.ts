import type { Document } from "../../shared/summary/summary.ts";
import { newestFirst } from "./newestFirst.ts";

const notes: ReadonlySet<Document["what"]> = new Set(["progressNote", "outpatientNote"]);

/** The newest discharge summary and the newest note, newest first: what emergency staff open most (clinical-safety.md §7). Undated ones count as oldest. */
export function latestDocuments(documents: readonly Document[]): readonly Document[] {
  const sorted = byDate(documents);
  const latest = [sorted.find(({ what }) => what === "dischargeSummary"), sorted.find(({ what }) => notes.has(what))];
  return byDate(latest.filter((document) => document !== undefined));
}

export function byDate(documents: readonly Document[]): readonly Document[] {
  return documents.toSorted((a, b) => newestFirst(a.date, b.date));
}

export type TextSection = Document["sections"][number];

/** The beginning of a text, as written, and how much of it is left. */
export interface Folded {
  readonly shown: readonly TextSection[];
  /** Letters that are not shown; 0: everything is. */
  readonly left: number;
  /** Titles of the sections of which nothing is shown. */
  readonly hiddenTitles: readonly string[];
}

/** Letters that fit a line of the page. */
const lineLength = 40;
/** Less than this is not worth a button: then everything is shown. */
const worthFolding = 80;

/**
 * The first `lines` lines of a document's sections, cut at the end of a line or sentence, never inside one, so that half a sentence
 * ("no sign of … was excluded") never stands as if it were whole. A sentence longer than the room is shown whole.
 */
export function foldText(sections: readonly TextSection[], lines: number): Folded {
  const shown: TextSection[] = [];
  let room = lines;
  for (const { title, text } of sections) {
    if (room <= 0) break;
    const kept = fitting(text, room - (title === "" ? 0 : 1));
    shown.push({ title, text: kept.text });
    room -= kept.lines + (title === "" ? 0 : 1);
    if (kept.text.length < text.trimEnd().length) break;
  }
  const left = length(sections) - length(shown);
  if (left < worthFolding) return { shown: sections, left: 0, hiddenTitles: [] };
  return {
    shown,
    left,
    hiddenTitles: sections
      .slice(shown.length)
      .map(({ title }) => title)
      .filter((title) => title !== ""),
  };
}

/** Whole sentences and lines of a text, at least one. */
function fitting(text: string, room: number): { text: string; lines: number } {
  const pieces = text.trimEnd().match(/[^\n。．]*(?:[。．]|\n|$)/g) ?? [];
  let kept = "";
  for (const piece of pieces) {
    if (kept.trim() !== "" && linesOf((kept + piece).trimEnd()) > room) break;
    kept += piece;
  }
  return { text: kept.trimEnd(), lines: linesOf(kept.trimEnd()) };
}

function linesOf(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
}

function length(sections: readonly TextSection[]): number {
  return sections.reduce((sum, { text }) => sum + text.trimEnd().length, 0);
}

/** 183000 → "179 KB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
