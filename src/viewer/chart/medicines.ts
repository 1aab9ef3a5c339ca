import { type ConflictKind, conflictKinds, type Medicine } from "../../shared/summary/summary.ts";

/**
 * Where a medicine stands by its supply. current: it lasts; recent: it ended within `recentDays`, probably still taken, its next order not here yet;
 * unknownEnd: no last day can be told, never guessed into current or past; refused: not carried out, nobody took it.
 */
export const medicinePlaces = ["current", "recent", "unknownEnd", "refused", "past"] as const;
export type MedicinePlace = (typeof medicinePlaces)[number];

/** One line on the screen: the newest of equal records of one source, and the others of them. */
export interface MedicineLine {
  readonly medicine: Medicine;
  readonly others: readonly Medicine[];
  readonly place: MedicinePlace;
}

/** Lines of one ingredient, side by side whatever their hospital, brand or strength. */
export interface SameIngredient {
  /** "" when the summary knows none: then the lines have the same name. */
  readonly ingredient: string;
  readonly lines: readonly MedicineLine[];
  readonly conflicts: readonly ConflictKind[];
}

export interface MedicineGroups extends Readonly<Record<MedicinePlace, readonly SameIngredient[]>> {
  /** Sources disagree: every line of such an ingredient but past ones that nothing contradicts; they stand in no other group. */
  readonly conflicting: readonly SameIngredient[];
}

/** Orders run for 28 to 90 days and arrive late: an empty list of "current" ones must not read as "takes nothing". */
export const recentDays = 90;

/** Sorts medicines by conflict, then by whether the supply still lasts on `today` (YYYY-MM-DD); each stands in one group, nothing is left out. */
export function groupMedicines(medicines: readonly Medicine[], today: string): MedicineGroups {
  const placed = medicinePlaces.flatMap((place) =>
    linesOf(
      medicines.filter((medicine) => placeOf(medicine, today) === place),
      place,
    ),
  );
  const disputed = new Set(medicines.filter(({ conflicts }) => conflicts.length > 0).map(keyOf));
  const conflicting = placed.filter(
    ({ medicine, others, place }) =>
      disputed.has(keyOf(medicine)) && (place !== "past" || [medicine, ...others].some(({ conflicts }) => conflicts.length > 0)),
  );
  const calm = new Set(placed.filter((line) => !conflicting.includes(line)));
  const of = (place: MedicinePlace) => byIngredient([...calm].filter((line) => line.place === place));
  return {
    conflicting: byIngredient(conflicting),
    current: of("current"),
    recent: of("recent"),
    unknownEnd: of("unknownEnd"),
    refused: of("refused"),
    past: of("past"),
  };
}

export function countLines(groups: readonly SameIngredient[]): number {
  return groups.reduce((sum, { lines }) => sum + lines.length, 0);
}

/** The first lines of groups, at least `count` or all; a group is not parted, since its lines are to be seen beside each other. */
export function firstGroups(groups: readonly SameIngredient[], count: number): readonly SameIngredient[] {
  const end = groups.findIndex((_, at) => countLines(groups.slice(0, at + 1)) >= count);
  return end === -1 ? groups : groups.slice(0, end + 1);
}

function placeOf(medicine: Medicine, today: string): MedicinePlace {
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

function linesOf(medicines: readonly Medicine[], place: MedicinePlace): readonly MedicineLine[] {
  const same = new Map<string, Medicine[]>();
  for (const medicine of medicines.toSorted(newestFirst)) {
    const key = JSON.stringify([
      medicine.drug.text,
      medicine.source,
      medicine.stage,
      medicine.dosePerIntake,
      medicine.dosePerDay,
      medicine.usage,
      medicine.route,
      medicine.completion,
      medicine.conflicts,
    ]);
    same.set(key, [...(same.get(key) ?? []), medicine]);
  }
  return [...same.values()].map(([medicine, ...others]) => ({ medicine: medicine as Medicine, others, place }));
}

function byIngredient(lines: readonly MedicineLine[]): readonly SameIngredient[] {
  const same = new Map<string, MedicineLine[]>();
  for (const line of lines) same.set(keyOf(line.medicine), [...(same.get(keyOf(line.medicine)) ?? []), line]);
  const groups = [...same.values()];
  const stems = groups.map(stemOf);
  return groups
    .toSorted((a, b) => stems.indexOf(stemOf(a)) - stems.indexOf(stemOf(b)))
    .map((group) => {
      const said = new Set(group.flatMap(({ medicine, others }) => [medicine, ...others].flatMap(({ conflicts }) => conflicts)));
      return { ingredient: group[0]?.medicine.ingredient ?? "", lines: group, conflicts: conflictKinds.filter((kind) => said.has(kind)) };
    });
}

/** What counts as the same: the ingredient, or where none is known the very name. A shared beginning is not enough: インスリン リスプロ is not インスリン グラルギン. */
function keyOf({ ingredient, drug }: Medicine): string {
  return ingredient === "" ? drug.text.normalize("NFKC") : `= ${ingredient}`;
}

/** What stands next to each other: names that are equal up to their strength, whatever the width of their letters. */
function stemOf(lines: readonly MedicineLine[]): string {
  const text = lines[0]?.medicine.drug.text ?? "";
  return text.normalize("NFKC").replace(/[\s\d].*$/, "") || text;
}

function newestFirst(a: Medicine, b: Medicine): number {
  const left = a.start ?? a.date ?? "";
  const right = b.start ?? b.date ?? "";
  return left === right ? 0 : left < right ? 1 : -1;
}
