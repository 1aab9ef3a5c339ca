import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  bundlePath,
  currentManifest,
  epochOf,
  packByName,
  publishCohort,
  removePerson,
  ringByName,
  rotateEpoch,
  sealPerson,
  shardByName,
} from "../../../src/hub/publish/index.ts";
import { fromBase64Url, fromUtf8, toBase64Url } from "../../../src/shared/bytes.ts";
import { epochKeys } from "../../../src/shared/crypto/derive.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { splitBundle } from "../../../src/shared/pack/bundle.ts";
import { openPackBytes } from "../../../src/shared/pack/open.ts";
import { keyInRing, openRing, ringPartFor } from "../../../src/shared/pack/ring.ts";
import { parseRow } from "../../../src/shared/pack/row.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import { type Manifest, openManifest } from "../../../src/shared/protocol/manifest.ts";
import { clockAt, newHub, person, refOf, type TestHub } from "./fixture.ts";
import { testRules } from "./rules.ts";

let hub: TestHub;
beforeEach(async () => {
  hub = await newHub();
});
afterEach(async () => {
  await hub.store.close();
  rmSync(hub.folder, { recursive: true });
});

const publish = (at = 1_000) => publishCohort(hub.store.db, hub.secrets, { clock: clockAt(at), rules: testRules });
const seal = (one: ReturnType<typeof person>) => sealPerson(hub.store.db, hub.secrets, one);
const sealMany = async (count: number, size = 0) => {
  await hub.store.db.transaction().execute(async (tx) => {
    for (let i = 0; i < count; i++) await sealPerson(tx, hub.secrets, person(i, { size }));
  });
};
async function manifest(): Promise<Manifest> {
  const current = await currentManifest(hub.store.db);
  if (current === null) throw new Error("nothing published");
  return openManifest(Uint8Array.from(current.bytes), hub.secrets.publicKeys);
}
const bundleFiles = () => readdirSync(join(hub.folder, "bundles")).sort();
const namesOf = (list: readonly { readonly name: Uint8Array }[]) => list.map(({ name }) => toBase64Url(name));

/** What a device does with what was published, for one person. */
async function openAll(ref: string): Promise<string[]> {
  const signed = await manifest();
  const { key, epoch } = await epochOf(hub.secrets, "region");
  const keys = await epochKeys(key);
  const scope = { hubId: hub.secrets.hub, cohort: "region", epoch };
  const texts = await Promise.all(
    namesOf(signed.shards).map(async (name) =>
      fromUtf8(await openShard((await shardByName(hub.store.db, name)) ?? new Uint8Array(0), keys, scope)),
    ),
  );
  const line = texts.flatMap((text) => text.split("\n")).find((each) => each.includes(ref));
  const row = parseRow(line?.split("\t")[1] ?? "");
  const packs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const bundle of signed.bundles) {
    const bytes = Uint8Array.from(readFileSync(bundlePath(hub.folder, toBase64Url(bundle.name))));
    for (const pack of await splitBundle(bytes, bundle)) packs.set(toBase64Url(pack.name), pack.bytes);
  }
  const kinds = ["strip", "rest", "protected"] as const;
  return Promise.all(
    kinds.map(async (kind, i) => {
      const name = fromBase64Url(row.p[i] ?? "") ?? new Uint8Array(0);
      const parts = signed.rings[kind];
      const part = parts[ringPartFor(parts, name)];
      const ring = await openRing(kind, (await ringByName(hub.store.db, toBase64Url(part?.name ?? name))) ?? name, keys, scope);
      const owner = { kind, hubId: hub.secrets.hub, personRef: fromBase64Url(ref) ?? name };
      return fromUtf8(await openPackBytes(packs.get(toBase64Url(name)) ?? name, { ...owner, name, key: keyInRing(ring, name) }));
    }),
  );
}

