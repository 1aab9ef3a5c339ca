import type { Bundle, Composition, Resource } from "@medplum/fhirtypes";
import type { Base, Channel, FileIdentity, SourceRecord, Warning } from "../../record/record.ts";
import { readAllergy, readCondition } from "./condition.ts";
import { readDevice, readDeviceUse, readImmunization } from "./device.ts";
import { documentKind, readCarePlan, readComposition, readDocumentReference, readFlag } from "./document.ts";
import { readAdministration, readDispense, readRequest, readStatement } from "./medicine.ts";
import { readObservation } from "./observation.ts";
import { type Opened, reopen } from "./open.ts";
import { readCoverage, readPatient, readRelated } from "./patient.ts";
import { readProcedure, readReport, readServiceRequest } from "./procedure.ts";
import { Reading } from "./reading.ts";
import { subjectOf } from "./references.ts";
import { conceptOf, disclosureOf, Numbers, stampOf } from "./values.ts";
import { readEncounter, readStudy } from "./visit.ts";
import { wholeKind } from "./whole.ts";
import { isSupporting } from "./whose.ts";
import { readConsent } from "./wish.ts";

export interface FhirRead {
  readonly file: FileIdentity;
  readonly records: readonly SourceRecord[];
  readonly warnings: readonly Warning[];
}

/** What names a stored unit. */
export interface UnitFile {
  readonly facility: string;
  readonly pid: string;
  /** "fhir/Condition/abc", "fhir/Bundle/…". */
  readonly path: string;
  /** Instant of receipt (ISO 8601, UTC): the order where the sender gave no time. */
  readonly received: string;
}

/**
 * The bytes of one stored unit → its records. Pure and synchronous. Of a whole Bundle every resource counts; of a resource with what it
 * refers to, the first. Null: a reader of today cannot open it.
 */
export function readUnit(bytes: Uint8Array, unit: UnitFile): FhirRead | null {
  const opened = reopen(bytes);
  const bundle = opened?.bundle ?? null;
  if (opened === null || bundle === null) return null;
  const whole = wholeKind(bundle);
  const reading = new Reading({
    file: unit.path,
    references: opened.references,
    numbers: new Numbers(opened.parsed.exact),
    channel: channelOf(bundle, opened),
    disclosure: whole === null ? undefined : disclosureOfAll(bundle, opened),
  });
  const main = whole === null ? opened.entries.slice(0, 1) : opened.entries;
  // A document that is an error is kept, and nothing of it believed.
  const believed = opened.references.all("Composition").every(({ status }) => status !== "entered-in-error");
  for (const { resource } of main) {
    if (believed) readResource(resource, reading);
    else reading.raw(resource);
  }
  const time = whole === null ? main[0]?.resource.meta?.lastUpdated : (bundle.timestamp ?? bundle.meta?.lastUpdated);
  const stamp = stampOf(time) || stampOf(unit.received);
  const file = {
    facility: unit.facility,
    pid: unit.pid,
    day: "-",
    type: "FHIR",
    orderNo: "",
    stamp,
    department: "-",
    flag: "1",
    name: unit.path,
  };
  return { file: { ...file, flag: "1" }, records: reading.records, warnings: reading.warnings };
}

/** A tag of the Bundle or of its document holds for all of it. */
function disclosureOfAll(bundle: Bundle, opened: Opened): Base["disclosure"] {
  return disclosureOf(bundle, opened.references.all("Composition")[0]);
}

/** A report of a check-up, or an electronic prescription, says so by its type or profile. */
function channelOf(bundle: Bundle, opened: Opened): Channel | undefined {
  const composition: Composition | undefined = opened.references.all("Composition")[0];
  const profiles = [...(bundle.meta?.profile ?? []), ...(composition?.meta?.profile ?? [])].join(" ");
  const type = conceptOf(composition?.type);
  if (documentKind(type) === "checkup" || /eCheckup|CheckupReport/i.test(profiles)) return "checkup";
  if (/eDispensing|ePrescriptionDispense/i.test(profiles)) return "dispensing";
  return /ePrescription/i.test(profiles) || type?.codings.some(({ code }) => code === "57833-6") ? "ePrescription" : undefined;
}

function readResource(resource: Resource, reading: Reading): void {
  switch (resource.resourceType) {
    case "Patient":
      readPatient(resource, reading);
      break;
    case "RelatedPerson":
      readRelated(resource, reading);
      break;
    case "Coverage":
      readCoverage(resource, reading);
      break;
    case "Condition":
      readCondition(resource, reading);
      break;
    case "AllergyIntolerance":
      readAllergy(resource, reading);
      break;
    case "Observation":
      readObservation(resource, reading);
      break;
    case "MedicationRequest":
      readRequest(resource, reading);
      break;
    case "MedicationDispense":
      readDispense(resource, reading);
      break;
    case "MedicationStatement":
      readStatement(resource, reading);
      break;
    case "MedicationAdministration":
      readAdministration(resource, reading);
      break;
    case "Procedure":
      readProcedure(resource, reading);
      break;
    case "ServiceRequest":
      readServiceRequest(resource, reading);
      break;
    case "DiagnosticReport":
      readReport(resource, reading);
      break;
    case "Encounter":
      readEncounter(resource, reading);
      break;
    case "Immunization":
      readImmunization(resource, reading);
      break;
    case "Device":
      readDevice(resource, reading);
      break;
    case "DeviceUseStatement":
      readDeviceUse(resource, reading);
      break;
    case "ImagingStudy":
      readStudy(resource, reading);
      break;
    case "Consent":
      readConsent(resource, reading);
      break;
    case "Composition":
      readComposition(resource, reading);
      break;
    case "DocumentReference":
      readDocumentReference(resource, reading);
      break;
    case "CarePlan":
      readCarePlan(resource, reading);
      break;
    case "Flag":
      readFlag(resource, reading);
      break;
    default:
      if (!isSupporting(resource, subjectOf(resource) !== undefined)) reading.raw(resource);
  }
}
