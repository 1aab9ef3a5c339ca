/**
 * Credential → own keys → VK → device keys and epoch key. Touches the vault alone; the network has no part in it.
 * What is opened lives in the Session and nowhere else, and no private key in it can be exported.
 */
import type { Bytes } from "../../shared/bytes.ts";
import { equalBytes, utf8 } from "../../shared/bytes.ts";
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
import { openVaultKey, type StaffKeys } from "../../shared/crypto/staff.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { DeviceRow, VaultDb, WrappedRow } from "./db.ts";
import { stored } from "./failure.ts";

/** Whose keys opened the vault. */
export interface Who {
  /** Staff id under which entries are signed. */
  readonly staff: string;
  /** Row of `members` that holds VK for them. */
  readonly member: string;
  /** A colleague's word for these keys; null for who stands in the roster. */
  readonly sponsorship: Bytes | null;
  /** By the sealed envelope: staff id and name of who uses it. */
  readonly envelope: { readonly id: string; readonly name: string } | null;
}

/** An unlocked device: dropped whole at lock. */
export interface Session extends Who {
  readonly staffKeys: StaffKeys;
  readonly staffSigner: Signer;
  readonly deviceKeys: DeviceKeys;
  readonly openSigner: Signer;
  /** Wraps epoch keys; derived from VK, which itself is not kept. */
  readonly epochWrap: CryptoKey;
  /** The wrapped device keys that this session opened: other ones on disk mean that another page has rotated VK. */
  readonly vault: Bytes;
}

/** VK as raw bytes, only to open a session or to seal it to somebody: opened by who is unlocked. Errors: "staff-unknown", "vault-damaged". */
export async function vaultKeyOf(
  db: VaultDb,
  binding: DeviceBinding,
  who: Pick<Who, "member"> & { readonly staffKeys: Pick<StaffKeys, "seal"> },
): Promise<Bytes> {
  const member = await stored(() => db.members.get(who.member));
  if (!member) throw new TomoshibiError("staff-unknown");
  return openVaultKey(member.vk, who.staffKeys.seal, { ...binding, staff: who.member });
}

/** VK of a device nobody can unlock yet; with the first member it is replaced by a fresh one (openSession). */
export async function nurseryKey(row: DeviceRow): Promise<Bytes | null> {
  return row.nursery ? unwrapBytes(row.nursery.key, utf8("tomoshibi/nursery/1"), row.nursery.vk) : null;
}

export async function makeNursery(vaultKey: Bytes): Promise<NonNullable<DeviceRow["nursery"]>> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return { key, vk: await wrapBytes(key, utf8("tomoshibi/nursery/1"), vaultKey) };
}

/** Session of somebody whose keys and VK are open. The first one ends the nursery: device keys move under the new VK. */
export async function openSession(db: VaultDb, binding: DeviceBinding, who: Who, staffKeys: StaffKeys, vaultKey: Bytes): Promise<Session> {
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
  const { staff, member, sponsorship, envelope } = who;
  return {
    staff,
    member,
    sponsorship,
    envelope,
    staffKeys,
    staffSigner: await signerOf(staffKeys.sign),
    deviceKeys,
    openSigner: await signerOf(deviceKeys.open),
    epochWrap: await vaultWrapKey(vaultKey, "epoch"),
    vault: wrapped,
  };
}

/**
 * Keeps something wrapped under this session's VK. When another page has rotated VK since, nothing is written: it would open for nobody,
 * and the lease still has it. Returns whether it was kept.
 */
export async function putWrapped(db: VaultDb, session: Pick<Session, "vault">, row: WrappedRow): Promise<boolean> {
  return stored(() =>
    db.transaction("rw", db.wrapped, async () => {
      const device = await db.wrapped.get("device");
      if (!device || !equalBytes(device.bytes, session.vault)) return false;
      await db.wrapped.put(row);
      return true;
    }),
  );
}

export { makeVaultKey };
