import type { Resource } from "@medplum/fhirtypes";
import type { Bytes } from "../../../shared/bytes.ts";
import { type Issue, issue } from "./issue.ts";
import type { Support } from "./pack.ts";
import { type Entry, isType } from "./references.ts";
import { identifierKey } from "./values.ts";
import { foreignNumber, isPatientNumber, namesOf, numberAt } from "./whose.ts";

/** What is stored as one file, replaced and deleted as one. */
export interface Unit {
  /** Names it within its facility: "Condition/abc", "Condition?system|value", "Bundle|system|value", "Condition#hash". */
  readonly key: string;
  /** create: only where nothing stands under the key yet. */
  readonly action: "put" | "create" | "delete";
  /** "": speaks of no patient. */
  readonly pid: string;
  readonly body: Bytes;
  /** Names under which this unit makes its patient known. */
  readonly names: readonly string[];
  readonly resources: readonly { readonly type: string; readonly path: string }[];
}

/** What the store knows of names that an input uses but does not explain. */
export interface Known {
  /** Patients of the facility by name; several: the name is nobody's. */
  readonly patients: ReadonlyMap<string, readonly string[]>;
  /** Stored supporting resources by "Type/id" or URL. */
  readonly supports: ReadonlyMap<string, Support>;
}

/** A patient of this input: its own number here, else who was known by one of its names, else its foremost identifier. */
export function patientPid(entry: Entry, facility: string, known: Known, alone: boolean): string | Issue {
  const patient = entry.resource;
  if (!isType(patient, "Patient")) return issue("patient-missing", entry.path);
  const own = numberAt(facility, patient.identifier ?? []);
  if (own !== null) return own;
  const strong = (patient.identifier ?? []).length > 0 ? namesOf(entry, false) : namesOf(entry, alone);
  const before = theOnly(strong, known, entry.path);
  if (before !== null) return before;
  // A document keeps its patient's URL over its versions; a resource that came alone has its id.
  const unnumbered = alone ? (patient.id === undefined ? null : `Patient/${patient.id}`) : entry.fullUrl || null;
  const foreign = foreignNumber(patient) ?? unnumbered;
  return foreign !== null && isPatientNumber(foreign) ? foreign : issue("patient-unidentified", `${entry.path}.identifier`);
}

/** The one patient behind these names; null: nobody; an issue: several. */
export function theOnly(names: readonly string[], known: Known, path: string): string | Issue | null {
  const pids = [...new Set(names.flatMap((name) => known.patients.get(name) ?? []))];
  if (pids.length > 1) return issue("subject-ambiguous", path);
  return pids[0] ?? null;
}

/** Whether a logical reference names this patient. */
export function namesPatient(key: string, patient: Resource): "same" | "other" | "unknown" {
  const sent = isType(patient, "Patient") ? (patient.identifier ?? []).map(identifierKey) : [];
  if (sent.includes(key)) return "same";
  return sent.some((one) => one.split("|")[0] === key.split("|")[0]) ? "other" : "unknown";
}
