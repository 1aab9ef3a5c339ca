/**
 * A member's ways to their keys: one passphrase and any number of passkeys, each a slot that holds the same keys. A further way is made
 * from one that opens (its secret is asked for again: an unlocked screen alone adds nothing), and the last one cannot be taken away.
 */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import type { DeviceBinding } from "../../shared/crypto/device.ts";
import { lockStaffKeys, makeStaffKeys, moveStaffKeys, type StaffKeys, sealVaultKey, unlockStaffKeys } from "../../shared/crypto/staff.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type Credential, type NewCredential, slotSecret } from "./credential.ts";
import type { MemberRow, SlotRow, VaultDb } from "./db.ts";
import { stored } from "./failure.ts";
import type { Passkeys } from "./passkey.ts";
import { beginTry, clearTries } from "./tries.ts";

/** How long a way counts as rehearsed. */
export const REHEARSED_MS = 90 * 24 * 60 * 60 * 1000;

/** Key of the row that holds VK for whoever opens this slot; tries are counted under it too. */
export const memberKey = ({ staff, sponsorship }: Pick<SlotRow, "staff" | "sponsorship">): string =>
  sponsorship === undefined ? staff : `${staff}/sponsored`;

/** One passphrase a member; passkeys are told apart by their credential. */
export function slotId(owner: string, kind: SlotRow["kind"], credentialId: Bytes | null = null): string {
  return kind === "passkey" && credentialId ? `${owner}/passkey/${toBase64Url(credentialId)}` : `${owner}/${kind}`;
}

/** When a slot was made: trusted ms, and the roster that was known then. */
export interface Made {
  readonly at: number;
  readonly roster: number;
}

/** Keys of a member under a new credential, and the rows that hold them: nothing is written yet. */
export interface NewSlot {
  readonly keys: StaffKeys;
  readonly slot: SlotRow;
  readonly member: MemberRow;
}

/** `sponsor`: asked for the sponsorship of the new keys, where no roster will name them. */
export async function makeSlot(
  binding: DeviceBinding,
  staff: string,
  credential: NewCredential,
  vaultKey: Bytes,
  made: Made,
  sponsor?: (keys: StaffKeys) => Promise<Bytes>,
): Promise<NewSlot> {
  const keys = await makeStaffKeys();
  const { secret, ...kept } = credential;
  const bound = { ...binding, staff };
  const wrapped = await lockStaffKeys(keys, secret, { ...bound, kind: kept.kind });
  const vouched = sponsor ? { sponsorship: await sponsor(keys) } : {};
  const owner = memberKey({ staff, ...vouched });
  const slot: SlotRow = {
    id: slotId(owner, kept.kind, kept.credentialId),
    staff,
    ...kept,
    wrapped,
    sign: keys.signPublic,
    made: made.at,
    since: made.roster,
    ...vouched,
  };
  const member: MemberRow = {
    staff: owner,
    vk: await sealVaultKey(vaultKey, keys.sealPublic, { ...binding, staff: owner }),
    seal: keys.sealPublic,
  };
  // Again from the slot, so that no extractable key outlives this call.
  return { keys: await unlockStaffKeys(wrapped, secret, { ...bound, kind: kept.kind }), slot, member };
}

/** Whether the member has a credential here already: one that works must not be lost to a wrong code or a lost answer. */
export async function hasSlot(db: VaultDb, staff: string): Promise<boolean> {
  return (await stored(() => db.slots.where("staff").equals(staff).count())) > 0;
}

/**
 * The new slot takes the place of all that the member had here; of one sponsored, of what they were sponsored with before. vault: the
 * wrapped device keys that go with the VK in it; others on disk mean that another page has changed VK: "pull-interrupted", nothing written.
 */
export async function putSlot(db: VaultDb, { slot, member }: NewSlot, vault: Bytes | null): Promise<void> {
  await stored(() =>
    db.transaction("rw", db.slots, db.members, db.wrapped, async () => {
      const device = vault && (await db.wrapped.get("device"));
      if (vault && !(device && equalBytes(device.bytes, vault))) throw new TomoshibiError("pull-interrupted", { reason: "another page" });
      const before = await db.slots.where("staff").equals(slot.staff).toArray();
      const replaced = before.filter((each) => slot.sponsorship === undefined || each.sponsorship !== undefined);
      await db.slots.bulkDelete(replaced.map(({ id }) => id));
      await db.members.bulkDelete(replaced.map(memberKey));
      await db.slots.put(slot);
      await db.members.put(member);
    }),
  );
}

