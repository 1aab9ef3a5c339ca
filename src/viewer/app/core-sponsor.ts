/** A colleague's word for somebody without a working credential: 24 hours on this device, offline, journalled, reviewed. */
import { SPONSORED_MS, signSponsorship } from "../../shared/audit/sponsorship.ts";
import { toBase64Url } from "../../shared/bytes.ts";
import { packKinds } from "../../shared/crypto/derive.ts";
import type { StaffKeys } from "../../shared/crypto/staff.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { StaffRole } from "../../shared/protocol/enrolment.ts";
import { type Credential, newCredential } from "../vault/credential.ts";
import { stored } from "../vault/failure.ts";
import { ROTATE_DUE } from "../vault/rotate.ts";
import { makeSlot, memberKey, putSlot } from "../vault/slots.ts";
import { vaultKeyOf } from "../vault/unlock.ts";
import type { Member } from "./core.ts";
import { type Context, memberOf, needDevice, refreshSlots } from "./core-context.ts";
import { writeAsMember } from "./core-journal.ts";
import { knownOf, needHost } from "./core-unlock.ts";

/** member: who stands in the roster and has no working credential · locum: somebody whom no roster names. */
export type Sponsored =
  | { readonly kind: "member"; readonly id: string }
  | { readonly kind: "locum"; readonly name: string; readonly role: StaffRole };

/** Members of the site and roles that whoever is unlocked may sponsor: none that opens more than they do. */
export function sponsorable(context: Context): { readonly members: readonly Member[]; readonly roles: readonly StaffRole[] } {
  const session = needHost(context);
  const own = memberOf(context, session);
  const roles = (["physician", "nurse", "pharmacist", "paramedic", "clerk"] as const).filter(
    (role) => own && mayVouch(context, own.role, role),
  );
  const people = new Map((context.trust?.roster?.members ?? []).flatMap((each) => (each.envelope ? [] : [[each.id, each] as const])));
  const members = [...people.values()]
    .filter(({ id, role }) => id !== session.staff && roles.includes(role))
    .map(({ id, name, kana, role }) => ({ id, name, kana, role }));
  return { members: members.sort((a, b) => (a.kana < b.kana ? -1 : 1)), roles };
}

function mayVouch({ trust }: Context, sponsor: StaffRole, role: StaffRole): boolean {
  const rights = trust?.policy?.roles;
  return (
    role === sponsor ||
    (rights !== undefined && packKinds.every((part) => rights[role]?.[part] !== true || rights[sponsor]?.[part] === true))
  );
}

/**
 * New keys for that person under a credential of their own, which they set at this device; the sponsor stays unlocked. Returns until when,
 * trusted ms. Errors: "forbidden" (the sponsor is sponsored or the envelope, or the role opens more than theirs), "staff-unknown",
 * "passphrase-weak", the passkey's, "journal-write-failed".
 */
export async function sponsor(context: Context, person: Sponsored, credential: Credential): Promise<number> {
  const session = needHost(context);
  const { row, trust, binding } = needDevice(context);
  const { members, roles } = sponsorable(context);
  const found = person.kind === "member" ? members.find(({ id }) => id === person.id) : undefined;
  if (person.kind === "member" && !found) throw new TomoshibiError("staff-unknown");
  if (person.kind === "locum" && !roles.includes(person.role)) throw new TomoshibiError("forbidden", { field: "role" });
  const locum = person.kind === "locum" ? { name: person.name.trim(), role: person.role } : null;
  const { name, role } = found ?? locum ?? { name: "", role: "clerk" as const };
  if (name === "" || name.length > 120) throw new TomoshibiError("bad-request", { field: "name" });
  const id = found?.id ?? `locum-${toBase64Url(context.deps.randomBytes(6))}`;
  const owner = memberKey({ staff: id, sponsorship: new Uint8Array(0) });
  const vaultKey = await vaultKeyOf(context.db, binding, session);
  const fresh = await newCredential(credential, { id: owner, name, known: knownOf(context, found?.kana ?? "") }, context.deps);
  const from = context.time.now();
  const until = from + SPONSORED_MS;
  const vouch = ({ signPublic: sign, sealPublic: seal }: StaffKeys) =>
    signSponsorship({ device: row.device, id, name, role, sign, seal, sponsor: session.staff, from, until }, session.staffSigner.key);
  const made = await makeSlot(binding, id, fresh, vaultKey, { at: from, roster: trust.roster?.seq ?? 0 }, vouch);
  if (needHost(context) !== session) throw new TomoshibiError("not-unlocked");
  await writeAsMember(context, session, "sponsor", { what: `${id} ${role} until ${new Date(until).toISOString()}`, note: name });
  await putSlot(context.db, made, session.vault);
  await refreshSlots(context);
  context.changed();
  return until;
}

/** Deletes the slots of who was sponsored until now, and their VK; the next unlock changes VK. Whoever is unlocked by one: core-lock.ts. */
export async function endSponsorships(context: Context): Promise<void> {
  const now = context.time.now();
  const over = [...context.keys.sponsored].filter(([, { until }]) => now >= until).map(([id]) => id);
  if (over.length === 0) return;
  const { db } = context;
  await stored(() =>
    db.transaction("rw", db.slots, db.members, db.facts, async () => {
      const slots = (await db.slots.bulkGet(over)).flatMap((slot) => slot ?? []);
      await db.members.bulkDelete(slots.map(memberKey));
      await db.slots.bulkDelete(over);
      await db.facts.put({ id: ROTATE_DUE, value: 1 });
    }),
  );
  await refreshSlots(context);
  context.changed();
}
