/**
 * Somebody outside a device's cohort, for a member who has already written down that they look: what the journal entry says is held against
 * the hub's own records (who signed, their role, the policy in force), not against what the device claims. Unlike on the device, these rules
 * are carried out by the hub: a changed program gets no further than its staff could.
 */
import { approvalIn, readApproval } from "../../shared/audit/approval.ts";
import { parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, fromBase64Url, fromUtf8 } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { peekCose } from "../../shared/crypto/cose.ts";
import { type PackKind, packKinds } from "../../shared/crypto/derive.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type IndexRow, parseRow } from "../../shared/pack/row.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { openPolicy, type Policy } from "../../shared/protocol/policy.ts";
import { type RegionPack, type RegionQuery, regionHitsMost, regionWhat } from "../../shared/protocol/region.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import { dayInJapan } from "../people/consent.ts";
import { currentPolicy } from "../people/policy.ts";
import { indexRowOf } from "../store/indexRow.ts";
import { type EntryRow, entryAt } from "../store/journal.ts";
import { indexRowsBorn, packsOf } from "../store/pack.ts";
import { patientsOf } from "../store/patient.ts";
import { takeRegionEntry } from "../store/regionUse.ts";
import { type StaffRow, staffById } from "../store/staff.ts";
import type { Db } from "../store/tables.ts";
import { permitsOf } from "./permit.ts";

export interface RegionDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly keys: { readonly publicKeys: HubKeys };
}

/** An entry that the hub has linked, and the site of the device that sent it. */
export interface Declared {
  readonly entry: EntryRow;
  readonly site: string;
}

/** People born on one day whom a search looks at: far above any real day of a region. */
const bornMost = 5_000;
/** A search is answered while its entry is fresh, by the hub's clock. */
const searchMs = 10 * 60_000;

/**
 * Rows of who bears this whole name (kanji or kana, folded) and birth date and takes part today, without the names of packs. One entry, one
 * search. Errors: forbidden (whose field says why), region-entry-refused, region-too-many.
 */
export async function searchRegion(deps: RegionDeps, declared: Declared, query: RegionQuery): Promise<readonly IndexRow[]> {
  const { entry } = declared;
  const policy = await regionPolicy(deps);
  const { roles } = await memberOf(deps.db, declared);
  checkEntry(deps, entry, { kind: "region-search", person: "", what: "", withinMs: searchMs });
  if (!roles.every((role) => policy.roles[role]?.strip === true)) throw new TomoshibiError("forbidden", { field: "role" });
  checkReason(policy, entry, 1);
  const { chain, seq, kind, device } = entry;
  if (!(await takeRegionEntry(deps.db, { chain, seq, kind, device, at: deps.clock.now() })))
    throw new TomoshibiError("region-entry-refused", { field: "used" });
  const found: IndexRow[] = [];
  for (const { folded, row, person } of await indexRowsBorn(deps.db, query.birthDate, bornMost)) {
    const known = parseRow(JSON.stringify({ ...JSON.parse(row), p: ["", "", ""] }));
    if (isMeant(folded, known, query) && (await takesPart(deps, person))) found.push(known);
    if (found.length > regionHitsMost) throw new TomoshibiError("region-too-many");
  }
  return found;
}

export interface RegionFound {
  readonly row: IndexRow;
  readonly packs: readonly RegionPack[];
}

/**
 * The sealed packs that the entry declares, and their record keys. Errors: forbidden, region-entry-refused, person-unknown (also of who
 * refused, or has no such part).
 */
export async function openRegion(deps: RegionDeps, declared: Declared, person: string, parts: readonly PackKind[]): Promise<RegionFound> {
  const policy = await regionPolicy(deps);
  const { member, roles } = await memberOf(deps.db, declared);
  const withinMs = policy.grantMinutes * 60_000;
  checkEntry(deps, declared.entry, { kind: "open-region", person, what: regionWhat(parts), withinMs });
  const phase = parts.some((part) => part !== "strip") ? 2 : 1;
  checkReason(policy, declared.entry, phase);
  for (const part of parts)
    if (!roles.every((role) => policy.roles[role]?.[part] === true)) throw new TomoshibiError("forbidden", { field: "role", part });
  if (policy.protected === "withheld" && parts.includes("protected")) throw new TomoshibiError("forbidden", { field: "protected" });
  await checkApproval(deps.db, declared, member, policy, parts);
  const stored = await indexRowOf(deps.db, person);
  if (stored === null || !(await takesPart(deps, person))) throw new TomoshibiError("person-unknown");
  const packs = (await packsOf(deps.db, person)).filter(({ part }) => parts.includes(part));
  if (packs.length === 0) throw new TomoshibiError("person-unknown");
  const nameOf = (kind: PackKind) => packs.find(({ part }) => part === kind)?.name ?? "";
  return {
    row: parseRow(JSON.stringify({ ...JSON.parse(stored), p: packKinds.map(nameOf) })),
    packs: packs
      .sort((a, b) => packKinds.indexOf(a.part) - packKinds.indexOf(b.part))
      .map(({ part, name, key, bytes }) => ({
        kind: part,
        name: bytesOf(name),
        key: Uint8Array.from(key),
        bytes: Uint8Array.from(bytes),
      })),
  };
}

