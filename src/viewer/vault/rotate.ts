/**
 * A new VK when somebody who had the old one must not open this vault any more: removed from the roster, sponsored until now, or an
 * envelope that was renewed or is spent. Everything under the old VK moves, VK is sealed to those who remain, and the slots of the others
 * go, all in one transaction: a kill leaves the old vault whole or the new one. What was copied from the disk before stays openable with
 * the credentials of before: no rotation reaches a copy.
 */
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { type DeviceBinding, makeVaultKey, moveDeviceKeys, vaultWrapKey } from "../../shared/crypto/device.ts";
import { sealVaultKey } from "../../shared/crypto/staff.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { MemberRow, VaultDb, WrappedRow } from "./db.ts";
import { stored } from "./failure.ts";

/** Who gets VK: the row of `members`, and the public key that a signature vouches for. */
export interface Recipient {
  readonly member: string;
  readonly seal: Bytes;
}

/** Fact: somebody's row of `members` was taken away while VK could not be changed. */
export const ROTATE_DUE = "vk-rotation-due";

export const epochName = (epoch: number): string => `ek/${epoch}`;

/** What binds a wrapped epoch key to its place. */
export function epochBinding(binding: DeviceBinding, epoch: number): Bytes {
  return encodeCbor(["tomoshibi/epoch-key/1", binding.hub, binding.device, epoch]);
}

/** Row of the key that wraps downtime notes for showing them here. */
export const NOTES_KEY = "notes";

/** What binds the wrapped notes key to its place. */
export function notesKeyBinding(binding: DeviceBinding): Bytes {
  return encodeCbor(["tomoshibi/notes-key/1", binding.hub, binding.device]);
}

/**
 * `keep`: ids of the slots that still count; all others are deleted. Returns the new VK. Errors: "vault-damaged" when VK or a wrapped row
 * is not what it should be, "pull-interrupted" when another page changed the vault meanwhile (nothing was written), the storage's.
 */
export async function rotateVault(
  db: VaultDb,
  binding: DeviceBinding,
  vaultKey: Bytes,
  recipients: readonly Recipient[],
  keep: ReadonlySet<string>,
): Promise<Bytes> {
  const before = await stored(() => db.wrapped.toArray());
  const next = makeVaultKey();
  const moved = (await Promise.all(before.map((row) => rewrapped(row, binding, vaultKey, next)))).flatMap((row) => row ?? []);
  const members = await Promise.all(recipients.map((each) => sealedTo(binding, next, each)));
  await stored(() =>
    db.transaction("rw", [db.wrapped, db.slots, db.members, db.facts], async () => {
      if (!sameRows(before, await db.wrapped.toArray())) throw new TomoshibiError("pull-interrupted", { reason: "another page" });
      await db.wrapped.clear();
      await db.wrapped.bulkPut(moved);
      await db.members.clear();
      await db.members.bulkPut(members);
      const slots = await db.slots.toCollection().primaryKeys();
      await db.slots.bulkDelete(slots.filter((id) => !keep.has(id)));
      await db.facts.delete(ROTATE_DUE);
    }),
  );
  return next;
}

/** VK for one more: a row that is not there yet, or sealed to another key. */
export async function sealedTo(binding: DeviceBinding, vaultKey: Bytes, { member, seal }: Recipient): Promise<MemberRow> {
  return { staff: member, vk: await sealVaultKey(vaultKey, seal, { ...binding, staff: member }), seal };
}

/** An epoch key that rotted is left behind: the lease has it, or nobody. So is the notes key: the hub has, or gets, every note. */
async function rewrapped({ what, bytes }: WrappedRow, binding: DeviceBinding, from: Bytes, to: Bytes): Promise<WrappedRow | null> {
  if (what === "device") return { what, bytes: await moveDeviceKeys(bytes, from, to, binding) };
  const epoch = /^ek\/(\d+)$/.exec(what)?.[1];
  // What this program does not know it must not throw away, nor leave under a key that is about to go.
  if (epoch === undefined && what !== NOTES_KEY) throw new TomoshibiError("vault-damaged", { field: "wrapped" });
  const aad = epoch === undefined ? notesKeyBinding(binding) : epochBinding(binding, Number(epoch));
  try {
    const plain = await unwrapBytes(await vaultWrapKey(from, "epoch"), aad, bytes);
    return { what, bytes: await wrapBytes(await vaultWrapKey(to, "epoch"), aad, plain) };
  } catch (error) {
    if (codeOf(error) !== "seal-open-failed") throw error;
    return null;
  }
}

function sameRows(before: readonly WrappedRow[], now: readonly WrappedRow[]): boolean {
  const rows = new Map(now.map(({ what, bytes }) => [what, bytes]));
  return (
    rows.size === before.length &&
    before.every(({ what, bytes }) => {
      const found = rows.get(what);
      return found !== undefined && equalBytes(found, bytes);
    })
  );
}
