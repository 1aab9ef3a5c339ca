import { isUndisclosed } from "./marks.ts";
import { mapSections } from "./sections.ts";
import type { Item, Section, Summary } from "./summary.ts";

/**
 * The summary as if nothing that is 未告知 or 未提供 had been stated: what cards, IPS documents and everything else a patient
 * holds must be made from, danger strip included (`splitSummary(withoutUndisclosed(summary), rules)`). A section that is emptied
 * says 未記録, never 「なし」. Windows and counts stay: the hub keeps such items out of them, and out of what it says of other items.
 */
export function withoutUndisclosed(summary: Summary): Summary {
  return { ...summary, sections: mapSections(summary.sections, disclosed) };
}

function disclosed<T extends Item>(section: Section<T>): Section<T> {
  const items = section.items.filter((item) => !isUndisclosed(item));
  if (items.length === section.items.length) return section;
  return { ...section, items, state: items.length === 0 && section.state === "present" ? "notRecorded" : section.state };
}
