import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentManifest, publishCohort, removePerson, sealPerson, shardByName } from "../../../src/hub/publish/index.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { openManifest } from "../../../src/shared/protocol/manifest.ts";
import { dialects, testStores } from "../store/open.ts";
import { clockAt, newHub, person, refOf, type TestHub } from "./fixture.ts";
import { testRules } from "./rules.ts";

const stores = testStores();

describe.each(dialects)("publishing on %s", (dialect) => {
  const hubOn = async (): Promise<TestHub> => {
    const place = await stores.place(dialect);
    return newHub(place.dataDir, place.databaseUrl);
  };
  const sealAll = async ({ store, secrets }: TestHub, count: number) =>
    store.db.transaction().execute(async (tx) => {
      for (let i = 0; i < count; i++) await sealPerson(tx, secrets, person(i));
    });
  const publish = ({ store, secrets }: TestHub, stopAt?: string) =>
    publishCohort(store.db, secrets, {
      clock: clockAt(1),
      rules: testRules,
      onPhase: (phase) => {
        if (phase === stopAt) throw new Error("killed");
      },
    });
  const manifestOf = async ({ store, secrets }: TestHub) =>
    openManifest(Uint8Array.from((await currentManifest(store.db))?.bytes ?? []), secrets.publicKeys);

  it("seals, publishes, changes and removes alike", async () => {
    const hub = await hubOn();
    await sealAll(hub, 12);
    expect(await publish(hub)).toMatchObject({ sealed: 36, people: 12, seq: 1 });
    expect(await publish(hub)).toMatchObject({ changed: false, seq: 1 });
    expect(await sealPerson(hub.store.db, hub.secrets, person(3, { drug: "アスピリン" }))).toMatchObject({ sealed: 3 });
    expect(await removePerson(hub.store.db, refOf(4))).toBe(3);
    expect(await publish(hub)).toMatchObject({ sealed: 3, kept: 30, removed: 6, people: 11, seq: 2 });
    const [shard] = (await manifestOf(hub)).shards;
    expect((await shardByName(hub.store.db, toBase64Url(shard?.name ?? new Uint8Array(0))))?.length).toBe(shard?.bytes);
    await hub.store.close();
  });

  it.each(["bundling", "manifest"])(
    "stopped at %s leaves the manifest before in force with all it names; a rerun completes",
    async (phase) => {
      const hub = await hubOn();
      await sealAll(hub, 6);
      await publish(hub);
      const before = await manifestOf(hub);
      await sealPerson(hub.store.db, hub.secrets, person(3, { drug: "アスピリン" }));
      await expect(publish(hub, phase)).rejects.toThrow("killed");
      expect(await manifestOf(hub)).toEqual(before);
      expect(readdirSync(join(hub.folder, "bundles"))).toEqual(expect.arrayContaining(before.bundles.map(({ name }) => toBase64Url(name))));
      expect(await publish(hub)).toMatchObject({ seq: 2, sealed: 3 });
      await hub.store.close();
    },
  );

  it("a person whose transaction fails is sealed as before, whole", async () => {
    const hub = await hubOn();
    await sealAll(hub, 2);
    await publish(hub);
    const failing = hub.store.db.transaction().execute(async (tx) => {
      await sealPerson(tx, hub.secrets, person(0, { drug: "アスピリン" }));
      throw new Error("killed");
    });
    await expect(failing).rejects.toThrow("killed");
    expect(await publish(hub)).toMatchObject({ changed: false, kept: 6 });
    await hub.store.close();
  });
});
