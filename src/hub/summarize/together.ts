/** The same thing stated by several sources: one item that lists them all. */
import { isDerived, standardSystem } from "../../shared/summary/coding.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import { UNDELIVERED, UNINFORMED } from "../../shared/summary/marks.ts";
import { projectProtected, protectedAs } from "../../shared/summary/protected.ts";
import type { ClinicalDate, Code, Coded, Item } from "../../shared/summary/summary.ts";
import { compare, isLocal } from "./facts.ts";

/** An item and what names the thing it states; two items with a key in common may be the same. */
export interface Stated<T extends Item> {
  readonly item: T;
  readonly keys: readonly string[];
}

/**
 * Folds items of different sources that share a key and that `join` can say in one (null: they differ in what they say, and both stand).
 * The first of a list ordered newest first stays in front and lists the others in `also`. Two statements of one source are never folded, nor an item with one
 * that is hidden otherwise (protected, 未告知): the one would tell of the other.
 */
export function foldAcross<T extends Item>(ordered: readonly Stated<T>[], join: (head: T, other: T) => T | null): readonly T[] {
  const heads: Head<T>[] = [];
  const byKey = new Map<string, number[]>();
  for (const { item, keys } of ordered) {
    const candidates = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    if ([...candidates].sort((a, b) => a - b).some((at) => take(heads[at], item, join))) continue;
    heads.push({ item, hidden: null });
    for (const key of keys) byKey.set(key, [...(byKey.get(key) ?? []), heads.length - 1]);
  }
  return heads.map(({ item }) => item);
}

/** `hidden`: as hiddenAs says, once it was asked; what is folded in is hidden alike. */
interface Head<T extends Item> {
  item: T;
  hidden: string | null;
}

/** True when the head could take the other in. */
function take<T extends Item>(head: Head<T> | undefined, other: T, join: (head: T, other: T) => T | null): boolean {
  if (head === undefined || sourcesOf(head.item).some((source) => sourcesOf(other).includes(source))) return false;
  const item = join(head.item, other);
  if (item === null) return false;
  head.hidden ??= hiddenAs(head.item);
  if (head.hidden !== hiddenAs(other)) return false;
  head.item = withAlso(item, head.item, other);
  return true;
}

export const sourcesOf = (item: Item): readonly number[] => [item.source, ...item.also.map(({ source }) => source)];

/** `item` with every statement of `head` and `other`, and with the warnings of both. */
export function withAlso<T extends Item>(item: T, head: Item, other: Item): T {
  const { source, date, received } = other;
  const also = [...head.also, { source, date, received }, ...other.also].sort(
    (a, b) => a.source - b.source || compare(JSON.stringify(a), JSON.stringify(b)),
  );
  return { ...item, also, warnings: [...new Set([...head.warnings, ...other.warnings])].sort() };
}

/** How an item is kept from readers: protected categories, and what the patient was not told. Equal texts: seen by the same readers. */
export function hiddenAs(item: Item): string {
  const undisclosed = [UNDELIVERED, UNINFORMED].filter((mark) => item.warnings.includes(mark));
  return JSON.stringify([...protectedAs(item, projectProtected), ...undisclosed]);
}

/** Codes of systems that are the same everywhere, as keys; a classification (ICD-10) names a group of things, never one, and so does a part of a code. */
export function codeKeys({ codes }: Pick<Coded, "codes">): readonly string[] {
  return codes
    .filter(({ system, code }) => !isLocal(system) && standardSystem(system) !== "I10" && !/^(?:0*|9*)$/.test(code))
    .filter(({ system, code }) => !isDerived(system) || standardSystem(system) !== "YJ" || code.length === 12)
    .map(({ system, code }) => `${standardSystem(system) || system}|${code}`);
}

/** The words of a thing as a key; none for no words. */
export function textKeys(text: string, ...more: readonly string[]): readonly string[] {
  const folded = foldForSearch(text);
  return folded === "" ? [] : [JSON.stringify([folded, ...more.map(foldForSearch)])];
}

/** Both codings in one; another text than the first one's stands among the codes, so that no word is lost. */
export function bothCoded(head: Coded, other: Coded): Coded {
  const more = other.codes.filter((one) => !head.codes.some((own) => own.system === one.system && own.code === one.code));
  const said = [head.text, ...[...head.codes, ...more].map(({ text }) => text)].map(foldForSearch);
  const words: readonly Code[] = said.includes(foldForSearch(other.text)) ? [] : [{ system: "", code: "", text: other.text }];
  const codes = [...head.codes, ...more, ...words];
  return { text: head.text, codes, local: codes.length > 0 && codes.every(({ system }) => isLocal(system)) };
}

/** The same day or time, as far as both say it; nothing said agrees with everything. */
export function agree(a: ClinicalDate | null, b: ClinicalDate | null): boolean {
  if (a === null || b === null) return true;
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) === b.slice(0, length);
}

/** One of two words where they are equal or one is empty; null where they differ. */
export function either(a: string, b: string): string | null {
  return a === "" || foldForSearch(a) === foldForSearch(b) ? (b && a === "" ? b : a) : b === "" ? a : null;
}
