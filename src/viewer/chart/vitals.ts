import type { Vital } from "../../shared/summary/summary.ts";
import { newestFirst } from "./newestFirst.ts";

/** One line on the screen; `diastolic`: the lower value of the same measurement. */
export interface VitalLine {
  readonly vital: Vital;
  readonly diastolic: Vital | null;
}

const order: readonly Vital["what"][] = [
  "consciousness",
  "systolic",
  "diastolic",
  "pulse",
  "respiration",
  "spo2",
  "temperature",
  "height",
  "weight",
  "other",
];

/**
 * In the order of a first look, newest first within. Upper and lower blood pressure become one line only when one hospital measured both at the
 * same time in the same unit, with the same notes: a pair put together from two measurements would be a third that nobody made.
 */
export function vitalLines(vitals: readonly Vital[]): readonly VitalLine[] {
  const measured = ({ source, date, received, unit, warnings, also }: Vital): string =>
    JSON.stringify([source, date, received, unit, warnings, also]);
  const left = new Set(vitals);
  const lines: VitalLine[] = [];
  for (const vital of vitals) {
    if (!left.delete(vital)) continue;
    if (vital.what === "diastolic") {
      const upper = [...left].find((other) => other.what === "systolic" && vital.date !== null && measured(other) === measured(vital));
      if (upper !== undefined) left.delete(upper);
      lines.push(upper === undefined ? { vital, diastolic: null } : { vital: upper, diastolic: vital });
      continue;
    }
    const lower =
      vital.what === "systolic" && vital.date !== null
        ? [...left].find((other) => other.what === "diastolic" && measured(other) === measured(vital))
        : undefined;
    if (lower !== undefined) left.delete(lower);
    lines.push({ vital, diastolic: lower ?? null });
  }
  return lines.toSorted((a, b) => order.indexOf(a.vital.what) - order.indexOf(b.vital.what) || newestFirst(a.vital.date, b.vital.date));
}
