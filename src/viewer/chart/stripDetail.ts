import type { ChartWords } from "../../words/chart-ja.ts";
import type { Translate } from "../../words/index.ts";

type Say = Translate<ChartWords>;

/** The words that shared/summary/strip.ts puts into a detail, whole parts only: what a hospital sent stays as it is. */
const parts: readonly (readonly [RegExp, (t: Say, value: string) => string])[] = [
  [/^処方$/, (t) => t("medicine.stage.ordered")],
  [/^調剤$/, (t) => t("medicine.stage.dispensed")],
  [/^投与$/, (t) => t("medicine.stage.given")],
  [/^一部のみ$/, (t) => t("medicine.completion.partial")],
  [/^1回量 (.+)$/, (t, value) => `${t("medicine.perIntake")} ${value}`],
  [/^1日量 (.+)$/, (t, value) => `${t("medicine.perDay")} ${value}`],
  [/^総量 (.+)$/, (t, value) => `${t("medicine.total")} ${value}`],
  [/^(\d+)日分$/, (t, value) => t("medicine.days", { n: value })],
  [/^(\d+)回分$/, (t, value) => t("medicine.times", { n: value })],
  [/^重度$/, (t) => t("allergy.severity.severe")],
  [/^中等度$/, (t) => t("allergy.severity.moderate")],
  [/^軽度$/, (t) => t("allergy.severity.mild")],
  [/^確認済$/, (t) => t("allergy.verification.confirmed")],
  [/^未確定$/, (t) => t("allergy.verification.unconfirmed")],
  [/^疑い$/, (t) => t("diagnosis.suspected")],
  [/^疑義あり$/, (t) => t("allergy.verification.doubted")],
  // Sealed before the words of absence were settled: a missing date is unknown, nothing was confirmed.
  [/^終了 日付(?:なし|不明)$/, (t) => `${t("diagnosis.end")} ${t("date.unknown")}`],
  [/^終了 (.+)$/, (t, value) => `${t("diagnosis.end")} ${value}`],
];

/** The detail of a strip's line in the language of the screen, part by part. */
export function detailParts(detail: string, t: Say): readonly string[] {
  return detail
    .split(" · ")
    .filter((part) => part !== "")
    .map((part) => {
      for (const [pattern, say] of parts) {
        const match = pattern.exec(part);
        if (match !== null) return say(t, match[1] ?? "");
      }
      return part;
    });
}
