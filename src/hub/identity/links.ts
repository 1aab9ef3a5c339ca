import type { PatientRecord } from "../record/record.ts";
import { type Traits, traitsOf } from "./traits.ts";

/**
 * Link keys of a patient, sorted: one per insurance card, made of insurer, symbol, number, branch, birth date, sex and kana.
 * Two patients of different facilities who share a key are the same person. Anything missing (full birth date, M or F, kana,
 * insurer, number) gives no key: nobody is merged on less. A branch that only one side sent keeps them apart, so that twins on
 * one card stay two people. All of a key stands in one message: a name of one file and a card of another are never joined to a key.
 */
export function linkKeys(patients: readonly PatientRecord[]): string[] {
  return keysOf(patients.map(traitsOf));
}

/** The same of traits. */
export function keysOf(all: readonly Traits[]): string[] {
  return [...new Set(all.flatMap(keysOfOne))].sort();
}

/** Key of a card that the hub itself gave to a person; `id` as printed on it. */
export function cardKey(id: string): string {
  return `card:${id}`;
}

function keysOfOne({ folded, birth, sex, cards }: Traits): string[] {
  const [family, given] = folded.kana;
  if (family === "" || given === "" || !isDay(birth) || (sex !== "M" && sex !== "F")) return [];
  return cards.map(({ insurer, symbol, number, branch }) => [insurer, symbol, number, branch, birth, sex, `${family}/${given}`].join("|"));
}

/** A whole date. */
export function isDay(date: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date);
}
