import { type ClinicalDate, type DangerClass, dangerClasses, type StripItem } from "../../shared/summary/summary.ts";
import { type Disclosure, disclosures } from "./disclosure.ts";
import { untoldIn } from "./stripDetail.ts";

/** One class of the strip with its lines, in the order of the strip. */
export interface StripGroup {
  readonly danger: DangerClass;
  readonly items: readonly StripItem[];
}

export function groupStrip(items: readonly StripItem[]): readonly StripGroup[] {
  return dangerClasses
    .map((danger) => ({ danger, items: items.filter((item) => item.danger === danger) }))
    .filter((group) => group.items.length > 0);
}

/** A name of the strip's first lines: what several records or hospitals sent of one ingredient is said once and counted. */
export interface ShortName {
  readonly name: string;
  readonly count: number;
  /** Last day of supply of any of them, as sent: a date and no verdict, since a supply that is over does not mean that nothing is taken. */
  readonly end: ClinicalDate | null;
  /** What the patient was not told or given of it. */
  readonly untold: readonly Disclosure[];
}

const medicineClasses = new Set<DangerClass>(
  dangerClasses.slice(dangerClasses.indexOf("anticoagulant"), dangerClasses.indexOf("dialysis")),
);

/** The names of one class, each once, in the order of the lines. */
export function shortNames({ items }: StripGroup): readonly ShortName[] {
  const names = new Map<string, StripItem[]>();
  for (const item of items) {
    const name = shortName(item);
    names.set(name, [...(names.get(name) ?? []), item]);
  }
  return [...names].map(([name, same]) => ({
    name,
    count: same.length,
    end: last(same.map(({ end }) => end)),
    untold: untoldOf(same),
  }));
}

/** What the patient was not told or given of any of these lines. */
export function untoldOf(items: readonly StripItem[]): readonly Disclosure[] {
  const found = new Set(items.flatMap(({ detail }) => untoldIn(detail)));
  return disclosures.filter((code) => found.has(code));
}

function last(ends: readonly (ClinicalDate | null)[]): ClinicalDate | null {
  return ends.reduce((latest, end) => (end !== null && (latest === null || end > latest) ? end : latest), null);
}

/** Longer than this, a wish begins with its first sentence; the whole stands below. */
const briefWish = 60;

/** The rules write "ingredient（what was sent）" for medicines; a long wish begins with its first sentence; of anything else nothing may be left out. */
function shortName({ danger, by, text }: StripItem): string {
  if (danger === "wishes" && text.length > briefWish) {
    const sentence = /^[^。．\n]*[。．\n]/.exec(text)?.[0].trim() ?? text;
    return sentence.length < text.trim().length ? `${sentence}…` : text;
  }
  const match = by !== "sent" && medicineClasses.has(danger) ? /^([^（）]+)（.+）$/.exec(text) : null;
  return match?.[1] ?? text;
}
