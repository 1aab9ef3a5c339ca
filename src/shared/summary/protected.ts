/**
 * Protected categories: what stands in the protected pack only. A table with a version; judged conservatively:
 * a code, a name or a word anywhere in an item is enough, and the whole item moves.
 * Left open on purpose, because an emergency needs them and they tell little: dementia and delirium (F00–F05), sleeping pills and
 * anxiolytics (薬効 112), antiepileptics, medicines against dementia, hepatitis, tuberculosis.
 */
import { standardSystem } from "./coding.ts";
import { foldForSearch } from "./fold.ts";
import { RESTRICTED } from "./marks.ts";
import { icd10Codes, yjCodes } from "./strip.ts";
import type { Coded, Item, Wish } from "./summary.ts";
import { protectedCategories } from "./tables/protected.ts";

export { RESTRICTED } from "./marks.ts";

export interface ProtectedCategory {
  readonly id: "hiv" | "psychiatric" | "addiction" | "sexuallyTransmitted" | "reproductive" | "violence";
  /** ICD-10 prefixes without dot; `icd10Except` are shorter exceptions to them. */
  readonly icd10: readonly string[];
  readonly icd10Except: readonly string[];
  /** YJ prefixes. */
  readonly yj: readonly string[];
  readonly yjExcept: readonly string[];
  /** Generic and brand names of medicines, found anywhere in a name. */
  readonly medicines: readonly string[];
  /** JLAC10 analyte prefixes. */
  readonly jlac10: readonly string[];
  /** Words that give the category away wherever they stand: disease, test, note, department, finding. */
  readonly words: readonly string[];
  /** Latin abbreviations, that must stand alone. */
  readonly abbreviations: readonly string[];
}

export interface ProtectedTable {
  readonly version: string;
  readonly date: string;
  readonly categories: readonly ProtectedCategory[];
}

/** A table made ready: its words folded once, by their first two letters, so that a text is walked once for all categories. */
export interface ProtectedRules extends ProtectedTable {
  readonly words: ReadonlyMap<string, readonly Word[]>;
  readonly abbreviations: readonly { readonly id: string; readonly pattern: RegExp }[];
}

interface Word {
  readonly id: string;
  readonly folded: string;
}

export function makeProtected(table: ProtectedTable): ProtectedRules {
  const words = new Map<string, Word[]>();
  for (const { id, words: said, medicines } of table.categories) {
    for (const folded of [...said, ...medicines].map(foldForSearch)) {
      const start = folded.slice(0, 2);
      words.set(start, [...(words.get(start) ?? []), { id, folded }]);
    }
  }
  const abbreviations = table.categories
    .filter((category) => category.abbreviations.length > 0)
    .map(({ id, abbreviations: short }) => ({ id, pattern: new RegExp(`(?<![A-Z])(?:${short.join("|")})(?![A-Z])`) }));
  return { ...table, words, abbreviations };
}

export const projectProtected: ProtectedRules = makeProtected({ version: "1.0.0", date: "2026-11-20", categories: protectedCategories });

/**
 * The categories an item belongs to; [] when it is open. Wishes stay open whatever their words: a DNAR behind a mask is not
 * found in time, and 「精神的な苦痛」 says nothing of a disease. Only the hospital's own restriction hides one.
 */
export function protectedAs(item: Item, rules: ProtectedRules): readonly string[] {
  if (isWish(item)) return item.warnings.includes(RESTRICTED) ? [RESTRICTED] : [];
  const { icd10, yj, tests } = codesOf(item);
  const texts = textsOf(item);
  const said = idsSaid(texts, rules);
  const found = rules.categories
    .filter(
      (category) =>
        said.has(category.id) ||
        under(icd10, category.icd10, category.icd10Except) ||
        under(yj, category.yj, category.yjExcept) ||
        under(tests, category.jlac10, []),
    )
    .map((category): string => category.id);
  return item.warnings.includes(RESTRICTED) ? [...found, RESTRICTED] : found;
}

const isWish = (item: Item): item is Wish => "inForce" in item;

/** Every code of an item, whatever its field is called. */
function codesOf(item: Item): { icd10: readonly string[]; yj: readonly string[]; tests: readonly string[] } {
  const coded = Object.values(item).filter(isCoded);
  return {
    icd10: coded.flatMap(icd10Codes),
    yj: coded.flatMap(yjCodes),
    tests: coded.flatMap(({ codes }) => codes.filter(({ system }) => standardSystem(system) === "JC10").map(({ code }) => code)),
  };
}

function isCoded(value: unknown): value is Coded {
  return typeof value === "object" && value !== null && "codes" in value && "local" in value;
}

/** A letter of private use: folding keeps it, so that two texts form no word between them. */
const between = "\ue000";

function idsSaid(texts: readonly string[], rules: ProtectedRules): ReadonlySet<string> {
  const joined = texts.join(between);
  const found = new Set<string>();
  const folded = foldForSearch(joined);
  for (let at = 0; at + 1 < folded.length; at++) {
    for (const word of rules.words.get(folded.slice(at, at + 2)) ?? []) if (folded.startsWith(word.folded, at)) found.add(word.id);
  }
  const plain = joined.normalize("NFKC").toUpperCase();
  for (const { id, pattern } of rules.abbreviations) if (pattern.test(plain)) found.add(id);
  return found;
}

/** Every text of an item that has a letter in it, however deep, each once. */
function textsOf(item: Item): readonly string[] {
  const found = new Set<string>();
  collect(item, found);
  return [...found];
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === "string") {
    if (!/^[\dTZ:. -]*$/.test(value)) into.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) collect(inner, into);
  }
}

function under(codes: readonly string[], prefixes: readonly string[], except: readonly string[]): boolean {
  return codes.some((code) => prefixes.some((prefix) => code.startsWith(prefix)) && !except.some((prefix) => code.startsWith(prefix)));
}
