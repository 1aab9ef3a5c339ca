/**
 * Credential → own keys → VK → device keys and epoch key. Touches the vault alone; the network has no part in it.
 * What is opened lives in the Session and nowhere else, and no private key in it can be exported.
 */
import type { Bytes } from "../../shared/bytes.ts";
import { utf8 } from "../../shared/bytes.ts";
import type { Signer } from "../../shared/crypto/cose.ts";
import { signerOf } from "../../shared/crypto/cose.ts";
import {
  type DeviceBinding,
  type DeviceKeys,
  makeVaultKey,
  moveDeviceKeys,
  unlockDeviceKeys,
  vaultWrapKey,
} from "../../shared/crypto/device.ts";
import { lockStaffKeys, makeStaffKeys, openVaultKey, type StaffKeys, sealVaultKey, unlockStaffKeys } from "../../shared/crypto/staff.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type Credential, credentialSecret, type NewCredential } from "./credential.ts";
import type { DeviceRow, MemberRow, SlotRow, VaultDb } from "./db.ts";
import { stored } from "./failure.ts";
import type { Passkeys } from "./passkey.ts";
import { beginTry, clearTries } from "./tries.ts";

/** An unlocked device: dropped whole at lock. */
export interface Session {
  readonly staff: string;
  readonly staffKeys: StaffKeys;
  readonly staffSigner: Signer;
  readonly deviceKeys: DeviceKeys;
  readonly openSigner: Signer;
  /** Wraps epoch keys; derived from VK, which itself is not kept. */
  readonly epochWrap: CryptoKey;
}

export const slotId = (staff: string, kind: SlotRow["kind"]): string => `${staff}/${kind}`;

/** Errors: "staff-unknown", "unlock-throttled", "unlock-wrong", "vault-damaged", the passkey's. A wrong try is counted before it is judged. */
export async function unlockVault(
  db: VaultDb,
  binding: DeviceBinding,
  ask: { readonly staff: string; readonly credential: Credential; readonly now: number },
  passkeys: Passkeys,
): Promise<Session> {
  const slot = await stored(() => db.slots.get(slotId(ask.staff, ask.credential.kind)));
  const member = await stored(() => db.members.get(ask.staff));
  if (!slot || !member) throw new TomoshibiError("staff-unknown");
  // The authenticator counts its own tries; a cancelled prompt is none.
  const early = ask.credential.kind === "passkey" ? await credentialSecret(slot, ask.credential, passkeys) : null;
  await beginTry(db, ask.staff, ask.now);
  const secret = early ?? (await credentialSecret(slot, ask.credential, passkeys));
  const staffKeys = await unlockStaffKeys(slot.wrapped, secret, { ...binding, staff: ask.staff, kind: slot.kind });
  await clearTries(db, ask.staff);
  return openSession(db, binding, ask.staff, staffKeys, await openVaultKey(member.vk, staffKeys.seal, { ...binding, staff: ask.staff }));
}

/** Keys of a member under a new credential, and the rows that hold them: nothing is written yet. */
export interface NewSlot {
  readonly keys: StaffKeys;
  readonly slot: SlotRow;
  readonly member: MemberRow;
}

export async function makeSlot(binding: DeviceBinding, staff: string, credential: NewCredential, vaultKey: Bytes): Promise<NewSlot> {
  const keys = await makeStaffKeys();
  const { secret, ...kept } = credential;
  const bound = { ...binding, staff };
  const wrapped = await lockStaffKeys(keys, secret, { ...bound, kind: kept.kind });
  const slot: SlotRow = { id: slotId(staff, kept.kind), staff, ...kept, wrapped, sign: keys.signPublic };
  const member: MemberRow = { staff, vk: await sealVaultKey(vaultKey, keys.sealPublic, bound) };
  // Again from the slot, so that no extractable key outlives this call.
  return { keys: await unlockStaffKeys(wrapped, secret, { ...bound, kind: kept.kind }), slot, member };
}

/** Whether the member has a credential here already: one that works must not be lost to a wrong code or a lost answer. */
export async function hasSlot(db: VaultDb, staff: string): Promise<boolean> {
  return (await stored(() => db.slots.where("staff").equals(staff).count())) > 0;
}

/** The new slot takes the place of all that the member had here. */
export async function putSlot(db: VaultDb, { slot, member }: NewSlot): Promise<void> {
  await stored(() =>
    db.transaction("rw", db.slots, db.members, async () => {
      await db.slots.where("staff").equals(slot.staff).delete();
      await db.slots.put(slot);
      await db.members.put(member);
    }),
  );
}

/** VK as raw bytes, only to seal it to another member: opened again by the member who is unlocked. */
export async function vaultKeyOf(db: VaultDb, binding: DeviceBinding, session: Session): Promise<Bytes> {
  const member = await stored(() => db.members.get(session.staff));
  if (!member) throw new TomoshibiError("staff-unknown");
  return openVaultKey(member.vk, session.staffKeys.seal, { ...binding, staff: session.staff });
}

/** VK of a device nobody can unlock yet; with the first member it is replaced by a fresh one (openSession). */
export async function nurseryKey(row: DeviceRow): Promise<Bytes | null> {
  return row.nursery ? unwrapBytes(row.nursery.key, utf8("tomoshibi/nursery/1"), row.nursery.vk) : null;
}

export async function makeNursery(vaultKey: Bytes): Promise<NonNullable<DeviceRow["nursery"]>> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return { key, vk: await wrapBytes(key, utf8("tomoshibi/nursery/1"), vaultKey) };
}

/** Session of a member whose keys and VK are open. The first one ends the nursery: device keys move under the new VK. */
export async function openSession(
  db: VaultDb,
  binding: DeviceBinding,
  staff: string,
  staffKeys: StaffKeys,
  vaultKey: Bytes,
): Promise<Session> {
  const row = await stored(() => db.device.get("device"));
  let wrapped = (await stored(() => db.wrapped.get("device")))?.bytes;
  if (!row || !wrapped) throw new TomoshibiError("vault-missing");
  const nursery = await nurseryKey(row);
  if (nursery) {
    const moved = await moveDeviceKeys(wrapped, nursery, vaultKey, binding);
    await stored(() =>
      db.transaction("rw", db.wrapped, db.device, async () => {
        await db.wrapped.put({ what: "device", bytes: moved });
        await db.device.put({ ...row, nursery: null });
      }),
    );
    wrapped = moved;
  }
  const deviceKeys = await unlockDeviceKeys(wrapped, vaultKey, binding);
  return {
    staff,
    staffKeys,
    staffSigner: await signerOf(staffKeys.sign),
    deviceKeys,
    openSigner: await signerOf(deviceKeys.open),
    epochWrap: await vaultWrapKey(vaultKey, "epoch"),
  };
}

export { makeVaultKey };
