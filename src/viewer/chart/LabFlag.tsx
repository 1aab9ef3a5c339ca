import type { Lab } from "../../shared/summary/summary.ts";
import { useReading } from "./reading.ts";

const marks = { HH: "▲▲", H: "▲", N: "○", L: "▼", LL: "▼▼", A: "◆" } as const;

interface LabFlagProps {
  readonly flag: Lab["flag"];
  /** In a list of values, where most have none: what was not sent is not said each time. */
  readonly brief?: boolean;
}

/** Whether a value is out of range, as its source says it: a shape and a word, not a colour alone. */
export function LabFlag({ flag, brief = false }: LabFlagProps) {
  const { t } = useReading();
  if (flag === "" && brief) return null;
  if (flag === "") return <span className="soft">{t("lab.flag.unsent")}</span>;
  return (
    <span className="pair lab-flag">
      <span aria-hidden="true">{marks[flag]} </span>
      {t(`lab.flag.${flag}`)}
    </span>
  );
}
