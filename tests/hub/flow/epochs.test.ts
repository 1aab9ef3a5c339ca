import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { publishAll, rekey, rekeyWanted } from "../../../src/hub/flow/epochs.ts";
import { setCohort } from "../../../src/hub/people/cohorts.ts";
import { declareDisaster } from "../../../src/hub/people/disaster.ts";
import { rotateFor } from "../../../src/hub/people/rotation.ts";
import { addSite, changeSite } from "../../../src/hub/people/sites.ts";
import { epochNumbered } from "../../../src/hub/publish/epoch.ts";
import { bundlePath, currentManifest, ringByName, shardByName } from "../../../src/hub/publish/index.ts";
import { pendingRotations, rotations } from "../../../src/hub/store/rotation.ts";
import { fromUtf8, toBase64Url } from "../../../src/shared/bytes.ts";
import { epochKeys } from "../../../src/shared/crypto/derive.ts";
import { placesIn } from "../../../src/shared/pack/bundle.ts";
import { openRing } from "../../../src/shared/pack/ring.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import { type Manifest, openManifest } from "../../../src/shared/protocol/manifest.ts";
import { refOf } from "../publish/fixture.ts";
import { facilityOf, sealPeople } from "../routes/people.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const everybody = [0, 1, 2, 3, 10, 11];
let region: TestRegion;

/** The region, a cohort of facility 1, and one of facilities 1 and 2; a site for each. */
async function threeCohorts(): Promise<{ readonly one: string; readonly two: string; readonly sites: readonly string[] }> {
  const plain = { everybody: false, areas: [], rotateDays: 0 };
  const one = (await setCohort(region.deps, null, { ...plain, name: "一", facilities: [facilityOf(1)] }, "試験")).id;
  const two = (await setCohort(region.deps, null, { ...plain, name: "二", facilities: [facilityOf(1), facilityOf(2)] }, "試験")).id;
  const sites = [await addSite(region.deps, "一の病院", { cohort: one }), await addSite(region.deps, "二の病院", { cohort: two })];
  return { one, two, sites: sites.map(({ id }) => id) };
}

const publish = () => publishAll(region.store, region.deps.keys, region.clock);

async function manifest(cohort = "region"): Promise<Manifest> {
  const current = await currentManifest(region.store.db, cohort);
  if (current === null) throw new Error(`nothing is published for ${cohort}`);
  return openManifest(Uint8Array.from(current.bytes), region.publicKeys);
}

const packsIn = ({ bundles }: Manifest): string[] => bundles.flatMap((one) => placesIn(one).map(({ name }) => toBase64Url(name)));

/** References that a cohort's index names, opened with the key of the epoch in force. */
async function peopleOf(cohort: string): Promise<string[]> {
  const { epoch, shards, rings } = await manifest(cohort);
  const keys = await epochKeys((await epochNumbered(region.deps.keys, cohort, epoch)).key);
  const scope = { hubId: region.publicKeys.hub, cohort, epoch };
  for (const { name } of rings.strip)
    await openRing("strip", (await ringByName(region.store.db, toBase64Url(name), cohort)) ?? new Uint8Array(0), keys, scope);
  const lines: string[] = [];
  for (const { name } of shards) {
    const sealed = (await shardByName(region.store.db, toBase64Url(name), cohort)) ?? new Uint8Array(0);
    lines.push(fromUtf8(await openShard(sealed, keys, scope)));
  }
  return everybody.map(refOf).filter((ref) => lines.some((text) => text.includes(ref)));
}

beforeEach(async () => {
  region = await testRegion(await stores.reopen(await stores.place("sqlite")));
  await sealPeople(region, everybody);
});

