import type {
  CodeableConcept,
  Dosage,
  Medication,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Reference,
  Resource,
} from "@medplum/fhirtypes";
import type { Channel, Concept, MedicineRecord } from "../../record/record.ts";
import { absentMedicine } from "./absence.ts";
import { type Dose, doseOf, noDose } from "./dose.ts";
import type { Reading } from "./reading.ts";
import { bare } from "./systems.ts";
import { codesOf, conceptOf, conceptsOf, dateOf, endOf, extensionOf, identifierKey, labelOf, startOf } from "./values.ts";

type Stated = MedicationRequest | MedicationDispense | MedicationStatement | MedicationAdministration;

/** What one statement says besides its drug. */
type Frame = Omit<MedicineRecord, "drug" | "kind">;

/** What was ordered. A prescription taken back, or never meant as one, keeps its record with ORC-1's word for it. */
export function readRequest(one: MedicationRequest, reading: Reading): void {
  const dose = doseOf(one.dosageInstruction, reading);
  const supply = one.dispenseRequest;
  const withdrawn =
    /^(?:cancelled|entered-in-error|draft)$/.test(one.status) || one.doNotPerform === true || /^(?:proposal|plan|option)$/.test(one.intent);
  drugsOf(one, reading, {
    ...frameOf(one, reading, dose),
    ...reading.base(one, dateOf(one.authoredOn), medicationOf(one, reading)),
    ...channelOf(one, reading),
    stage: "ordered",
    orderControl: withdrawn ? "CA" : "",
    orderType: orderType(one, reading),
    group: groupOf(one),
    total: reading.numbers.quantity(supply?.quantity),
    days: reading.numbers.days(supply?.expectedSupplyDuration) || dose.days,
    start: dose.start ?? startOf(supply?.validityPeriod),
    categories: conceptsOf(one.category),
    department: departmentOf(one),
    prescriber: reading.nameOf(one.requester, one),
    note: noteOf(one.status, one.statusReason, reading.notes(one.note)),
  });
}

/** What a pharmacy handed out: a supply, not a dose. */
export function readDispense(one: MedicationDispense, reading: Reading): void {
  const dose = doseOf(one.dosageInstruction, reading);
  const order = reading.references.typed("MedicationRequest", one.authorizingPrescription?.[0], one);
  const handed = dateOf(one.whenHandedOver) ?? dateOf(one.whenPrepared);
  drugsOf(one, reading, {
    ...frameOf(one, reading, dose),
    ...reading.base(one, handed, medicationOf(one, reading)),
    channel: "dispensing",
    stage: "dispensed",
    orderNo:
      (order === null ? "" : prescriptionOf(order)) || prescriptionOf(one) || (one.authorizingPrescription?.[0]?.identifier?.value ?? ""),
    orderControl: /^(?:cancelled|entered-in-error|declined)$/.test(one.status) ? "CA" : "",
    group: groupOf(one),
    total: reading.numbers.quantity(one.quantity),
    days: reading.numbers.days(one.daysSupply) || dose.days,
    categories: one.category === undefined ? [] : conceptsOf([one.category]),
    department: departmentOf(one),
    note: noteOf(one.status, one.statusReasonCodeableConcept, reading.notes(one.note)),
  });
}

