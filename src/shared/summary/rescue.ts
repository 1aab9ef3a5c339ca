/**
 * Who needs rescue when power and water are gone: people on dialysis, home oxygen, a ventilator or insulin, and the bedridden. One line a
 * person, sealed apart from the packs, opened only under a declared disaster by one journalled opening. Pure.
 * It says whom the rules know of, never who else is safe: a person who is not listed may need help all the same.
 */
import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { list, malformed, matching, object, oneOf, orNull, type Shape, text } from "./shape.ts";
import type { ClinicalDate, Identity, RestPart, StripPart } from "./summary.ts";

/** In the order of how soon help must come. */
export const rescueNeeds = ["ventilator", "homeOxygen", "dialysis", "insulin", "bedridden"] as const;
export type RescueNeed = (typeof rescueNeeds)[number];

export interface RescueReason {
  readonly need: RescueNeed;
  /** As the source says it. */
  readonly text: string;
  readonly date: ClinicalDate | null;
  /** Name and telephone of the hospital that said it. */
  readonly source: string;
  readonly telephone: string;
}

export interface RescueLine {
  /** base64url of the person reference. */
  readonly person: string;
  readonly name: string;
  readonly kana: string;
  readonly birthDate: ClinicalDate | null;
  readonly sex: Identity["sex"];
  readonly address: string;
  readonly telephones: readonly string[];
  readonly reasons: readonly RescueReason[];
  /** Instant of the data, ISO 8601 UTC. */
  readonly asOf: string;
}

/** 要介護4 and 5: cannot leave a bed or a building without help. As sent: 要介護４, 要介護 5. */
const bedridden = /要介護(度)?\s*[45]/;

/** null: nothing that the rules know of. Protected items stand in neither part, so nobody is listed for one. */
export function rescueOf(person: string, strip: StripPart, { summary }: RestPart): RescueLine | null {
  const sourceOf = (at: number) => ({ source: strip.sources[at]?.name ?? "", telephone: strip.sources[at]?.telephone ?? "" });
  const stated = strip.strip.items.flatMap((item): readonly RescueReason[] => {
    const need = rescueNeeds.find((each) => each === item.danger);
    return need === undefined ? [] : [{ need, text: item.text, date: item.date, ...sourceOf(item.source) }];
  });
  const cared = summary.sections.careLevel.items
    .filter(({ level }) => bedridden.test(level.text.normalize("NFKC")))
    .map((item): RescueReason => ({ need: "bedridden", text: item.level.text, date: item.date, ...sourceOf(item.source) }));
  const reasons = [...stated, ...cared].sort((a, b) => rescueNeeds.indexOf(a.need) - rescueNeeds.indexOf(b.need));
  if (reasons.length === 0) return null;
  const { kanji, kana, birthDate, sex, address, telephones } = strip.identity;
  const named = (name: Identity["kanji"]) => (name === null ? "" : `${name.family} ${name.given}`.trim());
  return { person, name: named(kanji), kana: named(kana), birthDate, sex, address, telephones, reasons, asOf: strip.asOf };
}

const MOST = 200_000;
const dateOrNull = orNull(matching(/^[0-9T:-]{4,25}$/));
const lineShape: Shape<RescueLine> = object<RescueLine>({
  person: matching(/^[\w-]{22}$/),
  name: text,
  kana: text,
  birthDate: dateOrNull,
  sex: oneOf(["male", "female", "other", "unknown"]),
  address: text,
  telephones: list(text, 1000),
  reasons: list(object<RescueReason>({ need: oneOf(rescueNeeds), text, date: dateOrNull, source: text, telephone: text }), 10_000),
  asOf: text,
});
const rosterShape = list(lineShape, MOST);
const bounds = { sources: 0 };

/** One line as it lies at the hub. Errors: "summary-malformed". */
export function encodeRescueLine(line: RescueLine): string {
  lineShape.check(line, bounds, "rescue");
  return JSON.stringify(lineShape.order(line));
}

/** `lines`: as encodeRescueLine made them; ordered by person, so that the same people give the same bytes. */
export function encodeRescue(lines: readonly string[]): Bytes {
  return utf8(`[${[...lines].sort().join(",")}]`);
}

/** Errors: "summary-malformed". */
export function parseRescue(bytes: Uint8Array): readonly RescueLine[] {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    return malformed("rescue");
  }
  rosterShape.check(value, bounds, "rescue");
  return value as readonly RescueLine[];
}
