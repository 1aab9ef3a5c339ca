import { beforeAll, expect, test } from "vitest";
import { REHEARSED_MS } from "../../../src/viewer/vault/slots.ts";
import { faults } from "../../msw/handlers.ts";
import { ending, passphrase } from "../core/device.ts";
import { countEntries, journalOf, type KeyWard, keyWard, passkey } from "./ward.ts";

let ward: KeyWard;
beforeAll(async () => {
  ward = await keyWard();
}, 120_000);

test("a second way is added offline, is an entry, and opens the same vault; the first one still does", async () => {
  const { core, device } = ward;
  device.faults = [faults.gone("/")];
  const before = await countEntries(device);
  expect(core.keyHealth()).toMatchObject({ own: "one-way", members: 2 });
  await core.addWay(passkey, passphrase);
  expect(core.ways().map(({ kind }) => kind)).toEqual(["passkey", "passphrase"]);
  expect((await journalOf(ward, before)).map(({ kind, body }) => [kind, body.what, body.staff])).toEqual([
    ["credential", "add passphrase", "dr2"],
  ]);
  await core.lock();
  await core.unlock("dr2", passphrase);
  await core.lock();
  await core.unlock("dr2", passkey);
  expect(core.keyHealth().own).toBe("ok");
});

test("an unlocked screen alone adds nothing: without a credential that opens, no way is made", async () => {
  const { core, device } = ward;
  const before = await countEntries(device);
  const wrong = { kind: "passphrase", passphrase: "まちがい まちがい まちがい" } as const;
  expect(await ending(core.addWay(wrong, passkey))).toBe("unlock-wrong");
  expect(core.ways().length).toBe(2);
  expect((await journalOf(ward, before)).map(({ kind }) => kind)).toEqual(["unlock-failed"]);
});

test("several passkeys stand beside each other, and either opens", async () => {
  const { core } = ward;
  await core.addWay(passkey, passkey);
  expect(core.ways().map(({ kind }) => kind)).toEqual(["passkey", "passphrase", "passkey"]);
  const last = core.ways().at(-1);
  await core.rehearse({ kind: "passkey", slot: last?.id ?? "" });
  expect(core.ways().at(-1)?.rehearsed).toBe(true);
});

test("a changed passphrase takes the place of the old one, which opens nothing more", async () => {
  const { core } = ward;
  const next = { kind: "passphrase", passphrase: "べつの みほん しけん とうだい" } as const;
  await core.addWay(passphrase, next);
  expect(core.ways().length).toBe(3);
  await core.lock();
  expect(await ending(core.unlock("dr2", passphrase))).toBe("unlock-wrong");
  await core.unlock("dr2", next);
});

test("the last way cannot be removed; one goes only when another has just opened", async () => {
  const { core } = ward;
  const [first, third] = core.ways().filter(({ kind }) => kind === "passkey");
  const second = core.ways().find(({ kind }) => kind === "passphrase");
  if (!first || !second || !third) throw new Error("three ways expected");
  expect(await ending(core.removeWay(first.id, { kind: "passkey", slot: first.id }))).toBe("credential-same");
  await core.removeWay(first.id, { kind: "passkey", slot: third.id });
  await core.removeWay(second.id, { kind: "passkey", slot: third.id });
  expect(core.ways().map(({ id }) => id)).toEqual([third.id]);
  expect(await ending(core.removeWay(third.id, { kind: "passkey", slot: third.id }))).toBe("credential-last");
  await core.lock();
  await core.unlock("dr2", passkey);
  expect(core.keyHealth().own).toBe("one-way");
});

test("a way that was not tried for ninety days is told; trying it changes nothing else", async () => {
  const { core, device, hub } = ward;
  await core.addWay(passkey, passphrase);
  expect(core.keyHealth().own).toBe("unproven");
  await core.rehearse(passphrase);
  expect(core.keyHealth().own).toBe("ok");
  const until = hub.leaseMs;
  device.skew += REHEARSED_MS + 1;
  expect([core.keyHealth().own, core.ways().map(({ rehearsed }) => rehearsed)]).toEqual(["unproven", [false, false]]);
  await core.rehearse(passphrase);
  await core.rehearse(passkey);
  expect([core.keyHealth().own, core.status().staff?.id, hub.leaseMs]).toEqual(["ok", "dr2", until]);
  device.skew = 0;
});

test("a rehearsal with a wrong passphrase is counted and journalled like a try at the lock", async () => {
  const fresh = await keyWard();
  await fresh.core.addWay(passkey, passphrase);
  const before = await countEntries(fresh.device);
  const wrong = { kind: "passphrase", passphrase: "まちがい まちがい まちがい" } as const;
  for (let i = 0; i < 4; i++) expect(await ending(fresh.core.rehearse(wrong))).toBe("unlock-wrong");
  expect((await journalOf(fresh, before)).map(({ kind }) => kind)).toEqual(Array(4).fill("unlock-failed"));
  expect(await ending((await fresh.device.start()).unlock("dr2", passphrase))).toBe("unlock-throttled");
});

test("a weak passphrase of one's own is refused with the strength that is missing, own name and site counted as known", async () => {
  const { core } = ward;
  for (const weak of ["password1234!", "kakuushinta2026", "見本診療所カクウ シンタ1", "qwertyuiop123456"])
    expect(await ending(core.addWay(passkey, { kind: "passphrase", passphrase: weak }))).toBe("passphrase-weak");
  expect((await core.passphraseStrength("見本診療所見本診療所", "架空 診太")).enough).toBe(false);
  expect((await core.passphraseStrength(core.offerPassphrase(), "架空 診太")).enough).toBe(true);
});
