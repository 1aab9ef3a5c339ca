import { expect, test } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice, testDevice } from "./device.ts";

test("enrol, approve, add a member, pull, restart with the hub dead, unlock, find, break the glass, open, push", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 30 });
  const device = testDevice(hub);
  const first = await device.start();
  expect(first.status().phase).toBe("blank");
  await first.enrol(hub.code, "救急外来タブレット1");
  expect([first.status().phase, first.status().fingerprint]).toEqual(["pending", expect.stringMatching(/^(\w{4} ){4}\w{4}$/)]);
  expect(await ending(first.sync())).toBe("enrol-not-approved");
  if (hub.device) hub.device.approved = true;
  await first.checkEnrolment();
  expect(first.status()).toMatchObject({ phase: "unstaffed", siteName: "見本診療所", persisted: true });
  expect((await first.siteMembers()).map(({ id, here }) => [id, here])).toEqual([
    ["dr1", false],
    ["dr2", false],
    ["clerk1", false],
  ]);
  await first.addMember("dr1", hub.staffCode, passphrase);
  expect(first.status()).toMatchObject({ phase: "unlocked", staff: { id: "dr1", role: "physician" } });
  await first.sync();
  expect(first.status()).toMatchObject({ people: 30, hubReached: true, syncError: null, outbox: 0, clock: "ok" });
  await first.lock();
  expect(first.status().phase).toBe("locked");

  device.faults = [faults.gone("/")];
  const core = await device.start();
  expect(core.members()).toMatchObject([{ id: "dr1", credentials: ["passphrase"] }]);
  expect(await ending(core.unlock("dr1", { kind: "passphrase", passphrase: "まちがい まちがい まちがい" }))).toBe("unlock-wrong");
  await core.unlock("dr1", passphrase);
  const [hit] = core.search("とうだい みほんこ6");
  if (!hit) throw new Error("nobody found");
  const strip = await core.breakGlass(hit, "unconscious");
  expect(await core.openStrip(strip)).toMatchObject({ part: "strip", identity: { kanji: { family: "灯台", given: "6子" } } });
  await core.confirmIdentity(strip, ["birthDate", "name"]);
  const rest = await core.breakRest(strip, "treat", "救急搬送");
  expect((await core.openRest(rest)).summary.identity.kana?.given).toBe("ミホンコ6");
  const guarded = await core.breakProtected(rest, "treat");
  expect((await core.openProtected(guarded)).categories).toEqual(["psychiatric"]);
  await core.endGrant(strip);
  expect(await ending(core.openRest(rest))).toBe("grant-ended");
  expect(await ending(core.sync())).toBe("hub-unreachable");
  expect(core.status()).toMatchObject({ hubReached: false, syncError: "hub-unreachable" });

  device.faults = [];
  await core.sync();
  expect(core.status()).toMatchObject({ outbox: 0, hubReached: true, syncError: null });
  const entries = await Promise.all(hub.entries.map(parseEntry));
  expect(entries.map((entry) => entry.header.kind)).toEqual([
    "enrolled",
    "unlock",
    "pull",
    "lock",
    "unlock-failed",
    "unlock",
    "open-strip",
    "confirm",
    "open-rest",
    "open-protected",
    "grant-end",
  ]);
  const opening = entries.find((entry) => entry.header.kind === "open-rest");
  if (!opening) throw new Error("no entry");
  expect(await openBody(opening.sealedBody, hub.audit, opening.header)).toMatchObject({
    staff: "dr1",
    role: "physician",
    purpose: "BTG",
    person: hit.personRef,
    reason: "treat",
    note: "救急搬送",
  });
});

test("unlock, search and opening wait for no network: they work while a sync hangs", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 5 });
  const { core, device } = await readyDevice(hub);
  device.faults = [faults.silent("/")];
  const hanging = ending(core.sync());
  await core.lock();
  const again = await device.start();
  await again.unlock("dr1", passphrase);
  const [hit] = again.search("試験");
  if (!hit) throw new Error("nobody found");
  expect((await again.openStrip(await again.breakGlass(hit, "unconscious"))).part).toBe("strip");
  expect(await Promise.race([hanging, Promise.resolve("still hanging")])).toBe("still hanging");
});

test("a pull under an open patient: the next part is opened from the packs of now, not from those the Hit was shown with", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 5 });
  const { core } = await readyDevice(hub);
  const [hit] = core.search("試験");
  if (!hit) throw new Error("nobody found");
  const strip = await core.breakGlass(hit, "unconscious");
  await hub.publish({ people: 5, address: "架空県移転市" });
  await core.sync();
  const rest = await core.openRest(await core.breakRest(strip, "treat", ""));
  expect(rest.summary.identity.address).toBe("架空県移転市");
  expect((await core.openStrip(await core.breakGlass(hit, "unconscious"))).identity.address).toBe("架空県移転市");
});
