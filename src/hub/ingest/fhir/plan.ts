import type { Bundle, Resource } from "@medplum/fhirtypes";
import { type Issue, issue } from "./issue.ts";
import { inputLimit, type Opened } from "./open.ts";
import { unitBody } from "./pack.ts";
import { type Entry, isType, subjectOf } from "./references.ts";
import { type Asked, askedOf } from "./request.ts";
import { checkEntry } from "./rules.ts";
import { type Known, patientPid, theOnly, type Unit } from "./unit.ts";
import { planWhole, wholeKind } from "./whole.ts";
import { isSupporting, lookupsOf, namesOf, numberAt } from "./whose.ts";

/** Names to look up before planInput. */
export function needsOf({ entries, references }: Opened): { readonly patients: readonly string[]; readonly supports: readonly string[] } {
  const patients = new Set<string>();
  const supports = new Set<string>();
  for (const entry of entries) {
    for (const name of lookupsOf(subjectOf(entry.resource))) patients.add(name);
    if (isType(entry.resource, "Patient")) for (const name of namesOf(entry, true)) patients.add(name);
    for (const url of outside(entry.resource, references)) supports.add(url);
  }
  return { patients: [...patients], supports: [...supports] };
}

function outside(resource: Resource, references: Opened["references"]): readonly string[] {
  return unitBody.referencesOf(resource).filter((url) => references.entry(url) === null);
}

/** What an input changes at its facility, or every reason why nothing of it may be used. Pure. */
export function planInput(opened: Opened, facility: string, known: Known): readonly Unit[] | readonly Issue[] {
  const faults = opened.entries.flatMap((entry) => checkEntry(entry, facility));
  const doubled = doubledUrls(opened);
  if (faults.length + doubled.length > 0) return [...faults, ...doubled].slice(0, 20);
  const { bundle } = opened;
  if (bundle === null) return planOne(opened, facility, known);
  if (opened.entries.some(({ resource }) => resource.resourceType === "Bundle")) return [issue("bundle-nested", "Bundle.entry")];
  const whole = wholeKind(bundle);
  if (whole !== null) return planWhole(opened, bundle, whole, facility, known);
  return resourceBundles.has(bundle.type)
    ? planResources(opened, bundle, facility, known)
    : [issue("bundle-type", "Bundle.type", bundle.type)];
}

const resourceBundles = new Set<Bundle["type"]>(["transaction", "collection", "searchset"]);

/** Bytes of all units of one input: each carries what it refers to, so a few large resources could be multiplied by thousands. */
const carriedLimit = 4 * inputLimit;

export function isPlan(result: readonly Unit[] | readonly Issue[]): result is readonly Unit[] {
  return result.length > 0 && "key" in (result[0] as object);
}

function doubledUrls({ entries }: Opened): readonly Issue[] {
  const seen = new Set<string>();
  return entries.flatMap(({ fullUrl, path }) => {
    if (fullUrl === "") return [];
    const again = seen.has(fullUrl);
    seen.add(fullUrl);
    return again ? [issue("entry-doubled", path.replace(/resource$/, "fullUrl"))] : [];
  });
}

function planOne(opened: Opened, facility: string, known: Known): readonly Unit[] | readonly Issue[] {
  const entry = opened.entries[0] as Entry;
  const { resourceType, id } = entry.resource;
  const asked: Asked = { method: "put", key: id === undefined ? null : `${resourceType}/${id}`, entry, path: entry.path };
  const made = unitOf(opened, asked, facility, known);
  return "key" in made ? [made] : [made];
}

function planResources(opened: Opened, bundle: Bundle, facility: string, known: Known): readonly Unit[] | readonly Issue[] {
  const asked = askedOf(bundle, opened.entries);
  const faults = asked.filter((one) => "reason" in one);
  if (faults.length > 0) return faults;
  const made: (Unit | Issue)[] = [];
  let carried = 0;
  for (const one of asked) {
    if ("reason" in one) continue;
    const unit = unitOf(opened, one, facility, known);
    made.push(unit);
    carried += "key" in unit ? unit.body.length : 0;
    if (carried > carriedLimit) return [issue("too-large", "Bundle.entry", `${carriedLimit} bytes at most with what is referred to`)];
  }
  const refused = made.filter((one) => "reason" in one);
  if (refused.length > 0) return refused.slice(0, 20);
  const units = made.flatMap((one) => ("key" in one ? [one] : []));
  const keys = new Set<string>();
  const again = units.find(({ key }) => keys.size === keys.add(key).size);
  if (again !== undefined) return [issue("entry-doubled", again.resources[0]?.path ?? "Bundle.entry")];
  return units.length > 0 ? units : [issue("empty", "Bundle.entry")];
}

function unitOf(opened: Opened, asked: Asked, facility: string, known: Known): Unit | Issue {
  const { entry, method, path } = asked;
  if (entry === null)
    return { key: asked.key ?? "", action: "delete", pid: "", body: new Uint8Array(), names: [], resources: [{ type: "", path }] };
  const whose = pidOf(opened, entry, facility, known);
  if (typeof whose !== "string") return whose;
  const body = unitBody(opened, entry, known.supports);
  return {
    key: asked.key ?? `${entry.resource.resourceType}#${unitBody.digest(body)}`,
    action: method,
    pid: whose,
    body,
    names: isType(entry.resource, "Patient") ? namesOf(entry, true) : [],
    resources: [{ type: entry.resource.resourceType, path }],
  };
}

/** The patient's number at this facility; "" for what speaks of nobody. */
function pidOf(opened: Opened, entry: Entry, facility: string, known: Known): string | Issue {
  const { resource, path } = entry;
  if (isType(resource, "Patient")) return patientPid(entry, facility, known, true);
  const subject = subjectOf(resource);
  if (subject === undefined) return isSupporting(resource, false) ? "" : issue("subject-missing", path);
  if (isSupporting(resource, true)) return "";
  const found = opened.references.find(subject, resource, "Patient");
  if (found !== null && isType(found, "Patient")) {
    const named = opened.entries.find((one) => one.resource === found);
    return named === undefined ? issue("subject-unknown", path, "contained") : patientPid(named, facility, known, true);
  }
  const own = subject.identifier === undefined ? null : numberAt(facility, [subject.identifier]);
  if (own !== null) return own;
  return theOnly(lookupsOf(subject), known, path) ?? issue("subject-unknown", path);
}
