import type { CodeableConcept, CompositionSection, MedicationStatement, Reference, Resource } from "@medplum/fhirtypes";
import type { AbsenceRecord, ClinicalDate, Concept } from "../../record/record.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { bare } from "./systems.ts";
import { codesOf, dateOf, hasCode, labelOf } from "./values.ts";

/** What a code or a reason says of a whole section. */
interface Absent {
  readonly section: string;
  /** nil: somebody says there is none. part: none of one kind, which says nothing of the section. */
  readonly says: "nil" | "part" | AbsenceRecord["state"];
}

const ips = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
const snomed = "http://snomed.info/sct";

/** IPS v1.1. */
const ipsCodes: Readonly<Record<string, Absent>> = {
  "no-allergy-info": { section: "allergies", says: "notRecorded" },
  "no-known-allergies": { section: "allergies", says: "nil" },
  "no-known-medication-allergies": { section: "allergies", says: "part" },
  "no-known-environmental-allergies": { section: "allergies", says: "part" },
  "no-known-food-allergies": { section: "allergies", says: "part" },
  "no-medication-info": { section: "medicines", says: "notRecorded" },
  "no-known-medications": { section: "medicines", says: "nil" },
  "no-problem-info": { section: "diagnoses", says: "notRecorded" },
  "no-known-problems": { section: "diagnoses", says: "nil" },
  "no-procedure-info": { section: "procedures", says: "notRecorded" },
  "no-known-procedures": { section: "procedures", says: "nil" },
  "no-device-info": { section: "devices", says: "notRecorded" },
  "no-known-devices": { section: "devices", says: "nil" },
  "no-immunization-info": { section: "immunizations", says: "notRecorded" },
  "no-known-immunizations": { section: "immunizations", says: "nil" },
};

/** IPS v2 and its neighbours; "no information available" belongs to the section of its resource. */
const snomedCodes: Readonly<Record<string, Absent>> = {
  "716186003": { section: "allergies", says: "nil" },
  "409137002": { section: "allergies", says: "part" },
  "428607008": { section: "allergies", says: "part" },
  "429625007": { section: "allergies", says: "part" },
  "160245001": { section: "diagnoses", says: "nil" },
  "787481004": { section: "medicines", says: "nil" },
  "787480003": { section: "procedures", says: "nil" },
};
const noInformation = "1287211007";

/** Section of the Summary in which a resource would stand. */
const sectionOf: Readonly<Partial<Record<Resource["resourceType"], string>>> = {
  AllergyIntolerance: "allergies",
  Condition: "diagnoses",
  MedicationStatement: "medicines",
  MedicationRequest: "medicines",
  Procedure: "procedures",
  DeviceUseStatement: "devices",
  Device: "devices",
  Immunization: "immunizations",
};

/** Whoever states that there is none. */
interface Witness {
  readonly who: Reference | undefined;
  readonly date: ClinicalDate | null;
}

/** Whether a resource is none but says that there is none, or no information: then that is recorded, and true. */
export function readAbsent(resource: Resource, code: CodeableConcept | undefined, own: Witness, reading: Reading): boolean {
  const said = absentOf(resource, code) ?? absentByText(resource, code);
  if (said === null) return false;
  if (isTakenBack(resource)) {
    reading.raw(resource);
    return true;
  }
  const witness = own.who !== undefined && own.date !== null ? { ...own, from: resource } : documentWitness(reading, own);
  add(said, labelOf(code) || codeText(code), resource, witness, reading);
  return true;
}

function codeText(code: CodeableConcept | undefined): string {
  return code?.coding?.[0]?.code ?? "";
}

/** The same of medicines, whose code may stand in a Medication. */
export function absentMedicine(one: MedicationStatement, drug: Concept | null, reading: Reading): boolean {
  const medication = reading.references.typed("Medication", one.medicationReference, one);
  const code = one.medicationCodeableConcept ?? medication?.code;
  const date = dateOf(one.dateAsserted) ?? dateOf(one.effectiveDateTime);
  return drug !== null && readAbsent(one, code, { who: one.informationSource, date }, reading);
}

function absentOf(resource: Resource, code: CodeableConcept | undefined): Absent | null {
  for (const { system = "", code: sent = "" } of code?.coding ?? []) {
    if (bare(system) === bare(ips))
      return ipsCodes[sent] ?? { section: sectionOf[resource.resourceType] ?? "documents", says: "notRecorded" };
    if (bare(system) !== bare(snomed)) continue;
    const known = snomedCodes[sent];
    if (known !== undefined) return known;
    const section = sectionOf[resource.resourceType];
    if (sent === noInformation && section !== undefined) return { section, says: "notRecorded" };
  }
  return null;
}

/** Words alone, where nobody coded it: "No known current medications". What is not understood whole is a thing, never none. */
const nilWords =
  /^(?:no|nil) (?:known )?(?:current |active |significant )?(?:(drug|food|medication|environmental) )?(?:allerg(?:y|ies)|medications?|medicines?|problems?|conditions?|procedures?|devices?|immunizations?|immunisations?|vaccinations?)(?: or (?:disability|intolerances?|conditions?))?$/i;
