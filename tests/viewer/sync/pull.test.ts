import { beforeEach, expect, test } from "vitest";
import { signLease } from "../../../src/shared/protocol/lease.ts";
import { signManifest } from "../../../src/shared/protocol/manifest.ts";
import { type Fault, faults } from "../../msw/handlers.ts";
import { makeTestHub, manifestOf, type TestHub } from "../../msw/hub.ts";
import { type SyncDevice, syncDevice } from "./device.ts";

let hub: TestHub;
let device: SyncDevice;

/** First state: 40 people in four bundles, pulled. Second: five of the first bundle changed. */
beforeEach(async () => {
  hub = await makeTestHub();
  device = await syncDevice(hub);
  await hub.publish({ people: 40 });
});
const bundles = () => hub.asked.filter((each) => each.startsWith("GET /bundles/")).length;
const packs = () => hub.asked.filter((each) => each.startsWith("GET /packs/")).length;

test("a first pull brings whole bundles, and progress ends at the whole", async () => {
  expect(await device.sync()).toBe("fine");
  expect(await device.holds()).toEqual({ seq: 1, packs: hub.published?.sealed.packs.size, whole: true });
  expect([bundles(), packs()]).toEqual([4, 0]);
  const last = device.progress.findLast((each) => each !== null);
  expect([last?.doneBytes, last?.doneItems]).toEqual([last?.totalBytes, last?.totalItems]);
  expect(device.states).toEqual([
    "reaching",
    "ordering",
    "certifying",
    "listing",
    "filling",
    "pushing",
    "sendingNotes",
    "takingNotes",
    "idle",
  ]);
});

test("nothing new: the manifest is asked for and nothing else is fetched", async () => {
  await device.sync();
  hub.asked.length = 0;
  expect(await device.sync()).toBe("fine");
  expect(hub.asked).toEqual([
    "GET /api/ping",
    "GET /api/orders",
    "GET /api/lease",
    "GET /api/roster",
    "GET /api/policy",
    "GET /api/manifest",
  ]);
});

test("a few changed packs come singly, a mostly new bundle comes whole; the old packs are dropped after", async () => {
  await device.sync();
  hub.asked.length = 0;
  await hub.publish({ people: 40, drug: (i) => (i === 3 ? "クロピドグレル錠" : "ワルファリンカリウム錠") });
  expect(await device.sync()).toBe("fine");
  expect([bundles(), packs()]).toEqual([0, 1]);
  await hub.publish({ people: 40, drug: (i) => (i < 10 ? "アピキサバン錠" : "ワルファリンカリウム錠") });
  hub.asked.length = 0;
  expect(await device.sync()).toBe("fine");
  expect([bundles(), packs()]).toEqual([1, 0]);
  expect(await device.holds()).toEqual({ seq: 3, packs: hub.published?.sealed.packs.size, whole: true });
});

test("an interrupted pull goes on without fetching finished bundles again, and the old state stays current until then", async () => {
  await device.sync();
  await hub.publish({ people: 40, drug: () => "アピキサバン錠" });
  device.faults = [faults.goneAfter("/bundles/", 2)];
  expect(await device.sync()).toBe("hub-unreachable");
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
  expect(device.states.at(-1)).toBe("offline");
  device.faults = [];
  hub.asked.length = 0;
  expect(await device.sync()).toBe("fine");
  expect(bundles()).toBe(2);
  expect(await device.holds()).toEqual({ seq: 2, packs: hub.published?.sealed.packs.size, whole: true });
});

test("a page that is closed in the middle leaves the old state whole", async () => {
  await device.sync();
  await hub.publish({ people: 40, drug: () => "アピキサバン錠" });
  device.faults = [faults.silent("/bundles/")];
  const work = device.sync();
  setTimeout(() => device.stop(), 100);
  expect(await work).toBe("pull-interrupted");
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
});

const spoilt: readonly (readonly [string, () => Fault, string])[] = [
  ["a hub that is silent", () => faults.silent("/api/ping"), "hub-slow"],
  ["a captive portal", () => faults.garbage("/api/ping"), "hub-answer-bad"],
  ["a bundle that stops in the middle", () => faults.stuck("/bundles/"), "hub-slow"],
  ["a bundle cut short", () => faults.truncated("/bundles/"), "bundle-malformed"],
  ["a bundle with one wrong byte", () => faults.flipped("/bundles/"), "pack-hash-mismatch"],
  ["a bundle sent twice over", () => faults.twice("/bundles/"), "hub-answer-bad"],
  ["an endless bundle", () => faults.endless("/bundles/"), "hub-answer-bad"],
  ["a hub that fails at bundles", () => faults.broken("/bundles/"), "hub-answer-bad"],
  ["a shard cut short", () => faults.truncated("/api/shard/"), "shard-malformed"],
  ["a ring part with one wrong byte", () => faults.flipped("/api/ring/"), "ring-malformed"],
  ["a manifest with one wrong byte", () => faults.flipped("/api/manifest"), "cose-signature-bad"],
  ["a manifest cut short", () => faults.truncated("/api/manifest"), "cose-malformed"],
  ["a portal's page as manifest", () => faults.garbage("/api/manifest"), "cose-malformed"],
  ["a lease with one wrong byte", () => faults.flipped("/api/lease"), "cose-signature-bad"],
  ["a roster cut short", () => faults.truncated("/api/roster"), "cose-malformed"],
  ["a policy with one wrong byte", () => faults.flipped("/api/policy"), "cose-signature-bad"],
  ["a lease in place of the manifest", () => faults.replayed("/api/manifest", hub.policy), "cose-signer-unknown"],
];
test.each(spoilt)("%s: a coded error, the previous state untouched, and afterwards all is well", async (_, fault, code) => {
  await device.sync();
  await hub.publish({ people: 45, drug: () => "アピキサバン錠" });
  device.faults = [fault()];
  if (code === "hub-slow") device.silenceMs = 300;
  expect(await device.sync()).toBe(code);
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
  device.faults = [];
  device.silenceMs = 30_000;
  expect(await device.sync()).toBe("fine");
  expect(await device.holds()).toMatchObject({ seq: 2, whole: true });
});

