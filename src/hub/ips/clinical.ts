import type {
  AllergyIntolerance,
  Condition,
  Procedure as FhirProcedure,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  Patient,
  Reference,
} from "@medplum/fhirtypes";
import type { Allergy, Diagnosis, Medicine, Procedure, Quantity } from "../../shared/summary/summary.ts";
import type { Entry } from "./ips.ts";
import { clean, coded, dated, dateTime, given, type Maker, plain, quantity } from "./make.ts";

const terminology = "http://terminology.hl7.org/CodeSystem";

const allergyCategories: Readonly<Partial<Record<Allergy["category"], "medication" | "food" | "environment" | "biologic">>> = {
  drug: "medication",
  contraindication: "medication",
  food: "food",
  environment: "environment",
  animal: "environment",
  plant: "environment",
  pollen: "environment",
};

export function allergy(item: Allergy, patient: Reference<Patient>, make: Maker): Entry {
  const category = allergyCategories[item.category];
  const manifestation = item.reactions.map(plain);
  const resource: AllergyIntolerance = {
    resourceType: "AllergyIntolerance",
    ...make.base(item),
    clinicalStatus: coded(`${terminology}/allergyintolerance-clinical`, item.resolved ? "resolved" : "active"),
    verificationStatus: coded(
      `${terminology}/allergyintolerance-verification`,
      item.verification === "confirmed" ? "confirmed" : "unconfirmed",
    ),
    ...(category === undefined ? {} : { category: [category] }),
    ...(item.contraindication || item.severity === "severe" ? { criticality: "high" as const } : {}),
    code: make.concept(item.substance, item),
    patient,
    ...given("onsetString", clean(item.onset)),
    ...given("recordedDate", item.date === null ? "" : dateTime(item.date)),
    ...(manifestation.length === 0 && item.severity === "unknown"
      ? {}
      : {
          reaction: [
            {
              manifestation: manifestation.length > 0 ? manifestation : [plain("症状の記載がない")],
              ...(item.severity === "unknown" ? {} : { severity: item.severity }),
            },
          ],
        }),
  };
  return { reference: make.add(resource), line: `${item.substance.text} ${item.reactions.join("、")} ${item.date ?? ""}` };
}

export function diagnosis(item: Diagnosis, patient: Reference<Patient>, make: Maker): Entry {
  const resource: Condition = {
    resourceType: "Condition",
    ...make.base(item),
    clinicalStatus: coded(`${terminology}/condition-clinical`, item.active ? "active" : "resolved"),
    verificationStatus: coded(`${terminology}/condition-ver-status`, item.suspected ? "provisional" : "confirmed"),
    category: [coded(`${terminology}/condition-category`, "problem-list-item")],
    code: make.concept(item.disease, item),
    subject: patient,
    ...given("onsetDateTime", item.onset === null ? "" : dateTime(item.onset)),
    ...given("abatementDateTime", item.end === null || item.active ? "" : dateTime(item.end)),
    ...given("recordedDate", item.date === null ? "" : dateTime(item.date)),
  };
  return { reference: make.add(resource), line: `${item.disease.text}${item.suspected ? "（疑い）" : ""} ${item.date ?? ""}` };
}

/** Ordered, dispensed and given stay apart: a supply is no order, and neither is a dose taken. */
export function medicine(item: Medicine, patient: Reference<Patient>, make: Maker): Entry {
  const drug = { ...make.base(item), medicationCodeableConcept: make.concept(item.drug, item) };
  const note = item.note === "" ? {} : { note: [{ text: clean(item.note) }] };
  const line = [
    item.drug.text,
    item.usage,
    item.dosePerDay === null ? "" : `1日量 ${item.dosePerDay.value} ${item.dosePerDay.unit}`,
    item.date ?? "",
  ].join(" ");
  const over = item.end !== null && item.conflicts.includes("stopped");
  if (item.stage === "given") {
    const resource: MedicationAdministration = {
      resourceType: "MedicationAdministration",
      ...drug,
      status: item.completion === "refused" || item.completion === "notGiven" ? "not-done" : "completed",
      subject: patient,
      ...periodOf(item),
      ...administered(item),
      ...note,
    } as MedicationAdministration;
    return { reference: make.add(resource), line };
  }
  if (item.stage === "dispensed") {
    const resource: MedicationDispense = {
      resourceType: "MedicationDispense",
      ...drug,
      status: "completed",
      subject: patient,
      ...given("whenHandedOver", item.date === null ? "" : dateTime(item.date)),
      ...doseOf("quantity", item.total),
      ...doseOf("daysSupply", item.days === null ? null : { value: String(item.days), unit: "日" }),
      ...dosageOf(item),
      ...note,
    } as MedicationDispense;
    return { reference: make.add(resource), line };
  }
  const resource: MedicationRequest = {
    resourceType: "MedicationRequest",
    ...drug,
    status: over ? "stopped" : "active",
    intent: "order",
    subject: patient,
    ...given("authoredOn", item.date === null ? "" : dateTime(item.date)),
    ...dosageOf(item),
    ...(item.total === null && item.days === null
      ? {}
      : {
          dispenseRequest: {
            ...doseOf("quantity", item.total),
            ...doseOf("expectedSupplyDuration", item.days === null ? null : { value: String(item.days), unit: "日" }),
          },
        }),
    ...note,
  };
  return { reference: make.add(resource), line };
}

