import type { CodeableConcept, Extension, Identifier } from "@medplum/fhirtypes";
import { type Issue, issue } from "./issue.ts";
import { type Entry, identifiersOf } from "./references.ts";
import { bare, shortSystem } from "./systems.ts";
import { extensionOf } from "./values.ts";

/** Rules that base R4 does not state and on which safety rests; each has a reason and a test of that name. */
export function checkEntry(entry: Entry, facility: string): readonly Issue[] {
  return [
    ...checkStatus(entry),
    ...checkDrug(entry),
    ...checkInstitution(entry, facility),
    ...identifiersOf(entry.resource).flatMap((one) =>
      isPersonalNumber(one) ? [issue("personal-number", `${entry.path}.identifier`)] : [],
    ),
  ];
}

/** Required codes that turn a statement round ("entered-in-error", "not-done"): one that is unknown must not be read as the ordinary one. */
const statuses: Readonly<Record<string, string>> = {
  Observation: "registered preliminary final amended corrected cancelled entered-in-error unknown",
  DiagnosticReport: "registered partial preliminary final amended corrected appended cancelled entered-in-error unknown",
  MedicationRequest: "active on-hold cancelled completed entered-in-error stopped draft unknown",
  MedicationDispense: "preparation in-progress cancelled on-hold completed entered-in-error stopped declined unknown",
  MedicationStatement: "active completed entered-in-error intended stopped on-hold unknown not-taken",
  MedicationAdministration: "in-progress not-done on-hold completed entered-in-error stopped unknown",
  Procedure: "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
  Encounter: "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown",
  Immunization: "completed entered-in-error not-done",
  Consent: "draft proposed active rejected inactive entered-in-error",
  ServiceRequest: "draft active on-hold revoked completed entered-in-error unknown",
  DeviceUseStatement: "active completed entered-in-error intended stopped on-hold",
  Device: "active inactive entered-in-error unknown",
  ImagingStudy: "registered available cancelled entered-in-error unknown",
  Composition: "preliminary final amended entered-in-error",
  DocumentReference: "current superseded entered-in-error",
  Coverage: "active cancelled draft entered-in-error",
};

/** Codes of CodeableConcepts that do the same, by their HL7 systems. */
const clinical: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Condition: {
    clinicalStatus: "active recurrence relapse inactive remission resolved",
    verificationStatus: "unconfirmed provisional differential confirmed refuted entered-in-error",
  },
  AllergyIntolerance: {
    clinicalStatus: "active inactive resolved",
    verificationStatus: "unconfirmed confirmed refuted entered-in-error presumed",
  },
};

function checkStatus({ resource, path }: Entry): readonly Issue[] {
  const { status } = resource as { status?: unknown };
  const known = statuses[resource.resourceType]?.split(" ");
  const faults: Issue[] = [];
  if (known && typeof status === "string" && !known.includes(status)) faults.push(issue("status-unknown", `${path}.status`));
  for (const [field, codes] of Object.entries(clinical[resource.resourceType] ?? {})) {
    const sent: unknown = Object.entries(resource).find(([name]) => name === field)?.[1];
    const coded = ((sent as CodeableConcept | undefined)?.coding ?? []).flatMap((one) => one.code ?? []);
    if (coded.length > 0 && !coded.some((one) => codes.split(" ").includes(one))) faults.push(issue("status-unknown", `${path}.${field}`));
  }
  return faults;
}

const codedPrescription = /\/eCS\/StructureDefinition\/JP_MedicationRequest_eCS(?:\||$)/;

/**
 * JP-CLINS asks for a YJ code, a code of the general name, or the word that there is none. And whatever the profile: a code of a class
 * to which the drug it names cannot belong is a wrong code, and a wrong code is a wrong line on the danger strip.
 */
function checkDrug({ resource, path }: Entry): readonly Issue[] {
  const sent = (resource as { medicationCodeableConcept?: CodeableConcept }).medicationCodeableConcept;
  if (sent === undefined) return [];
  const at = `${path}.medication.ofType(CodeableConcept)`;
  const codings = sent.coding ?? [];
  const named = codings.some((one) => /^(?:YJ|GENERAL)$/.test(shortSystem(one.system)) || one.code === "NOCODED");
  const asked = (resource.meta?.profile ?? []).some((one) => codedPrescription.test(one));
  if (asked && !named) return [issue("drug-uncoded", `${at}.coding`, "YJ or general name")];
  return codings.flatMap((one, i) =>
    /^(?:YJ|GENERAL)$/.test(shortSystem(one.system)) && contradicts(one.code ?? "", `${one.display ?? ""} ${sent.text ?? ""}`)
      ? [issue("drug-contradicts", `${at}.coding[${i}].code`, "the class of the code is not that of the name")]
      : [],
  );
}

/** Stems of international nonproprietary names, and the classes (薬効分類, first digits of the code) in which drugs so named are listed. */
const stems: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:ゼパム|ゾラム)/, /^1(?:1[2379]|24)/],
  [/サルタン/, /^21[479]/],
  [/グリプチン|グリフロジン/, /^(?:39|219)/],
  [/キサバン/, /^333/],
  [/セトロン/, /^239/],
  [/フロキサシン/, /^(?:62|13|263)/],
];

function contradicts(code: string, name: string): boolean {
  if (!/^\d{7}[A-Z]/.test(code)) return false;
  const plain = name.normalize("NFKC");
  const said = stems.filter(([stem]) => stem.test(plain));
  return said.length > 0 && !said.some(([, classes]) => classes.test(code));
}

/** A resource that names its institution must name the one whose feed it came by. */
function checkInstitution({ resource, path }: Entry, facility: string): readonly Issue[] {
  const sent = extensionOf(resource as { extension?: Extension[] }, /\/JP_eCS_InstitutionNumber$/)?.valueIdentifier?.value;
  return sent === undefined || sent === facility ? [] : [issue("facility-differs", `${path}.extension`)];
}

/** 個人番号 must never be stored. */
function isPersonalNumber({ system = "", type }: Identifier): boolean {
  const said = `${bare(system)} ${type?.text ?? ""} ${(type?.coding ?? []).map((one) => one.display ?? "").join(" ")}`;
  return /個人番号|マイナンバー|mynumber|my-number|individual-?number/i.test(said);
}