/** A slot that opened, with what it holds. */
export interface Proven {
  readonly slot: SlotRow;
  readonly secret: Bytes;
  readonly keys: StaffKeys;
}

/**
 * Opens one of these slots (all of one member) by the credential. A wrong try is counted before it is judged. Errors: "staff-unknown" when
 * none is of this kind, "unlock-throttled", "unlock-wrong", "vault-damaged", "kdf-parameters-refused", the passkey's.
 */
export async function proveSlot(
  db: VaultDb,
  binding: DeviceBinding,
  slots: readonly SlotRow[],
  credential: Credential,
  now: number,
  passkeys: Passkeys,
): Promise<Proven> {
  const fitting = slots.filter(({ kind }) => kind === credential.kind);
  const [first] = fitting;
  if (first === undefined) throw new TomoshibiError("staff-unknown");
  const owner = memberKey(first);
  // The authenticator counts its own tries; a cancelled prompt is none.
  const early = credential.kind === "passkey" ? await slotSecret(fitting, credential, passkeys) : null;
  await beginTry(db, owner, now);
  const { slot, secret } = early ?? (await slotSecret(fitting, credential, passkeys));
  const keys = await unlockStaffKeys(slot.wrapped, secret, { ...binding, staff: slot.staff, kind: slot.kind });
  await clearTries(db, owner);
  return { slot, secret, keys };
}

/** Remembers that a slot opened. A write that fails keeps nobody out: the slot only seems unproven for longer. */
export async function rememberProven(db: VaultDb, id: string, at: number): Promise<void> {
  await stored(() => db.slots.update(id, { proven: at })).catch(() => undefined);
}

/** The same keys under a further credential: the row, not yet written. */
export async function furtherSlot(binding: DeviceBinding, from: Proven, credential: NewCredential, at: number): Promise<SlotRow> {
  const { staff, sign, since, sponsorship } = from.slot;
  const { secret, ...kept } = credential;
  const bound = { ...binding, staff };
  const wrapped = await moveStaffKeys(
    from.slot.wrapped,
    { secret: from.secret, binding: { ...bound, kind: from.slot.kind } },
    { secret, binding: { ...bound, kind: kept.kind } },
  );
  return {
    id: slotId(memberKey(from.slot), kept.kind, kept.credentialId),
    staff,
    ...kept,
    wrapped,
    sign,
    made: at,
    ...(since === undefined ? {} : { since }),
    ...(sponsorship === undefined ? {} : { sponsorship }),
  };
}

/** Beside those that are there; a passphrase takes the place of the passphrase before. */
export async function addSlot(db: VaultDb, slot: SlotRow): Promise<void> {
  await stored(() => db.slots.put(slot));
}

/** Errors: "credential-last" when the member would be left with nothing, "staff-unknown" when there is no such slot. */
export async function removeSlot(db: VaultDb, id: string): Promise<void> {
  await stored(() =>
    db.transaction("rw", db.slots, async () => {
      const slot = await db.slots.get(id);
      if (!slot) throw new TomoshibiError("staff-unknown");
      const owner = memberKey(slot);
      const left = (await db.slots.where("staff").equals(slot.staff).toArray()).filter(
        (each) => each.id !== id && memberKey(each) === owner,
      );
      if (left.length === 0) throw new TomoshibiError("credential-last");
      await db.slots.delete(id);
    }),
  );
}

/** One way as it is told to its owner. */
export interface Way {
  readonly id: string;
  readonly kind: SlotRow["kind"];
  /** Trusted ms; null: not known (made by an earlier version), or never. */
  readonly made: number | null;
  readonly proven: number | null;
  /** Opened within the last 90 days. */
  readonly rehearsed: boolean;
}

export function wayOf({ id, kind, made, proven }: SlotRow, now: number): Way {
  const last = proven ? proven : null;
  return { id, kind, made: made ?? null, proven: last, rehearsed: last !== null && now - last < REHEARSED_MS };
}
