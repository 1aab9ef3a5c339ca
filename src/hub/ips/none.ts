import type { Patient, Reference, Resource } from "@medplum/fhirtypes";
import type { Section, SectionName } from "../../shared/summary/summary.ts";
import type { Entry } from "./ips.ts";
import { clean, type Maker, plain } from "./make.ts";

/** Where IPS has a code for it, the none is a resource of its own, with the day and the person that a reason for emptiness has no place for. */
export function noneOf(name: SectionName, confirmed: Confirmed, patient: Reference<Patient>, make: Maker): Entry | null {
  const who = () => make.add(witness(confirmed, make));
  const none = (code: string, display: string) => ({ coding: [{ system: "http://snomed.info/sct", code, display }], text: display });
  const active = (system: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code: "active" }] });
  const line = "";
  if (name === "allergies")
    return {
      line,
      reference: make.add({
        resourceType: "AllergyIntolerance",
        clinicalStatus: active("allergyintolerance-clinical"),
        code: none("716186003", "No known allergy"),
        patient,
        recordedDate: confirmed.date,
        recorder: who(),
      }),
    };
  if (name === "diagnoses")
    return {
      line,
      reference: make.add({
        resourceType: "Condition",
        clinicalStatus: active("condition-clinical"),
        code: none("160245001", "No current problems or disability"),
        subject: patient,
        recordedDate: confirmed.date,
        recorder: who(),
      }),
    };
  if (name === "medicines")
    return {
      line,
      reference: make.add({
        resourceType: "MedicationStatement",
        status: "active",
        medicationCodeableConcept: none("787481004", "No known medications"),
        subject: patient,
        effectiveDateTime: confirmed.date,
        dateAsserted: confirmed.date,
        informationSource: who(),
      }),
    };
  if (name === "procedures")
    return {
      line,
      reference: make.add({
        resourceType: "Procedure",
        status: "completed",
        code: none("787480003", "No known procedures"),
        subject: patient,
        performedDateTime: confirmed.date,
        recorder: who(),
      }),
    };
  return null;
}

export type Confirmed = NonNullable<Section<unknown>["confirmed"]>;

/** Who checked, in which role. */
export function witness(
  { by, role, date }: NonNullable<Section<unknown>["confirmed"]>,
  make: Maker,
): Resource & { resourceType: "PractitionerRole" } {
  const practitioner = make.add({ resourceType: "Practitioner", name: [{ text: clean(by) }] });
  return { resourceType: "PractitionerRole", practitioner, code: [plain(role)], period: { start: date } };
}
