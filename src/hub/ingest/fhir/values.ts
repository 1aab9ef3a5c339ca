import type {
  Age,
  CodeableConcept,
  Duration,
  Extension,
  Coding as FhirCoding,
  Quantity as FhirQuantity,
  HumanName,
  Identifier,
  Period,
  Range,
  Ratio,
  Resource,
} from "@medplum/fhirtypes";
import type { Base, ClinicalDate, Coding, Concept, PatientName, Quantity } from "../../record/record.ts";
import { bare, saysNoCode, shortSystem } from "./systems.ts";

/** Readers of FHIR data types: what is sent becomes the words of a source record; nothing is judged here. */

const instant = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** dateTime, date or instant → the same precision, as the clock in Japan showed it; null when none or malformed. */
export function dateOf(sent: string | undefined): ClinicalDate | null {
  if (sent === undefined) return null;
  if (/^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(sent)) return sent;
  const [, day, hour, minute, second, zone] = instant.exec(sent) ?? [];
  if (day === undefined) return null;
  if (zone === undefined || zone === "+09:00") return `${day}T${hour}:${minute}${second === undefined ? "" : `:${second}`}`;
  const time = Date.parse(sent);
  return Number.isNaN(time) ? null : new Date(time + 9 * 3_600_000).toISOString().slice(0, 19);
}

/** 17 digits of the clock in Japan, which order what one hospital said; "" when the instant is none. */
export function stampOf(sent: string | undefined): string {
  const date = dateOf(sent);
  return date === null ? "" : date.replace(/\D/g, "").padEnd(17, "0");
}

export function codingOf(one: FhirCoding): Coding | null {
  const code = one.code ?? "";
  const text = one.display ?? "";
  if (code === "" ? text === "" : saysNoCode(one.system, code)) return null;
  return { code, text, system: shortSystem(one.system) };
}

/** What a person reads is the text as sent, else the first display, else the first code; null when nothing is said. */
export function conceptOf(sent: CodeableConcept | undefined): Concept | null {
  if (sent === undefined) return null;
  const codings = new Map<string, Coding>();
  for (const one of sent.coding ?? []) {
    const coding = codingOf(one);
    if (coding !== null && !codings.has(`${coding.system}|${coding.code}`)) codings.set(`${coding.system}|${coding.code}`, coding);
  }
  const displays = (sent.coding ?? []).map((one) => one.display ?? "");
  const text = sent.text?.trim() || displays.find((one) => one !== "") || [...codings.values()][0]?.code || "";
  return text === "" ? null : { text, codings: [...codings.values()] };
}

export function conceptsOf(sent: readonly CodeableConcept[] | undefined): readonly Concept[] {
  return (sent ?? []).flatMap((one) => conceptOf(one) ?? []);
}

export const labelOf = (sent: CodeableConcept | undefined): string => conceptOf(sent)?.text ?? "";

export const textOnly = (text: string): Concept => ({ text, codings: [] });

/** Whether one of the codings is this code of this system (any of several codes). */
export function hasCode(sent: CodeableConcept | undefined, system: string, ...codes: readonly string[]): boolean {
  return (sent?.coding ?? []).some((one) => bare(one.system ?? "") === bare(system) && codes.includes(one.code ?? ""));
}

/** Codes of any system. */
export const codesOf = (sent: CodeableConcept | undefined): readonly string[] => (sent?.coding ?? []).map((one) => one.code ?? "");

/** A number as it was written. */
export class Numbers {
  private readonly exact: ReadonlyMap<object, ReadonlyMap<string, string>>;

  constructor(exact: ReadonlyMap<object, ReadonlyMap<string, string>>) {
    this.exact = exact;
  }

  of(holder: object, key: string, value: number | undefined): string {
    return value === undefined ? "" : (this.exact.get(holder)?.get(key) ?? String(value));
  }

  /** Comparator and value with unit; the text of the unit before its code. */
  quantity(sent: FhirQuantity | Duration | Age | undefined): Quantity | null {
    if (sent?.value === undefined) return null;
    return { value: `${sent.comparator ?? ""}${this.of(sent, "value", sent.value)}`, unit: sent.unit ?? sent.code ?? "" };
  }

  range(sent: Range | undefined): Quantity | null {
    const low = this.quantity(sent?.low);
    const high = this.quantity(sent?.high);
    if (low === null && high === null) return null;
    return { value: [low?.value ?? "", high?.value ?? ""].join("-"), unit: high?.unit || low?.unit || "" };
  }

