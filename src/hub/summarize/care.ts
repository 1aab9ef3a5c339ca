/** Immunizations, wishes, pregnancy and care level: what was stated outright, newest first. */
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { CareLevel, Immunization, Pregnancy, Section, Wish } from "../../shared/summary/summary.ts";
import type { WishRecord } from "../record/record.ts";
import { coded, dateOf, type Fact, type Facts, itemOf, newestFirst } from "./facts.ts";
import { byDate, SMALL } from "./section.ts";

/** What was given, and what was not and why; entries made in error are none. */
export function summarizeImmunizations(facts: Facts, to: string): Section<Immunization> {
  const standing = facts.of("immunization").filter(({ record }) => record.status !== "entered-in-error");
  const items = standing.map((fact): Immunization => {
    const { vaccine, status, dose, lot, note } = fact.record;
    const said = [note, lot === "" ? "" : `ロット ${lot}`].filter((part) => part !== "").join(" ");
    return { ...itemOf(fact, fact.record.date), vaccine: coded(vaccine), dose, given: status !== "not-done", note: said };
  });
  return byDate(items, to);
}

/**
 * Wishes in force first, newest first, then those that are not, dated. What one hospital states of the same wish later counts; wishes of two hospitals that contradict
 * each other both stand. Whoever speaks for the person is named with the telephone.
 */
export function summarizeWishes(facts: Facts, to: string): Section<Wish> {
  const newest = new Map<string, Fact<WishRecord>>();
  for (const fact of facts.of("wish")) {
    const { what, text, contacts } = fact.record;
    newest.set(JSON.stringify([fact.source, what, foldForSearch(text), contacts.map(({ name }) => name)]), fact);
  }
  const section = byDate([...newest.values()].map(wish), to, SMALL, (item) => (item.inForce ? JSON.stringify(item) : null));
  const items = newestFirst(section.items);
  return { ...section, items: [...items.filter(({ inForce }) => inForce), ...items.filter(({ inForce }) => !inForce)] };
}

function wish(fact: Fact<WishRecord>): Wish {
  const { what, text, by, contacts, inForce } = fact.record;
  const named = contacts.map(({ name, relation }) => (relation === "" ? name : `${name}（${relation}）`)).filter((name) => name !== "");
  const missing = named.filter((_, at) => !text.includes(contacts[at]?.name ?? ""));
  const telephones = [...new Set(contacts.flatMap(({ telecoms }) => telecoms.map(({ number }) => number)))].filter(
    (number) => number !== "",
  );
  return {
    ...itemOf(fact, fact.record.date),
    what,
    text: [text, ...missing].filter((part) => part !== "").join(" "),
    by,
    telephones,
    inForce,
  };
}

export function summarizePregnancy(facts: Facts, to: string): Section<Pregnancy> {
  const items = facts.of("pregnancy").map((fact): Pregnancy => {
    const { status, due, text } = fact.record;
    return { ...itemOf(fact, fact.record.date), status, due: dateOf(due), text };
  });
  return byDate(items, to);
}

/** Every level that was granted, with its time: which one holds today is for the reader's clock. */
export function summarizeCareLevel(facts: Facts, to: string): Section<CareLevel> {
  const items = facts.of("careLevel").map((fact): CareLevel => {
    const { level, from, to: until } = fact.record;
    return { ...itemOf(fact, fact.record.date ?? from), level: coded(level), from: dateOf(from), to: dateOf(until) };
  });
  return byDate(items, to);
}
