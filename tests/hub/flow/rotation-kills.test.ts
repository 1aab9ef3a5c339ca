import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishAll, rekeyWanted } from "../../../src/hub/flow/epochs.ts";
import { setCohort } from "../../../src/hub/people/cohorts.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { epochNumbered } from "../../../src/hub/publish/epoch.ts";
import { currentManifest, openKeys, ringByName, shardByName } from "../../../src/hub/publish/index.ts";
import { openStore, type Store } from "../../../src/hub/store/store.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { epochKeys, packKinds } from "../../../src/shared/crypto/derive.ts";
import { openRing } from "../../../src/shared/pack/ring.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import { openManifest } from "../../../src/shared/protocol/manifest.ts";
import { facilityOf, sealPeople } from "../routes/people.ts";
import { testRegion } from "../routes/region.ts";

const rounds = process.env.TOMOSHIBI_LONG === "1" ? 40 : 7;
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-rotation-"));
const base = join(folder, "base");
let cohort: string;

beforeAll(async () => {
  const store = await openStore({ dataDir: base, databaseUrl: null });
  const region = await testRegion(store);
  await sealPeople(region, [1, 2, 3, 4, 11, 12]);
  const words = { name: "一", everybody: false, facilities: [facilityOf(1)], areas: [], rotateDays: 0 };
  cohort = (await setCohort(region.deps, null, words, "試験")).id;
  await addSite(region.deps, "一の病院", { cohort });
  await publishAll(store, region.deps.keys, region.clock);
  await store.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file that the manifests in force name opens with the key that a lease would carry. Returns the epochs. */
async function whole(store: Store, dataDir: string): Promise<readonly number[]> {
  const secrets = await openKeys(dataDir);
  const epochs: number[] = [];
  for (const id of ["region", cohort]) {
    const current = await currentManifest(store.db, id);
    if (current === null) throw new Error("nothing is in force");
    const { shards, rings, epoch } = await openManifest(Uint8Array.from(current.bytes), secrets.publicKeys);
    const keys = await epochKeys((await epochNumbered(secrets, id, current.epoch)).key);
    const scope = { hubId: secrets.hub, cohort: id, epoch };
    const none = new Uint8Array(0);
    for (const { name } of shards) await openShard((await shardByName(store.db, toBase64Url(name), id)) ?? none, keys, scope);
    for (const kind of packKinds)
      for (const { name } of rings[kind]) await openRing(kind, (await ringByName(store.db, toBase64Url(name), id)) ?? none, keys, scope);
    epochs.push(epoch);
  }
  return epochs;
}

/** The step that the process had last said when it was killed, `ms` after it said `at`. */
function killed(dataDir: string, at: string, ms: number): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "rotating.ts"), dataDir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (said.includes(`${at}\n`)) setTimeout(() => child.kill("SIGKILL"), ms);
    });
    child.once("error", failed);
    child.once("exit", () => done(said.trim().split("\n").at(-1) ?? ""));
  });
}

test("a process that is killed while it renews epoch keys leaves each cohort's old key or its new one, and the next run ends it", async () => {
  const steps = new Set<string>();
  for (let i = 0; i < rounds; i++) {
    const dataDir = join(folder, `kill-${i}`);
    cpSync(base, dataDir, { recursive: true });
    steps.add(await killed(dataDir, ["ordering", "bundling", "manifest"][i % 3] ?? "", Math.floor(i / 3) * 9));
    const store = await openStore({ dataDir, databaseUrl: null });
    const before = await whole(store, dataDir);
    await rekeyWanted(store, systemClock);
    const after = await whole(store, dataDir);
    expect(after.every((epoch, at) => epoch >= (before[at] ?? 0))).toBe(true);
    expect(await rekeyWanted(store, systemClock)).toBeNull();
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  expect(steps.size).toBeGreaterThan(1);
}, 600_000);
