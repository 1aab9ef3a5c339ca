/** One note as the resources of its kind. */
import type {
  CodeableConcept,
  Device,
  DocumentReference,
  MedicationAdministration,
  Meta,
  Observation,
  ObservationComponent,
  Patient,
  Practitioner,
  Procedure,
  Quantity,
  Reference,
  Resource,
  ServiceRequest,
} from "@medplum/fhirtypes";
import type { MedicationGiven, Note, Order, Treatment, Vitals } from "../../shared/note/note.ts";
import { clean, given, loinc, type Maker, plain, quantity } from "../ips/make.ts";
import type { ChartNote } from "./chart.ts";
import { linesOf } from "./said.ts";

export interface Around {
  readonly make: Maker;
  readonly patient: Reference<Patient>;
  author(note: ChartNote): Reference<Practitioner>;
  device(note: ChartNote): Reference<Device>;
}

const ucum = "http://unitsofmeasure.org";
const vitalSigns: CodeableConcept[] = [
  { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs", display: "Vital Signs" }] },
];

/** LOINC code, its name, and UCUM code and sign of the unit. Blood pressure and GCS are made of parts, below. */
const observed = {
  pulse: [["8867-4"], "Heart rate", "/min", "/min"],
  respirations: [["9279-1"], "Respiratory rate", "/min", "/min"],
  spo2: [["59408-5", "2708-6"], "Oxygen saturation", "%", "%"],
  oxygen: [["3151-8"], "Inhaled oxygen flow rate", "L/min", "L/min"],
  temperature: [["8310-5"], "Body temperature", "Cel", "℃"],
  glucose: [["2339-0"], "Glucose [Mass/volume] in Blood", "mg/dL", "mg/dL"],
  weight: [["29463-7"], "Body weight", "kg", "kg"],
} as const satisfies Partial<Record<keyof Vitals, readonly [readonly string[], string, string, string]>>;

export function resourcesOf(each: ChartNote, around: Around): readonly Reference<Resource>[] {
  const { content } = each.note;
  switch (content.kind) {
    case "vitals":
      return vitals(each, content, around);
    case "medication":
      return [medication(each, content, around)];
    case "treatment":
      return [procedure(each, content, around)];
    case "order":
      return [order(each, content, around)];
    case "text":
    case "identified":
      return [document(each, around)];
  }
}

/** Where it comes from, on every resource: the chart must never take it for its own. */
function source({ key, note, correctedBy }: ChartNote): { readonly meta: Meta; readonly identifier: { system: string; value: string }[] } {
  const tags = [{ system: "urn:tomoshibi:source", code: "device-note", display: "device note written in an outage" }];
  if (correctedBy !== null) tags.push({ system: "urn:tomoshibi:source", code: "corrected", display: "corrected by a later device note" });
  if (note.clockDoubtful) tags.push({ system: "urn:tomoshibi:source", code: "clock-doubtful", display: "the device's clock was doubtful" });
  return { meta: { tag: tags }, identifier: [{ system: "urn:tomoshibi:note", value: key }] };
}

const wrong = ({ correctedBy }: ChartNote): boolean => correctedBy !== null;
const time = ({ happened }: Note): string => `${happened}:00+09:00`;
const instant = ({ written }: Note): string => new Date(Math.min(written, 253_402_300_799_999)).toISOString();
const said = (text: string) => (clean(text) === "" ? {} : { note: [{ text: clean(text) }] });

function vitals(each: ChartNote, content: Vitals, around: Around): readonly Reference<Observation>[] {
  const made: Reference<Observation>[] = [];
  const observe = (code: CodeableConcept, value: Partial<Observation>) =>
    made.push(
      around.make.add<Observation>({
        resourceType: "Observation",
        ...source(each),
        status: wrong(each) ? "entered-in-error" : each.note.corrects === null ? "final" : "corrected",
        category: vitalSigns,
        code,
        subject: around.patient,
        effectiveDateTime: time(each.note),
        issued: instant(each.note),
        performer: [around.author(each)],
        device: around.device(each),
        ...value,
      }),
    );
  const { systolic, diastolic, gcs, jcs, pupils } = content;
  if (systolic !== null || diastolic !== null)
    observe(loinc("85354-9", "Blood pressure panel"), {
      component: [
        part("8480-6", "Systolic blood pressure", measured(systolic, "mm[Hg]", "mmHg"), "unknown"),
        part("8462-4", "Diastolic blood pressure", measured(diastolic, "mm[Hg]", "mmHg"), "unknown"),
      ],
    });
  for (const [field, [codes, name, code, unit]] of Object.entries(observed)) {
    const value = measured(content[field as keyof typeof observed], code, unit);
    const coding = codes.map((each) => ({ system: "http://loinc.org", code: each, display: name }));
    if (value !== null) observe({ coding, text: name }, { valueQuantity: value });
  }
  if (gcs !== null) observe(loinc("9269-2", "Glasgow coma score total"), glasgow(gcs));
  if (jcs !== null) observe(plain("Japan Coma Scale"), { valueString: jcs });
  if (clean(pupils) !== "") observe(plain("瞳孔"), { valueString: clean(pupils) });
  return made;
}

function measured(value: string | null, code: string, unit: string): Quantity | null {
  const number = value === null ? null : quantity({ value, unit });
  return number === null ? null : { ...number, system: ucum, code };
}

function part(code: string, name: string, value: Quantity | null, absent: string): ObservationComponent {
  const reason = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: absent }] };
  return { code: loinc(code, name), ...(value === null ? { dataAbsentReason: reason } : { valueQuantity: value }) };
}