describe("cohorts", () => {
  test("name their own people only, under keys of their own", async () => {
    const { one, two } = await threeCohorts();
    await publish();
    expect(await peopleOf("region")).toEqual(everybody.map(refOf));
    expect(await peopleOf(one)).toEqual([1, 11].map(refOf));
    expect(await peopleOf(two)).toEqual([1, 2, 11].map(refOf));
    const keys = await Promise.all(
      ["region", one, two].map(async (id) => (await epochNumbered(region.deps.keys, id, (await manifest(id)).epoch)).key),
    );
    expect(new Set(keys.map(toBase64Url)).size).toBe(3);
    const shard = (await manifest(one)).shards[0];
    expect(await shardByName(region.store.db, toBase64Url(shard?.name ?? new Uint8Array(0)), two)).toBeNull();
  });

  test("share sealed packs: no pack lies in two bundles, and each manifest names exactly its people's", async () => {
    const { one, two } = await threeCohorts();
    await publish();
    const files = readdirSync(join(region.store.dataDir, "bundles"));
    const stored = files.reduce((sum, file) => sum + statSync(bundlePath(region.store.dataDir, file)).size, 0);
    const packs = await region.store.db.selectFrom("pack").select(["name", "size", "person"]).execute();
    expect(stored).toBe(packs.reduce((sum, { size }) => sum + size, 0));
    for (const [cohort, people] of [
      ["region", everybody],
      [one, [1, 11]],
      [two, [1, 2, 11]],
    ] as const) {
      const refs = new Set<string>(people.map(refOf));
      const own = packs.filter(({ person }) => refs.has(person)).map(({ name }) => name);
      expect(packsIn(await manifest(cohort)).sort()).toEqual(own.sort());
    }
  });

  test("by the beginning of an address hold who lives there", async () => {
    const area = { name: "灯台市", everybody: false, facilities: [], areas: ["架空県 灯台市"], rotateDays: 0 };
    const here = (await setCohort(region.deps, null, area, "試験")).id;
    const there = (await setCohort(region.deps, null, { ...area, name: "別市", areas: ["架空県別市"] }, "試験")).id;
    await addSite(region.deps, "一の病院", { cohort: here });
    await addSite(region.deps, "二の病院", { cohort: there });
    await publish();
    expect(await peopleOf(here)).toEqual(everybody.map(refOf));
    expect(await peopleOf(there)).toEqual([]);
  });

  test("that no site uses any more leave no file, and go on with their sequence when one does again", async () => {
    const { one, sites } = await threeCohorts();
    await publish();
    const before = await manifest(one);
    await changeSite(region.deps, sites[0] ?? "", { cohort: "region" }, "試験");
    await publish();
    expect(await currentManifest(region.store.db, one)).toBeNull();
    expect(await shardByName(region.store.db, toBase64Url(before.shards[0]?.name ?? new Uint8Array(0)), one)).toBeNull();
    await changeSite(region.deps, sites[0] ?? "", { cohort: one }, "試験");
    await publish();
    expect((await manifest(one)).seq).toBe(before.seq + 1);
    expect((await manifest(one)).epoch).not.toBe(before.epoch);
    expect(await peopleOf(one)).toEqual([1, 11].map(refOf));
  });

  test("that nobody could belong to are refused, and the region's stays everybody's", async () => {
    const nobody = { name: "空", everybody: false, facilities: [], areas: [" "], rotateDays: 0 };
    await expect(setCohort(region.deps, null, nobody, "試験")).rejects.toMatchObject({ code: "bad-request" });
    await expect(setCohort(region.deps, "region", { ...nobody, facilities: ["1"] }, "試験")).rejects.toMatchObject({ code: "bad-request" });
    await expect(setCohort(region.deps, "nobody", { ...nobody, everybody: true }, "試験")).rejects.toMatchObject({
      code: "cohort-unknown",
    });
  });
});

