/** Members: added once with the hub, unlocked ever after without it. */

import { keyId } from "../../shared/crypto/sign.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openRoster } from "../../shared/protocol/roster.ts";
import { encodeRequest, parseResponse, staffCodeKey, staffPath } from "../../shared/protocol/staff.ts";
import { type Credential, newCredential } from "../vault/credential.ts";
import type { SlotRow } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { hasSlot, makeSlot, memberKey, type Proven, proveSlot, putSlot, rememberProven } from "../vault/slots.ts";
import { makeVaultKey, type Session, vaultKeyOf, type Who } from "../vault/unlock.ts";
import type { DeviceMember } from "./core.ts";
import { type Context, freshen, needDevice, needSession, refreshSlots, rosterMember } from "./core-context.ts";
import { nurseryOpenKey, siteMembers } from "./core-enrol.ts";
import { openIndex } from "./core-index.ts";
import { writeAsLocked, writeAsMember } from "./core-journal.ts";
import { moveLock } from "./core-lock.ts";
import { clearLocks, loadLocks } from "./core-locks.ts";
import { openSettled } from "./core-vault.ts";

/**
 * New keys for a member, proven to the hub by their one-time code; leaves the device unlocked by them.
 * Errors: staff-unknown, staff-code-bad, passphrase-weak, the passkey's, the client's; "not-unlocked" when others can unlock and nobody has;
 * "forbidden" to whoever stands in no roster, and to the envelope.
 */
export async function addMember(context: Context, staffId: string, staffCode: string, credential: Credential): Promise<void> {
  const { row, trust, binding } = needDevice(context);
  const host = row.nursery ? null : needHost(context);
  const vaultKey = host ? await vaultKeyOf(context.db, binding, host) : makeVaultKey();
  const openKey = host ? host.openSigner.key : await nurseryOpenKey(context);
  const member = (await siteMembers(context)).find((each) => each.id === staffId);
  if (!member) throw new TomoshibiError("staff-unknown");
  const codeKey = await staffCodeKey(staffCode, trust.hubKeys.hub, staffId);
  const fresh = await newCredential(credential, { ...member, known: knownOf(context, member.kana) }, context.deps);
  const made = await makeSlot(binding, staffId, fresh, vaultKey, { at: context.time.now(), roster: trust.roster?.seq ?? 0 });
  const { keys } = made;
  const body = await encodeRequest(
    { id: staffId, sign: keys.signPublic, seal: keys.sealPublic },
    row.device,
    codeKey,
    keys.sign.privateKey,
  );
  // The first slot is written before the hub is asked: a lost answer costs nothing. One that replaces another waits until its keys are taken.
  const first = !(await hasSlot(context.db, staffId));
  const put = () => putSlot(context.db, made, host?.vault ?? null);
  if (first) await put();
  await register(context, body, openKey, first ? made.slot.id : null);
  if (!first) await put();
  await refreshSlots(context);
  if (!context.slots.some((each) => each.id === made.slot.id)) throw new TomoshibiError("hub-answer-bad", { field: "roster" });
  await enter(context, await openSettled(context, whoOf(made.slot), keys, vaultKey));
}

const whoOf = (slot: SlotRow): Who => ({
  staff: slot.staff,
  member: memberKey(slot),
  sponsorship: slot.sponsorship ?? null,
  envelope: null,
});

/** Session of a member who stands in the roster: such a one alone lets others in. Errors: "not-unlocked", "forbidden". */
export function needHost(context: Context): Session {
  const session = needSession(context);
  if (session.sponsorship !== null || session.envelope !== null) throw new TomoshibiError("forbidden", { field: "sponsored" });
  return session;
}

/** What a guesser of passphrases would try first here. */
export function knownOf({ device }: Context, ...more: readonly string[]): readonly string[] {
  return [device?.siteName ?? "", device?.name ?? "", ...more];
}

