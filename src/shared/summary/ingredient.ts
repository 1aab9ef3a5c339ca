/** The generic name behind what a hospital sends, by which lines of different hospitals and brands are put side by side. */
import { foldForSearch } from "./fold.ts";
import { type NameTable, namesIn } from "./medicineName.ts";
import type { Coded } from "./summary.ts";
import { genericNames } from "./tables/generics.ts";
import { medicineNameRules } from "./tables/names.ts";
import { ordinaryNames } from "./tables/ordinary.ts";

/**
 * The one ingredient that the sent text and the texts of its codes agree on: 「ワーファリン錠1mg」 and 【般】ワルファリンK錠 → 「ワルファリン」, a
 * combination with all its names (「アムロジピン・カンデサルタン」). "" when no name is known, when two texts name unlike medicines, or when a part of a
 * combination is unknown: nothing is guessed.
 */
export function ingredientOf(drug: Pick<Coded, "text" | "codes">): string {
  const texts = [...new Set([drug.text, ...drug.codes.map(({ text }) => text)])].filter((text) => text !== "");
  const found = new Set(texts.map((text) => ingredientOfName(text)).filter((one) => one !== ""));
  return found.size === 1 ? ([...found][0] ?? "") : "";
}

export function ingredientOfName(name: string): string {
  const places = namesIn(name, genericTable);
  const whole = places[0]?.found ?? null;
  const own = whole?.means[0] ?? [];
  const all = [...new Set(places.flatMap(({ found }) => found?.means[0] ?? []))];
  // A brand (「バファリン配合錠」) and a name of several ingredients say all that is in it.
  const says = whole !== null && (own.length > 1 || whole.name !== foldForSearch(own[0] ?? ""));
  if (says && own.length > 0) return all.every((one) => own.includes(one)) ? joined(own) : "";
  // 「インスリン グラルギン」: the shorter name is a part of the longer one.
  const generics = all.filter((one) => !all.some((other) => other !== one && other.startsWith(one)));
  return generics.length === 0 || generics.length < ingredientsNamed(name) ? "" : joined(generics);
}

/** A name of many unlike medicines is none. */
const classes: readonly string[] = ["インスリン"];

function joined(generics: readonly string[]): string {
  return generics.length === 1 && classes.includes(generics[0] ?? "") ? "" : [...generics].sort().join("・");
}

/** How many ingredients a text claims to have: names parted by a middle dot, slash or plus; at least two for 配合. */
function ingredientsNamed(name: string): number {
  const plain = name
    .normalize("NFKC")
    .replace(/[「『【[(][^」』】\])]*[」』】\])]/g, " ")
    .replace(/[\d.]+ *(?:mg|g|ml|μg|mcg|%)?(?:\/[\d.]* *(?:mg|g|ml|日|回|枚|瓶|管|袋|包))?/gi, " ");
  const named = plain.split(/[・/+＋]/).filter((part) => /[\p{Script=Katakana}\p{Script=Han}]{2}|[A-Za-z]{5}/u.test(part)).length;
  return /配合|複合/.test(plain) ? Math.max(2, named) : named;
}

/** A name means one list of ingredients; none: a medicine whose ingredient the project does not know, which shields longer look-alikes. */
const genericTable: NameTable<readonly string[]> = makeTable();

function makeTable(): NameTable<readonly string[]> {
  const byName = new Map<string, readonly (readonly string[])[]>(ordinaryNames.map((name) => [foldForSearch(name), []]));
  for (const { generic, names } of [...medicineNameRules, ...genericNames]) {
    for (const name of names) {
      const key = foldForSearch(name);
      if ((byName.get(key) ?? []).length === 0) byName.set(key, [generic.split("・")]);
    }
  }
  return { byName, longestName: Math.max(...[...byName.keys()].map((key) => key.length)) };
}
