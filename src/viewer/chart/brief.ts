import type { ClinicalDate, Medicine, Section, Source, StripItem, Visit } from "../../shared/summary/summary.ts";
import { groupMedicines, type MedicineLine } from "./medicines.ts";

/** The first of many, and how many more there are. */
export interface First<T> {
  readonly shown: readonly T[];
  readonly more: number;
}

export function firstOf<T>(all: readonly T[], count: number): First<T> {
  return { shown: all.slice(0, count), more: Math.max(0, all.length - count) };
}

/**
 * What is taken now as far as anybody knows: disputed lines first, then current ones, then those whose supply ended lately; each ingredient or name once.
 * `today`: YYYY-MM-DD.
 */
export function medicinesNow(section: Section<Medicine>, today: string): readonly MedicineLine[] {
  const { conflicting, current, recent, unknownEnd } = groupMedicines(section.items, today);
  const lines = [...conflicting, ...current, ...recent, ...unknownEnd].flatMap((group) => group.lines.slice(0, 1));
  const seen = new Set<string>();
  return lines.filter(({ medicine: { ingredient, drug } }) => {
    const key = ingredient === "" ? drug.text.normalize("NFKC") : `= ${ingredient}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Medicines that the danger strip names already, and the others: on one screen nothing is said twice. */
export function partedByStrip(
  lines: readonly MedicineLine[],
  items: readonly StripItem[],
): { readonly named: number; readonly others: readonly MedicineLine[] } {
  const others = lines.filter(
    ({ medicine }) => !items.some(({ text }) => text === medicine.drug.text || text.includes(`（${medicine.drug.text}）`)),
  );
  return { named: lines.length - others.length, others };
}

const planned = /^planned/;

/** The visit that happened last, plans left aside; null when none is dated. */
export function lastVisit(section: Section<Visit>): Visit | null {
  const happened = section.items.filter(({ event }) => !planned.test(event));
  return happened.reduce<Visit | null>((last, visit) => (dayOf(visit) > dayOf(last) ? visit : last), null);
}

/** Last day that is known of a visit. */
export function dayOf(visit: Visit | null): ClinicalDate {
  return [visit?.discharged, visit?.admitted, visit?.date].reduce<ClinicalDate>(
    (last, day) => ((day ?? "") > last ? (day ?? "") : last),
    "",
  );
}

/** Hospitals first, each facility once, those one can call before the others. */
export function facilitiesOf(sources: readonly Source[]): readonly Source[] {
  const rank = ({ kind, telephone }: Source): number => (kind === "chart" ? 0 : 2) + (telephone === "" ? 1 : 0);
  const sorted = sources.toSorted((a, b) => rank(a) - rank(b));
  return sorted.filter((source, at) => sorted.findIndex(({ facility }) => facility === source.facility) === at);
}