describe("what is published", () => {
  it("leads a device from the manifest to the text of every part of a person", async () => {
    await sealMany(40);
    const done = await publish();
    expect(done).toMatchObject({ sealed: 120, kept: 0, removed: 0, people: 40, seq: 1, changed: true, rings: 3 });
    expect((await openAll(refOf(7))).map((text) => JSON.parse(text).kind)).toEqual(["strip", "rest", "protected"]);
    const signed = await manifest();
    const name = toBase64Url(signed.bundles[0]?.packs.slice(0, 32) ?? new Uint8Array(0));
    expect((await packByName(hub.store.db, name))?.length).toBe(signed.bundles[0]?.lengths[0]);
    expect(await packByName(hub.store.db, toBase64Url(new Uint8Array(32)))).toBeNull();
  });

  it("of nobody is a manifest without packs", async () => {
    expect(await currentManifest(hub.store.db)).toBeNull();
    expect(await publish()).toMatchObject({ people: 0, seq: 1, shards: 0, bundles: { written: 0 } });
    expect((await manifest()).bundles).toEqual([]);
  });

  it("refuses a file name that is no content name", () => {
    for (const name of ["../hub.sqlite", "", "x", `${"A".repeat(42)}/`, `${"A".repeat(42)}B`]) {
      expect(() => bundlePath(hub.folder, name)).toThrow(expect.objectContaining({ code: "not-found" }));
    }
  });
});

describe("running again", () => {
  it("changes nothing when nothing changed: no reseal, no file touched, no new manifest", async () => {
    await sealMany(20);
    await publish();
    const before = await currentManifest(hub.store.db);
    expect(await seal(person(3))).toEqual({ sealed: 0, kept: 3, removed: 0 });
    expect(await publish(2_000)).toMatchObject({ sealed: 0, kept: 60, seq: 1, changed: false, bundles: { written: 0 } });
    expect(await currentManifest(hub.store.db)).toEqual(before);
  });

  it("reseals the changed parts of the changed person only, and links the manifests", async () => {
    await sealMany(20);
    await publish();
    const first = await currentManifest(hub.store.db);
    const changed = person(3);
    expect(await seal({ ...changed, parts: { ...changed.parts, rest: person(3, { drug: "クロピドグレル" }).parts.rest } })).toEqual({
      sealed: 1,
      kept: 2,
      removed: 0,
    });
    expect(await publish()).toMatchObject({ sealed: 1, kept: 59, removed: 1, seq: 2 });
    expect(toBase64Url((await manifest()).prev)).toBe(first?.name);
  });

  it("takes out a part, and a person, who are no more", async () => {
    await sealMany(5);
    await publish();
    expect(await seal(person(1, { guarded: false }))).toEqual({ sealed: 0, kept: 2, removed: 1 });
    expect(await removePerson(hub.store.db, refOf(2))).toBe(3);
    expect(await publish()).toMatchObject({ people: 4, removed: 4, kept: 11 });
    await expect(openAll(refOf(2))).rejects.toMatchObject({ code: "shard-malformed" });
  });

  it("after a new sealing generation reseals everything", async () => {
    await sealMany(3);
    const secrets = { ...hub.secrets, sealing: { ...hub.secrets.sealing, generation: 2 } };
    expect(await sealPerson(hub.store.db, secrets, person(0))).toEqual({ sealed: 3, kept: 0, removed: 0 });
  });

  it("after a new epoch sends index and ring anew, but no pack", async () => {
    await sealMany(10);
    await publish();
    const before = await manifest();
    const old = await epochKeys((await epochOf(hub.secrets, "region")).key);
    await rotateEpoch(hub.secrets, "region");
    expect(await publish()).toMatchObject({ sealed: 0, seq: 2, bundles: { written: 0 } });
    const after = await manifest();
    expect(namesOf(after.bundles)).toEqual(namesOf(before.bundles));
    expect(namesOf(after.shards)).not.toEqual(namesOf(before.shards));
    const shard = (await shardByName(hub.store.db, namesOf(after.shards)[0] ?? "")) ?? new Uint8Array(0);
    const opened = openShard(shard, old, { hubId: hub.secrets.hub, cohort: "region", epoch: 1 });
    expect(codeOf(await opened.catch((error: unknown) => error))).toBe("seal-open-failed");
    await openAll(refOf(1));
  });

  it("gives the same packs, shards and rings as an undisturbed run, after a half-done one and in another order", async () => {
    await sealMany(30);
    await publish();
    const undisturbed = await manifest();
    await removePerson(hub.store.db, refOf(4));
    await publish();
    mkdirSync(join(hub.folder, "bundles"), { recursive: true });
    writeFileSync(join(hub.folder, "bundles", "half.tmp"), "half");
    for (const file of bundleFiles()) if (file.length === 43) writeFileSync(join(hub.folder, "bundles", file), "cut");
    await seal(person(4));
    await publish();
    const again = await manifest();
    expect([again.shards, again.rings, again.bundles]).toEqual([undisturbed.shards, undisturbed.rings, undisturbed.bundles]);
    expect(bundleFiles()).not.toContain("half.tmp");
    await openAll(refOf(4));
  });
});

