/** Consent as the operator looks at it: who somebody is, what devices will have of them, and why; and what a file would change. */

import { TomoshibiError } from "../../shared/error.ts";
import {
  type ConsentFound,
  type ConsentPatient,
  type ConsentPreview,
  type ConsentRules,
  type ConsentState,
  type ConsentStatement,
  type HeldPerson,
  isPatientNumber,
  protectedIds,
} from "../../shared/protocol/consent.ts";
import { nothingWanted } from "../identity/fit.ts";
import type { Traits } from "../identity/traits.ts";
import { byPatient, dayInJapan, inForce, type Permission, permissionOf, theRegion } from "../people/consent.ts";
import type { ReadImport } from "../people/consentImport.ts";
import type { ConsentDeps } from "../people/consentRecord.ts";
import { countWithheld, entriesOf, linkedWith, withheldFor } from "../store/consent.ts";
import { facilities } from "../store/facility.ts";
import { indexRowOf } from "../store/indexRow.ts";
import { type PatientRow, patientById, patientsOf } from "../store/patient.ts";
import { personByRef } from "../store/person.ts";
import type { Db } from "../store/tables.ts";
import { findPersons, traitsIn } from "./identity-search.ts";
import { permitsOf, refusersLike } from "./permit.ts";

/** What is shown of a search. */
const MOST = 50;

/** Lines of a preview; the counts are of all. */
const SHOWN = 500;

/** Patients by number, or by name: family and given name with a space between, kana or kanji. */
export async function findForConsent(db: Db, query: { facility: string; pid: string; name: string }): Promise<readonly ConsentFound[]> {
  if (query.pid !== "") {
    const known = await patientById(db, { facility: query.facility, pid: query.pid });
    return [known === null ? { facility: query.facility, pid: query.pid, ...nobody, known: false } : foundOf(known)];
  }
  const [family = "", ...given] = query.name.normalize("NFKC").trim().split(/\s+/);
  if (family === "") return [];
  const candidates = await findPersons(db, { ...nothingWanted, names: [[family, given.join("")]] });
  return candidates
    .slice(0, MOST)
    .flatMap(({ patients }) => patients.slice(0, 1))
    .map(({ facility, pid, traits }) => ({ facility, pid, ...whoIs(traits), known: true }));
}

const nobody = { name: "", kana: "", birthDate: "", sex: "" } as const;

function foundOf({ facility, pid, links }: PatientRow): ConsentFound {
  return { facility, pid, ...whoIs(traitsIn(links)), known: true };
}

function whoIs([first]: readonly Traits[]): Pick<ConsentFound, "name" | "kana" | "birthDate" | "sex"> {
  if (first === undefined) return nobody;
  const { kanji, kana, birth, sex } = first;
  return { name: (kanji ?? []).join(" ").trim(), kana: (kana ?? []).join(" ").trim(), birthDate: birth, sex };
}

/** All that consent says of one patient and whoever they are linked with. A patient nobody knows yet has a state too. */
export async function consentStateOf({ db, clock }: ConsentDeps, patient: ConsentPatient): Promise<ConsentState> {
  const today = dayInJapan(clock.now());
  const row = await patientById(db, patient);
  const linked = row === null ? [] : row.person === null ? [row] : await patientsOf(db, [row.person]);
  const members: readonly ConsentPatient[] = row === null ? [patient] : linked;
  const permits = await permitsOf(db, members, today);
  const permission = permissionOf(members, permits.entriesOf, today);
  const likeness = permission.reason === null ? await refusersLike(db, linked, permits) : () => null;
  const like = linked.map(likeness).find((one) => one !== null) ?? null;
  const names = new Map((await facilities(db)).map(({ code, name }) => [code, name]));
  const history = members.flatMap(permits.entriesOf).sort((a, b) => b.seq - a.seq);
  const kept = row?.person == null ? null : await personByRef(db, row.person);
  const readable = members.filter(({ facility }) => permission.shows(facility));
  return {
    patient: row === null ? { ...patient, ...nobody, known: false } : foundOf(row),
    linked: linked.filter(({ facility, pid }) => facility !== patient.facility || pid !== patient.pid).map(foundOf),
    reason: permission.reason ?? (like !== null ? "held" : readable.length === 0 ? "no-scope" : null),
    like,
    facilities: [...new Set(members.map(({ facility }) => facility))].map((code) => ({
      code,
      name: names.get(code) ?? "",
      shown: permission.shows(code),
    })),
    categories: permission.categories,
    published: row?.person != null && (await indexRowOf(db, row.person)) !== null,
    pending: row !== null && (kept === null || kept.changed > kept.sealed),
    today,
    history,
  };
}

