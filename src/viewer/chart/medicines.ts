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
  /** Supply ended within `recentDays`: probably still taken, its next order not here yet. */
  readonly recent: readonly MedicineLine[];
  readonly past: readonly MedicineLine[];
  /** Refused or not carried out: nobody took these. */
  readonly refused: readonly MedicineLine[];
}

/** Orders run for 28 to 90 days and arrive late: an empty list of "current" ones must not read as "takes nothing". */
export const recentDays = 90;

/** Sorts medicines by whether the supply still lasts on `today` (YYYY-MM-DD); nothing is left out. */
export function groupMedicines(medicines: readonly Medicine[], today: string): MedicineGroups {
  const groups = {
    current: [] as Medicine[],
    unknownEnd: [] as Medicine[],
    recent: [] as Medicine[],
    past: [] as Medicine[],
    refused: [] as Medicine[],
  };
  for (const medicine of medicines) groups[groupOf(medicine, today)].push(medicine);
  return {
    current: lines(groups.current),
    unknownEnd: lines(groups.unknownEnd),
    recent: lines(groups.recent),
    past: lines(groups.past),
    refused: lines(groups.refused),
  };
}

function groupOf(medicine: Medicine, today: string): keyof MedicineGroups {
  if (medicine.completion === "refused" || medicine.completion === "notGiven") return "refused";
  const end = medicine.end ?? (medicine.stage === "given" ? medicine.date : null);
  if (end === null || end === "") return "unknownEnd";
  // A shortened date counts until its last possible day: "2026-11" is current through November.
  if (end >= today.slice(0, end.length)) return "current";
  return end.slice(0, 10) >= daysBefore(today, recentDays).slice(0, end.length) ? "recent" : "past";
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
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
  const all = [...byDrug.values()].map(([medicine, ...others]) => ({ medicine: medicine as Medicine, others }));
  const stems = all.map(({ medicine }) => stem(medicine));
  const place = (line: MedicineLine): number => stems.indexOf(stem(line.medicine));
  return all.toSorted((a, b) => place(a) - place(b));
}

/** The name up to its strength, whatever the width of its letters: the same medicine from two hospitals stands together. */
function stem({ drug }: Medicine): string {
  return drug.text.normalize("NFKC").replace(/[\s\d].*$/, "") || drug.text;
}

function newestFirst(a: Medicine, b: Medicine): number {
  const left = a.start ?? a.date ?? "";
  const right = b.start ?? b.date ?? "";
  return left === right ? 0 : left < right ? 1 : -1;
}
