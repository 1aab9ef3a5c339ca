import type { LocalForm } from "../forms.ts";
import type { MedicineNameRule } from "../rules.ts";

/** One ingredient a line: its generic name, then the other names it is sent under, parted by spaces. */
export function ingredients(danger: MedicineNameRule["danger"], forms: readonly LocalForm[], lines: string): readonly MedicineNameRule[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const names = line.trim().split(" ");
      const generic = names[0] ?? "";
      return { id: `${danger}/${generic}`, danger, generic, names, forms };
    });
}
