import type {
  Bundle,
  CodeableConcept,
  Composition,
  Extension,
  Quantity as FhirQuantity,
  Organization,
  Reference,
  Resource,
} from "@medplum/fhirtypes";
import type { ClinicalDate, Code, Coded, Item, Quantity, Source } from "../../shared/summary/summary.ts";

/** What every maker of resources shares: numbers them, refers to them, and writes the small types one way. */
export class Maker {
  private readonly entries: { readonly fullUrl: string; readonly resource: Resource }[] = [];
  private readonly sources: readonly Source[];
  private readonly organizations = new Map<number, Reference<Organization>>();
  private readonly id: string;

  /** `id`: UUID of the Bundle; the names of its resources are derived from it, so that the same summary gives the same bytes. */
  constructor(id: string, sources: readonly Source[]) {
    this.id = id;
    this.sources = sources;
  }

  /** Adds a resource; `as` marks which profile of IPS it follows. */
  add<R extends Resource>(resource: R): Reference<R> {
    const fullUrl = this.url(this.entries.length + 1);
    this.entries.push({ fullUrl, resource });
    return { reference: fullUrl };
  }

  /** JSON text of the document Bundle made at this instant: the Composition, then everything that was added. */
  document(at: string, composition: Composition): string {
    const bundle: Bundle = {
      resourceType: "Bundle",
      identifier: { system: "urn:ietf:rfc:3986", value: `urn:uuid:${this.id}` },
      type: "document",
      timestamp: at,
      entry: [{ fullUrl: this.url(0), resource: composition }, ...this.entries],
    };
    return written(bundle);
  }

  private url(place: number): string {
    return `urn:uuid:${this.id.slice(0, 24)}${place.toString(16).padStart(12, "0")}`;
  }

  /** The facility that said an item, as a resource of its own. */
  facility({ source }: Pick<Item, "source">): Reference<Organization> {
    const known = this.organizations.get(source);
    if (known !== undefined) return known;
    const from = this.sources[source];
    const made = this.add<Organization>({
      resourceType: "Organization",
      ...(from === undefined ? {} : { identifier: [{ system: institution, value: from.facility }] }),
      name: clean(from?.name ?? "") || "不明",
    });
    this.organizations.set(source, made);
    return made;
  }

  /** Facility, and whether the patient has been told: on every item's resource. */
  base(item: Item): { extension?: Extension[]; meta?: { tag: { system: string; code: string }[] } } {
    const facility = this.sources[item.source]?.facility ?? "";
    const told = item.warnings.includes("uninformed") ? "UNINFORMED" : item.warnings.includes("undelivered") ? "UNDELIVERED" : null;
    return {
      ...(told === null ? {} : { meta: { tag: [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", code: told }] } }),
      ...(facility === ""
        ? {}
        : {
            extension: [
              {
                url: "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
                valueIdentifier: { system: institution, value: facility },
              },
            ],
          }),
    };
  }

  /** A coded thing; codes of one hospital's own list are named with that hospital, so that nobody compares them. */
  concept({ text, codes }: Coded, item: Item): CodeableConcept {
    const coding = codes.map((code) => ({
      ...this.system(code, item),
      code: clean(code.code),
      ...(code.text === "" ? {} : { display: clean(code.text) }),
    }));
    return { ...(coding.length === 0 ? {} : { coding }), text: clean(text) || clean(codes[0]?.code ?? "") || "不明" };
  }

  private system({ system }: Code, item: Item): { system?: string } {
    const known = systems[system];
    if (known !== undefined) return { system: known };
    if (/^[a-z]+:/.test(system)) return { system };
    return { system: `urn:tomoshibi:local:${this.sources[item.source]?.facility ?? ""}:${encodeURIComponent(system)}` };
  }
}

const institution = "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";

/** URLs of the code systems that SS-MIX2 names short (formats: the same names on both ways). */
const systems: Readonly<Record<string, string>> = {
  YJ: "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
  HOT7: "http://medis.or.jp/CodeSystem/master-HOT7",
  HOT9: "http://medis.or.jp/CodeSystem/master-HOT9",
  HOT13: "http://medis.or.jp/CodeSystem/master-HOT13",
  JC10: "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
  I10: "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full",
  MDCDX2: "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
  MDCEX: "http://medis.or.jp/CodeSystem/master-disease-exCode",
  "J-FAGY": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS",
  GENERAL: "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode",
  LN: "http://loinc.org",
  SCT: "http://snomed.info/sct",
  JJ1017: "http://jpfhir.jp/fhir/core/CodeSystem/JP_ProcedureCodesJJ1017_CS",
  DCM: "http://dicom.nema.org/resources/ontology/DCM",
};

export const loinc = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: "http://loinc.org", code, display }],
  text: display,
});
export const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });
export const plain = (text: string): CodeableConcept => ({ text: clean(text) || "不明" });

/** Strings of FHIR hold no control characters but tab and line ends. */
export function clean(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, "").trim();
}

/** FHIR dateTime in Japanese time; an hour alone is no dateTime there and becomes its day. */
export function dateTime(date: ClinicalDate): string {
  if (date.length <= 10) return date;
  if (date.length === 13) return date.slice(0, 10);
  return `${date.length === 16 ? `${date}:00` : date}+09:00`;
}

const unknown: Extension[] = [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }];

/** `{name: date}` or, when there is none, why: IPS wants one or the other. */
export function dated<K extends string>(name: K, date: ClinicalDate | null): Record<string, unknown> {
  return date === null ? { [`_${name}`]: { extension: unknown } } : { [name]: dateTime(date) };
}

/** `{name: value}` unless it is empty. */
export function given<K extends string, V>(name: K, value: V | "" | null | undefined): Partial<Record<K, V>> {
  const empty = value === "" || value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return empty ? {} : ({ [name]: value } as Record<K, V>);
}

/** Numbers are written with the digits they were sent with: see `written`. */
const mark = "\u0001";
const number = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,12})?$/;

/** A quantity whose value is a number as JSON writes it; null for any other, which goes as text. */
export function quantity({ value, unit }: Quantity): FhirQuantity | null {
  const compared = /^(<=|>=|<|>)?\s*(.+)$/.exec(value.trim());
  const digits = compared?.[2] ?? "";
  if (!number.test(digits)) return null;
  const made: Record<string, unknown> = {
    value: `${mark}${digits}${mark}`,
    ...given("comparator", compared?.[1]),
    ...given("unit", clean(unit)),
  };
  return made as FhirQuantity;
}

/** JSON with numbers in their own digits: 4.10 stays 4.10. Texts hold no mark (`clean`). */
export function written(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0001(-?\d+(?:\.\d+)?)\\u0001"/g, "$1");
}
