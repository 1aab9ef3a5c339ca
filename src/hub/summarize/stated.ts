/** What a name or a code says of dialysis, devices and infections, by the same rules as the danger strip. */
import { projectRules } from "../../shared/summary/rules.ts";
import { judgeDiagnosis } from "../../shared/summary/strip.ts";
import type { Coded, DangerClass } from "../../shared/summary/summary.ts";

/** Classes of the danger rules that the words or codes of a diagnosis or procedure fit. */
export function dangersOf(disease: Coded): readonly DangerClass[] {
  const judged = {
    date: null,
    source: 0,
    received: "",
    warnings: [],
    also: [],
    disease,
    suspected: false,
    main: false,
    active: true,
    phase: "",
    onset: null,
    end: null,
    outcome: null,
  };
  return judgeDiagnosis(judged, projectRules).map(({ danger }) => danger);
}
