import type { Medicine } from "../../shared/summary/summary.ts";

/** One line on the screen: the newest of equal records, and the others of them. */
export interface MedicineLine {
  readonly medicine: Medicine;
  readonly others: readonly Medicine[];
}

export interface MedicineGroups {
  readonly current: readonly MedicineLine[];
  /** No last day of supply can be told: never guessed into current or past. */
  readonly unknownEnd: readonly MedicineLine[];
  readonly past: readonly MedicineLine[];
  /** Refused or not carried out: nobody took these. */
  readonly refused: readonly MedicineLine[];
}

/** Sorts medicines by whether the supply still lasts on `today` (YYYY-MM-DD); nothing is left out. */
export function groupMedicines(medicines: readonly Medicine[], today: string): MedicineGroups {
  const groups = { current: [] as Medicine[], unknownEnd: [] as Medicine[], past: [] as Medicine[], refused: [] as Medicine[] };
  for (const medicine of medicines) groups[groupOf(medicine, today)].push(medicine);
  return {
    current: lines(groups.current),
    unknownEnd: lines(groups.unknownEnd),
    past: lines(groups.past),
    refused: lines(groups.refused),
  };
}

function groupOf(medicine: Medicine, today: string): keyof MedicineGroups {
  if (medicine.completion === "refused" || medicine.completion === "notGiven") return "refused";
  const end = medicine.end ?? (medicine.stage === "given" ? medicine.date : null);
  if (end === null || end === "") return "unknownEnd";
  // A shortened date counts until its last possible day: "2026-11" is current through November.
  return end >= today.slice(0, end.length) ? "current" : "past";
}

function lines(medicines: readonly Medicine[]): readonly MedicineLine[] {
  const byDrug = new Map<string, Medicine[]>();
  for (const medicine of [...medicines].sort(newestFirst)) {
    const key = JSON.stringify([
      medicine.drug.text,
      medicine.stage,
      medicine.dosePerIntake,
      medicine.dosePerDay,
      medicine.usage,
      medicine.completion,
    ]);
    const same = byDrug.get(key);
    if (same === undefined) byDrug.set(key, [medicine]);
    else same.push(medicine);
  }
  return [...byDrug.values()].map(([medicine, ...others]) => ({ medicine: medicine as Medicine, others }));
}

function newestFirst(a: Medicine, b: Medicine): number {
  const left = a.start ?? a.date ?? "";
  const right = b.start ?? b.date ?? "";
  return left === right ? 0 : left < right ? 1 : -1;
}
