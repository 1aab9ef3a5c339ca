import type { Identifier, Patient, Reference, Resource } from "@medplum/fhirtypes";
import { type Entry, identifiersOf, plainUrl } from "./references.ts";
import { identifierKey } from "./values.ts";

/** 施設内患者番号: the facility's ten digits stand behind the leading 1. */
const patientNumber = /^urn:oid:1\.2\.392\.100495\.20\.3\.51\.1(\d{10})$/;
const ownNumber = /\/JP_Hospital_PatientID$/;
const member = /\/JP_Insurance_memberID$/i;

/**
 * Names under which a patient of one facility may be referred to later. An insured person's number without its branch names a whole
 * family, so it names nobody here.
 */
export function namesOf({ fullUrl, resource }: Entry, alone: boolean): readonly string[] {
  const identifiers = identifiersOf(resource).filter(isPersonal).map(identifierKey);
  const own = resource.id === undefined || !alone ? [] : [`${resource.resourceType}/${resource.id}`];
  return [...new Set([...identifiers, ...own, ...(fullUrl === "" ? [] : [plainUrl(fullUrl)])])];
}

function isPersonal({ system = "", value = "" }: Identifier): boolean {
  return !member.test(system) || /^[^:]*:[^:]*:[^:]+:[^:]+$/.test(value.normalize("NFKC"));
}

/** What consent can be recorded for (shared/protocol/consent.ts, by the same words): nobody may become known who could not refuse. */
export const isPatientNumber = (text: string): boolean => /^[^\s\p{Cc}\p{Cf}]{1,200}$/u.test(text);

/** The number by which the facility itself knows the patient, or null where none of its own was sent that anybody could write down. */
export function numberAt(facility: string, identifiers: readonly Identifier[]): string | null {
  for (const { system = "", value = "" } of identifiers) {
    const number = value.normalize("NFKC").trim();
    if (isPatientNumber(number) && (patientNumber.exec(system)?.[1] === facility || ownNumber.test(system))) return number;
  }
  return null;
}

/**
 * A patient without a number of this facility: named by an identifier with its system, which no hospital's own number can equal; null
 * when there is no identifier that is one person's.
 */
export function foreignNumber(patient: Patient): string | null {
  const named = identifiersOf(patient).filter(isPersonal);
  const best = named.find(({ system = "" }) => patientNumber.test(system)) ?? named[0];
  return best === undefined ? null : identifierKey(best).replace(/\s/g, "%20");
}

/** How a reference to a person may be looked up among the patients known before. */
export function lookupsOf(reference: Reference | undefined): readonly string[] {
  if (reference === undefined) return [];
  const url = reference.reference;
  if (url !== undefined) return url.startsWith("#") ? [] : [plainUrl(url)];
  return reference.identifier !== undefined && isPersonal(reference.identifier) ? [identifierKey(reference.identifier)] : [];
}

/** Types that speak of no patient: kept for what refers to them. */
const supporting = new Set<Resource["resourceType"]>([
  "Practitioner",
  "PractitionerRole",
  "Organization",
  "OrganizationAffiliation",
  "Location",
  "HealthcareService",
  "Medication",
  "MedicationKnowledge",
  "Substance",
  "Specimen",
  "Endpoint",
  "Binary",
]);

/** Without a subject these are context of others; with one they speak of that person. */
const supportingAlone = new Set<Resource["resourceType"]>(["Device", "Encounter", "EpisodeOfCare", "Group", "List", "Provenance"]);

export function isSupporting(resource: Resource, hasSubject: boolean): boolean {
  const { resourceType } = resource;
  return supporting.has(resourceType) || (supportingAlone.has(resourceType) && !hasSubject);
}
