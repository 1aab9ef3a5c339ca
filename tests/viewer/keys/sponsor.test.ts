import { beforeAll, expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { faults } from "../../msw/handlers.ts";
import { ending, passphrase } from "../core/device.ts";
import { countEntries, hour, journalOf, type KeyWard, keyWard, passkey } from "./ward.ts";

const locum = { kind: "locum", name: "見本 当直", role: "physician" } as const;
let ward: KeyWard;
let guest = "";
beforeAll(async () => {
  ward = await keyWard();
}, 120_000);

test("offline, a colleague lets a locum in for 24 hours: an entry by the sponsor, and an opening that the hub takes from a key it never saw", async () => {
  const { core, device, hub } = ward;
  device.faults = [faults.gone("/")];
  const before = await countEntries(device);
  await core.sponsor(locum, passkey);
  expect(core.status().staff?.id).toBe("dr2");
  guest = core.members().find(({ name }) => name === locum.name)?.id ?? "";
  await core.lock();
  await core.unlock(guest, passkey);
  expect([core.status().staff?.name, core.visitor()?.kind]).toEqual([locum.name, "sponsored"]);
  const [hit] = core.search("みほん");
  if (!hit) throw new Error("nobody found");
  expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("resolved");
  const [made, , , opened] = await journalOf(ward, before);
  expect([made?.kind, made?.entry.staff?.id, made?.body.note]).toEqual(["sponsor", "dr2", locum.name]);
  expect([opened?.kind, opened?.entry.staff?.id.startsWith("locum-"), opened?.entry.staff?.sponsorship !== null]).toEqual([
    "open-strip",
    true,
    true,
  ]);
  device.faults = [];
  await core.sync();
  expect(hub.entries.length).toBe(await countEntries(device));
});

test("who is sponsored sponsors nobody, adds no member and no way of their own", async () => {
  const { core, hub } = ward;
  expect(await ending(core.sponsor(locum, passkey))).toBe("forbidden");
  expect(await ending(core.addMember("clerk1", hub.staffCode, passkey))).toBe("forbidden");
  expect(await ending(core.addWay(passkey, passphrase))).toBe("forbidden");
  expect(
    codeOf(
      await Promise.resolve()
        .then(core.sponsorable, (error: unknown) => error)
        .catch((error: unknown) => error),
    ),
  ).toBe("forbidden");
});

test("a colleague cannot lend their rights upwards: a clerk sponsors clerks alone", async () => {
  const fresh = await keyWard();
  await fresh.core.addMember("clerk1", fresh.hub.staffCode, passkey);
  expect(await ending(fresh.core.sponsor(locum, passkey))).toBe("forbidden");
  expect(await ending(fresh.core.sponsor({ kind: "member", id: "dr1" }, passkey))).toBe("staff-unknown");
  expect(await ending(fresh.core.sponsor({ ...locum, role: "clerk" }, passkey))).toBe("resolved");
});

test("a forgotten passphrase: the member's own slot stays, and both stand apart at the lock", async () => {
  const fresh = await keyWard();
  await fresh.core.sponsor({ kind: "member", id: "dr1" }, passphrase);
  expect(fresh.core.members().map(({ id, credentials }) => [id, credentials])).toEqual(
    expect.arrayContaining([
      ["dr1", ["passkey"]],
      ["dr1/sponsored", ["passphrase"]],
    ]),
  );
  await fresh.core.lock();
  await fresh.core.unlock("dr1", passkey);
  expect(fresh.core.visitor()).toBe(null);
  await fresh.core.unlock("dr1/sponsored", passphrase);
  expect(fresh.core.visitor()).toMatchObject({ kind: "sponsored", sponsor: "架空 診太" });
});

test("after its end the sponsored is locked out at once, slot and vault key row go, and VK changes at the next unlock", async () => {
  const { core, device, tick, hub } = ward;
  const [hit] = core.search("みほん");
  if (!hit) throw new Error("nobody found");
  await core.breakGlass(hit, "unconscious");
  const before = await countEntries(device);
  device.skew += 24 * hour + 1;
  expect(core.status().staff).toBe(null);
  await tick();
  expect(core.status().phase).toBe("locked");
  expect((await journalOf(ward, before)).map(({ kind, entry, body }) => [kind, entry.staff, body.what.split(":")[0]])).toEqual([
    ["grant-end", null, "expired"],
    ["lock", null, "gone"],
  ]);
  const db = device.vault();
  await tick();
  expect([(await db.slots.toArray()).length, (await db.members.toArray()).map(({ staff }) => staff).sort()]).toEqual([2, ["dr1", "dr2"]]);
  expect(await ending(core.unlock(guest, passkey))).toBe("staff-unknown");
  const vault = (await db.wrapped.get("device"))?.bytes;
  await core.unlock("dr2", passkey);
  expect((await db.wrapped.get("device"))?.bytes).not.toEqual(vault);
  expect((await journalOf(ward, before)).map(({ kind }) => kind).slice(2)).toEqual(["members", "unlock"]);
  device.skew = 0;
  await core.sync();
  expect(hub.entries.length).toBe(await countEntries(device));
});

test("a clock set back does not bring a sponsorship to life again", async () => {
  const fresh = await keyWard();
  await fresh.core.sponsor(locum, passkey);
  const id = fresh.core.members().find(({ name }) => name === locum.name)?.id ?? "";
  fresh.device.skew += 25 * hour;
  expect(await ending(fresh.core.unlock(id, passkey))).toBe("staff-unknown");
  await fresh.core.lock();
  fresh.device.skew = 0;
  expect(await ending((await fresh.device.start()).unlock(id, passkey))).toBe("staff-unknown");
});

test("a slot that was sponsored on another device, or by a member who was removed since, opens nothing", async () => {
  const here = await keyWard();
  const there = await keyWard();
  await there.core.sponsor(locum, passkey);
  const from = there.device.vault();
  const to = here.device.vault();
  const slot = (await from.slots.toArray()).find(({ sponsorship }) => sponsorship !== undefined);
  const row = slot && (await from.members.get(`${slot.staff}/sponsored`));
  if (!slot || !row) throw new Error("nobody sponsored");
  await to.slots.put(slot);
  await to.members.put(row);
  expect(
    (await here.device.start())
      .members()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(["dr1", "dr2"]);
  await there.core.lock();
  await there.core.sync();
  there.hub.members = there.hub.members.filter(({ id }) => id !== "dr2");
  await there.core.sync();
  expect(there.core.members().map(({ id }) => id)).toEqual(["dr1"]);
  expect(await ending(there.core.unlock(`${slot.staff}/sponsored`, passkey))).toBe("staff-unknown");
});

test("no entry, no slot: when the journal cannot be written nobody is let in", async () => {
  const fresh = await keyWard();
  Object.assign(fresh.device.deps, { exclusive: () => Promise.reject(new DOMException("no space", "QuotaExceededError")) });
  expect(await ending(fresh.core.sponsor(locum, passkey))).toBe("journal-write-failed");
  expect(fresh.core.members().length).toBe(2);
});
