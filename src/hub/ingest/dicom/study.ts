import type { WarningCode } from "../../record/record.ts";
import type { InstanceFacts, Noted } from "./facts.ts";

/** What the hub keeps of one study of one patient: header facts, never pixels. One row of the file table. */
export interface Study {
  readonly version: 1;
  readonly patient: InstanceFacts["patient"];
  readonly study: InstanceFacts["study"];
  /** DICOMweb base that lists it, or "". */
  readonly endpoint: string;
  readonly series: readonly Series[];
  readonly warnings: readonly Noted[];
}

export type Series = InstanceFacts["series"] & { readonly instances: readonly Instance[] };

export interface Instance {
  readonly uid: string;
  readonly sopClass: string;
  /** SHA-256 of each file that brought it, base64url; none when only an archive listed it. */
  readonly hashes: readonly string[];
}

const hashesKept = 16;
const warningsKept = 100;

/** The study with this instance in it; the same object when the very bytes are there already. `known` null: the first of its study. */
export function withInstance(known: Study | null, facts: InstanceFacts, hash: string): Study {
  const base = known ?? emptyStudy(facts);
  const series = base.series.find(({ uid }) => uid === facts.series.uid) ?? { ...facts.series, instances: [] };
  const instance = series.instances.find(({ uid }) => uid === facts.instance.uid);
  if (instance?.hashes.includes(hash)) return base;
  const sent = { ...facts.instance, hashes: [...(instance?.hashes ?? []), hash].slice(-hashesKept) };
  return changed(base, facts, instance !== undefined, {
    ...(instance === undefined ? filled(series, facts.series) : newer(series, facts.series)),
    instances: ordered([...series.instances.filter(({ uid }) => uid !== sent.uid), sent]),
  });
}

/**
 * What an archive says of a whole study now: its instances replace those that came from it before; those that files brought stay.
 * The same object when nothing is new. `series`: with the instances listed, without hashes.
 */
export function withListing(known: Study | null, facts: InstanceFacts, endpoint: string, listed: readonly Series[]): Study {
  const base = known ?? emptyStudy(facts);
  const series = new Map(withoutListing(base).series.map((one) => [one.uid, one]));
  for (const one of listed) {
    const own = series.get(one.uid);
    const instances = new Map([...one.instances, ...(own?.instances ?? [])].map((instance) => [instance.uid, instance]));
    series.set(one.uid, { ...newer(own ?? one, one), instances: ordered([...instances.values()]) });
  }
  const next: Study = {
    ...base,
    patient: { ...newer(base.patient, facts.patient), names: newer(base.patient.names, facts.patient.names) },
    study: newer(base.study, facts.study),
    endpoint,
    series: ordered([...series.values()]),
    warnings: noted(base.warnings, facts.warnings),
  };
  return encodeStudy(next) === encodeStudy(base) ? base : next;
}

/** The study without what only an archive listed; series that are empty then are left out. */
export function withoutListing(study: Study): Study {
  const series = study.series.map((one) => ({ ...one, instances: one.instances.filter(({ hashes }) => hashes.length > 0) }));
  return { ...study, endpoint: "", series: series.filter(({ instances }) => instances.length > 0) };
}

export function countInstances(study: Study): number {
  return study.series.reduce((sum, { instances }) => sum + instances.length, 0);
}

/** Canonical text: the same study gives the same bytes whatever order its files came in. */
export function encodeStudy(study: Study): string {
  return JSON.stringify(study);
}

function emptyStudy({ patient, study }: InstanceFacts): Study {
  return { version: 1, patient, study, endpoint: "", series: [], warnings: [] };
}

function changed(base: Study, facts: InstanceFacts, again: boolean, series: Series): Study {
  const merge = again ? newer : filled;
  return {
    ...base,
    patient: { ...merge(base.patient, facts.patient), names: merge(base.patient.names, facts.patient.names) },
    study: merge(base.study, facts.study),
    series: ordered([...base.series.filter(({ uid }) => uid !== series.uid), series]),
    warnings: noted(base.warnings, [...facts.warnings, ...(again ? [] : differences(base, facts))]),
  };
}

/** What is empty is filled; what stands stays. */
function filled<T extends object>(old: T, sent: Partial<T>): T {
  return { ...old, ...Object.fromEntries(Object.entries(sent).filter(([name]) => old[name as keyof T] === "")) };
}

/** What is sent anew holds; what it leaves empty stays. */
function newer<T extends object>(old: T, sent: Partial<T>): T {
  return {
    ...old,
    ...Object.fromEntries(Object.entries(sent).filter(([name, value]) => value !== "" && name in old && name !== "instances")),
  };
}

const compared = { birth: "(0010,0030)", sex: "(0010,0040)" } as const;

/** Instances of one study and patient number that call the patient differently: told, since one of them may be another person's. */
function differences(base: Study, facts: InstanceFacts): Noted[] {
  const code: WarningCode = "study-differs";
  const found: Noted[] = [];
  for (const [name, tag] of Object.entries(compared)) {
    const [old, sent] = [base.patient[name as keyof typeof compared], facts.patient[name as keyof typeof compared]];
    if (old !== "" && sent !== "" && old !== sent) found.push({ code, tag, seen: sent });
  }
  for (const group of ["alphabetic", "ideographic", "phonetic"] as const) {
    const [old, sent] = [base.patient.names[group], facts.patient.names[group]];
    if (old !== "" && sent !== "" && old.normalize("NFKC") !== sent.normalize("NFKC"))
      found.push({ code, tag: "(0010,0010)", seen: sent.slice(0, 60) });
  }
  if (base.study.accession !== "" && facts.study.accession !== "" && base.study.accession !== facts.study.accession)
    found.push({ code, tag: "(0008,0050)", seen: facts.study.accession.slice(0, 60) });
  return found;
}

function noted(old: readonly Noted[], more: readonly Noted[]): readonly Noted[] {
  const all = new Map([...old, ...more].map((one) => [JSON.stringify(one), one]));
  return [...all.values()].slice(0, warningsKept);
}

function ordered<T extends { readonly uid: string }>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0));
}