/** The region's own rules, how many are withheld, and who waits for a decision because they resemble somebody who refused. */
export async function consentRulesOf({ db, clock }: ConsentDeps): Promise<ConsentRules> {
  const today = dayInJapan(clock.now());
  const entries = await entriesOf(db, [theRegion]);
  const held: HeldPerson[] = [];
  for (const { person, like_facility, like_pid } of await withheldFor(db, "held")) {
    const [first] = await patientsOf(db, [person]);
    const like = { facility: like_facility, pid: like_pid };
    if (first !== undefined) held.push({ patient: foundOf(first), like });
  }
  const rule = inForce(entries, today).said("participation")?.value;
  return {
    everybody: rule === undefined ? "unstated" : rule === "participating" ? "participating" : "declined",
    withheld: await countWithheld(db),
    held,
    facilities: (await facilities(db)).map(({ code, name }) => ({ code, name })),
    history: [...entries].reverse(),
    today,
  };
}

/** What a file would change, before anything is recorded. */
export async function previewOf({ db, clock }: ConsentDeps, read: ReadImport): Promise<ConsentPreview> {
  const today = dayInJapan(clock.now());
  const effects = await effectsOf(db, read.taken, today);
  const rows = read.taken.map((statement) => ({ ...statement, effect: effects(statement) }));
  const count = (effect: string) => rows.filter((row) => row.effect === effect).length;
  return {
    lines: read.lines,
    taken: read.taken.length,
    known: read.known,
    empty: read.empty,
    refused: read.refused.length,
    refusals: read.refused.slice(0, SHOWN),
    effects: {
      removed: count("removed"),
      added: count("added"),
      changed: count("changed"),
      later: count("later"),
      unknown: count("unknown"),
      region: count("region"),
      none: count("none"),
    },
    rows: rows.slice(0, SHOWN),
  };
}

type Effect = ConsentPreview["rows"][number]["effect"];

/** What the whole file does to the person that a line is about, from today on; "later": nothing today. */
async function effectsOf(db: Db, taken: ReadImport["taken"], today: string): Promise<(one: ConsentStatement) => Effect> {
  const persons = new Map<string, readonly ConsentPatient[]>();
  const keyOf = ({ facility, pid }: ConsentPatient) => `${facility}|${pid}`;
  for (const members of await linkedWith(db, taken)) for (const one of members) persons.set(keyOf(one), members);
  const before = byPatient(await entriesOf(db, [theRegion, ...[...persons.values()].flat()]));
  const fresh = byPatient(
    taken.map((one, i) => ({ ...one, seq: Number.MAX_SAFE_INTEGER - taken.length + i, at: 0, entered: "", batch: "", undoes: "" })),
  );
  const after = (patient: ConsentPatient) => [...before(patient), ...fresh(patient)];
  return (one) => {
    if (one.facility === "") return "region";
    const linked = persons.get(keyOf(one));
    if (linked === undefined) return "unknown";
    const codes = linked.map(({ facility }) => facility);
    const now = effectOn(permissionOf(linked, before, today), permissionOf(linked, after, today), codes);
    if (now !== "none" || one.from <= today) return now;
    const then = effectOn(permissionOf(linked, before, one.from), permissionOf(linked, after, one.from), codes);
    return then === "none" ? "none" : "later";
  };
}

function effectOn(before: Permission, after: Permission, codes: readonly string[]): Effect {
  const publishes = (one: Permission) => one.reason === null && codes.some((code) => one.shows(code));
  if (publishes(before) !== publishes(after)) return publishes(after) ? "added" : "removed";
  if (!publishes(after)) return "none";
  const differs =
    codes.some((code) => before.shows(code) !== after.shows(code)) ||
    protectedIds.some((id) => before.categories[id] !== after.categories[id]);
  return differs ? "changed" : "none";
}

/** A patient as typed; throws "consent-entry-bad" for what can be none. */
export function checkPatient(patient: ConsentPatient): ConsentPatient {
  if (!/^\d{10}$/.test(patient.facility)) throw new TomoshibiError("consent-entry-bad", { reason: "facility" });
  if (!isPatientNumber(patient.pid)) throw new TomoshibiError("consent-entry-bad", { reason: "pid" });
  return patient;
}
