/**
 * The rule table as a file of a publication: UTF-8 JSON with its keys in one order, deflated raw by whoever publishes it (small on the way, and no
 * drug's name stands readable in a device's storage). The signed manifest names the file's hash; whoever reads it has compared that, and the
 * shape is checked all the same.
 */
import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { localForms } from "./forms.ts";
import type { DiagnosisRule, MedicineCodeRule, MedicineNameRule, RuleTable, SectionRule } from "./rules.ts";
import { flag, list, matching, object, oneOf, type Shape, text } from "./shape.ts";
import { dangerClasses } from "./summary.ts";

/** Far beyond any table of ours: a device refuses to read more. */
export const RULE_FILE_LIMIT = 4 * 1024 * 1024;

const texts = list(text, 10_000);
const danger = oneOf(dangerClasses);
const codeRule: Shape<MedicineCodeRule> = object({ id: text, danger, prefixes: texts, except: texts, external: flag });
const nameRule: Shape<MedicineNameRule> = object({ id: text, danger, generic: text, names: texts, forms: list(oneOf(localForms), 100) });
const diagnosisRule: Shape<DiagnosisRule> = object({ id: text, danger, icd10: texts, words: texts, except: texts, evenEnded: flag });
const sectionRule: Shape<SectionRule> = object({
  id: text,
  danger,
  section: oneOf(["infections", "devices", "dialysis", "pregnancy", "wishes"]),
  states: texts,
  words: texts,
});
const table: Shape<RuleTable> = object({
  version: matching(/^\d+\.\d+\.\d+$/),
  date: matching(/^\d{4}-\d{2}-\d{2}$/),
  medicineCodes: list(codeRule, 10_000),
  medicineNames: list(nameRule, 50_000),
  ordinary: list(text, 50_000),
  diagnoses: list(diagnosisRule, 10_000),
  sections: list(sectionRule, 1_000),
});

export function encodeRules(rules: RuleTable): Bytes {
  return utf8(JSON.stringify(table.order(rules)));
}

/** Errors: rules-malformed. */
export function parseRules(bytes: Uint8Array): RuleTable {
  if (bytes.length > RULE_FILE_LIMIT) throw new TomoshibiError("rules-malformed", { reason: "too-large" });
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    table.check(value, { sources: 0 }, "rules");
    return value as RuleTable;
  } catch (cause) {
    throw new TomoshibiError("rules-malformed", { reason: "shape" }, { cause });
  }
}
