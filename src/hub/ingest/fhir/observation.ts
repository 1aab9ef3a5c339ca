import type { Observation, ObservationComponent, ObservationReferenceRange } from "@medplum/fhirtypes";
import type { Base, Concept, LabRecord } from "../../record/record.ts";
import { lineOf, type Measured } from "./measured.ts";
import { careLevelOf, pregnancyOf, registrationOf, vitalOf } from "./measures.ts";
import type { Reading } from "./reading.ts";
import { isInfectionList } from "./systems.ts";
import { codesOf, conceptOf, conceptsOf, dateOf, labelOf, startOf } from "./values.ts";

/**
 * One Observation → one record a value: a laboratory result, vital sign, blood group, pregnancy, care level or finding of a check-up. A panel
 * without a value of its own gives those of its parts.
 */
export function readObservation(one: Observation, reading: Reading): void {
  const measured = dateOf(one.effectiveDateTime) ?? startOf(one.effectivePeriod) ?? dateOf(one.effectiveInstant);
  const base = reading.base(one, measured ?? dateOf(one.issued));
  const parts = partsOf(one, reading);
  if (parts.length === 0) {
    // A panel names its members, which speak for themselves.
    if ((one.hasMember ?? []).length === 0) reading.raw(one);
    return;
  }
  let placed = 0;
  for (const part of parts) if (place(one, part, base, reading)) placed++;
  if (placed < parts.length) reading.raw(one, parts.map(lineOf).join("\n"));
}

/** Which list a part belongs to; false: none that is known. */
function place(one: Observation, part: Measured, base: Base, reading: Reading): boolean {
  const category = (one.category ?? []).flatMap(codesOf);
  const checkup = base.channel === "checkup" || (one.category ?? []).some((kind) => /健診|健康診断/.test(labelOf(kind)));
  const vital = vitalOf(part, category);
  const registered = registrationOf(part);
  // A result keeps its record, which says that it was taken back; what is no result is only kept.
  if (withdrawn(one) && ((vital !== null && !checkup) || registered !== null || !isLaboratory(part, category, checkup))) return false;
  const stated = pregnancyOf(part, base, one, reading) ?? careLevelOf(part, base, one);
  if (stated !== null) {
    reading.add(stated);
    return true;
  }
  if (registered !== null) {
    reading.add({ ...base, kind: "registration", what: registered, test: part.test, value: part.value, unit: part.unit });
    return true;
  }
  if (vital !== null && !checkup) {
    reading.add({ ...base, kind: "vital", what: vital, test: part.test, value: part.value, unit: part.unit });
    return true;
  }
  if (!isLaboratory(part, category, checkup)) return false;
  reading.add(labOf(one, part, base, checkup, reading));
  return true;
}

const withdrawn = (one: Observation): boolean => /^(?:cancelled|entered-in-error|registered)$/.test(one.status);

function isLaboratory(part: Measured, category: readonly string[], checkup: boolean): boolean {
  if (/^(?:social-history|sdoh|survey)$/.test(category[0] ?? "")) return false;
  return category.includes("laboratory") || category.length === 0 || checkup || isCodedTest(part);
}

const isCodedTest = ({ test }: Measured): boolean => test.codings.some(({ system }) => /^(?:JC10|JLAC11)$/.test(system));

/** OBX-11 for what FHIR calls status. */
const results: Readonly<Record<Observation["status"], string>> = {
  final: "F",
  amended: "C",
  corrected: "C",
  preliminary: "P",
  registered: "O",
  cancelled: "X",
  "entered-in-error": "D",
  unknown: "P",
};

