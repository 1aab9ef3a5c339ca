import type { Decided } from "./identify.ts";

/** A decision as it was written down, oldest first; `undoes` names an earlier one. */
export interface Written {
  readonly id: number;
  readonly kind: "link" | "apart" | "a40" | "undo";
  /** Patients as "facility|pid". */
  readonly a: string;
  readonly b: string;
  readonly undoes: number;
}

/**
 * What of all that was ever decided holds: nothing undone; of what operators said of one pair the newest; of a hospital's merging
 * nothing on which an operator has spoken.
 */
export function inForce(all: readonly Written[]): (Decided & { readonly id: number })[] {
  const undone = new Set(all.map(({ undoes }) => undoes));
  const newest = new Map<string, Written>();
  for (const one of all) if ((one.kind === "link" || one.kind === "apart") && !undone.has(one.id)) newest.set(pairOf(one), one);
  return all.flatMap(({ id, kind, a, b }) => {
    if (kind === "undo" || undone.has(id)) return [];
    const word = newest.get(pairOf({ a, b }));
    const holds = kind === "a40" ? word === undefined : word?.id === id;
    return holds ? [{ id, kind, a, b }] : [];
  });
}

/** One text for both orders. */
export function pairOf({ a, b }: { readonly a: string; readonly b: string }): string {
  return a < b ? `${a}\0${b}` : `${b}\0${a}`;
}