/** What somebody says that is taken; by the patient or a relative: their own word. */
export function readStatement(one: MedicationStatement, reading: Reading): void {
  const dose = doseOf(one.dosage, reading);
  const informant = reading.references.find(one.informationSource, one);
  const said = one.informationSource?.reference ?? "";
  const self =
    informant === null ? /(?:^|\/)(?:Patient|RelatedPerson)\//.test(said) : /^(?:Patient|RelatedPerson)$/.test(informant.resourceType);
  const base = reading.base(
    one,
    dateOf(one.effectiveDateTime) ?? startOf(one.effectivePeriod) ?? dateOf(one.dateAsserted),
    medicationOf(one, reading),
  );
  if (absentMedicine(one, drugOf(one, reading), reading)) return;
  const ended = /^(?:completed|stopped)$/.test(one.status);
  const frame = frameOf(one, reading, dose);
  drugsOf(one, reading, {
    ...frame,
    ...base,
    ...(self ? { channel: "self" as const } : {}),
    stage: "ordered",
    orderControl: one.status === "entered-in-error" ? "CA" : "",
    days: dose.days,
    start: startOf(one.effectivePeriod) ?? dose.start ?? (ended ? null : dateOf(one.effectiveDateTime)),
    end: endOf(one.effectivePeriod) ?? dose.end ?? (ended ? (dateOf(one.effectiveDateTime) ?? dateOf(one.dateAsserted)) : null),
    completion: one.status === "not-taken" ? "NA" : "",
    categories: one.category === undefined ? [] : conceptsOf([one.category]),
    note: noteOf(one.status, one.statusReason?.[0], reading.notes(one.note)),
  });
}

/** What was given, with the dose that was given. */
export function readAdministration(one: MedicationAdministration, reading: Reading): void {
  const { dosage } = one;
  const given = dateOf(one.effectiveDateTime) ?? startOf(one.effectivePeriod);
  const order = reading.references.typed("MedicationRequest", one.request, one);
  const injection = isInjection(one);
  drugsOf(one, reading, {
    ...frameOf(one, reading, noDose),
    ...reading.base(one, given, medicationOf(one, reading)),
    stage: "given",
    injection,
    orderNo: order === null ? prescriptionOf(one) : prescriptionOf(order),
    orderControl: one.status === "entered-in-error" ? "CA" : "",
    orderType: orderType(one, reading),
    dosePerIntake: reading.numbers.quantity(dosage?.dose),
    usageText: dosage?.text ?? "",
    start: given,
    actEnd: endOf(one.effectivePeriod),
    route: conceptOf(dosage?.route),
    categories: one.category === undefined ? [] : conceptsOf([one.category]),
    rate: reading.numbers.quantity(dosage?.rateQuantity) ?? reading.numbers.rate(dosage?.rateRatio),
    completion: one.status === "not-done" ? "NA" : one.status === "completed" ? "CP" : one.status === "stopped" ? "PA" : "",
    department: departmentOf(one),
    prescriber: reading.nameOf(one.performer?.[0]?.actor, one),
    note: noteOf(one.status, one.statusReason?.[0], reading.notes(one.note)),
  });
}

/** One record a drug: an infusion made of several has one for each, with its own amount. */
function drugsOf(one: Stated, reading: Reading, frame: Frame): void {
  const medication = medicationOf(one, reading);
  const parts = (medication?.ingredient ?? []).flatMap(({ itemCodeableConcept, itemReference, strength }) => {
    const inner = reading.references.typed("Medication", itemReference, medication ?? one);
    const drug = conceptOf(itemCodeableConcept) ?? conceptOf(inner?.code);
    return drug === null ? [] : [{ drug, amount: reading.numbers.quantity(strength?.numerator) }];
  });
  const named = drugOf(one, reading);
  // A named product's ingredients are what it is made of; a mixture without a name is its parts.
  if (named === null && parts.length > 0) {
    for (const { drug, amount } of parts) reading.add({ ...frame, kind: "medicine", drug, dosePerIntake: amount ?? frame.dosePerIntake });
  } else if (named !== null) reading.add({ ...frame, kind: "medicine", drug: named });
  else {
    reading.warn("field-missing", one, "medication");
    reading.raw(one);
  }
}

function drugOf(one: Stated, reading: Reading): Concept | null {
  const medication = medicationOf(one, reading);
  const display = one.medicationReference?.display?.trim() ?? "";
  return (
    conceptOf(one.medicationCodeableConcept) ?? conceptOf(medication?.code) ?? (display === "" ? null : { text: display, codings: [] })
  );
}

function medicationOf(one: Stated, reading: Reading): Medication | null {
  return reading.references.typed("Medication", one.medicationReference, one);
}

