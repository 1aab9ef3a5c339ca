/** Every named ingredient of the danger classes; the lists are the project's own writing. */
import type { MedicineNameRule } from "../rules.ts";
import { chemotherapyNames } from "./names-chemotherapy.ts";
import { glucoseNames } from "./names-glucose.ts";
import { heartAndBloodNames } from "./names-heart.ts";
import { hormoneNames } from "./names-immune.ts";
import { nerveNames } from "./names-nerve.ts";
import { tumourNames } from "./names-tumour.ts";

export const medicineNameRules: readonly MedicineNameRule[] = [
  ...heartAndBloodNames,
  ...glucoseNames,
  ...hormoneNames,
  ...chemotherapyNames,
  ...tumourNames,
  ...nerveNames,
];