describe("a large region", () => {
  it("cuts bundles of 1 to 4 MB by content: one changed person rewrites one bundle, one shard and one or two ring parts", async () => {
    await sealMany(400, 12_000);
    const first = await publish();
    const before = await manifest();
    expect(before.bundles.length).toBeGreaterThan(2);
    for (const bundle of before.bundles.slice(0, -1)) {
      expect(bundle.bytes).toBeGreaterThanOrEqual(1024 * 1024);
      expect(bundle.bytes).toBeLessThanOrEqual(4 * 1024 * 1024);
    }
    await seal(person(11, { size: 12_000, drug: "アスピリン" }));
    expect(await publish()).toMatchObject({ sealed: 3, removed: 3, bundles: { written: 1, kept: first.bundles.written - 1 } });
    const after = await manifest();
    const fresh = (list: readonly string[], old: readonly string[]) => list.filter((name) => !old.includes(name)).length;
    expect(fresh(namesOf(after.shards), namesOf(before.shards))).toBe(1);
    expect(fresh(namesOf(after.rings.strip), namesOf(before.rings.strip))).toBe(1);
  });

  it("keeps the bundles, shards and rings of the manifest before, and sweeps older ones", async () => {
    await sealMany(3);
    const names: string[][] = [];
    const shards: string[] = [];
    for (const drug of ["一", "二", "三"]) {
      await seal(person(0, { drug }));
      await publish();
      const signed = await manifest();
      names.push(namesOf(signed.bundles));
      shards.push(namesOf(signed.shards)[0] ?? "");
    }
    expect(bundleFiles()).toEqual([...(names[1] ?? []), ...(names[2] ?? [])].sort());
    expect(await shardByName(hub.store.db, shards[0] ?? "")).toBeNull();
    expect((await shardByName(hub.store.db, shards[1] ?? ""))?.length).toBeGreaterThan(0);
    expect(await ringByName(hub.store.db, shards[1] ?? "")).toBeNull();
  });

  it("an hour after somebody went, the next publishing leaves no sealed copy and no key of theirs, though nothing has changed", async () => {
    await sealMany(3);
    await publish(1_000);
    const before = await manifest();
    await hub.store.db.transaction().execute((tx) => removePerson(tx, refOf(0)));
    await publish(2_000);
    expect(bundleFiles()).toEqual([...namesOf(before.bundles), ...namesOf((await manifest()).bundles)].sort());
    expect(await publish(2_000 + 3_600_000)).toMatchObject({ changed: false });
    expect(bundleFiles()).toEqual(namesOf((await manifest()).bundles));
    expect(await ringByName(hub.store.db, namesOf(before.rings.strip)[0] ?? "")).toBeNull();
    expect(await shardByName(hub.store.db, namesOf(before.shards)[0] ?? "")).toBeNull();
  });
});