function labOf(one: Observation, part: Measured, base: Base, checkup: boolean, reading: Reading): LabRecord {
  const specimen = reading.references.typed("Specimen", one.specimen, one);
  const named = one.specimen?.display?.trim() ?? "";
  const infection =
    (one.code?.coding ?? []).some(({ system }) => isInfectionList(system)) ||
    (one.category ?? []).some((category) => codesOf(category).includes("infectionRelated"));
  return {
    ...base,
    kind: "lab",
    orderNo: one.basedOn?.[0]?.identifier?.value ?? "",
    orderControl: "",
    panel: part.panel,
    test: part.test,
    specimen: conceptOf(specimen?.type) ?? (named === "" ? null : { text: named, codings: [] }),
    collected: dateOf(specimen?.collection?.collectedDateTime) ?? dateOf(one.effectiveDateTime) ?? startOf(one.effectivePeriod),
    valueType: part.valueType,
    value: part.value,
    valueConcept: part.valueConcept,
    unit: part.unit,
    range: part.range,
    flags: part.flags,
    resultStatus: results[one.status],
    subId: part.subId,
    notes: part.notes,
    ...(checkup ? { group: "checkup" as const } : infection ? { group: "infection" as const } : {}),
  };
}

/** The Observation's own value, and each component's. */
function partsOf(one: Observation, reading: Reading): readonly Measured[] {
  const own = resultOf(one, reading);
  const name = conceptOf(one.code) ?? { text: "", codings: [] };
  const notes = [reading.notes(one.note), labelOf(one.method)].filter((part) => part !== "");
  const components = (one.component ?? []).flatMap((part, i): Measured[] => {
    const value = resultOf(part, reading);
    const test = conceptOf(part.code);
    if (value === null || test === null) return [];
    return [{ ...value, ...detailsOf(part, reading), test, panel: name, subId: String(i + 1), notes }];
  });
  if (own === null) return components;
  return [{ ...own, ...detailsOf(one, reading), test: name, panel: null, subId: "", notes }, ...components];
}

type Valued = Observation | ObservationComponent;

function detailsOf(one: Valued, reading: Reading): Pick<Measured, "range" | "flags"> {
  return {
    range: (one.referenceRange ?? [])
      .map((range) => rangeText(range, reading))
      .filter(Boolean)
      .join("; "),
    flags: conceptsOf(one.interpretation).flatMap(({ codings, text }) => codings[0]?.code ?? text),
  };
}

function rangeText(range: ObservationReferenceRange, reading: Reading): string {
  if (range.text !== undefined) return range.text;
  const low = reading.numbers.quantity(range.low)?.value ?? "";
  const high = reading.numbers.quantity(range.high)?.value ?? "";
  if (low === "" && high === "") return "";
  return low !== "" && high !== "" ? `${low}-${high}` : low !== "" ? `≧${low}` : `≦${high}`;
}

/** Null: no value, and no word why. */
function resultOf(one: Valued, reading: Reading): Pick<Measured, "value" | "unit" | "valueType" | "valueConcept"> | null {
  const { numbers } = reading;
  const plain = (value: string, valueType = "ST", unit = "") => ({ value, unit, valueType, valueConcept: null });
  const quantity = numbers.quantity(one.valueQuantity);
  if (quantity !== null) return plain(quantity.value, /^[<>]/.test(quantity.value) ? "SN" : "NM", quantity.unit);
  const concept: Concept | null = conceptOf(one.valueCodeableConcept);
  if (concept !== null) return { value: concept.text, unit: "", valueType: "CWE", valueConcept: concept };
  if (one.valueString !== undefined) return plain(one.valueString);
  if (one.valueBoolean !== undefined) return plain(one.valueBoolean ? "はい" : "いいえ");
  if (one.valueInteger !== undefined) return plain(numbers.of(one, "valueInteger", one.valueInteger), "NM");
  const range = numbers.range(one.valueRange);
  if (range !== null) return plain(range.value, "ST", range.unit);
  const ratio = one.valueRatio;
  if (ratio !== undefined) return plain([numbers.written(ratio.numerator), numbers.written(ratio.denominator)].join(":"));
  const time = dateOf(one.valueDateTime) ?? one.valueTime ?? startOf(one.valuePeriod);
  if (time !== null && time !== undefined) return plain(time, "DT");
  if (one.valueSampledData !== undefined) return plain(one.valueSampledData.data ?? "");
  return null;
}