describe("a rotation", () => {
  test("gives one cohort a new epoch, index and ring; the other cohorts and every pack stay", async () => {
    const { one, two } = await threeCohorts();
    await publish();
    const before = await Promise.all([manifest("region"), manifest(one), manifest(two)]);
    await rotateFor(region.deps, { cohort: one, why: "operator", by: "試験" });
    // Cohorts of the same millisecond come in any order.
    const rekeyed = (await rekey(region.store, region.clock)).map(({ cohort, changed }) => [cohort, changed] as const);
    expect(new Map(rekeyed)).toEqual(
      new Map([
        ["region", false],
        [one, true],
        [two, false],
      ]),
    );
    const after = await manifest(one);
    expect(after.bundles).toEqual(before[1]?.bundles);
    expect(after.epoch).toBeGreaterThan(Math.max(...before.map(({ epoch }) => epoch)));
    expect(await peopleOf(one)).toEqual([1, 11].map(refOf));
    expect(await rotations(region.store.db, 10)).toMatchObject([
      { cohort: one, why: "operator", epoch: after.epoch, done: region.clock.time },
    ]);
  });

  test("keeps the key of the past nowhere once the new one is in force", async () => {
    await publish();
    const old = toBase64Url((await epochNumbered(region.deps.keys, "region", 1)).key);
    await rotateFor(region.deps, { why: "operator", by: "試験" });
    await rekey(region.store, region.clock);
    expect(readFileSync(join(region.store.dataDir, "keys", "epoch-region.json"), "utf8")).not.toContain(old);
  });

  test.each(["bundling", "manifest"] as const)(
    "killed while %s leaves the old epoch in force, and is carried out by the next publication",
    async (phase) => {
      await publish();
      const before = await manifest();
      await rotateFor(region.deps, { why: "device-revoked", by: "試験" });
      const killed = publishAll(region.store, region.deps.keys, region.clock, (now) => {
        if (now === phase) throw new Error("killed");
      });
      await expect(killed).rejects.toThrow("killed");
      expect(await manifest()).toEqual(before);
      expect(await peopleOf("region")).toEqual(everybody.map(refOf));
      expect(await pendingRotations(region.store.db)).toHaveLength(1);
      await rekeyWanted(region.store, region.clock);
      expect((await manifest()).epoch).toBeGreaterThan(before.epoch);
      expect(await peopleOf("region")).toEqual(everybody.map(refOf));
      expect(await pendingRotations(region.store.db)).toEqual([]);
    },
  );

  test("by schedule comes when its days have passed, once", async () => {
    const details = { name: "地域全体", everybody: true, facilities: [], areas: [], rotateDays: 30 };
    await setCohort(region.deps, "region", details, "試験");
    await publish();
    const { epoch } = await manifest();
    region.clock.time += 29 * 86_400_000;
    expect(await rekeyWanted(region.store, region.clock)).toBeNull();
    region.clock.time += 86_400_000;
    await rekeyWanted(region.store, region.clock);
    expect((await manifest()).epoch).toBeGreaterThan(epoch);
    expect(await rekeyWanted(region.store, region.clock)).toBeNull();
  });

  test("follows the end of a disaster in the cohorts of its area, once, whether it was ended or ended by itself", async () => {
    const { one, sites } = await threeCohorts();
    await publish();
    const before = [await manifest(one), await manifest()];
    await declareDisaster(region.deps, { sites: [sites[0] ?? ""], hours: 2, words: "試験地震" }, "試験");
    expect(await rekeyWanted(region.store, region.clock)).toBeNull();
    region.clock.time += 2 * 3_600_000;
    await rekeyWanted(region.store, region.clock);
    expect((await manifest(one)).epoch).toBeGreaterThan(before[0]?.epoch ?? 0);
    expect((await manifest()).epoch).toBe(before[1]?.epoch);
    expect((await rotations(region.store.db, 1))[0]).toMatchObject({ cohort: one, why: "after-disaster" });
    expect(await rekeyWanted(region.store, region.clock)).toBeNull();
  });

  test("waits while another process writes", async () => {
    await rotateFor(region.deps, { why: "operator", by: "試験" });
    const lock = await region.store.lock();
    expect(await rekeyWanted(region.store, region.clock)).toBeNull();
    await lock.release();
    expect(await rekeyWanted(region.store, region.clock)).not.toBeNull();
  });
});