test("an older manifest, rightly signed, is refused", async () => {
  await device.sync();
  const old = hub.published?.bytes ?? new Uint8Array(0);
  await hub.publish({ people: 41 });
  await device.sync();
  device.faults = [faults.replayed("/api/manifest", old)];
  expect(await device.sync()).toBe("manifest-rollback");
  expect(await device.holds()).toMatchObject({ seq: 2, whole: true });
});

test("the same sequence with other content, or a successor of another manifest, is a fork", async () => {
  await device.sync();
  const sealed = hub.published?.sealed;
  if (!sealed) throw new Error("nothing published");
  for (const [seq, prev] of [
    [1, new Uint8Array(0)],
    [2, new Uint8Array(32)],
  ] as const) {
    const bytes = await signManifest({ ...(await manifestOf(hub, sealed, seq, prev)), at: 5 }, hub.signers.manifest);
    device.faults = [faults.replayed("/api/manifest", bytes)];
    expect(await device.sync()).toBe("manifest-fork");
  }
});

test("another hub's answers, and another cohort's manifest, are refused as another region's", async () => {
  await device.sync();
  const before = hub.published;
  const other = await makeTestHub("cohort-b");
  await other.publish({ people: 3 });
  device.faults = [faults.replayed("/api/manifest", other.published?.bytes ?? new Uint8Array(0))];
  expect(await device.sync()).toBe("cose-signer-unknown");
  if (!before) throw new Error("nothing published");
  const moved = { ...(await manifestOf(hub, before.sealed, 2, new Uint8Array(32))), cohort: "cohort-b" };
  device.faults = [faults.replayed("/api/manifest", await signManifest(moved, hub.signers.manifest))];
  expect(await device.sync()).toBe("manifest-other-region");
  device.faults = [
    (path) =>
      path === "/api/ping"
        ? Promise.resolve(Response.json({ hub: Buffer.from(other.id).toString("base64url"), time: 1, protocol: 1 }))
        : null,
  ];
  expect(await device.sync()).toBe("manifest-other-region");
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
});

test("a lease for another device, and an older lease, are refused", async () => {
  await device.sync();
  const lease = {
    hub: hub.id,
    device: new Uint8Array(16),
    cohort: hub.cohort,
    epoch: 1,
    seq: 9,
    ek: new Uint8Array(113),
    normalUntil: 1,
    disasterUntil: 2,
    graceHours: 72,
    at: 1,
  };
  device.faults = [faults.replayed("/api/lease", await signLease(lease, hub.signers.lease))];
  expect(await device.sync()).toBe("lease-other-device");
  device.faults = [faults.replayed("/api/lease", await signLease({ ...lease, device: device.id, seq: 0 }, hub.signers.lease))];
  expect(await device.sync()).toBe("lease-malformed");
});

test("a full disk is said, and what was good stays", async () => {
  await device.sync();
  await hub.publish({ people: 40, drug: () => "アピキサバン錠" });
  const failing = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  device.vault.packs.hook("creating", failing);
  expect(await device.sync()).toBe("storage-full");
  device.vault.packs.hook("creating").unsubscribe(failing);
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
  expect(await device.sync()).toBe("fine");
  expect(await device.holds()).toMatchObject({ seq: 2, whole: true });
});

test("a device clock that is a day off signs again with the hub's time", async () => {
  device.skew = -86_400_000;
  expect(await device.sync()).toBe("fine");
  expect(hub.asked.filter((each) => each === "GET /api/orders")).toHaveLength(2);
});

test("a hub that has published nothing yet is no fault", async () => {
  hub.published = null;
  expect(await device.sync()).toBe("fine");
  expect(await device.holds()).toMatchObject({ seq: 0 });
});

test("a lost file is missed although a forgotten old one makes up the number", async () => {
  await device.sync();
  const [lost] = await device.vault.packs.toCollection().primaryKeys();
  await device.vault.packs.delete(lost ?? "");
  await device.vault.packs.bulkPut(["old", "older"].map((name) => ({ name, bytes: new Uint8Array(1) })));
  expect(await device.sync()).toBe("fine");
  expect(await device.holds()).toEqual({ seq: 1, packs: hub.published?.sealed.packs.size, whole: true });
});
