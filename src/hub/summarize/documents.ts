import { TEXT_CUT } from "../../shared/summary/marks.ts";
import { projectProtected, protectedAs, RESTRICTED } from "../../shared/summary/protected.ts";
import type { Document, Section } from "../../shared/summary/summary.ts";
import type { DocumentRecord } from "../record/record.ts";
import { type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { limited } from "./section.ts";

export const DOCUMENTS = 30;
/** Most characters of the text of one document, and of the latest discharge summary and progress note. */
export const TEXT = 4_000;
export const LATEST_TEXT = 60_000;

/**
 * Documents, newest first, the last version of each (by its identifier within one hospital). The latest discharge summary and the latest note
 * are never cut from the list, and their text is whole up to LATEST_TEXT; of the others TEXT characters are kept, and what was cut is said. A protected
 * document is kept whole: a cut one could lose the word that protects it. Attachments stay at the hub, named here.
 */
export function summarizeDocuments(facts: Facts, to: string): Section<Document> {
  const ordered = newestFirst(withoutRepeats(newestVersions(facts.of("document")).map(document)));
  const latest = new Set([...new Set(ordered.map(keyOf))].map((key) => ordered.find((item) => keyOf(item) === key && key !== null)));
  const bounded = new Map(ordered.map((item) => [item, shortened(item, latest.has(item) ? LATEST_TEXT : TEXT)]));
  return limited(
    ordered.map((item) => bounded.get(item) ?? item),
    { most: DOCUMENTS, keep: keyOf, dateFor: (item) => item.date, to },
  );
}

/** What is read first in an emergency: one of each is always there. */
function keyOf({ what }: Document): string | null {
  if (what === "progressNote" || what === "outpatientNote") return "note";
  return what === "dischargeSummary" ? what : null;
}

function newestVersions(oldestFirst: readonly Fact<DocumentRecord>[]): readonly Fact<DocumentRecord>[] {
  const newest = new Map<string, Fact<DocumentRecord>>();
  for (const [at, fact] of oldestFirst.entries()) {
    const { identifier } = fact.record;
    newest.set(identifier === "" ? String(at) : JSON.stringify([fact.file.facility, fact.file.pid, identifier]), fact);
  }
  return [...newest.values()];
}

function document(fact: Fact<DocumentRecord>): Document {
  const { record } = fact;
  const item = itemOf(fact, record.date);
  return {
    ...item,
    warnings: /^[RV]$/.test(record.confidentiality ?? "") ? [...item.warnings, RESTRICTED].sort() : item.warnings,
    what: record.what,
    title: record.title || labelOf(record.type),
    author: record.author,
    department: record.department,
    sections: record.sections
      .map(({ code, title, text }) => ({ title: title || labelOf(code), text }))
      .filter(({ title, text }) => title !== "" || text.trim() !== ""),
    attachments: record.attachments.map(({ name, type, size }) => ({ name, type, size })),
  };
}

/** Sections in their order until the room is used up; a section that is cut says how much of it stands here. */
function shortened(item: Document, room: number): Document {
  const length = item.sections.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= room || protectedAs(item, projectProtected).length > 0) return item;
  let left = room;
  const sections = item.sections.map(({ title, text }) => {
    const kept = upTo(text, left);
    left -= kept.length;
    return { title, text: kept.length === text.length ? text : `${kept}\n〔以下省略：全${text.length}字のうち${kept.length}字〕`.trim() };
  });
  return { ...item, sections, warnings: [...new Set([...item.warnings, TEXT_CUT])].sort() };
}

/** Never half a letter that takes two places. */
function upTo(text: string, length: number): string {
  const cut = text.slice(0, Math.max(0, length));
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
