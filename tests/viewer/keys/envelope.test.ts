import { beforeAll, expect, test } from "vitest";
import { faults } from "../../msw/handlers.ts";
import { ending } from "../core/device.ts";
import { countEntries, declare, hour, journalOf, type KeyWard, keyWard, newEnvelope, passkey } from "./ward.ts";

let ward: KeyWard;
let secret = "";
beforeAll(async () => {
  ward = await keyWard();
  secret = await newEnvelope(ward, "envelope-1");
  await ward.core.sync();
  await ward.core.lock();
  await ward.core.unlock("dr1", passkey);
  await ward.core.lock();
}, 120_000);

test("without a disaster the envelope opens nothing, and the try is in the journal", async () => {
  const { core, device } = ward;
  const before = await countEntries(device);
  expect(core.envelopeStanding()).toBe("closed");
  expect(await ending(core.unlockByEnvelope(secret, "dr2"))).toBe("envelope-closed");
  expect((await journalOf(ward, before)).map(({ kind, entry, body }) => [kind, entry.key, body.what])).toEqual([
    ["unlock-failed", "locked", "envelope-closed"],
  ]);
  expect(core.status().phase).toBe("locked");
});

test("under a declared disaster it opens offline, by name, loud: an entry of its own under its own signature, taken by the hub", async () => {
  const { core, device, hub } = ward;
  await declare(ward, 1, 1, 48);
  await core.sync();
  device.faults = [faults.gone("/")];
  const before = await countEntries(device);
  const typed = secret.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  expect(await ending(core.unlockByEnvelope(typed, "nobody"))).toBe("staff-unknown");
  await core.unlockByEnvelope(typed, "dr2");
  expect(core.visitor()).toEqual({ kind: "envelope", user: "架空 診太" });
  const [entry] = await journalOf(ward, before);
  expect([entry?.kind, entry?.entry.staff?.id, entry?.body.what, entry?.body.note]).toEqual([
    "envelope",
    "envelope-1",
    "used by dr2",
    "架空 診太",
  ]);
  const [hit] = core.search("みほん");
  if (!hit) throw new Error("nobody found");
  expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("resolved");
  expect(await ending(core.sponsor({ kind: "locum", name: "見本 当直", role: "physician" }, passkey))).toBe("forbidden");
  device.faults = [];
  await core.sync();
  expect(hub.entries.length).toBe(await countEntries(device));
});

test("when the disaster ends, whoever is in by the envelope is locked out without any word from the hub", async () => {
  const { core, device, tick } = ward;
  device.skew += 49 * hour;
  await tick();
  expect(core.status().phase).toBe("locked");
  expect(await ending(core.unlockByEnvelope(secret, "dr2"))).toBe("envelope-closed");
});

test("a clock that jumped ahead and was set right spends nothing", async () => {
  const { core, device } = ward;
  device.skew = 0;
  // The next lease says what time it is.
  await core.sync();
  await core.unlockByEnvelope(secret, "dr2");
  await core.lock();
});

test("in the next disaster the old envelope is spent, also on a device that nobody told", async () => {
  const { core } = ward;
  await declare(ward, 2, 2, 48);
  await core.sync();
  expect(await ending(core.unlockByEnvelope(secret, "dr2"))).toBe("envelope-spent");
});

test("renewal: the new one opens after the next unlock, VK changed, the old one is not known any more", async () => {
  const { core, device } = ward;
  const old = secret;
  secret = await newEnvelope(ward, "envelope-2");
  await core.sync();
  expect(await ending(core.unlockByEnvelope(old, "dr2"))).toBe("envelope-unknown");
  expect(await ending(core.unlockByEnvelope(secret, "dr2"))).toBe("envelope-unknown");
  const db = device.vault();
  const vault = (await db.wrapped.get("device"))?.bytes;
  await core.unlock("dr1", passkey);
  expect((await db.wrapped.get("device"))?.bytes).not.toEqual(vault);
  expect((await db.members.toArray()).map(({ staff }) => staff).sort()).toEqual(["dr1", "dr2", "envelope-2"]);
  await core.lock();
  await core.unlockByEnvelope(secret, "dr2");
  await core.lock();
});

test("an envelope that the operator has ended opens nothing, although VK was sealed to it", async () => {
  const { core, hub } = ward;
  await core.sync();
  hub.members = hub.members.filter(({ envelope }) => envelope !== true);
  await core.sync();
  expect(core.envelopeStanding()).toBe("none");
  expect(await ending(core.unlockByEnvelope(secret, "dr2"))).toBe("envelope-unknown");
});

test("guessed secrets are counted across restarts; a typing error is none, since its check letters tell", async () => {
  const fresh = await keyWard();
  const right = await newEnvelope(fresh, "envelope-1");
  await declare(fresh, 1, 1, 48);
  await fresh.core.sync();
  await fresh.core.lock();
  await fresh.core.unlock("dr1", passkey);
  await fresh.core.lock();
  const other = await newEnvelope({ hub: { ...fresh.hub } }, "envelope-9");
  for (let i = 0; i < 6; i++)
    expect(
      await ending(
        fresh.core.unlockByEnvelope(
          right.replace(/.$/, (c) => (c === "0" ? "1" : "0")),
          "dr1",
        ),
      ),
    ).toBe("envelope-malformed");
  for (let i = 0; i < 4; i++) expect(await ending((await fresh.device.start()).unlockByEnvelope(other, "dr1"))).toBe("envelope-unknown");
  const next = await fresh.device.start();
  expect(await ending(next.unlockByEnvelope(right, "dr1"))).toBe("unlock-throttled");
  fresh.device.skew = 6_000;
  await next.unlockByEnvelope(right, "dr1");
});
