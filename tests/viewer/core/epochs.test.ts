import { beforeEach, expect, test, vi } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { faults } from "../../msw/handlers.ts";
import { ending } from "./device.ts";
import { dieAfter, passkey, quickWard, rowsIn, type Ward } from "./quick.ts";

// A ward is enrolled for each test: seconds on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });
let ward: Ward;
beforeEach(async () => {
  ward = await quickWard({ people: 12 });
});

/** A page after a restart, still locked. */
async function locked(): Promise<Ward["core"]> {
  await ward.core.lock().catch(() => undefined);
  return ward.device.start();
}
const opens = async (core: Ward["core"]) => {
  await core.unlock("dr1", passkey);
  const [hit] = core.search("みほん");
  if (!hit) return null;
  const strip = await core.openStrip(await core.breakGlass(hit, "unconscious"));
  return [core.search("みほん").length, strip.part];
};

test("a rotation sends index and ring again, and not one pack", async () => {
  const before = await rowsIn(ward.device);
  ward.hub.asked.length = 0;
  const { sealed } = await ward.hub.publish({ people: 12, epoch: 2 });
  await ward.core.sync();
  const asked = ward.hub.asked.filter((each) => /shard|ring|packs|bundles/.test(each));
  const files = sealed.shards.length + Object.values(sealed.rings).flat().length;
  expect([asked.length, asked.filter((each) => /packs|bundles/.test(each))]).toEqual([files, []]);
  const resent = [...sealed.shards, ...Object.values(sealed.rings).flat()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  const packs = [...sealed.packs.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  expect((await rowsIn(ward.device)).packs).toBe(before.packs);
  console.info(`rotation of 12 people: ${resent} bytes of index and ring; their packs, not sent, are ${packs} bytes`);
  expect(ward.core.search("みほん").length).toBe(12);
  const entries = await Promise.all(ward.hub.entries.map(parseEntry));
  const told = entries.filter(({ header }) => header.kind === "epoch");
  expect(await Promise.all(told.map(async ({ sealedBody, header }) => (await openBody(sealedBody, ward.hub.audit, header)).what))).toEqual([
    "epoch 2",
  ]);
});

test("several rotations pass a locked device: the last whole one opens at the next unlock, and older keys go", async () => {
  const core = await locked();
  for (const epoch of [2, 3, 4, 5]) {
    await ward.hub.publish({ people: 12 + epoch, epoch });
    await core.sync();
  }
  expect(await opens(core)).toEqual([17, "strip"]);
  await ward.hub.publish({ people: 18, epoch: 5 });
  await core.sync();
  expect(await ward.device.vault().wrapped.toCollection().primaryKeys()).toEqual(["device", "ek/5"]);
});

test("one whole rotation while locked, then several that are never whole: the whole one opens, however many leases have come since", async () => {
  const core = await locked();
  await ward.hub.publish({ people: 13, epoch: 2 });
  await core.sync();
  for (const epoch of [3, 4, 5]) {
    await ward.hub.publish({ people: 12 + epoch, epoch, drug: () => `試験薬${epoch}錠` });
    ward.device.faults = [faults.broken("/bundles/"), faults.broken("/packs/")];
    expect(await ending((await locked()).sync())).toBe("hub-answer-bad");
  }
  expect(await opens(await ward.device.start())).toEqual([13, "strip"]);
  ward.device.faults = [];
  const next = await locked();
  await next.sync();
  expect(await opens(next)).toEqual([17, "strip"]);
});

test("a rotation cut off after any request leaves a device that opens: the old epoch or the new one", async () => {
  const sizes = new Set<unknown>();
  await ward.core.lock();
  for (let requests = 0, done = false; !done; requests++) {
    const epoch = 2 + requests;
    await ward.hub.publish({ people: 12 + epoch, epoch });
    ward.device.faults = [faults.goneAfter("/", requests)];
    done = (await ending((await ward.device.start()).sync())) === "resolved";
    ward.device.faults = [faults.gone("/")];
    const core = await ward.device.start();
    const opened = await opens(core);
    expect([requests, [12, ...Array.from({ length: epoch - 1 }, (_, i) => 14 + i)].includes(Number(opened?.[0]))]).toEqual([
      requests,
      true,
    ]);
    sizes.add(opened?.[0]);
    await core.lock();
  }
  expect(sizes.size).toBeGreaterThan(1);
}, 60_000);

test.each([
  ["locked", async () => (await locked()) as Ward["core"]],
  [
    "unlocked",
    async () => {
      const core = await locked();
      await core.unlock("dr1", passkey);
      return core;
    },
  ],
] as const)(
  "a rotation killed at any write of a device that is %s leaves one that opens",
  async (_, page) => {
    await ward.hub.publish({ people: 12, epoch: 2 });
    const uninterrupted = dieAfter(1000);
    await (await page()).sync();
    const total = uninterrupted();
    const step = process.env.TOMOSHIBI_LONG ? 1 : 6;
    for (let writes = 0; writes <= total; writes += step) {
      const core = await page();
      const epoch = 3 + writes;
      await ward.hub.publish({ people: 12 + epoch, epoch });
      const revive = dieAfter(writes);
      await ending(core.sync());
      revive();
      ward.core = core;
      ward.device.faults = [faults.gone("/")];
      const next = await ward.device.start();
      const opened = await opens(next);
      expect([writes, opened?.[1]]).toEqual([writes, "strip"]);
      await next.lock();
      ward.device.faults = [];
    }
    const last = await ward.device.start();
    await last.sync();
    expect([last.status().people, (await opens(last))?.[1]]).toEqual([ward.hub.published?.manifest.count, "strip"]);
  },
  120_000,
);
