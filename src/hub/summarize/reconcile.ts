/** One prescription as the chart, the e-prescription, the pharmacy and the claim tell it: one line that lists them. */
import { foldForSearch } from "../../shared/summary/fold.ts";
import { dayAfter } from "../../shared/summary/japaneseDate.ts";
import { type Medicine, type Source, sourceKinds } from "../../shared/summary/summary.ts";
import { amountOf, dailyDose, formKey } from "./dose.ts";
import { compare } from "./facts.ts";
import { bothCoded, codeKeys, hiddenAs, withAlso } from "./together.ts";

/** A prescription is good for four days, the day of issue included (療養担当規則 20条). */
export const COLLECTED_WITHIN = 3;

/**
 * Folds lines that tell of the same prescription: other channels (two hospitals that order the same are two orders), same medicine, dates, dose and days, and no
 * second line that would fit as well: nothing is guessed. What was handed out stands in front; words and names that only another one has stand in its codes and note.
 */
export function foldPrescriptions(lines: readonly Medicine[], sources: readonly Source[]): readonly Medicine[] {
  if (sources.length < 2) return lines;
  const matcher = makeMatcher();
  const charts = new Set(sources.filter(({ kind }) => kind === "chart").map(({ facility }) => facility));
  const order = new Map(lines.map((line) => [line, JSON.stringify([line.stage !== "dispensed", rankOf(line, sources), line])]));
  const sorted = [...lines].sort((a, b) => compare(order.get(a) ?? "", order.get(b) ?? ""));
  const fitting = new Map<Medicine, Medicine[]>(sorted.map((line) => [line, []]));
  for (const bucket of bucketsOf(sorted)) {
    for (const [i, a] of bucket.entries()) {
      for (const b of bucket.slice(i + 1)) {
        if (fitting.get(a)?.includes(b) || !mayBeOne(a, b, sources, charts, matcher)) continue;
        fitting.get(a)?.push(b);
        fitting.get(b)?.push(a);
      }
    }
  }
  const kindOf = (line: Medicine): string => sources[line.source]?.kind ?? "";
  const onlyOne = (a: Medicine, b: Medicine): boolean => fitting.get(a)?.filter((one) => kindOf(one) === kindOf(b)).length === 1;
  const used = new Set<Medicine>();
  return sorted.flatMap((head) => {
    if (used.has(head)) return [];
    const others = (fitting.get(head) ?? []).filter((other) => !used.has(other) && onlyOne(head, other) && onlyOne(other, head));
    for (const one of [head, ...others]) used.add(one);
    return [others.reduce((whole, other) => joined(whole, other, sources, matcher.isProduct(head, other)), head)];
  });
}

const rankOf = (line: Medicine, sources: readonly Source[]): number => sourceKinds.indexOf(sources[line.source]?.kind ?? "chart");

