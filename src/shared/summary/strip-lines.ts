/** How a line of the danger strip reads. Words put in here are known to viewer/chart/stripDetail.ts, which says them in English too. */
import { foldForSearch } from "./fold.ts";
import { UNDELIVERED, UNINFORMED } from "./marks.ts";
import type { Verdict } from "./strip.ts";
import type { Allergy, Diagnosis, Item, Medicine, Quantity, StripItem } from "./summary.ts";

const severities: Readonly<Record<Allergy["severity"], string>> = { severe: "重度", moderate: "中等度", mild: "軽度", unknown: "" };
const verifications: Readonly<Record<Allergy["verification"], string>> = {
  confirmed: "確認済",
  unconfirmed: "未確定",
  suspected: "疑い",
  doubted: "疑義あり",
  unknown: "",
};

/** `against`: another record that the same substance is over or refuted, which takes nothing away: who reads has to know of both. */
export function allergyLine(allergy: Allergy, against: Allergy | undefined): StripItem {
  return {
    danger: allergy.contraindication ? "contraindication" : "allergy",
    text: allergy.substance.text,
    detail: joined(
      untold(allergy),
      against === undefined ? "" : `別の記録では解消・否定 ${against.date ?? "日付不明"}`,
      severities[allergy.severity],
      verifications[allergy.verification],
      ...allergy.reactions,
      allergy.onset,
    ),
    date: allergy.date,
    end: null,
    source: allergy.source,
    received: allergy.received,
    by: "sent",
    rule: "sent",
  };
}

const stages: Readonly<Record<Medicine["stage"], string>> = { ordered: "処方", dispensed: "調剤", given: "投与" };

export function medicineLine(medicine: Medicine, verdict: Verdict): StripItem {
  const sent = medicine.drug.text;
  const named = verdict.generic === "" || foldForSearch(sent).includes(foldForSearch(verdict.generic));
  return {
    danger: verdict.danger,
    text: named ? sent : `${verdict.generic}（${sent}）`,
    detail: joined(
      untold(medicine),
      medicine.injection && medicine.stage === "ordered" ? "注射指示" : stages[medicine.stage],
      medicine.completion === "partial" ? "一部のみ" : "",
      dose(medicine.stage === "given" ? "投与量" : "1回量", medicine.dosePerIntake),
      dose("1日量", medicine.dosePerDay),
      medicine.dosePerIntake === null && medicine.dosePerDay === null
        ? dose(medicine.stage === "dispensed" ? "調剤量" : "総量", medicine.total)
        : "",
      medicine.usage,
      medicine.days === null ? "" : `${medicine.days}日分`,
      medicine.times === null ? "" : `${medicine.times}回分`,
    ),
    // An hour matters of what is given here, done or planned; of a supply the day does.
    date:
      medicine.stage === "given" || medicine.injection
        ? (medicine.start ?? medicine.date)
        : ((medicine.start ?? medicine.date)?.slice(0, 10) ?? null),
    end: medicine.end,
    source: medicine.source,
    received: medicine.received,
    by: verdict.by,
    rule: verdict.rule,
  };
}

export function diagnosisLine(diagnosis: Diagnosis, verdict: Verdict): StripItem {
  return {
    danger: verdict.danger,
    text: diagnosis.disease.text,
    detail: joined(untold(diagnosis), diagnosis.suspected ? "疑い" : "", diagnosis.active ? "" : `終了 ${diagnosis.end ?? "日付不明"}`),
    date: diagnosis.onset ?? diagnosis.date,
    end: null,
    source: diagnosis.source,
    received: diagnosis.received,
    by: verdict.by,
    rule: verdict.rule,
  };
}

const dose = (label: string, quantity: Quantity | null): string =>
  quantity === null || quantity.value === "" ? "" : `${label} ${quantity.value} ${quantity.unit}`.trim();

export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

/** Stands first in the detail of what must not be said before the patient: the strip is read aloud before the page is opened. */
export function untold({ warnings }: Pick<Item, "warnings">): string {
  return joined(warnings.includes(UNINFORMED) ? "未告知" : "", warnings.includes(UNDELIVERED) ? "未提供" : "");
}