function frameOf(one: Stated, reading: Reading, dose: Dose): Frame {
  const medication = medicationOf(one, reading);
  const injection = isInjection(one);
  return {
    ...reading.base(one, null),
    stage: "ordered",
    injection,
    injectionKind: injection ? conceptOf("category" in one && Array.isArray(one.category) ? one.category[0] : undefined) : null,
    orderNo: prescriptionOf(one) || (groupOf(one) === "" ? "" : reading.file),
    orderControl: "",
    orderType: "",
    group: "",
    dosePerIntake: dose.perIntake,
    dosePerDay: dose.perDay,
    total: null,
    form: labelOf(medication?.form) || dose.method,
    usage: dose.usage,
    usageText: dose.text,
    days: dose.days,
    times: dose.times,
    start: dose.start,
    end: dose.end,
    actEnd: null,
    route: dose.route,
    categories: [],
    rate: dose.rate,
    completion: "",
    department: null,
    prescriber: "",
    note: "",
  };
}

/** By JP Core's own profile, or by the method or route that only injections have. */
function isInjection(one: Stated): boolean {
  const dosages: readonly Dosage[] = "dosageInstruction" in one ? (one.dosageInstruction ?? []) : [];
  const methods = [...dosages.map(({ method }) => method), "dosage" in one && !Array.isArray(one.dosage) ? one.dosage?.method : undefined];
  return (
    (one.meta?.profile ?? []).some((profile) => /_Injection(?:\||$)/.test(profile)) ||
    methods.some((method) =>
      codesOf(method).some((code) => /^3/.test(code) && /JHSI|MedicationMethod|2\.2\.20\.30/.test(systemsOf(method))),
    )
  );
}

const systemsOf = (concept: CodeableConcept | undefined): string => (concept?.coding ?? []).map((one) => one.system ?? "").join(" ");

const ePrescription = /ePrescription/;

/** An electronic prescription says so in its profile; within such a document everything does. */
function channelOf(one: Resource, reading: Reading): { channel?: Channel } {
  if ((one.meta?.profile ?? []).some((profile) => ePrescription.test(profile))) return { channel: "ePrescription" };
  return reading.channel === undefined ? {} : { channel: reading.channel };
}

/** OHP and its like are read from the category later; here only where the encounter says it. */
function orderType(one: Stated, reading: Reading): string {
  const reference: Reference | undefined = "encounter" in one ? one.encounter : "context" in one ? one.context : undefined;
  const code = reading.references.typed("Encounter", reference, one)?.class.code ?? "";
  return /^(?:IMP|ACUTE|NONAC)$/.test(code) ? "I" : code === "AMB" ? "O" : "";
}

function departmentOf(one: Stated): Concept | null {
  return conceptOf(extensionOf(one, /\/JP_eCS_Department$/)?.valueCodeableConcept);
}

function identifierOf(one: Stated, system: RegExp): string {
  return (one.identifier ?? []).find((id) => system.test(bare(id.system ?? "")))?.value ?? "";
}

/** RP: lines of one group share it, within one prescription or, where that has no number, within one Bundle. */
const groupOf = (one: Stated): string => identifierOf(one, /rpgroupnumber$|^1\.2\.392\.100495\.20\.3\.81$/);

/** The prescription a line belongs to: its number, else the group, else the instance. */
function prescriptionOf(one: Stated): string {
  const group = "groupIdentifier" in one ? one.groupIdentifier : undefined;
  return (
    identifierOf(one, /^1\.2\.392\.100495\.20\.3\.11$/) ||
    (group === undefined || identifierKey(group) === "" ? "" : (group.value ?? "")) ||
    identifierOf(one, /resourceinstance-identifier$/)
  );
}

const statusWords: Readonly<Record<string, string>> = {
  stopped: "中止",
  "on-hold": "休薬中",
  "not-taken": "服用していない",
  intended: "予定",
  unknown: "状況不明",
  declined: "調剤せず",
  "not-done": "未実施",
};

function noteOf(status: string | undefined, reason: CodeableConcept | undefined, notes: string): string {
  return [statusWords[status ?? ""] ?? "", labelOf(reason), notes].filter((part) => part !== "").join(" ");
}
