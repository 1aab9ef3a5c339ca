import type { Lab } from "../../shared/summary/summary.ts";
import { useReading } from "./reading.ts";

const marks = { HH: "▲▲", H: "▲", N: "○", L: "▼", LL: "▼▼", A: "◆" } as const;

/** Whether a value is out of range, as its source says it: a shape and a word, not a colour alone. */
export function LabFlag({ flag }: { readonly flag: Lab["flag"] }) {
  const { t } = useReading();
  if (flag === "") return <span className="soft">{t("lab.flag.unsent")}</span>;
  return (
    <span className="pair lab-flag">
      <span aria-hidden="true">{marks[flag]} </span>
      {t(`lab.flag.${flag}`)}
    </span>
  );
}
