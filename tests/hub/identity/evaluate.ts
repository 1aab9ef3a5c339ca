import { pairsOf } from "../../../src/hub/identity/blocks.ts";
import { statedIn } from "../../../src/hub/identity/groups.ts";
import { identify } from "../../../src/hub/identity/identify.ts";
import { keysOf } from "../../../src/hub/identity/links.ts";
import { score } from "../../../src/hub/identity/score.ts";
import { parseTraits, type Traits } from "../../../src/hub/identity/traits.ts";
import type { PlantedRegion } from "./planted.ts";

export interface AtThreshold {
  readonly threshold: number;
  readonly candidates: number;
  /** Of the candidates, those who truly are one person. */
  readonly precision: number;
  /** Of the true pairs that no rule joined, those that are candidates. */
  readonly recall: number;
}

export interface Evaluation {
  readonly patients: number;
  /** Pairs of one true person at different numbers. */
  readonly truePairs: number;
  /** Of these, those at two hospitals whose card, birth date, sex and kana were all typed alike. */
  readonly visiblePairs: number;
  readonly linkedVisible: number;
  readonly linked: number;
  /** Pairs in one person that are not one person, or of whom one number holds two people. */
  readonly wrong: number;
  /** Links that were not made for a contradiction. */
  readonly refused: number;
  readonly compared: number;
  readonly ms: number;
  readonly thresholds: readonly AtThreshold[];
}

export const thresholds = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999] as const;

/** What identity makes of a planted region: links judged against the truth, candidates at each threshold. */
export function evaluate({ patients }: PlantedRegion): Evaluation {
  const began = performance.now();
  const traits = patients.map(({ links }) => (JSON.parse(links) as string[]).flatMap((text) => parseTraits(text) ?? []));
  const { persons, refused } = identify(
    patients.map(({ facility, pid }, i) => ({
      facility,
      pid,
      person: null,
      links: keysOf(traits[i] ?? []),
      stated: statedIn(traits[i] ?? []),
    })),
    (basis) => basis,
  );
  const scored = scoredPairs(traits, persons);
  const ms = performance.now() - began;

  const isTrue = (a: number, b: number) => patients[a]?.owner !== null && patients[a]?.owner === patients[b]?.owner;
  let [truePairs, visiblePairs, linkedVisible, linked, wrong] = [0, 0, 0, 0, 0];
  for (const [a, b] of pairsWithin(patients.map(({ owner }, i) => String(owner ?? `two people ${i}`)))) {
    truePairs++;
    const [one, two] = [patients[a], patients[b]];
    const visible = one?.visible !== "" && one?.visible === two?.visible && one?.facility !== two?.facility;
    if (visible) visiblePairs++;
    if (persons[a] !== persons[b]) continue;
    linked++;
    if (visible) linkedVisible++;
  }
  for (const [a, b] of pairsWithin(persons)) if (!isTrue(a, b)) wrong++;

  const open = truePairs - linked;
  const found = scored.pairs.map(({ a, b, probability }) => ({ probability, isTrue: isTrue(a, b) }));
  return {
    patients: patients.length,
    truePairs,
    visiblePairs,
    linkedVisible,
    linked,
    wrong,
    refused: refused.length,
    compared: scored.compared,
    ms: Math.round(ms),
    thresholds: thresholds.map((threshold) => {
      const candidates = found.filter(({ probability }) => probability >= threshold);
      const right = candidates.filter((one) => one.isTrue).length;
      return { threshold, candidates: candidates.length, precision: ratio(right, candidates.length), recall: ratio(right, open) };
    }),
  };
}

function scoredPairs(traits: readonly (readonly Traits[])[], persons: readonly string[]) {
  const pairs: { a: number; b: number; probability: number }[] = [];
  let compared = 0;
  const all = traits.map((_, i) => i);
  for (const [a, b] of pairsOf(traits, all, () => undefined)) {
    if (persons[a] === persons[b]) continue;
    compared++;
    const probability = score(traits[a] ?? [], traits[b] ?? [])?.probability ?? 0;
    if (probability >= (thresholds[0] ?? 0)) pairs.push({ a, b, probability });
  }
  return { pairs, compared };
}

function* pairsWithin(names: readonly string[]): Generator<readonly [number, number]> {
  const groups = new Map<string, number[]>();
  names.forEach((name, i) => {
    groups.set(name, [...(groups.get(name) ?? []), i]);
  });
  for (const group of groups.values()) for (const [at, a] of group.entries()) for (const b of group.slice(at + 1)) yield [a, b];
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((part / whole) * 1000) / 1000;
}
