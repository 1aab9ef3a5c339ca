import type { AbsenceState, Section } from "../../shared/summary/summary.ts";
import { useReading } from "./reading.ts";

interface StateLabelProps {
  readonly state: AbsenceState;
  /** Who confirmed; left out where only the state is known (the strip). */
  readonly confirmed?: Section<never>["confirmed"];
  /** Without the sentence that explains it. */
  readonly brief?: boolean;
}

const marks: Readonly<Record<AbsenceState, string>> = {
  present: "■",
  confirmedNone: "✓",
  notAsked: "？",
  notRecorded: "—",
  unavailable: "✕",
};

/** One of the five absence states, told apart by mark and words (clinical-safety.md §1). 「なし」 is said of confirmedNone only. */
export function StateLabel({ state: sent, confirmed, brief = false }: StateLabelProps) {
  const { t, day } = useReading();
  // Without date, author and role nothing was confirmed, whatever the state says.
  const state = sent === "confirmedNone" && confirmed === null ? "notAsked" : sent;
  const label =
    state !== "confirmedNone"
      ? t(`state.${state}`)
      : confirmed === null || confirmed === undefined
        ? t("state.confirmedNoneBare")
        : t("state.confirmedNone", { date: day(confirmed.date), by: confirmed.by, role: confirmed.role });
  const help = state === "notAsked" || state === "notRecorded" || state === "unavailable" ? t(`state.${state}Help`) : "";
  return (
    <p className={`state state-${state}`}>
      <span className="state-mark" aria-hidden="true">
        {marks[state]}
      </span>
      <strong>{label}</strong>
      {brief || help === "" ? null : <span className="state-help">{help}</span>}
    </p>
  );
}
