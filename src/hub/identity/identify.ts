import { contradiction, contradictsItself, nothingStated, type Refusal, Sets, type Stated, together } from "./groups.ts";
import { keepRefs } from "./refs.ts";

/** A patient of one facility, as identity sees them. */
export interface Patient {
  readonly facility: string;
  readonly pid: string;
  /** Link keys (links.ts). */
  readonly links: readonly string[];
  /** Person they belong to so far, or null. */
  readonly person: string | null;
  readonly stated?: Stated;
}

/** What was decided of two patients, each as "facility|pid". */
export interface Decided {
  /** link, apart: an operator's word. a40: the hospital merged the first number into the second. */
  readonly kind: "link" | "apart" | "a40";
  readonly a: string;
  readonly b: string;
}

/** A link that was not made: somebody must look. Positions of two patients. */
export interface Refused {
  readonly a: number;
  readonly b: number;
  readonly why: Refusal;
}

export interface Identified {
  /** For every patient their person reference, in the order given. */
  readonly persons: readonly string[];
  readonly refused: readonly Refused[];
}

/**
 * Which patients are the same person. First what was decided holds: an operator's word always, a hospital's own merging of numbers
 * unless an operator or the birth dates or sexes say otherwise. Then patients of different facilities who share a link key are one
 * person; but where keys would join two numbers of one facility, two birth dates, sexes or given names, or two whom an operator
 * keeps apart, none of them is joined by a key at all, and it is said who was refused. A reference stays with its people.
 * Deterministic: the same patients and decisions give the same answer in any order of patients. `refOf` makes a reference of a text.
 */
export function identify(patients: readonly Patient[], refOf: (basis: string) => string, decided: readonly Decided[] = []): Identified {
  const refused: Refused[] = [];
  const apart = new Apart(patients, decided);
  const units = decidedUnits(patients, decided, apart, refused);
  const groups = keyedGroups(patients, units, apart, refused);
  return { persons: keepRefs(patients, groups, refOf), refused };
}

/** Pairs that an operator keeps apart. */
class Apart {
  readonly #others = new Map<string, Set<string>>();
  readonly #patients: readonly Patient[];