/** A dosage needs an amount; a route without one is said in words. */
function administered({ dosePerIntake, route, usage }: Medicine): Record<string, unknown> {
  const dose = dosePerIntake === null ? null : quantity(dosePerIntake);
  if (dose === null) return route === "" ? {} : { note: [{ text: clean(`経路: ${route}`) }] };
  return { dosage: { ...given("text", clean(usage)), ...(route === "" ? {} : { route: plain(route) }), dose } };
}

function periodOf({ date, end }: Medicine): Record<string, unknown> {
  if (date === null) return dated("effectiveDateTime", null);
  return end === null ? { effectiveDateTime: dateTime(date) } : { effectivePeriod: { start: dateTime(date), end: dateTime(end) } };
}

/** A quantity that is no number stays in the text of the usage. */
function doseOf(name: string, sent: Quantity | null): Record<string, unknown> {
  const written = sent === null ? null : quantity(sent);
  return written === null ? {} : { [name]: written };
}

function dosageOf({ usage, route, dosePerIntake, dosePerDay, start, end }: Medicine): Pick<MedicationRequest, "dosageInstruction"> {
  const intake = dosePerIntake === null ? null : quantity(dosePerIntake);
  const daily = dosePerDay === null ? null : quantity(dosePerDay);
  const dose = {
    ...(intake === null ? {} : { doseQuantity: intake }),
    ...(daily === null
      ? {}
      : { rateRatio: { numerator: daily, denominator: { value: 1, unit: "日", system: "http://unitsofmeasure.org", code: "d" } } }),
  };
  const period = { ...given("start", start === null ? "" : dateTime(start)), ...given("end", end === null ? "" : dateTime(end)) };
  const dosage = {
    ...given("text", clean(usage)),
    ...(usage === "" && Object.keys(period).length === 0
      ? {}
      : {
          timing: {
            ...(Object.keys(period).length === 0 ? {} : { repeat: { boundsPeriod: period } }),
            ...(usage === "" ? {} : { code: plain(usage) }),
          },
        }),
    ...(route === "" ? {} : { route: plain(route) }),
    ...(Object.keys(dose).length === 0 ? {} : { doseAndRate: [dose] }),
  };
  return Object.keys(dosage).length === 0 ? {} : { dosageInstruction: [dosage] };
}

/** Codes by which a reader tells the kind of a procedure. */
const procedureKinds: Readonly<Partial<Record<Procedure["what"], readonly [string, string]>>> = {
  surgery: ["387713003", "手術"],
  radiology: ["363679005", "放射線"],
  endoscopy: ["423827005", "内視鏡"],
  physiology: ["103693007", "生理検査"],
  treatment: ["277132007", "処置"],
  rehabilitation: ["52052004", "リハビリ"],
  transfusion: ["116859006", "輸血"],
};

export function procedure(item: Procedure, patient: Reference<Patient>, make: Maker): Entry {
  const kind = procedureKinds[item.what];
  const resource = {
    resourceType: "Procedure",
    ...make.base(item),
    status: "completed",
    ...(kind === undefined ? {} : { category: { coding: [{ system: "http://snomed.info/sct", code: kind[0] }], text: kind[1] } }),
    code: make.concept(item.name, item),
    subject: patient,
    ...dated("performedDateTime", item.date),
    ...given(
      "note",
      item.findings.filter((text) => clean(text) !== "").map((text) => ({ text: clean(text) })),
    ),
  } as FhirProcedure;
  return { reference: make.add(resource), line: `${item.name.text} ${item.date ?? ""}` };
}
