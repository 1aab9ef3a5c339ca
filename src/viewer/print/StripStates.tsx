import type { Strip } from "../../shared/summary/summary.ts";
import { usePage } from "../chart/page.ts";
import { StateLabel } from "../chart/StateLabel.tsx";

/** Whether anything is known at all, before what is known. */
export function StripStates({ strip }: { readonly strip: Strip }) {
  const { t } = usePage();
  const states = [
    ["allergies", strip.allergyState],
    ["medicines", strip.medicineState],
    ["diagnoses", strip.diagnosisState],
  ] as const;
  return (
    <div className="paper-states">
      {states.map(([name, state]) => (
        <div key={name}>
          {t(`section.${name}`)} <StateLabel state={state} brief />
        </div>
      ))}
    </div>
  );
}