async function regionPolicy({ db, keys }: RegionDeps): Promise<Policy> {
  const policy = await openPolicy(await currentPolicy(db), keys.publicKeys);
  if (!policy.locks.region) throw new TomoshibiError("forbidden", { field: "policy" });
  return policy;
}

interface Signers {
  readonly member: StaffRow;
  /** Of the member, and of whoever sponsors the key that signed: both must open the part. A key that a clerk vouches for is no physician's. */
  readonly roles: readonly StaffRow["role"][];
}

/** Who signed, as the hub knows them now: a member of this very site, and so whoever vouches for their key. */
async function memberOf(db: Db, { entry, site }: Declared): Promise<Signers> {
  const atWork = async (id: string) => {
    const found = await staffById(db, id);
    if (found === null || found.site !== site || found.removed !== 0) throw new TomoshibiError("forbidden", { field: "staff" });
    return found;
  };
  const member = await atWork(entry.staff);
  const sponsorship = (await parseEntry(new Uint8Array(entry.bytes))).staff?.sponsorship ?? null;
  if (sponsorship === null) return { member, roles: [member.role] };
  // Verified when the entry was linked; here it only says whose word it is.
  const sponsor = await atWork(fromUtf8(peekCose(sponsorship).kid));
  return { member, roles: [member.role, sponsor.role] };
}

/** Outside the cohort only an emergency opens: a treatment relation, an outage or a consent is of one's own patients. */
function checkReason({ reasons }: Policy, { reason }: EntryRow, phase: 1 | 2): void {
  if (!reasons.some((each) => each.id === reason && each.phase === phase && (each.path ?? "emergency") === "emergency"))
    throw new TomoshibiError("reason-missing", { phase });
}

interface Expected extends Pick<EntryRow, "kind" | "person" | "what"> {
  readonly withinMs: number;
}

/** Whether this entry declares what is asked, and lately. */
function checkEntry({ clock }: RegionDeps, entry: EntryRow, expected: Expected): void {
  for (const field of ["kind", "person", "what"] as const)
    if (entry[field] !== expected[field]) throw new TomoshibiError("region-entry-refused", { field });
  const age = clock.now() - entry.received;
  if (age < 0 || age > expected.withinMs) throw new TomoshibiError("region-entry-refused", { field: "received" });
}

/** Where the policy asks for a second person: their own signed entry, of this person, these parts and this member, in the same chain. */
async function checkApproval(db: Db, declared: Declared, member: StaffRow, policy: Policy, parts: readonly PackKind[]): Promise<void> {
  const asked = parts.filter((part) => policy.locks.secondPerson[member.role]?.includes(part));
  if (asked.length === 0) return;
  const { chain, note, person } = declared.entry;
  const seq = approvalIn(note);
  const approval = seq === null ? null : await entryAt(db, chain, seq);
  const says = approval === null ? null : readApproval(approval.what);
  const second = approval === null ? null : await staffById(db, approval.staff);
  const holds =
    approval?.kind === "second-person" &&
    approval.person === person &&
    says?.staff === member.id &&
    asked.every((part) => says.parts.includes(part)) &&
    second !== null &&
    second.id !== member.id &&
    second.site === declared.site &&
    second.removed === 0;
  if (!holds) throw new TomoshibiError("second-person-needed", { parts: asked.join(" ") });
}

/** Consent as it stands today, also when nothing was published since it changed. */
async function takesPart({ db, clock }: RegionDeps, person: string): Promise<boolean> {
  const patients = await patientsOf(db, [person]);
  const permits = await permitsOf(db, patients, dayInJapan(clock.now()));
  return patients.length > 0 && permits.of(patients).reason === null;
}

/** Whole folded name in kanji or kana; sex where both sides say one; beginning of the address. */
function isMeant(folded: string, row: IndexRow, { name, sex, address }: RegionQuery): boolean {
  const fields = folded.split("\u0001");
  const wanted = foldForSearch(name);
  if (wanted === "" || (fields[0] !== wanted && fields[1] !== wanted)) return false;
  if (sex !== "" && row.s !== "u" && row.s !== sex) return false;
  return (fields.at(-1) ?? "").startsWith(foldForSearch(address));
}

/** 32 bytes of a name that this hub wrote. */
function bytesOf(name: string): Bytes {
  const bytes = fromBase64Url(name);
  if (bytes?.length !== 32) throw new TomoshibiError("internal", { field: "pack name" });
  return bytes;
}