/** The hub's answer is the roster with the new keys; a refusal takes the slot that was written ahead away again, a lost answer does not. */
async function register(
  context: Context,
  body: Awaited<ReturnType<typeof encodeRequest>>,
  openKey: CryptoKey,
  ahead: string | null,
): Promise<void> {
  const { row, trust } = needDevice(context);
  try {
    const signer = { device: row.device, key: openKey, kid: await keyId(row.openPublic) };
    const bytes = parseResponse(await context.client.askSigned({ path: staffPath, method: "POST", body, limit: 1024 * 1024 }, signer));
    const roster = await openRoster(bytes, trust.hubKeys);
    await stored(() => context.db.signed.put({ what: "roster", bytes }));
    context.trust = { ...needDevice(context).trust, roster };
  } catch (error) {
    const lost = codeOf(error) === "hub-unreachable" || codeOf(error) === "hub-slow";
    if (!lost && ahead !== null) await stored(() => context.db.slots.delete(ahead));
    throw error;
  }
}

/**
 * Credential → keys → index. Awaits the vault and the journal, never the network. memberId: as members() has it. onProgress: 0…1.
 * Errors: unlock-wrong, unlock-throttled, vault-damaged, staff-unknown (no slot, removed from the roster, or sponsored until now), the passkey's.
 */
export async function unlock(
  context: Context,
  memberId: string,
  credential: Credential,
  onProgress: (share: number) => void = () => undefined,
): Promise<void> {
  const { binding } = needDevice(context);
  await freshen(context);
  onProgress(0.05);
  const { slot, keys } = await proveMember(context, memberId, credential);
  const vaultKey = await vaultKeyOf(context.db, binding, { member: memberKey(slot), staffKeys: keys });
  const session = await openSettled(context, whoOf(slot), keys, vaultKey);
  onProgress(0.5);
  await enter(context, session);
  await rememberProven(context.db, slot.id, context.time.now());
  await refreshSlots(context);
  onProgress(1);
}

/** Opens a slot that counts. A wrong credential is journalled by the locked key. */
export async function proveMember(context: Context, memberId: string, credential: Credential): Promise<Proven> {
  const { binding } = needDevice(context);
  const slots = context.slots.filter((slot) => memberKey(slot) === memberId && rosterMember(context, slot) !== null);
  try {
    return await proveSlot(context.db, binding, slots, credential, context.deps.clock.now(), context.deps.passkeys);
  } catch (error) {
    if (codeOf(error) === "unlock-wrong")
      await writeAsLocked(context, "unlock-failed", { staff: slots[0]?.staff ?? "", what: credential.kind });
    throw error;
  }
}

/** The index opens while the entry is being written; without the entry nothing of it is given out. */
export async function enter(context: Context, session: Session): Promise<void> {
  const { envelope } = session;
  clearLocks(context.locks);
  const entry = envelope
    ? writeAsMember(context, session, "envelope", { what: `used by ${envelope.id}`, note: envelope.name })
    : writeAsMember(context, session, "unlock", {});
  const [opened] = await Promise.all([openIndex(context, session), entry, context.time.keep(), loadLocks(context, session)]);
  if (context.device) context.device = { ...context.device, nursery: null };
  moveLock(context, "entered");
  context.keys.pin = null;
  context.keys.paused = null;
  context.session = session;
  context.opened = opened;
  context.changed();
}

/** Members with credentials here, by kana; who is sponsored stands apart, under an id of its own. */
export function members(context: Context): readonly DeviceMember[] {
  const byOwner = new Map<string, SlotRow[]>();
  for (const slot of context.slots) byOwner.set(memberKey(slot), [...(byOwner.get(memberKey(slot)) ?? []), slot]);
  const found = [...byOwner].flatMap(([id, slots]) => {
    const member = slots[0] && rosterMember(context, slots[0]);
    if (!member) return [];
    const { name, kana, role } = member;
    const sponsorship = context.keys.sponsored.get(slots[0]?.id ?? "");
    const credentials = [...new Set(slots.map((slot) => slot.kind))];
    return [{ id, name, kana, role, credentials, ...(sponsorship ? { sponsoredUntil: sponsorship.until } : {}) }];
  });
  return found.sort((a, b) => (a.kana < b.kana ? -1 : 1));
}
