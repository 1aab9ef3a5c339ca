/**
 * The rule table of the danger strip: data, dated and versioned, so that it can be shown and signed.
 * The project's own table stands in tables/ (`projectTable`); `projectRules` is that table made ready for matching.
 */
import { foldForSearch } from "./fold.ts";
import type { LocalForm } from "./forms.ts";
import type { DangerClass, SectionName } from "./summary.ts";
import { medicineCodeRules } from "./tables/codes.ts";
import { diagnosisRules } from "./tables/diagnoses.ts";
import { medicineNameRules } from "./tables/names.ts";
import { ordinaryNames } from "./tables/ordinary.ts";
import { protectedCategories } from "./tables/protected.ts";
import { sectionRules } from "./tables/sections.ts";

/** A YJ code that begins with one of `prefixes` (4 digits: a class of 薬効分類, 7 digits: an ingredient). */
export interface MedicineCodeRule {
  readonly id: string;
  readonly danger: DangerClass;
  readonly prefixes: readonly string[];
  readonly except: readonly string[];
  /** External forms (YJ digits 5–7 from 700) count too. */
  readonly external: boolean;
}

/** Names of one ingredient: the generic name first, then brands; a name as sent begins with one of them. */
export interface MedicineNameRule {
  readonly id: string;
  readonly danger: DangerClass;
  readonly generic: string;
  readonly names: readonly string[];
  /** Local forms that count too; every other local form does not. */
  readonly forms: readonly LocalForm[];
}

/** ICD-10 prefixes without dot, or words in the text of the diagnosis. */
export interface DiagnosisRule {
  readonly id: string;
  readonly danger: DangerClass;
  readonly icd10: readonly string[];
  readonly words: readonly string[];
  /** Words that speak against it: 「透析予防」 is no dialysis. They silence the words, never the codes. */
  readonly except: readonly string[];
  /** A device stays in the body when the hospital closes the diagnosis: counted with its end date stated. */
  readonly evenEnded: boolean;
}

/** What a hospital states outright in a section of its own. The first rule of a section that fits an item counts. */
export interface SectionRule {
  readonly id: string;
  readonly danger: DangerClass;
  readonly section: Extract<SectionName, "infections" | "devices" | "dialysis" | "pregnancy" | "wishes">;
  /** Result, status or kind of the item; [] for any. A wish that is not in force never counts. */
  readonly states: readonly string[];
  /** Words in its name; [] for any. */
  readonly words: readonly string[];
}

export interface RuleTable {
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly medicineCodes: readonly MedicineCodeRule[];
  readonly medicineNames: readonly MedicineNameRule[];
  /** Names the table knows to be in none of the classes: they count as judged, and shield longer look-alikes. */
  readonly ordinary: readonly string[];
  readonly diagnoses: readonly DiagnosisRule[];
  readonly sections: readonly SectionRule[];
}

/** A table with its names and words folded once. An empty list of rules: an ordinary medicine. */
export interface Rules extends RuleTable {
  readonly byName: ReadonlyMap<string, readonly MedicineNameRule[]>;
  readonly longestName: number;
}

export function makeRules(table: RuleTable): Rules {
  const byName = new Map<string, MedicineNameRule[]>();
  for (const name of table.ordinary) byName.set(foldForSearch(name), []);
  for (const rule of table.medicineNames) {
    for (const name of rule.names) {
      const key = foldForSearch(name);
      byName.set(key, [...(byName.get(key) ?? []), rule]);
    }
  }
  let longestName = 0;
  for (const key of byName.keys()) longestName = Math.max(longestName, key.length);
  const diagnoses = table.diagnoses.map((rule) => ({
    ...rule,
    words: rule.words.map(foldForSearch),
    except: rule.except.map(foldForSearch),
  }));
  const sections = table.sections.map((rule) => ({ ...rule, words: rule.words.map(foldForSearch) }));
  return { ...table, byName, longestName, diagnoses, sections };
}

/** The project's own table, as it is shown, signed and published (ruleFile.ts). Whoever changes it raises its version: a test holds its hash. */
export const projectTable: RuleTable = {
  version: "1.2.0",
  date: "2026-11-21",
  medicineCodes: medicineCodeRules,
  medicineNames: medicineNameRules,
  // What the protected table knows by name is known: lithium keeps its class, the others have none.
  ordinary: [...ordinaryNames, ...protectedCategories.flatMap((category) => category.medicines)],
  diagnoses: diagnosisRules,
  sections: sectionRules,
};

export const projectRules: Rules = makeRules(projectTable);