const nilWordsJa =
  /^(?:(?:現在)?(?:服用(?:中の)?薬|内服薬?|常用薬|投薬|処方)|既往(?:歴|症)?|病名|手術歴|予防接種歴|埋込機器)(?:は|:)?(?:特に)?(?:なし|無し|ありません)$/;

function absentByText(resource: Resource, code: CodeableConcept | undefined): Absent | null {
  const section = sectionOf[resource.resourceType];
  const text = code?.text?.normalize("NFKC").trim() ?? "";
  if (section === undefined || (code?.coding ?? []).some(({ code: sent }) => sent !== undefined)) return null;
  const words = nilWords.exec(text);
  if (words !== null) return { section, says: words[1] !== undefined && section === "allergies" ? "part" : "nil" };
  return nilWordsJa.test(text) ? { section, says: "nil" } : null;
}

/** "No known allergies", refuted, says that there are some. */
function isTakenBack(resource: Resource): boolean {
  const { status, verificationStatus, clinicalStatus } = resource as {
    status?: string;
    verificationStatus?: CodeableConcept;
    clinicalStatus?: CodeableConcept;
  };
  const ended = [...codesOf(verificationStatus), ...codesOf(clinicalStatus)];
  return (
    /^(?:entered-in-error|stopped)$/.test(status ?? "") ||
    ended.some((code) => /^(?:refuted|entered-in-error|inactive|resolved)$/.test(code))
  );
}

/** LOINC of IPS sections, codes of JP-CLINS sections. Past problems and the like say nothing of a whole section of the Summary. */
const sections: Readonly<Record<string, string>> = {
  "48765-2": "allergies",
  "10160-0": "medicines",
  "11450-4": "diagnoses",
  "11369-6": "immunizations",
  "30954-2": "labs",
  "47519-4": "procedures",
  "46264-8": "devices",
  "10162-6": "pregnancy",
  "42348-3": "wishes",
  "8716-3": "vitals",
  "510": "allergies",
  "520": "infections",
  "530": "immunizations",
  "410": "wishes",
  "430": "medicines",
  "444": "medicines",
  "620": "labs",
  "810": "devices",
};

const reasons: Readonly<Record<string, Absent["says"]>> = {
  nilknown: "nil",
  notasked: "notAsked",
  notstarted: "notAsked",
  withheld: "unavailable",
  unavailable: "notRecorded",
  closed: "notRecorded",
};
const emptyReasons = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

/** A section that says why it has no entry. One that is silent says nothing: silence is never "none". */
export function readEmptySection(section: CompositionSection, composition: Resource, reading: Reading): void {
  if (section.emptyReason === undefined || (section.entry ?? []).length > 0) return;
  const name = (section.code?.coding ?? []).flatMap(({ code = "" }) => sections[code] ?? [])[0];
  if (name === undefined) return;
  const code = Object.keys(reasons).find((one) => hasCode(section.emptyReason, emptyReasons, one));
  const witness = section.author?.[0] === undefined ? documentWitness(reading, { who: undefined, date: null }) : null;
  const own = { who: section.author?.[0], date: isType(composition, "Composition") ? dateOf(composition.date) : null, from: composition };
  add({ section: name, says: reasons[code ?? ""] ?? "notRecorded" }, labelOf(section.emptyReason), composition, witness ?? own, reading);
}

/** Who answers for the document: its author, if a person of the health professions, on its date. */
function documentWitness(reading: Reading, own: Witness): Witness & { from: Resource | null } {
  const composition = reading.references.all("Composition")[0];
  if (composition === undefined) return { ...own, from: null };
  const author = composition.author.find((one) => reading.roleOf(one, composition) !== "") ?? composition.author[0];
  return { who: author, date: own.date ?? dateOf(composition.date), from: composition };
}

/**
 * "None" is confirmed only when name, role and date of a professional are known (clinical-safety §1); otherwise nobody is known to have
 * asked.
 */
function add(said: Absent, text: string, resource: Resource, witness: Witness & { from: Resource | null }, reading: Reading): void {
  const from = witness.from ?? resource;
  const person = reading.references.find(witness.who, from);
  const professional = person === null ? true : isType(person, "Practitioner") || isType(person, "PractitionerRole");
  const named =
    person !== null && isType(person, "PractitionerRole") ? { who: person.practitioner, from: person } : { who: witness.who, from };
  const by = professional ? reading.nameOf(named.who, named.from) : "";
  const role = professional ? reading.roleOf(witness.who, from) : "";
  const confirmed = by !== "" && role !== "" && witness.date !== null;
  const state = said.says === "nil" ? (confirmed ? "confirmedNone" : "notAsked") : said.says === "part" ? "notAsked" : said.says;
  reading.add({ ...reading.base(resource, witness.date), kind: "absence", section: said.section, state, by, role, text });
}
