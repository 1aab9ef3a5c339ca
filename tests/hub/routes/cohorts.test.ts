import { beforeEach, describe, expect, test } from "vitest";
import { publishAll } from "../../../src/hub/flow/epochs.ts";
import { setCohort } from "../../../src/hub/people/cohorts.ts";
import { revokeDevice } from "../../../src/hub/people/devices.ts";
import { createEnrolment } from "../../../src/hub/people/enrolments.ts";
import { addSite, changeSite } from "../../../src/hub/people/sites.ts";
import { removeMember } from "../../../src/hub/people/staff.ts";
import { rotateEpoch } from "../../../src/hub/publish/index.ts";
import { pendingRotations } from "../../../src/hub/store/rotation.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { epochKeys } from "../../../src/shared/crypto/derive.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import { leasePath, manifestPath, ringPath, rosterPath, shardPath } from "../../../src/shared/protocol/files.ts";
import { openEpochKey, openLease } from "../../../src/shared/protocol/lease.ts";
import { type Manifest, openManifest } from "../../../src/shared/protocol/manifest.ts";
import { openRoster } from "../../../src/shared/protocol/roster.ts";
import { testStores } from "../store/open.ts";
import { ask, bytesOf, enrolled, entry, newDevice, push, refusal, registered, sendEnrol, type TestDevice } from "./device.ts";
import { facilityOf, sealPeople } from "./people.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
let region: TestRegion;
let ours: TestDevice;
let theirs: TestDevice;
let cohort: string;
let site: string;

beforeEach(async () => {
  region = await testRegion(await stores.reopen(await stores.place("sqlite")));
  await sealPeople(region, [1, 2]);
  const words = { name: "一", everybody: false, facilities: [facilityOf(1)], areas: [], rotateDays: 0 };
  cohort = (await setCohort(region.deps, null, words, "試験")).id;
  site = (await addSite(region.deps, "一の病院", { cohort })).id;
  ours = await enrolled(region);
  theirs = await newDevice(region);
  await sendEnrol(theirs, (await createEnrolment(region.deps, { site, preapproved: true })).code);
  await publish();
});

const publish = () => publishAll(region.store, region.deps.keys, region.clock);
const lease = async (device: TestDevice) => await openLease(await bytesOf(await ask(device, leasePath)), region.publicKeys, device.id);
const manifest = async (device: TestDevice): Promise<Manifest> =>
  await openManifest(await bytesOf(await ask(device, manifestPath)), region.publicKeys);

/** The lease's key opens the first shard of the manifest that the hub offers now. */
async function opens(device: TestDevice): Promise<void> {
  const [given, offered] = [await lease(device), await manifest(device)];
  expect([given.cohort, given.epoch]).toEqual([offered.cohort, offered.epoch]);
  const keys = await epochKeys(await openEpochKey(given, device.keys.seal));
  const name = toBase64Url(offered.shards[0]?.name ?? new Uint8Array(0));
  const shard = await bytesOf(await ask(device, shardPath(name)));
  await openShard(shard, keys, { hubId: region.publicKeys.hub, cohort: offered.cohort, epoch: offered.epoch });
}

describe("another site's device", () => {
  test("asking for packs gets its own cohort's manifest and lease; another cohort's shards and rings are refused by name", async () => {
    expect((await manifest(ours)).cohort).toBe("region");
    expect([(await manifest(theirs)).cohort, (await manifest(theirs)).count]).toEqual([cohort, 1]);
    await opens(ours);
    await opens(theirs);
    for (const [mine, other] of [
      [ours, await manifest(theirs)],
      [theirs, await manifest(ours)],
    ] as const) {
      for (const { name } of other.shards) expect(await refusal(await ask(mine, shardPath(toBase64Url(name))))).toBe("not-found");
      for (const { name } of other.rings.strip) expect(await refusal(await ask(mine, ringPath(toBase64Url(name))))).toBe("not-found");
    }
  });

  test("moved to another cohort gets that one's key and index, and nothing more of the one it left", async () => {
    const before = await manifest(theirs);
    await changeSite(region.deps, site, { cohort: "region" }, "試験");
    await publish();
    await opens(theirs);
    expect((await lease(theirs)).cohort).toBe("region");
    for (const { name } of before.shards) expect(await refusal(await ask(theirs, shardPath(toBase64Url(name))))).toBe("not-found");
  });
});

describe("a device that is revoked", () => {
  test("has its cohort's key renewed at the next publication, by order, whoever publishes", async () => {
    const { epoch } = await manifest(theirs);
    const second = await newDevice(region);
    await sendEnrol(second, (await createEnrolment(region.deps, { site, preapproved: true })).code);
    await revokeDevice(region.deps, toBase64Url(theirs.id), "試験");
    expect(await pendingRotations(region.store.db)).toMatchObject([{ cohort, why: "device-revoked", by: "試験" }]);
    await publish();
    expect((await manifest(second)).epoch).toBeGreaterThan(epoch);
    await opens(second);
    expect(await refusal(await ask(theirs, leasePath))).toBe("device-revoked");
  });

  test("leaves no moment in which a lease carries a key that opens nothing: rotated and not yet published", async () => {
    await rotateEpoch(region.deps.keys, cohort);
    await opens(theirs);
    await publish();
    await opens(theirs);
  });
});

describe("a member who leaves", () => {
  test("stands in no roster from that moment, though what they signed before comes home and is accepted after", async () => {
    const member = await registered(ours);
    const opening = await entry(ours, "open-strip", { staff: member });
    await removeMember(region.deps, member.id, "試験");
    const roster = await openRoster(await bytesOf(await ask(ours, rosterPath)), region.publicKeys);
    expect(roster.members).toEqual([]);
    expect(await push(ours, [opening])).toMatchObject({ seq: 1, alerts: [] });
  });
});
