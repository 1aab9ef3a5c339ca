import type { AppKey, WordValues } from "../../words/index.ts";
import type { Elapsed } from "./dates.ts";

/** "8日前"; with a wrong clock it says that it cannot be told, "" when nothing is known to count from. */
export function agoText(t: (key: AppKey, values?: WordValues) => string, elapsed: Elapsed | null, clockRight: boolean): string {
  if (!clockRight) return t("age.unreliable");
  if (elapsed === null) return "";
  return elapsed.unit === "today" ? t("age.today") : t(`age.${elapsed.unit}`, { n: elapsed.n });
}
