import type { Bundle, Composition, CompositionSection, Resource } from "@medplum/fhirtypes";
import { type Issue, issue } from "./issue.ts";
import type { Opened } from "./open.ts";
import { type Entry, isType, subjectOf } from "./references.ts";
import { bare } from "./systems.ts";
import { type Known, namesPatient, patientPid, type Unit } from "./unit.ts";
import { identifierKey } from "./values.ts";
import { isSupporting, namesOf } from "./whose.ts";

/** Bundles that speak of one person and are kept, replaced and deleted whole. */
export type WholeKind = "document" | "clins";

const clinsProfile = /\/JP_Bundle_CLINS(?:\||$)/;
const clinsIdentifier = "http://jpfhir.jp/fhir/clins/bundle-identifier";
const resourceTypeTag = /\/BundleResourceType_CS$/;

export function wholeKind(bundle: Bundle): WholeKind | null {
  if (bundle.type === "document") return "document";
  const clins =
    (bundle.meta?.profile ?? []).some((one) => clinsProfile.test(one)) || bare(bundle.identifier?.system ?? "") === bare(clinsIdentifier);
  return clins && bundle.type === "collection" ? "clins" : null;
}

/** One unit, or every reason against it. */
export function planWhole(
  opened: Opened,
  bundle: Bundle,
  kind: WholeKind,
  facility: string,
  known: Known,
): readonly Unit[] | readonly Issue[] {
  const patients = opened.entries.filter(({ resource }) => isType(resource, "Patient"));
  const patient = patients[0];
  if (patient === undefined) return [issue("patient-missing", "Bundle.entry")];
  if (patients.length > 1) return [issue("patient-doubled", patients[1]?.path ?? "")];
  const faults = [
    ...checkIdentifier(bundle, kind, facility),
    ...(kind === "clins" ? checkClins(opened, bundle) : checkDocument(opened, patient)),
    ...opened.entries.flatMap((entry) => checkSubject(opened, entry, patient)),
  ];
  const pid = patientPid(patient, facility, known, false);
  if (typeof pid !== "string") return [...faults, pid].slice(0, 20);
  if (faults.length > 0) return faults.slice(0, 20);
  const identifier = bundle.identifier === undefined ? "" : identifierKey(bundle.identifier);
  const rest = opened.entries.length > 1;
  return [
    {
      key: `Bundle|${identifier}`,
      action: rest ? "put" : "delete",
      pid,
      body: new TextEncoder().encode(opened.text),
      names: namesOf(patient, false),
      resources: opened.entries.map(({ resource, path }) => ({ type: resource.resourceType, path })),
    },
  ];
}

function checkIdentifier({ identifier }: Bundle, kind: WholeKind, facility: string): readonly Issue[] {
  const at = "Bundle.identifier";
  if (identifier === undefined || identifierKey(identifier) === "") return [issue("bundle-identifier", at, "missing")];
  const clins = bare(identifier.system ?? "") === bare(clinsIdentifier);
  if (!clins) return kind === "clins" ? [issue("bundle-identifier", `${at}.system`)] : [];
  const [, from] = /^(\d{10})\^\d{4}\^.{1,36}$/.exec(identifier.value ?? "") ?? [];
  if (from === undefined) return [issue("bundle-identifier", `${at}.value`, "facility^year^number")];
  return from === facility ? [] : [issue("facility-differs", `${at}.value`)];
}

/** The patient first, then resources of one type, the one that the tag names. */
function checkClins({ entries }: Opened, bundle: Bundle): readonly Issue[] {
  const faults: Issue[] = [];
  if (entries[0] !== undefined && !isType(entries[0].resource, "Patient")) faults.push(issue("patient-first", entries[0].path));
  const others = entries.filter(({ resource }) => !isType(resource, "Patient"));
  const tag = bundle.meta?.tag?.find((one) => resourceTypeTag.test(one.system ?? ""))?.code;
  const type = tag ?? others[0]?.resource.resourceType;
  const odd = others.find(({ resource }) => resource.resourceType !== type);
  if (odd !== undefined) faults.push(issue("kinds-mixed", odd.path, `${odd.resource.resourceType} beside ${type}`));
  return faults;
}

/** The Composition first, of the patient who is in the document, and with every entry of its sections in it. */
function checkDocument(opened: Opened, patient: Entry): readonly Issue[] {
  const first = opened.entries[0];
  if (first === undefined || !isType(first.resource, "Composition")) return [issue("composition-missing", "Bundle.entry[0].resource")];
  const composition = first.resource;
  const faults: Issue[] = [];
  if (opened.references.find(composition.subject, composition, "Patient") !== patient.resource)
    faults.push(issue(composition.subject === undefined ? "subject-missing" : "subject-unknown", `${first.path}.subject`));
  for (const { path, reference } of sectionEntries(composition, first.path))
    if (opened.references.entry(reference) === null && !reference.startsWith("#")) faults.push(issue("reference-broken", path));
  return faults;
}

function sectionEntries(composition: Composition, at: string): { path: string; reference: string }[] {
  const found: { path: string; reference: string }[] = [];
  const walk = (sections: readonly CompositionSection[], above: string): void =>
    sections.forEach((section, i) => {
      const path = `${above}.section[${i}]`;
      section.entry?.forEach(({ reference }, n) => {
        if (reference !== undefined) found.push({ path: `${path}.entry[${n}]`, reference });
      });
      walk(section.section ?? [], path);
    });
  walk(composition.section ?? [], at);
  return found;
}

/** Whoever is spoken of must be the patient of the bundle, by whatever form of reference. */
function checkSubject({ references }: Opened, { resource, path }: Entry, patient: Entry): readonly Issue[] {
  const subject = subjectOf(resource);
  if (subject === undefined || isSupporting(resource, true) || isType(resource, "Composition")) return [];
  const found = references.find(subject, resource, "Patient");
  if (found === patient.resource) return [];
  const at = `${path}.${subjectField(resource)}`;
  if (found !== null) return [issue("subject-differs", at)];
  if (subject.reference !== undefined || subject.identifier === undefined) return [issue("subject-unknown", at)];
  const named = namesPatient(identifierKey(subject.identifier), patient.resource);
  return named === "same" ? [] : [issue(named === "other" ? "subject-differs" : "subject-unknown", at)];
}

function subjectField(resource: Resource): string {
  return ["subject", "patient", "beneficiary"].find((name) => name in resource) ?? "subject";
}
