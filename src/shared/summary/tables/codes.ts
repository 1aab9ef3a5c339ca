/**
 * YJ codes of the danger classes: whole classes where 薬効分類 is pure, ingredient prefixes where it is mixed
 * (339 also holds vitamins of the vessels, 3999 alendronate, 245 adrenaline, 212 every heart rhythm drug, 117 all psychotropics).
 * Ingredients whose code the project does not know for certain are left to the names.
 */
import type { MedicineCodeRule } from "../rules.ts";

function codes(
  id: string,
  danger: MedicineCodeRule["danger"],
  prefixes: string,
  more: { except?: string; external?: boolean } = {},
): MedicineCodeRule {
  return { id: `yj/${id}`, danger, prefixes: prefixes.split(" "), except: more.except?.split(" ") ?? [], external: more.external ?? false };
}

export const medicineCodeRules: readonly MedicineCodeRule[] = [
  codes("333", "anticoagulant", "333"),
  codes("339-list", "antiplatelet", "3399001 3399002 3399003 3399004 3399005 3399006 3399007 3399008 3399009 3399100 3399101 3399102"),
  codes("2492", "insulin", "2492"),
  codes("396", "glucoseLowering", "396", { external: true }),
  codes("2499-glp1", "glucoseLowering", "2499410 2499411 2499014"),
  codes("245-list", "systemicSteroid", "2452 2454 2456 2459"),
  codes("3999-list", "immunosuppressant", "3999002 3999004 3999005 3999014 3999016 3999017"),
  codes("42", "chemotherapy", "42"),
  codes("811-821", "opioid", "811 821", { external: true }),
  codes("114-list", "opioid", "1149038 1149117", { external: true }),
  codes("113", "antiepileptic", "113", { external: true }),
  codes("212-list", "antiarrhythmic", "2121 2122 2129"),
  codes("2113", "digitalis", "2113"),
  codes("2123", "betaBlocker", "2123", { external: true }),
  codes("2149-list", "betaBlocker", "2149010 2149032"),
  codes("2251", "theophylline", "2251", { external: true }),
  codes("117-lithium", "lithium", "1179017"),
];
