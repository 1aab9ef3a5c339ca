import type { StripItem } from "../../shared/summary/summary.ts";
import type { ChartWords } from "../../words/chart-ja.ts";
import type { Translate } from "../../words/index.ts";
import type { Disclosure } from "./disclosure.ts";

type Say = Translate<ChartWords>;

/** The words that shared/summary/strip.ts puts into a detail, whole parts only: what a hospital sent stays as it is. */
const parts: readonly (readonly [RegExp, (t: Say, value: string) => string])[] = [
  [/^処方$/, (t) => t("medicine.stage.ordered")],
  [/^調剤$/, (t) => t("medicine.stage.dispensed")],
  [/^注射指示$/, (t) => t("medicine.injectionOrdered")],
  [/^投与$/, (t) => t("medicine.stage.given")],
  [/^一部のみ$/, (t) => t("medicine.completion.partial")],
  [/^1回量 (.+)$/, (t, value) => `${t("medicine.perIntake")} ${value}`],
  [/^1日量 (.+)$/, (t, value) => `${t("medicine.perDay")} ${value}`],
  [/^投与量 (.+)$/, (t, value) => `${t("medicine.amountGiven")} ${value}`],
  [/^調剤量 (.+)$/, (t, value) => `${t("medicine.amountDispensed")} ${value}`],
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
  [/^別の記録では解消・否定 日付不明$/, (t) => `${t("allergy.overElsewhere")} ${t("date.unknown")}`],
  [/^別の記録では解消・否定 (.+)$/, (t, value) => `${t("allergy.overElsewhere")} ${value}`],
  // Sealed before the words of absence were settled: a missing date is unknown, nothing was confirmed.
  [/^終了 日付(?:なし|不明)$/, (t) => `${t("diagnosis.end")} ${t("date.unknown")}`],
  [/^終了 (.+)$/, (t, value) => `${t("diagnosis.end")} ${value}`],
  [/^陽性$/, (t) => t("infection.positive")],
  [/^診断$/, (t) => t("infection.diagnosed")],
  [/^判定保留$/, (t) => t("infection.unclear")],
  [/^現在の有無は不明$/, (t) => t("device.unknown")],
  [/^植込 (.+)$/, (t, value) => `${t("device.implanted")} ${value}`],
  [/^ドライウェイト (.+)$/, (t, value) => `${t("dialysis.dryWeight")} ${value}`],
  [/^予定日 (.+)$/, (t, value) => `${t("pregnancy.due")} ${value}`],
];

const states = {
  妊娠中: "pregnancy.pregnant",
  妊娠していない: "pregnancy.notPregnant",
  産褥期: "pregnancy.postpartum",
  授乳中: "pregnancy.breastfeeding",
  妊娠の有無は不明: "pregnancy.unknown",
} as const;
const kinds = {
  DNAR: "wish.dnar",
  治療の制限: "wish.treatmentLimit",
  ACP: "wish.acp",
  代理意思決定者: "wish.proxy",
  臓器提供: "wish.donation",
  本人の意思: "wish.other",
} as const;

/** The text of a line: where shared/summary/strip-sections.ts put a word of its own, in the language of the screen; else as sent. */
export function lineText({ danger, by, text }: Pick<StripItem, "danger" | "by" | "text">, t: Say): string {
  if (by !== "sent") return text;
  if (danger === "pregnancy") return isKey(states, text) ? t(states[text]) : text;
  if (danger !== "wishes") return text;
  const [kind = "", ...rest] = text.split(": ");
  if (!isKey(kinds, kind)) return text;
  return [t(kinds[kind]), ...rest].join(": ");
}

function isKey<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}

const untold: Readonly<Record<string, Disclosure>> = { 未告知: "uninformed", 未提供: "undelivered" };

/** What the patient was not told or given, as the first parts of a detail say; later parts are what a hospital sent. */
export function untoldIn(detail: string): readonly Disclosure[] {
  if (!detail.startsWith("未")) return [];
  const all = detail.split(" · ");
  const end = all.findIndex((part) => untold[part] === undefined);
  return all.slice(0, end === -1 ? all.length : end).flatMap((part) => untold[part] ?? []);
}

/** The detail of a strip's line in the language of the screen, part by part, without the marks of `untoldIn`. */
export function detailParts(detail: string, t: Say): readonly string[] {
  return detail
    .split(" · ")
    .slice(untoldIn(detail).length)
    .filter((part) => part !== "")
    .map((part) => {
      for (const [pattern, say] of parts) {
        const match = pattern.exec(part);
        if (match !== null) return say(t, match[1] ?? "");
      }
      return part;
    });
}