/** A sum only of three that were judged: with a tube there is none. */
function glasgow({ e, v, m }: NonNullable<Vitals["gcs"]>): Partial<Observation> {
  const points = (value: number | null) => measured(value === null ? null : String(value), "{score}", "点");
  const sum = e === null || v === null || m === null ? null : points(e + v + m);
  return {
    ...given("valueQuantity", sum),
    component: [
      part("9267-6", "Glasgow coma score eye opening", points(e), "not-performed"),
      part("9270-0", "Glasgow coma score verbal", points(v), "not-performed"),
      part("9268-4", "Glasgow coma score motor", points(m), "not-performed"),
    ],
  };
}

function medication(each: ChartNote, content: MedicationGiven, { make, patient, author, device }: Around): Reference<Resource> {
  const dose = quantity({ value: content.dose, unit: content.unit });
  const text = [content.dose, content.unit, content.route].map(clean).filter((one) => one !== "");
  // R4 knows no dosage without an amount that is a number: another one is said in words.
  const route = clean(content.route) === "" ? {} : { route: plain(content.route) };
  const dosage = dose === null ? {} : { dosage: { text: text.join(" "), ...route, dose } };
  const words = [...(dose === null ? text : []), clean(content.note)].filter((one) => one !== "").join("\n");
  return make.add<MedicationAdministration>({
    resourceType: "MedicationAdministration",
    ...source(each),
    status: wrong(each) ? "entered-in-error" : "completed",
    medicationCodeableConcept: plain(content.drug),
    subject: patient,
    effectiveDateTime: time(each.note),
    performer: [{ actor: author(each) }],
    device: [device(each)],
    ...said(words),
    ...dosage,
  });
}

function procedure(each: ChartNote, content: Treatment, { make, patient, author }: Around): Reference<Resource> {
  return make.add<Procedure>({
    resourceType: "Procedure",
    ...source(each),
    status: wrong(each) ? "entered-in-error" : "completed",
    code: plain(content.what),
    subject: patient,
    performedDateTime: time(each.note),
    performer: [{ actor: author(each) }],
    ...said(content.detail),
  });
}

/** Whether it was carried out, the note does not say. */
function order(each: ChartNote, content: Order, { make, patient, author }: Around): Reference<Resource> {
  return make.add<ServiceRequest>({
    resourceType: "ServiceRequest",
    ...source(each),
    status: wrong(each) ? "entered-in-error" : "unknown",
    intent: "order",
    priority: content.urgent ? "urgent" : "routine",
    code: plain(content.what),
    subject: patient,
    authoredOn: time(each.note),
    requester: author(each),
    ...said(content.detail),
  });
}

function document(each: ChartNote, { make, patient, author }: Around): Reference<Resource> {
  const data = Buffer.from(linesOf(each.note).map(clean).join("\n"), "utf8").toString("base64");
  return make.add<DocumentReference>({
    resourceType: "DocumentReference",
    ...source(each),
    status: wrong(each) ? "entered-in-error" : "current",
    docStatus: wrong(each) ? "entered-in-error" : "final",
    type: loinc("34109-9", "Note"),
    subject: patient,
    date: instant(each.note),
    author: [author(each)],
    content: [{ attachment: { contentType: "text/plain; charset=utf-8", language: "ja", data, creation: time(each.note) } }],
  });
}