  written(sent: FhirQuantity | undefined): string {
    const quantity = this.quantity(sent);
    return quantity === null ? "" : `${quantity.value} ${quantity.unit}`.trim();
  }

  /** An amount a day: the numerator of "6 tablets per 1 d". */
  perDay(sent: Ratio | undefined): Quantity | null {
    const over = sent?.denominator;
    const daily = (over?.value ?? 1) === 1 && (over?.code === "d" || over?.unit === "日" || over?.unit === "day");
    return daily ? this.quantity(sent?.numerator) : null;
  }

  rate(sent: Ratio | undefined): Quantity | null {
    const above = this.quantity(sent?.numerator);
    if (above === null || this.perDay(sent) !== null) return null;
    const below = this.quantity(sent?.denominator);
    return {
      value: above.value,
      unit: below === null ? above.unit : `${above.unit}/${below.value === "1" ? "" : below.value}${below.unit}`,
    };
  }

  /** Days of a duration, "" when it is in another unit. */
  days(sent: Duration | undefined): string {
    if (sent?.value === undefined) return "";
    if (sent.code === "d" || sent.unit === "日" || sent.unit === "日分") return this.of(sent, "value", sent.value);
    return sent.code === "wk" ? String(sent.value * 7) : "";
  }
}

export function startOf(period: Period | undefined): ClinicalDate | null {
  return dateOf(period?.start);
}
export function endOf(period: Period | undefined): ClinicalDate | null {
  return dateOf(period?.end);
}

export function extensionOf(holder: { readonly extension?: Extension[] } | undefined, name: RegExp): Extension | undefined {
  return holder?.extension?.find((one) => name.test(one.url ?? ""));
}
export function extensionsOf(holder: { readonly extension?: Extension[] } | undefined, name: RegExp): readonly Extension[] {
  return holder?.extension?.filter((one) => name.test(one.url ?? "")) ?? [];
}

const representations: Readonly<Record<string, PatientName["representation"]>> = {
  IDE: "ideographic",
  SYL: "phonetic",
  ABC: "alphabetic",
};

/** Family and given name; a name sent as one text is parted at its first space. */
export function nameOf(sent: HumanName): PatientName | null {
  const [first = "", ...rest] = (sent.text ?? "").trim().split(/[\s\u3000]+/);
  const given = (sent.given ?? []).join(" ");
  const family = sent.family ?? (given === "" ? first : "");
  const name = { family, given: sent.family === undefined && given === "" ? rest.join(" ") : given };
  if (name.family === "" && name.given === "") return null;
  const said = representations[extensionOf(sent, /iso21090-EN-representation$/)?.valueCode ?? ""];
  return { ...name, representation: said ?? representationOf(`${name.family}${name.given}`) };
}

function representationOf(name: string): PatientName["representation"] {
  const plain = name.normalize("NFKC");
  if (/^[\p{Script=Latin}\s.'’-]+$/u.test(plain)) return "alphabetic";
  return /^[\p{Script=Katakana}\p{Script=Hiragana}ー・\s]+$/u.test(plain) ? "phonetic" : "unknown";
}

/** The name a Japanese reader takes first: 漢字 before カナ before letters. */
export function personText(names: readonly HumanName[] | undefined): string {
  const all = (names ?? []).flatMap((one) => nameOf(one) ?? []);
  const rank = { ideographic: 0, unknown: 1, phonetic: 2, alphabetic: 3 } as const;
  const best = all.sort((a, b) => rank[a.representation] - rank[b.representation])[0];
  return best === undefined ? "" : [best.family, best.given].filter((part) => part !== "").join(" ");
}

/** One identifier as one text: the same whatever the width of its signs. */
export function identifierKey(sent: Identifier): string {
  const value = (sent.value ?? "").normalize("NFKC").trim();
  return value === "" ? "" : `${bare(sent.system ?? "")}|${value}`;
}

const indication = /JP_ehrshrs_indication$/;

/** 未告知 / 未提供 of the first resource that says so; the stronger of the two. */
export function disclosureOf(...resources: readonly (Resource | null | undefined)[]): Base["disclosure"] {
  const tags = resources.flatMap((one) => one?.meta?.tag ?? []).filter((one) => indication.test(one.system ?? ""));
  if (tags.some((one) => one.code === "UNINFORMED")) return "uninformed";
  return tags.some((one) => one.code === "UNDELIVERED") ? "undelivered" : undefined;
}
