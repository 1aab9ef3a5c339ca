import { UNDELIVERED, UNINFORMED } from "../../shared/summary/marks.ts";

/** Codes in Item.warnings: the patient was not told (未告知), or was not given it (未提供); JP-CLINS UNINFORMED and UNDELIVERED. */
export const disclosures = [UNINFORMED, UNDELIVERED] as const;
export type Disclosure = (typeof disclosures)[number];

export function disclosuresOf(warnings: readonly string[]): readonly Disclosure[] {
  return disclosures.filter((code) => warnings.includes(code));
}

/** What tells of the hub's code masters and nothing of the patient: said in the line of the source, since a warning on every item is read on none. */
const quiet: ReadonlySet<string> = new Set(["code-unchecked", "name-from-master"]);

export function quietNotesOf(warnings: readonly string[]): readonly string[] {
  return warnings.filter((code) => quiet.has(code));
}

/** Warnings that tell of the reading in, and of nothing that must be kept from the patient. */
export function notesOf(warnings: readonly string[]): readonly string[] {
  return warnings.filter((code) => !quiet.has(code) && !disclosures.some((disclosure) => disclosure === code));
}
