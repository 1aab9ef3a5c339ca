import { isDay } from "./links.ts";
import type { Traits } from "./traits.ts";

/** Why a link was not made. */
export const refusals = [
  /** Its hospital knows two numbers behind one key. */
  "one-hospital",
  /** Two birth dates. */
  "births",
  "sexes",
  /** Two given names in kana: twins, or a number used for two people. */
  "givens",
  /** The records of one number state two people. */
  "two-in-one",
  /** An operator said that two of those who would be joined are two people. */
  "apart",
] as const;
export type Refusal = (typeof refusals)[number];

/** What all the records of one number, or of several that are one person, state. */
export interface Stated {
  readonly births: ReadonlySet<string>;
  readonly sexes: ReadonlySet<string>;
  readonly givens: ReadonlySet<string>;
}

export const nothingStated: Stated = { births: new Set(), sexes: new Set(), givens: new Set() };

/** Whole birth dates, M and F, given names in folded kana. */
export function statedIn(traits: readonly Traits[]): Stated {
  const all = (values: readonly string[]) => new Set(values.filter((value) => value !== ""));
  return {
    births: all(traits.map(({ birth }) => birth).filter(isDay)),
    sexes: all(traits.map(({ sex }) => sex).filter((sex) => sex === "M" || sex === "F")),
    givens: all(traits.map(({ folded }) => folded.kana[1])),
  };
}

export function together(all: readonly Stated[]): Stated {
  const joined = (part: keyof Stated) => new Set(all.flatMap((one) => [...one[part]]));
  return { births: joined("births"), sexes: joined("sexes"), givens: joined("givens") };
}

/** What one number's own records contradict each other in; null: nothing. */
export function contradictsItself({ births, sexes, givens }: Stated): boolean {
  return births.size > 1 || sexes.size > 1 || givens.size > 1;
}

/** What keeps two apart of whom both sides state something and nothing in common; null: nothing. */
export function contradiction(a: Stated, b: Stated, withGivens: boolean): Refusal | null {
  if (strange(a.births, b.births)) return "births";
  if (strange(a.sexes, b.sexes)) return "sexes";
  return withGivens && strange(a.givens, b.givens) ? "givens" : null;
}

function strange(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((value) => b.has(value));
}

/** Disjoint sets of positions 0 to size - 1. */
export class Sets {
  readonly #parent: number[];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, i) => i);
  }

  rootOf(at: number): number {
    let root = at;
    while (this.#parent[root] !== root) root = this.#parent[root] as number;
    for (let i = at; i !== root; ) {
      const next = this.#parent[i] as number;
      this.#parent[i] = root;
      i = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    this.#parent[this.rootOf(b)] = this.rootOf(a);
  }

  /** Members of each set, in order. */
  all(): number[][] {
    const sets = new Map<number, number[]>();
    this.#parent.forEach((_, i) => {
      const root = this.rootOf(i);
      const list = sets.get(root);
      if (list) list.push(i);
      else sets.set(root, [i]);
    });
    return [...sets.values()];
  }
}
