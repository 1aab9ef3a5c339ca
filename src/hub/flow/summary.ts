import { TomoshibiError } from "../../shared/error.ts";
import type { ConsentPatient, WithheldReason } from "../../shared/protocol/consent.ts";
import { projectRules } from "../../shared/summary/rules.ts";
import { type Parts, splitSummary } from "../../shared/summary/split.ts";
import type { Summary } from "../../shared/summary/summary.ts";
import { dayInJapan, type Permission } from "../people/consent.ts";
import type { FiledRecords } from "../record/record.ts";
import { facilities } from "../store/facility.ts";
import { type PatientRow, patientById, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { summarize } from "../summarize/index.ts";
import { checkedRecordsOf } from "./checked.ts";
import { type Guard, Guards } from "./guard.ts";
import { type Permits, permitsOf, refusersLike } from "./permit.ts";

export interface PersonSummary {
  readonly summary: Summary;
  readonly parts: Parts;
}

/** Nothing of this person may be published: why, and for "held" the patient who refused and whom they may be. */
export interface Withheld {
  readonly withheld: WithheldReason;
  readonly like: ConsentPatient | null;
}

/** Several persons as they stand on one day; null for one of whom nothing is in force. */
export interface Looked {
  readonly permits: Permits;
  patientsOf(ref: string): readonly PatientRow[];
  of(ref: string): PersonSummary | Withheld | null;
}

/**
 * Summary and parts of several persons as they stand on `day` (YYYY-MM-DD in Japan). What consent and the region's rules do not permit is
 * not even read: records of a facility out of scope, and everything of a person who refused, never come near a summary.
 */
export async function summarizePersons(db: Db, refs: readonly string[], day: string): Promise<Looked> {
  const known = await facilityMap(db);
  const patients = await patientsOf(db, refs);
  const linked = new Map<string, PatientRow[]>(refs.map((ref) => [ref, []]));
  for (const patient of patients) linked.get(patient.person ?? "")?.push(patient);
  const permits = await permitsOf(db, patients, day);
  const likeness = await refusersLike(db, patients, permits);
  const guards = new Guards();
  const permitted = new Map(refs.map((ref) => [ref, permittedOf(linked.get(ref) ?? [], permits, likeness)]));
  const readable = [...permitted.values()].flatMap((one) => ("withheld" in one ? [] : one.readable));
  const records = await checkedRecordsOf(db, readable);
  const looks = new Map(
    [...permitted].map(([ref, one]): [string, PersonSummary | Withheld | null] => {
      if ("withheld" in one) return [ref, one];
      const files = one.readable.flatMap(({ facility, pid }) => records.get(`${facility}|${pid}`) ?? []);
      return [ref, summaryOf(files, known, guards.of(one.permission))];
    }),
  );
  return { permits, patientsOf: (ref) => linked.get(ref) ?? [], of: (ref) => looks.get(ref) ?? null };
}

/**
 * What would be sealed for the person that a facility knows by this number; `person` null when identity has not looked yet,
 * then the summary is of that facility's records alone. Errors: person-unknown, consent-default-missing, consent-refused (reason).
 */
export async function summaryOfPatient(
  db: Db,
  facility: string,
  pid: string,
  day: string = dayInJapan(Date.now()),
): Promise<PersonSummary & { readonly person: string | null }> {
  const patient = await patientById(db, { facility, pid });
  if (patient === null) throw new TomoshibiError("person-unknown", { facility });
  const { person } = patient;
  const found = person === null ? await unlinked(db, patient, day) : (await summarizePersons(db, [person], day)).of(person);
  if (found === null) throw new TomoshibiError("person-unknown", { facility });
  if (!("withheld" in found)) return { person, ...found };
  throw found.withheld === "no-default"
    ? new TomoshibiError("consent-default-missing")
    : new TomoshibiError("consent-refused", { reason: found.withheld });
}

async function unlinked(db: Db, patient: PatientRow, day: string): Promise<PersonSummary | Withheld | null> {
  const permits = await permitsOf(db, [patient], day);
  const one = permittedOf([patient], permits, await refusersLike(db, [patient], permits));
  if ("withheld" in one) return one;
  const files = (await checkedRecordsOf(db, one.readable)).get(`${patient.facility}|${patient.pid}`) ?? [];
  return summaryOf(files, await facilityMap(db), new Guards().of(one.permission));
}

export interface Permitted {
  readonly permission: Permission;
  readonly readable: readonly PatientRow[];
}

/** What of a person who is these patients may be shown; whoever asks for people asks this first. */
export function permittedOf(
  linked: readonly PatientRow[],
  permits: Permits,
  likeness: (patient: PatientRow) => ConsentPatient | null,
): Permitted | Withheld {
  const permission = permits.of(linked);
  if (permission.reason !== null) return { withheld: permission.reason, like: null };
  for (const patient of linked) {
    const like = likeness(patient);
    if (like !== null) return { withheld: "held", like };
  }
  const readable = linked.filter(({ facility }) => permission.shows(facility));
  return readable.length === 0 && linked.length > 0 ? { withheld: "no-scope", like: null } : { permission, readable };
}

function summaryOf(files: readonly FiledRecords[], known: Awaited<ReturnType<typeof facilityMap>>, guard: Guard): PersonSummary | null {
  if (files.length === 0) return null;
  const summary = guard.keep(summarize({ files, facilities: known }));
  return { summary, parts: splitSummary(summary, projectRules, guard.rules) };
}

async function facilityMap(db: Db): Promise<Map<string, { name: string; telephone: string }>> {
  return new Map((await facilities(db)).map(({ code, name, telephone }) => [code, { name, telephone }]));
}
