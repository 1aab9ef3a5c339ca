/**
 * Protected categories: what stands in the protected pack only. A table with a version; judged conservatively:
 * a code, a name or a word anywhere in an item is enough, and the whole item moves.
 * Left open on purpose, because an emergency needs them and they tell little: dementia and delirium (F00–F05), sleeping pills and
 * anxiolytics (薬効 112), antiepileptics, medicines against dementia, hepatitis, tuberculosis.
 */
import { foldForSearch } from "./fold.ts";
import { icd10Codes, yjCodes } from "./strip.ts";
import type { Allergy, Coded, Diagnosis, Item, Lab, Medicine, Procedure, Registration, Visit } from "./summary.ts";
import { protectedCategories } from "./tables/protected.ts";

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

/** A table with its words folded once. */
export interface ProtectedRules extends ProtectedTable {
  readonly matchers: readonly Matcher[];
}

interface Matcher {
  readonly category: ProtectedCategory;
  readonly words: readonly string[];
  readonly abbreviations: RegExp | null;
}

export function makeProtected(table: ProtectedTable): ProtectedRules {
  const matchers = table.categories.map((category) => ({
    category,
    words: [...category.words, ...category.medicines].map(foldForSearch),
    abbreviations: category.abbreviations.length === 0 ? null : new RegExp(`(?<![A-Z])(?:${category.abbreviations.join("|")})(?![A-Z])`),
  }));
  return { ...table, matchers };
}

export const projectProtected: ProtectedRules = makeProtected({ version: "1.0.0", date: "2026-11-20", categories: protectedCategories });

/** Anything a section holds, seen as what may give a category away. */
type Clinical = Item & Partial<Allergy & Medicine & Diagnosis & Lab & Procedure & Visit & Omit<Registration, "what">>;

/** Stands in `warnings` of an item that its own hospital marks as restricted (PRB-25 = R or V). */
export const RESTRICTED = "restricted";

/** The categories an item belongs to; [] when it is open. */
export function protectedAs(item: Item, rules: ProtectedRules): readonly string[] {
  const seen = see(item);
  const found = rules.matchers.filter((matcher) => fits(seen, matcher)).map((matcher) => matcher.category.id);
  return item.warnings.includes(RESTRICTED) ? [...found, RESTRICTED] : found;
}

interface Seen {
  readonly icd10: readonly string[];
  readonly yj: readonly string[];
  readonly tests: readonly string[];
  readonly folded: string;
  readonly plain: string;
}

function see(item: Item): Seen {
  const clinical: Clinical = item;
  const coded = [clinical.substance, clinical.drug, clinical.disease, clinical.test, clinical.name].filter(
    (one): one is Coded => typeof one === "object" && one !== null,
  );
  const texts = textsOf(item);
  return {
    icd10: coded.flatMap(icd10Codes),
    yj: coded.flatMap(yjCodes),
    tests: coded.flatMap(({ codes }) => codes.filter(({ system }) => /^JC10/i.test(system)).map(({ code }) => code)),
    // A separator that folding would drop keeps two texts from forming a word between them.
    folded: texts.map(foldForSearch).join("\n"),
    plain: texts.join("\n").normalize("NFKC").toUpperCase(),
  };
}

/** Every text of an item, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function fits(seen: Seen, { category, words, abbreviations }: Matcher): boolean {
  return (
    under(seen.icd10, category.icd10, category.icd10Except) ||
    under(seen.yj, category.yj, category.yjExcept) ||
    under(seen.tests, category.jlac10, []) ||
    words.some((word) => seen.folded.includes(word)) ||
    (abbreviations?.test(seen.plain) ?? false)
  );
}

function under(codes: readonly string[], prefixes: readonly string[], except: readonly string[]): boolean {
  return codes.some((code) => prefixes.some((prefix) => code.startsWith(prefix)) && !except.some((prefix) => code.startsWith(prefix)));
}
