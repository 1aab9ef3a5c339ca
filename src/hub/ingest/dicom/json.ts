import { factsOf, type Header, type InstanceFacts, type NameGroups, type Refused } from "./facts.ts";

/** One data set as DICOM JSON (PS3.18 F.2): attacker-controlled, looked at leaf by leaf. */
export type JsonDataSet = Readonly<Record<string, unknown>>;

/** A list of data sets, or null when the value is none. */
export function dataSetsOf(value: unknown): readonly JsonDataSet[] | null {
  return Array.isArray(value) && value.every(isObject) ? value : null;
}

/** Facts of an instance's metadata; UTF-8 by definition, so names need no decoding. Refusals as for files. */
export function factsOfJson(set: JsonDataSet): InstanceFacts | Refused {
  return factsOf(jsonHeader(set));
}

/** First value of an attribute as text; "" when absent. */
export function jsonText(set: JsonDataSet, tag: string): string {
  const value = firstValue(set, tag);
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
}

function jsonHeader(set: JsonDataSet): Header {
  return { warnings: [], text: (tag) => jsonText(set, tag), names: (tag) => namesOf(firstValue(set, tag)) };
}

function firstValue(set: JsonDataSet, tag: string): unknown {
  const attribute = set[tag];
  return isObject(attribute) && Array.isArray(attribute.Value) ? attribute.Value[0] : undefined;
}

function namesOf(value: unknown): NameGroups {
  const group = (name: string) => {
    const text = isObject(value) ? value[name] : undefined;
    return typeof text === "string" ? text.replace(/[\s^]+$/, "").trim() : "";
  };
  return { alphabetic: group("Alphabetic"), ideographic: group("Ideographic"), phonetic: group("Phonetic") };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
