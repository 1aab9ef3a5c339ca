/** What a name or a code says of dialysis, devices and infections, by the same rules as the danger strip. */
import { projectRules } from "../../shared/summary/rules.ts";
import { judgeDiagnosis } from "../../shared/summary/strip.ts";
import type { Coded, DangerClass } from "../../shared/summary/summary.ts";

/** Classes of the danger rules that the words or codes of a diagnosis or procedure fit. */
export type Dangers = (disease: Coded) => readonly DangerClass[];

/** Each thing is judged once, however many sections ask. */
export function makeDangers(): Dangers {
  const known = new Map<Coded, readonly DangerClass[]>();
  return (disease) => {
    const found = known.get(disease) ?? judgeDiagnosis({ ...blank, disease }, projectRules).map(({ danger }) => danger);
    known.set(disease, found);
    return found;
  };
}

const blank = {
  date: null,
  source: 0,
  received: "",
  warnings: [],
  also: [],
  suspected: false,
  main: false,
  active: true,
  phase: "",
  onset: null,
  end: null,
  outcome: null,
};
