import type { Dosage, Timing } from "@medplum/fhirtypes";
import type { ClinicalDate, Concept, Quantity } from "../../record/record.ts";
import type { Reading } from "./reading.ts";
import { conceptOf, dateOf, endOf, extensionOf, labelOf, startOf } from "./values.ts";

/** How a medicine is taken, from all lines of its instruction. */
export interface Dose {
  readonly perIntake: Quantity | null;
  readonly perDay: Quantity | null;
  readonly rate: Quantity | null;
  readonly usage: Concept | null;
  readonly text: string;
  readonly route: Concept | null;
  readonly method: string;
  readonly days: string;
  readonly times: string;
  readonly start: ClinicalDate | null;
  readonly end: ClinicalDate | null;
}

export const noDose: Dose = {
  perIntake: null,
  perDay: null,
  rate: null,
  usage: null,
  text: "",
  route: null,
  method: "",
  days: "",
  times: "",
  start: null,
  end: null,
};

/**
 * Amounts are those of the first line alone: a second line is another time of day or an uneven dose, and stands in the words, where no
 * sum can hide it.
 */
export function doseOf(lines: readonly Dosage[] | undefined, reading: Reading): Dose {
  const first = lines?.[0];
  if (first === undefined) return noDose;
  const { numbers } = reading;
  const amount = first.doseAndRate?.[0];
  const repeat = first.timing?.repeat;
  const used = extensionOf(first, /\/JP_MedicationDosage_PeriodOfUse$/)?.valuePeriod;
  const spent = extensionOf(first, /\/JP_MedicationDosage_UsageDuration$/)?.valueDuration;
  const days = numbers.days(repeat?.boundsDuration) || numbers.days(spent);
  return {
    perIntake: numbers.quantity(amount?.doseQuantity) ?? numbers.range(amount?.doseRange),
    perDay: numbers.perDay(amount?.rateRatio),
    rate: numbers.rate(amount?.rateRatio) ?? numbers.quantity(amount?.rateQuantity) ?? numbers.range(amount?.rateRange),
    usage: conceptOf(first.timing?.code),
    text: wordsOf(lines ?? [], reading),
    route: conceptOf(first.route),
    method: labelOf(first.method),
    days,
    times: days === "" && repeat?.count !== undefined ? String(repeat.count) : "",
    start: startOf(used) ?? startOf(repeat?.boundsPeriod) ?? dateOf(first.timing?.event?.[0])?.slice(0, 10) ?? null,
    end: endOf(used) ?? endOf(repeat?.boundsPeriod),
  };
}

function wordsOf(lines: readonly Dosage[], reading: Reading): string {
  const said = lines.flatMap((line, i) => [
    line.text ?? "",
    i > 0 && line.text === undefined
      ? [labelOf(line.timing?.code), reading.numbers.written(line.doseAndRate?.[0]?.doseQuantity)].join(" ").trim()
      : "",
    line.text === undefined && line.timing?.code === undefined ? frequencyOf(line.timing, reading) : "",
    ...(line.additionalInstruction ?? []).map(labelOf),
    line.patientInstruction ?? "",
    line.asNeededBoolean === true || line.asNeededCodeableConcept !== undefined
      ? `頓用 ${labelOf(line.asNeededCodeableConcept)}`.trim()
      : "",
    maxOf(line, reading),
    labelOf(line.site),
  ]);
  return [...new Set(said.filter((part) => part !== ""))].join(" ");
}

function maxOf({ maxDosePerPeriod: most, maxDosePerAdministration: once }: Dosage, reading: Reading): string {
  const over = reading.numbers.quantity(most?.denominator);
  const above = reading.numbers.written(most?.numerator);
  return [
    above === "" ? "" : `最大 ${above}/${over === null ? "" : `${over.value === "1" ? "" : over.value}${over.unit}`}`,
    once === undefined ? "" : `1回最大 ${reading.numbers.written(once)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** "2/1d": so many times in so long, where nobody put it in words. */
function frequencyOf(timing: Timing | undefined, reading: Reading): string {
  const repeat = timing?.repeat;
  if (repeat === undefined) return "";
  const { frequency, frequencyMax, period, periodUnit, when, timeOfDay } = repeat;
  const often = frequency === undefined ? "" : `${frequency}${frequencyMax === undefined ? "" : `-${frequencyMax}`}回`;
  const long =
    period === undefined ? "" : `${reading.numbers.of(repeat, "period", period)}${units[periodUnit ?? ""] ?? periodUnit ?? ""}に`;
  return [`${long}${often}`, ...(when ?? []), ...(timeOfDay ?? [])].filter((part) => part !== "").join(" ");
}

const units: Readonly<Record<string, string>> = { s: "秒", min: "分", h: "時間", d: "日", wk: "週", mo: "月", a: "年" };