/** Lines that may be the same medicine: by ingredient, by words, by code. */
function bucketsOf(lines: readonly Medicine[]): readonly (readonly Medicine[])[] {
  const buckets = new Map<string, Medicine[]>();
  for (const line of lines) {
    for (const key of drugKeys(line)) buckets.set(key, [...(buckets.get(key) ?? []), line]);
  }
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

/** What names a medicine: its ingredient, its words, its codes that are the same everywhere. */
export function drugKeys({ ingredient, drug }: Pick<Medicine, "ingredient" | "drug">): readonly string[] {
  const words = foldForSearch(drug.text);
  return [...(ingredient === "" ? [] : [`i|${ingredient}`]), ...(words === "" ? [] : [`t|${words}`]), ...codeKeys(drug)];
}

type Named = Pick<Medicine, "ingredient" | "drug">;

/** Whether two lines are the same product (by words or code), or the same medicine (by ingredient where both are known); names are folded once each. */
export interface Matcher {
  isProduct(a: Named, b: Named): boolean;
  isMedicine(a: Named, b: Named): boolean;
}

export function makeMatcher(): Matcher {
  const known = new Map<Named["drug"], readonly string[]>();
  const keysOf = ({ drug }: Named): readonly string[] => {
    const keys = known.get(drug) ?? drugKeys({ ingredient: "", drug });
    known.set(drug, keys);
    return keys;
  };
  const isProduct = (a: Named, b: Named): boolean => keysOf(a).some((key) => keysOf(b).includes(key));
  return {
    isProduct,
    isMedicine: (a, b) => (a.ingredient !== "" && b.ingredient !== "" ? a.ingredient === b.ingredient : isProduct(a, b)),
  };
}

function mayBeOne(a: Medicine, b: Medicine, sources: readonly Source[], charts: ReadonlySet<string>, matcher: Matcher): boolean {
  const [from, other] = [sources[a.source], sources[b.source]];
  if (from === undefined || other === undefined || from.kind === other.kind) return false;
  // Another hospital's chart or claim is another prescription; a pharmacy or a national service has no chart.
  if (from.facility !== other.facility && charts.has(from.facility) && charts.has(other.facility)) return false;
  return (
    matcher.isMedicine(a, b) &&
    a.injection === b.injection &&
    formKey(a) === formKey(b) &&
    [a, b].every(({ stage, completion }) => stage !== "given" && (completion === null || completion === "complete")) &&
    onSameDays(a, b) &&
    (a.days === null || b.days === null || a.days === b.days) &&
    sameAmounts(a, b, matcher) &&
    hiddenAs(a) === hiddenAs(b)
  );
}

const dayOf = (date: string | null): string => (date !== null && date.length >= 10 ? date.slice(0, 10) : "");

function onSameDays(a: Medicine, b: Medicine): boolean {
  if (a.stage !== b.stage) {
    const [handed, ordered] = a.stage === "dispensed" ? [a, b] : [b, a];
    return isWithin(dayOf(handed.date), dayOf(ordered.date), COLLECTED_WITHIN);
  }
  const start = dayOf(a.start ?? a.date);
  return start !== "" && start === dayOf(b.start ?? b.date);
}

export function isWithin(day: string, from: string, days: number): boolean {
  return day !== "" && from !== "" && day >= from && day <= (dayAfter(from, days) ?? from);
}

/** The same dose, or none told by one of them of the very same product; amounts handed out are the same where both tell them. */
function sameAmounts(a: Medicine, b: Medicine, matcher: Matcher): boolean {
  const [total, otherTotal] = [amountOf(a.total, a.drug), amountOf(b.total, b.drug)];
  if (total !== null && otherTotal !== null && total.basis === otherTotal.basis && total.value !== otherTotal.value) return false;
  const [dose, other] = [dailyDose(a), dailyDose(b)];
  if (dose !== null && other !== null) return dose.basis === other.basis && dose.value === other.value;
  const [once, otherOnce] = [amountOf(a.dosePerIntake, a.drug), amountOf(b.dosePerIntake, b.drug)];
  if (once !== null && otherOnce !== null) return once.basis === otherOnce.basis && once.value === otherOnce.value;
  return matcher.isProduct(a, b) || (orderOf(a) !== "" && orderOf(a) === orderOf(b));
}

const orderOf = ({ group }: Medicine): string => group.split("/")[0] ?? "";

function joined(head: Medicine, other: Medicine, sources: readonly Source[], product: boolean): Medicine {
  const words = [other.usage, other.route, other.form, other.department].filter((text, at) => {
    const own = [head.usage, head.route, head.form, head.department][at] ?? "";
    return text !== "" && (own !== "" || (at === 0 && !product)) && foldForSearch(own) !== foldForSearch(text);
  });
  const said = [...words, ...(head.note.includes(other.note) ? [] : [other.note])].join(" ");
  return withAlso(
    {
      ...head,
      drug: bothCoded(head.drug, other.drug),
      // Amounts in tablets of one brand say nothing of another one's.
      dosePerIntake: head.dosePerIntake ?? (product ? other.dosePerIntake : null),
      dosePerDay: head.dosePerDay ?? (product ? other.dosePerDay : null),
      total: head.total ?? (product ? other.total : null),
      usage: head.usage || (product ? other.usage : ""),
      route: head.route || other.route,
      form: head.form || other.form,
      department: head.department || other.department,
      setting: head.setting === "unknown" ? other.setting : head.setting,
      days: head.days ?? other.days,
      times: head.times ?? other.times,
      end: head.end ?? endOf(head, other),
      ingredient: head.ingredient || other.ingredient,
      group: head.group || other.group,
      note: [head.note, said === "" ? "" : `${sources[other.source]?.name ?? ""}：${said}`].filter((part) => part !== "").join(" "),
    },
    head,
    other,
  );
}

/** A supply lasts its days from when it was handed out. */
function endOf(head: Medicine, other: Medicine): string | null {
  const start = head.start ?? head.date;
  const days = head.days ?? other.days;
  return start !== null && days !== null && days > 0 ? dayAfter(start, days - 1) : other.end;
}
