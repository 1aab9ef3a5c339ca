/** The shapes of the three parts: the order of the keys here is the order of the bytes. */
import {
  coded,
  date,
  instant,
  item,
  MAX_COUNT,
  MAX_ITEMS,
  MAX_SMALL,
  maybeInstant,
  quantity,
  sources,
  state,
  texts,
  version,
} from "./item-shape.ts";
import { flag, integer, list, object, oneOf, orNull, type Shape, sourceIndex, text } from "./shape.ts";
import {
  type Allergy,
  type Contact,
  conflictKinds,
  type Diagnosis,
  dangerClasses,
  type Identity,
  LAB_HISTORY,
  type Lab,
  type LabPoint,
  type LabValue,
  type Medicine,
  type PersonName,
  type Procedure,
  type ProtectedPart,
  type Registration,
  type RestPart,
  type Section,
  type Sections,
  type Strip,
  type StripItem,
  type StripPart,
  type Summary,
  type Visit,
} from "./summary.ts";
import * as wider from "./wider-shape.ts";

export { MAX_SOURCES } from "./item-shape.ts";

const allergy: Shape<Allergy> = object({
  ...item,
  substance: coded,
  category: oneOf(["drug", "food", "environment", "animal", "plant", "pollen", "misc", "contraindication", "unknown"]),
  contraindication: flag,
  severity: oneOf(["severe", "moderate", "mild", "unknown"]),
  reactions: texts,
  onset: text,
  verification: oneOf(["confirmed", "unconfirmed", "suspected", "doubted", "unknown"]),
  resolved: flag,
  saysNone: flag,
  verifiedBy: text,
});

const medicine: Shape<Medicine> = object({
  ...item,
  drug: coded,
  stage: oneOf(["ordered", "dispensed", "given"]),
  injection: flag,
  route: text,
  form: text,
  dosePerIntake: orNull(quantity),
  dosePerDay: orNull(quantity),
  total: orNull(quantity),
  usage: text,
  days: orNull(integer(9999)),
  times: orNull(integer(9999)),
  start: orNull(date),
  end: orNull(date),
  setting: oneOf(["outpatient", "inpatient", "unknown"]),
  completion: oneOf(["complete", "partial", "refused", "notGiven", null]),
  department: text,
  ingredient: text,
  conflicts: list(oneOf(conflictKinds), MAX_SMALL),
  group: text,
  note: text,
});

const diagnosis: Shape<Diagnosis> = object({
  ...item,
  disease: coded,
  suspected: flag,
  main: flag,
  active: flag,
  phase: text,
  onset: orNull(date),
  end: orNull(date),
  outcome: oneOf(["died", "recovered", "recovering", "unchanged", "sequelae", "worse", "unknown", null]),
});

const labValue: Shape<LabValue> = object({ value: text, unit: text, date: orNull(date), source: sourceIndex });

const labFlag = oneOf(["HH", "H", "N", "L", "LL", "A", ""]);
const labPoint: Shape<LabPoint> = object({ value: text, unit: text, date: orNull(date), source: sourceIndex, flag: labFlag });

const lab: Shape<Lab> = object({
  ...item,
  test: coded,
  specimen: text,
  value: text,
  unit: text,
  range: text,
  flag: labFlag,
  result: oneOf(["final", "preliminary", "corrected"]),
  previous: orNull(labValue),
  history: list(labPoint, LAB_HISTORY),
  analyte: oneOf(["Cr", "eGFR", "K", "Na", "Hb", "Plt", "PT-INR", "glucose", "HbA1c", "CRP", "BNP", "NT-proBNP", "troponin", ""]),
  notes: texts,
});

const procedure: Shape<Procedure> = object({
  ...item,
  name: coded,
  what: oneOf(["radiology", "endoscopy", "physiology", "surgery", "treatment", "rehabilitation", "transfusion", "other"]),
  modality: text,
  accession: text,
  studyUid: text,
  findings: texts,
  department: text,
});

const visit: Shape<Visit> = object({
  ...item,
  event: oneOf([
    "outpatient",
    "admission",
    "discharge",
    "transfer",
    "leave",
    "return",
    "doctorChange",
    "plannedAdmission",
    "plannedTransfer",
    "plannedDischarge",
  ]),
  department: text,
  ward: text,
  doctor: text,
  admitted: orNull(date),
  discharged: orNull(date),
});

const contact: Shape<Contact> = object({ ...item, name: text, relation: text, telephones: texts });

const registration: Shape<Registration> = object({
  ...item,
  what: oneOf(["height", "weight", "abo", "rh", "disability", "other"]),
  text,
  unit: text,
});

function section<T>(of: Shape<T>): Shape<Section<T>> {
  return object<Section<T>>({
    state,
    confirmed: orNull(object({ by: text, role: text, date })),
    items: list(of, MAX_ITEMS),
    window: orNull(object({ from: date, to: date })),
    more: integer(MAX_COUNT),
  });
}

const sections: Shape<Sections> = object({
  allergies: section(allergy),
  medicines: section(medicine),
  diagnoses: section(diagnosis),
  labs: section(lab),
  procedures: section(procedure),
  visits: section(visit),
  contacts: section(contact),
  registration: section(registration),
  documents: section(wider.document),
  vitals: section(wider.vital),
  infections: section(wider.infection),
  dialysis: section(wider.dialysis),
  devices: section(wider.device),
  immunizations: section(wider.immunization),
  wishes: section(wider.wish),
  pregnancy: section(wider.pregnancy),
  careLevel: section(wider.careLevel),
  checkups: section(wider.checkup),
  images: section(wider.image),
});

const personName: Shape<PersonName> = object({ family: text, given: text });

const identity: Shape<Identity> = object({
  kanji: orNull(personName),
  kana: orNull(personName),
  alphabetic: orNull(personName),
  birthDate: orNull(date),
  sex: oneOf(["male", "female", "other", "unknown"]),
  address: text,
  telephones: texts,
  identifiers: list(object({ source: sourceIndex, value: text }), MAX_SMALL),
  conflicts: texts,
});

const stripItem: Shape<StripItem> = object({
  danger: oneOf(dangerClasses),
  text,
  detail: text,
  date: orNull(date),
  end: orNull(date),
  source: sourceIndex,
  received: instant,
  by: oneOf(["code", "name", "sent"]),
  rule: text,
});

const strip: Shape<Strip> = object({
  items: list(stripItem, MAX_ITEMS),
  unjudged: integer(MAX_COUNT),
  rules: object({ version: text, date: text }),
  allergyState: state,
  medicineState: state,
  diagnosisState: state,
  masked: flag,
});

const summary: Shape<Summary> = object({ version, identity, sources, asOf: maybeInstant, sections });

export const stripPart: Shape<StripPart> = object({ part: oneOf(["strip"]), version, identity, sources, asOf: maybeInstant, strip });
export const restPart: Shape<RestPart> = object({ part: oneOf(["rest"]), version, summary });
export const protectedPart: Shape<ProtectedPart> = object({ part: oneOf(["protected"]), version, categories: texts, strip, sections });
