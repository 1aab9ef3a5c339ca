import {
  type ConsentEntry,
  type ConsentKind,
  type ConsentPatient,
  everyFacility,
  type ProtectedId,
  protectedIds,
  type WithheldReason,
} from "../../shared/protocol/consent.ts";

export { type ConsentStatement, consentBases, dayInJapan, isOf, statementOf } from "../../shared/protocol/consent.ts";

export type CategoryStanding = "open" | "protected" | "withheld";

/** What may be published of one person on one day. */
export interface Permission {
  /** Why nothing is; null: something may be. */
  readonly reason: Exclude<WithheldReason, "held" | "no-scope"> | null;
  /** Whether records that this facility sent may be shown. */
  shows(facility: string): boolean;
  readonly categories: Readonly<Record<ProtectedId, CategoryStanding>>;
}

/** The entries of one patient; facility and pid "" are the region's rules. */
export type EntriesOf = (patient: ConsentPatient) => readonly ConsentEntry[];

export const theRegion: ConsentPatient = { facility: "", pid: "" };

/**
 * What may be published of a person who is these patients (linked by identity), on `day` (YYYY-MM-DD in Japan).
 * Of each patient the entry with the latest first day counts (the later recorded of one day); between linked patients the strictest, so
 * that no link ever loosens what was said. Without the region's rule for people without an entry nobody is published.
 * The region's own "hidden" and "withheld" are a floor: no person's entry opens them.
 */
export function permissionOf(patients: readonly ConsentPatient[], entriesOf: EntriesOf, day: string): Permission {
  const region = inForce(entriesOf(theRegion), day);
  const own = patients.map((patient) => inForce(entriesOf(patient), day));
  return {
    reason: reasonOf(region, own),
    shows: (facility) => [region, ...own].every((standing) => showsFacility(standing, facility)),
    categories: categoriesOf(region, own),
  };
}

/** What one patient's entries say on a day, by kind and target; what was taken back is not there. */
export interface Standing {
  said(kind: ConsentKind, target?: string): ConsentEntry | null;
}

export function inForce(entries: readonly ConsentEntry[], day: string): Standing {
  const latest = new Map<string, ConsentEntry>();
  for (const entry of entries) {
    if (entry.from > day) continue;
    const key = `${entry.kind}|${entry.target}`;
    const known = latest.get(key);
    if (known === undefined || known.from < entry.from || (known.from === entry.from && known.seq < entry.seq)) latest.set(key, entry);
  }
  return {
    said(kind, target = "") {
      const found = latest.get(`${kind}|${target}`);
      return found === undefined || found.value === "unstated" ? null : found;
    },
  };
}

/** The patient's own statement by which nothing of the person may be on any device, or null. */
export function refusalOf(standing: Standing): ConsentEntry | null {
  const participation = standing.said("participation");
  if (participation !== null && participation.value !== "participating") return participation;
  const emergency = standing.said("emergency");
  return emergency?.value === "optedOut" ? emergency : null;
}

/** The newest statement of the patient's own that something may be shown, or null. */
export function assentOf(standing: Standing): ConsentEntry | null {
  const said = [standing.said("participation"), standing.said("emergency")].filter(
    (entry) => entry?.value === "participating" || entry?.value === "allowed",
  );
  return said.reduce((newest, entry) => (newest === null || (entry !== null && entry.seq > newest.seq) ? entry : newest), null);
}

/** The statement that hides a facility's records, or null. */
export function hiddenBy(standing: Standing, facility: string): ConsentEntry | null {
  const said = standing.said("facility", facility) ?? standing.said("facility", everyFacility);
  return said?.value === "hidden" ? said : null;
}

function showsFacility(standing: Standing, facility: string): boolean {
  return hiddenBy(standing, facility) === null;
}

function reasonOf(region: Standing, own: readonly Standing[]): Permission["reason"] {
  const rule = region.said("participation");
  if (rule === null) return "no-default";
  const said = (kind: "participation" | "emergency", value: string) => own.some((standing) => standing.said(kind)?.value === value);
  if (said("participation", "withdrawn")) return "withdrawn";
  if (said("participation", "declined")) return "declined";
  if (said("emergency", "optedOut")) return "opted-out";
  if (rule.value !== "participating" && !said("participation", "participating")) return "not-participating";
  if (region.said("emergency")?.value === "optedOut" && !said("emergency", "allowed")) return "not-participating";
  return null;
}

const strictness: readonly string[] = ["open", "protected", "withheld"] satisfies CategoryStanding[];

function categoriesOf(region: Standing, own: readonly Standing[]): Permission["categories"] {
  const standing = (id: ProtectedId): CategoryStanding => {
    const rule = region.said("category", id)?.value;
    if (rule === "withheld") return "withheld";
    const said = own.map((one) => one.said("category", id)?.value).filter((value) => value !== undefined);
    const strictest = said.reduce((a, b) => (strictness.indexOf(b) > strictness.indexOf(a) ? b : a), said[0] ?? rule ?? "protected");
    return strictest === "open" || strictest === "withheld" ? strictest : "protected";
  };
  const [hiv, psychiatric, addiction] = [standing("hiv"), standing("psychiatric"), standing("addiction")];
  const [sexuallyTransmitted, reproductive] = [standing("sexuallyTransmitted"), standing("reproductive")];
  return { hiv, psychiatric, addiction, sexuallyTransmitted, reproductive, violence: standing("violence") };
}

/** Whether two permissions differ for a person known at these facilities. */
export function differs(a: Permission, b: Permission, facilities: readonly string[]): boolean {
  return (
    a.reason !== b.reason ||
    facilities.some((facility) => a.shows(facility) !== b.shows(facility)) ||
    protectedIds.some((id) => a.categories[id] !== b.categories[id])
  );
}

/** Entries by patient, for permissionOf. */
export function byPatient(entries: readonly ConsentEntry[]): EntriesOf {
  const known = new Map<string, ConsentEntry[]>();
  for (const entry of entries) {
    const key = `${entry.facility}|${entry.pid}`;
    const list = known.get(key);
    if (list) list.push(entry);
    else known.set(key, [entry]);
  }
  return ({ facility, pid }) => known.get(`${facility}|${pid}`) ?? [];
}
