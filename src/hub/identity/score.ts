import { type Agreement, compare, fields } from "./compare.ts";
import type { Traits } from "./traits.ts";

type Weights = { readonly [Field in keyof Agreement]: Readonly<Record<Agreement[Field], readonly [m: number, u: number]>> };

/**
 * After Fellegi and Sunter (1969): of each field the chance of a level among records of one person (m) and among those of two whom
 * blocking brought together (u). Set by hand from what registration desks do, never learned from patients; docs/identity.md shows
 * what they achieve. "unknown" says nothing and has no weight.
 */
const weights: Weights = {
  family: { same: [0.9, 0.02], near: [0.05, 0.01], other: [0.05, 0.97], unknown: [1, 1] },
  given: { same: [0.94, 0.01], near: [0.05, 0.03], other: [0.01, 0.96], unknown: [1, 1] },
  birth: { same: [0.96, 0.002], near: [0.035, 0.01], other: [0.005, 0.988], unknown: [1, 1] },
  sex: { same: [0.995, 0.5], near: [1, 1], other: [0.005, 0.5], unknown: [1, 1] },
  address: { same: [0.65, 0.002], near: [0.2, 0.02], other: [0.15, 0.978], unknown: [1, 1] },
  phone: { same: [0.75, 0.002], near: [1, 1], other: [0.25, 0.998], unknown: [1, 1] },
  card: { same: [0.7, 0.0005], near: [0.15, 0.015], other: [0.145, 0.93], apart: [0.005, 0.05], unknown: [1, 1] },
};

/** Before anything is compared: one in so many of the pairs that blocking brings together is one person. */
const priorBits = -7;

/** A household shares these, so together they count no more than this, however many of them agree. */
const household = ["family", "address", "phone"] as const satisfies readonly (keyof Agreement)[];
const householdBits = 9;

export interface Score {
  /** Chance that both are one person, 0 to 1, as far as the weights are right: for an order, never for a merge. */
  readonly probability: number;
  readonly agreement: Agreement;
}

/** How likely two patients are one person: of all they state, the two statements that fit best. Null: one of them states nothing. */
export function score(a: readonly Traits[], b: readonly Traits[]): Score | null {
  return bestFit(a, b)?.score ?? null;
}

/** The two statements that fit best, by their positions. */
export function bestFit(
  a: readonly Traits[],
  b: readonly Traits[],
): { readonly a: number; readonly b: number; readonly score: Score } | null {
  let best: { a: number; b: number; score: Score } | null = null;
  for (const [i, one] of a.entries())
    for (const [j, two] of b.entries()) {
      const found = scoreOf(compare(one, two));
      if (best === null || found.probability > best.score.probability) best = { a: i, b: j, score: found };
    }
  return best;
}

/** Score of one comparison. */
export function scoreOf(agreement: Agreement): Score {
  const shared = Math.min(
    household.reduce((sum, field) => sum + bits(agreement, field), 0),
    householdBits,
  );
  const own = fields.filter((field) => !household.some((one) => one === field)).reduce((sum, field) => sum + bits(agreement, field), 0);
  const total = priorBits + shared + own;
  return { probability: 1 / (1 + 2 ** -total), agreement };
}

function bits<Field extends keyof Agreement>(agreement: Agreement, field: Field): number {
  const [m, u] = weights[field][agreement[field]];
  return Math.log2(m / u);
}
