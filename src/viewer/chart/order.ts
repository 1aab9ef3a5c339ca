import type { Item, Section, SectionName, Sections } from "../../shared/summary/summary.ts";

/**
 * The order in which emergency staff look (clinical-safety.md §7). The strip stands before; the latest discharge summary and
 * progress note stand before `procedures`; past medicines after `images`.
 */
export const pageOrder: readonly SectionName[] = [
  "allergies",
  "medicines",
  "diagnoses",
  "infections",
  "devices",
  "pregnancy",
  "labs",
  "vitals",
  "procedures",
  "visits",
  "images",
  "dialysis",
  "checkups",
  "immunizations",
  "contacts",
  "wishes",
  "careLevel",
  "registration",
  "documents",
];

/** Their state is asked for in every emergency, or (visits) they hold telephones even without items: always in their own place. */
const alwaysInPlace: ReadonlySet<SectionName> = new Set(["allergies", "medicines", "diagnoses", "visits"]);

/** Whether a section without anything in it stands in the list of what is not recorded; a confirmed absence is information and stays in its place. */
export function isFolded(name: SectionName, section: Section<Item>): boolean {
  const confirmed = section.state === "confirmedNone" && section.confirmed !== null;
  return !alwaysInPlace.has(name) && section.items.length === 0 && section.more === 0 && !confirmed;
}

export function foldedNames(sections: Sections): readonly SectionName[] {
  return pageOrder.filter((name) => isFolded(name, sections[name]));
}
