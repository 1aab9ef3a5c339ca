import { beforeAll, describe, expect, it } from "vitest";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { lockDeviceKeys, makeDeviceKeys, makeVaultKey, moveDeviceKeys, unlockDeviceKeys } from "../../../src/shared/crypto/device.ts";
import { hpkeOpen, hpkeSeal } from "../../../src/shared/crypto/hpke.ts";
import { importVerifyKey, sign, verify } from "../../../src/shared/crypto/sign.ts";
import {
  lockStaffKeys,
  makeStaffKeys,
  moveStaffKeys,
  openVaultKey,
  type SlotBinding,
  type StaffKeys,
  sealVaultKey,
  unlockStaffKeys,
} from "../../../src/shared/crypto/staff.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";

const text = new Uint8Array([1, 2, 3]);
const none = new Uint8Array(0);
const binding: SlotBinding = { hub: randomBytes(16), device: randomBytes(16), staff: "s1", kind: "passphrase" };
const secret = randomBytes(32);
const flipped = (bytes: Bytes, at: number): Bytes => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

describe("a member's slot", () => {
  let keys: StaffKeys;
  let slot: Bytes;
  beforeAll(async () => {
    keys = await makeStaffKeys();
    slot = await lockStaffKeys(keys, secret, binding);
  });

  it("gives back the same keys, no longer extractable", async () => {
    const opened = await unlockStaffKeys(slot, secret, binding);
    expect(opened.sign.privateKey.extractable).toBe(false);
    expect(opened.seal.privateKey.extractable).toBe(false);
    expect(await verify(keys.sign.publicKey, await sign(opened.sign.privateKey, text), text)).toBe(true);
    expect(await hpkeOpen(opened.seal, none, none, await hpkeSeal(keys.sealPublic, none, none, text))).toEqual(text);
  });

  it("does not open with another secret, member, device, hub or kind of credential", async () => {
    const wrong: SlotBinding[] = [
      { ...binding, staff: "s2" },
      { ...binding, device: randomBytes(16) },
      { ...binding, hub: randomBytes(16) },
      { ...binding, kind: "passkey" },
    ];
    for (const other of wrong) await expect(unlockStaffKeys(slot, secret, other)).rejects.toMatchObject({ code: "unlock-wrong" });
    await expect(unlockStaffKeys(slot, randomBytes(32), binding)).rejects.toMatchObject({ code: "unlock-wrong" });
  });

  it("calls a changed byte or a cut damage, never a wrong passphrase", async () => {
    for (let at = 0; at < slot.length; at++)
      await expect(unlockStaffKeys(flipped(slot, at), secret, binding)).rejects.toMatchObject({ code: "vault-damaged" });
    for (let length = 0; length < slot.length; length += 7)
      await expect(unlockStaffKeys(slot.slice(0, length), secret, binding)).rejects.toMatchObject({ code: "vault-damaged" });
  });

  it("can be moved to a second credential without the keys becoming extractable", async () => {
    const to = { secret: randomBytes(32), binding: { ...binding, kind: "passkey" as const } };
    const second = await moveStaffKeys(slot, { secret, binding }, to);
    const opened = await unlockStaffKeys(second, to.secret, to.binding);
    expect(opened.signPublic).toEqual(keys.signPublic);
    await expect(unlockStaffKeys(second, secret, binding)).rejects.toMatchObject({ code: "unlock-wrong" });
  });

  it("holds no private key in the clear", async () => {
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.sign.privateKey));
    expect(Buffer.from(slot).includes(pkcs8.subarray(36, 68))).toBe(false);
    expect(pkcs8.includes(pkcs8.subarray(36, 68))).toBe(true);
  });

  it("opens the vault key that was sealed to this member on this device, and no other", async () => {
    const vaultKey = makeVaultKey();
    const sealed = await sealVaultKey(vaultKey, keys.sealPublic, binding);
    expect(await openVaultKey(sealed, keys.seal, binding)).toEqual(vaultKey);
    const other = await makeStaffKeys();
    await expect(openVaultKey(sealed, other.seal, binding)).rejects.toMatchObject({ code: "vault-damaged" });
    await expect(openVaultKey(sealed, keys.seal, { ...binding, staff: "s2" })).rejects.toMatchObject({ code: "vault-damaged" });
    await expect(openVaultKey(sealed, keys.seal, { ...binding, device: randomBytes(16) })).rejects.toMatchObject({ code: "vault-damaged" });
  });
});

describe("a device's keys", () => {
  it("open with the vault key alone; the locked key is never extractable", async () => {
    const keys = await makeDeviceKeys();
    const vaultKey = makeVaultKey();
    const locked = await lockDeviceKeys(keys, vaultKey, binding);
    expect(keys.locked.privateKey.extractable).toBe(false);
    const opened = await unlockDeviceKeys(locked, vaultKey, binding);
    expect([opened.open.privateKey.extractable, opened.seal.privateKey.extractable]).toEqual([false, false]);
    const signature = await sign(opened.open.privateKey, text);
    expect(await verify(await importVerifyKey(keys.publics.open), signature, text)).toBe(true);
    expect(await verify(await importVerifyKey(keys.publics.locked), signature, text)).toBe(false);
    for (const [bytes, key, bound] of [
      [locked, makeVaultKey(), binding],
      [locked, vaultKey, { ...binding, device: randomBytes(16) }],
      [flipped(locked, 0), vaultKey, binding],
      [flipped(locked, 40), vaultKey, binding],
      [locked.slice(0, 20), vaultKey, binding],
    ] as const)
      await expect(unlockDeviceKeys(bytes, key, bound)).rejects.toMatchObject({ code: "vault-damaged" });
  });

  it("follow a rotated vault key", async () => {
    const keys = await makeDeviceKeys();
    const [from, to] = [makeVaultKey(), makeVaultKey()];
    const moved = await moveDeviceKeys(await lockDeviceKeys(keys, from, binding), from, to, binding);
    await expect(unlockDeviceKeys(moved, from, binding)).rejects.toMatchObject({ code: "vault-damaged" });
    expect((await unlockDeviceKeys(moved, to, binding)).open.privateKey.type).toBe("private");
  });
});
