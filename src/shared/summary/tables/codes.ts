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
  return {
    id: `yj/${id}`,
    danger,
    prefixes: prefixes.trim().split(/\s+/),
    except: more.except?.split(" ") ?? [],
    external: more.external ?? false,
  };
}

export const medicineCodeRules: readonly MedicineCodeRule[] = [
  // 3331 is citrate for blood bags.
  codes("333", "anticoagulant", "333", { except: "3331" }),
  codes("anticoagulant-list", "anticoagulant", "2190408 3999407"),
  codes(
    "339-list",
    "antiplatelet",
    "3399001 3399002 3399003 3399004 3399005 3399006 3399007 3399008 3399009 3399011 3399100 3399101 3399102 3399103 3399415",
  ),
  codes("antiplatelet-list", "antiplatelet", "2171005 2171010 2171012 2171402 2189021 2190027 3999411"),
  codes("2492", "insulin", "2492 3969500 3969501"),
  codes("396", "glucoseLowering", "396", { external: true }),
  codes("2499-glp1", "glucoseLowering", "2499410 2499411 2499014 2499416 2499418 2499422"),
  codes("245-list", "systemicSteroid", "2452 2454 2456 2459"),
  codes(
    "3999-list",
    "immunosuppressant",
    `3999002 3999004 3999005 3999014 3999016 3999017 3999020 3999022 3999029 3999031 3999034 3999043 3999046 3999048 3999051 3999053 3999056 3999057
    3999060 3999062 3999064 3999065 3999406 3999416 3999417 3999424 3999426 3999429 3999431 3999433 3999434 3999437 3999439 3999441 3999442 3999444
    3999445 3999446 3999448 3999450 3999451 3999456 3999457 3999459 3999462 3999463 3999464 3999466 3999467 3999468 3999470 3999471 3999472 3999473
    3999474 3999475`,
  ),
  codes(
    "immunosuppressant-list",
    "immunosuppressant",
    `1190402 1190405 2399018 2399019 2399402 2399403 2399404 2399405 2399406 2399407 4490037 6399413 6399418 6399421 6399423 6399424 6399427 6399428
    6399429 6399430 6399431 6399432 6399433 6399501`,
  ),
  codes("42", "chemotherapy", "42"),
  codes("811-821", "opioid", "811 821", { external: true }),
  codes("114-list", "opioid", "1149034 1149038 1149117 1149400 1149401 1149403 1149703 1149704 2229101 2229102 2229114 2242001 2242002", {
    external: true,
  }),
  codes("113", "antiepileptic", "113", { external: true }),
  codes("112-list", "antiepileptic", "1124701 1125003 1125004 1125402 1125700", { external: true }),
  codes("212-list", "antiarrhythmic", "2121 2122 2129 2171008 1214404"),
  codes("2113", "digitalis", "2113"),
  codes("2123", "betaBlocker", "2123", { external: true }),
  codes(
    "2149-list",
    "betaBlocker",
    "2129013 2149009 2149010 2149014 2149018 2149021 2149025 2149029 2149031 2149032 2149036 2149700 2900003",
    {
      external: true,
    },
  ),
  codes("2251", "theophylline", "2251 2115001 2115002 2115400 2115404", { external: true }),
  codes("117-lithium", "lithium", "1179017"),
];