  constructor(patients: readonly Patient[], decided: readonly Decided[]) {
    this.#patients = patients;
    for (const { kind, a, b } of decided) {
      if (kind !== "apart") continue;
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const)
        this.#others.set(one, (this.#others.get(one) ?? new Set()).add(other));
    }
  }

  /** Whether somebody of one list must not be with somebody of the other. */
  parts(a: readonly number[], b: readonly number[]): boolean {
    if (this.#others.size === 0) return false;
    return a.some((i) => {
      const others = this.#others.get(idAt(this.#patients, i));
      return others !== undefined && b.some((j) => others.has(idAt(this.#patients, j)));
    });
  }
}

/** Sets of patients that decisions join. */
function decidedUnits(patients: readonly Patient[], decided: readonly Decided[], apart: Apart, refused: Refused[]): number[][] {
  const at = new Map(patients.map((_, i) => [idAt(patients, i), i]));
  const sets = new Sets(patients.length);
  const members = (i: number) => membersOf.get(sets.rootOf(i)) ?? [i];
  const membersOf = new Map<number, number[]>();
  for (const kind of ["link", "a40"] as const) {
    for (const one of decided) {
      const [a, b] = [at.get(one.a), at.get(one.b)];
      if (one.kind !== kind || a === undefined || b === undefined || sets.rootOf(a) === sets.rootOf(b)) continue;
      const [left, right] = [members(a), members(b)];
      const why = apart.parts(left, right)
        ? "apart"
        : kind === "a40"
          ? contradiction(statedBy(patients, left), statedBy(patients, right), false)
          : null;
      if (why !== null) {
        refused.push({ a, b, why });
        continue;
      }
      sets.join(a, b);
      membersOf.set(sets.rootOf(a), [...left, ...right]);
    }
  }
  return sets.all();
}

/** Units joined by keys; where that is not sound, the units alone. */
function keyedGroups(patients: readonly Patient[], units: readonly (readonly number[])[], apart: Apart, refused: Refused[]): number[][] {
  const sets = new Sets(units.length);
  for (const holders of holdersOf(patients, units)) {
    // Whoever states two people is joined with nobody; the others may still be one.
    const sound = holders.filter((i) => !isTwoInOne(patients, units[i] as readonly number[]));
    const odd = holders.filter((i) => !sound.includes(i));
    if (odd.length > 0) refuse(patients, pick(units, [...odd, ...sound.slice(0, 1)]), "two-in-one", refused);
    if (repeatsFacility(patients, pick(units, sound))) refuse(patients, pick(units, sound), "one-hospital", refused);
    else for (const other of sound.slice(1)) sets.join(sound[0] as number, other);
  }
  return sets.all().flatMap((set) => {
    const parts = set.map((i) => units[i] as readonly number[]);
    const why = parts.length === 1 ? null : unsound(patients, parts, apart);
    if (why === null) return [parts.flat()];
    refuse(patients, parts, why, refused);
    return parts.map((part) => [...part]);
  });
}

function pick(units: readonly (readonly number[])[], which: readonly number[]): (readonly number[])[] {
  return which.map((i) => units[i] as readonly number[]);
}

/** Positions of the units behind each key that two or more hold. */
function holdersOf(patients: readonly Patient[], units: readonly (readonly number[])[]): number[][] {
  const holders = new Map<string, number[]>();
  units.forEach((unit, u) => {
    for (const key of new Set(unit.flatMap((i) => patients[i]?.links ?? []))) {
      const list = holders.get(key);
      if (list) list.push(u);
      else holders.set(key, [u]);
    }
  });
  return [...holders.values()].filter((list) => list.length > 1);
}

function unsound(patients: readonly Patient[], parts: readonly (readonly number[])[], apart: Apart): Refusal | null {
  if (repeatsFacility(patients, parts)) return "one-hospital";
  for (const [i, part] of parts.entries())
    for (const other of parts.slice(i + 1)) {
      if (apart.parts(part, other)) return "apart";
      const why = contradiction(statedBy(patients, part), statedBy(patients, other), true);
      if (why !== null) return why;
    }
  return null;
}

/** Each with the next one: everybody who was refused is seen, however many they are. An operator's own word is no question. */
function refuse(patients: readonly Patient[], parts: readonly (readonly number[])[], why: Refusal, refused: Refused[]): void {
  const firsts = parts.map((part) => [...part].sort((a, b) => order(patients, a, b))[0] as number).sort((a, b) => order(patients, a, b));
  for (const [i, b] of firsts.entries()) {
    const a = firsts[i - 1];
    if (a !== undefined) refused.push({ a, b, why });
  }
}

/** Two units may not bring two numbers of one facility; the numbers of one unit were joined by a decision. */
function repeatsFacility(patients: readonly Patient[], units: readonly (readonly number[])[]): boolean {
  const facilities = units.flatMap((unit) => [...new Set(unit.map((i) => patients[i]?.facility))]);
  return new Set(facilities).size < facilities.length;
}

/** One number whose records state two people; what a decision joined was looked at. */
function isTwoInOne(patients: readonly Patient[], unit: readonly number[]): boolean {
  return unit.length === 1 && contradictsItself(statedBy(patients, unit));
}

function statedBy(patients: readonly Patient[], unit: readonly number[]): Stated {
  const all = unit.map((i) => patients[i]?.stated ?? nothingStated);
  return all.length === 1 ? (all[0] as Stated) : together(all);
}

function idAt(patients: readonly Patient[], i: number): string {
  return `${patients[i]?.facility}|${patients[i]?.pid}`;
}

function order(patients: readonly Patient[], a: number, b: number): number {
  const [left, right] = [idAt(patients, a), idAt(patients, b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
