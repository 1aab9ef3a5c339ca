/** Members: added once with the hub, unlocked ever after without it. */

import { keyId } from "../../shared/crypto/sign.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openRoster } from "../../shared/protocol/roster.ts";
import { encodeRequest, parseResponse, staffCodeKey, staffPath } from "../../shared/protocol/staff.ts";
import { type Credential, newCredential } from "../vault/credential.ts";
import type { SlotRow } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { hasSlot, makeSlot, makeVaultKey, openSession, putSlot, type Session, slotId, unlockVault, vaultKeyOf } from "../vault/unlock.ts";
import type { DeviceMember } from "./core.ts";
import { type Context, freshen, needDevice, refreshSlots, rosterMember } from "./core-context.ts";
import { nurseryOpenKey, siteMembers } from "./core-enrol.ts";
import { openIndex } from "./core-index.ts";
import { writeAsLocked, writeAsMember } from "./core-journal.ts";

/**
 * New keys for a member, proven to the hub by their one-time code; leaves the device unlocked by them.
 * Errors: staff-unknown, staff-code-bad, passphrase-weak, the passkey's, the client's; "not-unlocked" when others can unlock and nobody has.
 */
export async function addMember(context: Context, staffId: string, staffCode: string, credential: Credential): Promise<void> {
  const { row, trust, binding } = needDevice(context);
  const vaultKey = row.nursery ? makeVaultKey() : await vaultKeyOf(context.db, binding, unlocked(context));
  const openKey = row.nursery ? await nurseryOpenKey(context) : unlocked(context).openSigner.key;
  const member = (await siteMembers(context)).find((each) => each.id === staffId);
  if (!member) throw new TomoshibiError("staff-unknown");
  const codeKey = await staffCodeKey(staffCode, trust.hubKeys.hub, staffId);
  const fresh = await newCredential(credential, member, context.deps.passkeys, context.deps.randomBytes);
  const made = await makeSlot(binding, staffId, fresh, vaultKey);
  const { keys } = made;
  const body = await encodeRequest(
    { id: staffId, sign: keys.signPublic, seal: keys.sealPublic },
    row.device,
    codeKey,
    keys.sign.privateKey,
  );
  // The first slot is written before the hub is asked: a lost answer costs nothing. One that replaces another waits until its keys are taken.
  const first = !(await hasSlot(context.db, staffId));
  if (first) await putSlot(context.db, made);
  await register(context, body, openKey, first ? made.slot.id : null);
  if (!first) await putSlot(context.db, made);
  await refreshSlots(context);
  if (!context.slots.some((each) => each.id === made.slot.id)) throw new TomoshibiError("hub-answer-bad", { field: "roster" });
  const session = await openSession(context.db, binding, staffId, keys, vaultKey);
  await enter(context, session);
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
 * Credential → keys → index. Awaits the vault and the journal, never the network. onProgress: 0…1.
 * Errors: unlock-wrong, unlock-throttled, vault-damaged, staff-unknown (no slot, or removed from the roster), the passkey's.
 */
export async function unlock(
  context: Context,
  staffId: string,
  credential: Credential,
  onProgress: (share: number) => void = () => undefined,
): Promise<void> {
  const { binding } = needDevice(context);
  await freshen(context);
  if (!context.slots.some((slot) => slot.id === slotId(staffId, credential.kind))) throw new TomoshibiError("staff-unknown");
  onProgress(0.05);
  let session: Session;
  try {
    session = await unlockVault(context.db, binding, { staff: staffId, credential, now: context.deps.clock.now() }, context.deps.passkeys);
  } catch (error) {
    if (codeOf(error) === "unlock-wrong") await writeAsLocked(context, "unlock-failed", { staff: staffId, what: credential.kind });
    throw error;
  }
  onProgress(0.5);
  await enter(context, session);
  onProgress(1);
}

/** The index opens while the entry is being written; without the entry nothing of it is given out. */
async function enter(context: Context, session: Session): Promise<void> {
  const [opened] = await Promise.all([openIndex(context, session), writeAsMember(context, session, "unlock", {}), context.time.keep()]);
  if (context.device) context.device = { ...context.device, nursery: null };
  context.session = session;
  context.opened = opened;
  context.changed();
}

/** Members with credentials here, by kana. */
export function members(context: Context): readonly DeviceMember[] {
  const byStaff = new Map<string, SlotRow[]>();
  for (const slot of context.slots) byStaff.set(slot.staff, [...(byStaff.get(slot.staff) ?? []), slot]);
  const found = [...byStaff.values()].flatMap((slots) => {
    const member = slots[0] && rosterMember(context, slots[0]);
    if (!member) return [];
    const { id, name, kana, role } = member;
    return [{ id, name, kana, role, credentials: slots.map((slot) => slot.kind) }];
  });
  return found.sort((a, b) => (a.kana < b.kana ? -1 : 1));
}

function unlocked(context: Context): Session {
  if (!context.session) throw new TomoshibiError("not-unlocked");
  return context.session;
}
