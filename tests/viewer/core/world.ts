/** What the model-based test does to a device, and what must hold after each step; see model.test.ts. */
import { expect } from "vitest";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { faults } from "../../msw/handlers.ts";
import { revoke } from "../../msw/hub.ts";
import { ending, type TestDevice } from "./device.ts";
import { day, hour, passkey, quickWard, rowsIn, type Ward } from "./quick.ts";

/** What is known of the device without asking it. */
export interface World {
  readonly ward: Ward;
  core: Core;
  online: boolean;
  /** ms since the start, as they truly passed; ms by which the device's clock is wrong. */
  true: number;
  wrong: number;
  /** True ms at the last lease, and at the last time the hub signed anything. */
  leased: number;
  signed: number;
  /** The latest that it can have been by the device's clock since the last lease or confirmed date, ms since the start. */
  shown: number;
  /** By how much the clock was ahead when the hub or two members last said what time it is. */
  forgiven: number;
  /** Running ms since the last lease. */
  ran: number;
  epoch: number;
  people: number;
  revoked: boolean;
  minutes: (() => void)[];
  /** base64 of every entry that ever was on the disk. */
  readonly written: Set<string>;
  /** What the lease was seen as, and whether a confirmed date opened anything: a model that never gets anywhere proves nothing. */
  readonly seen: Set<string>;
}

const LEASE = 30 * day;

export async function newWorld(): Promise<World> {
  const ward = await quickWard({ people: 3 });
  const base = Date.now();
  const world: World = {
    ward,
    core: ward.core,
    online: true,
    true: 0,
    wrong: 0,
    leased: 0,
    signed: 0,
    shown: 0,
    forgiven: 0,
    ran: 0,
    epoch: 1,
    people: 3,
    revoked: false,
    minutes: [],
    written: new Set(),
    seen: new Set(),
  };
  ward.hub.now = () => base + world.true;
  const every: TestDevice["deps"]["every"] = (ms, work) => {
    if (ms === 60_000) world.minutes.push(work);
    return () => undefined;
  };
  const clock = { now: () => base + world.true + world.wrong, monotonic: () => world.ran + performance.now() };
  Object.assign(ward.device.deps, { every, clock });
  await restart(world);
  await sync(world);
  return world;
}

/** A page that is killed; the next one starts. */
export async function restart(world: World): Promise<void> {
  await minute(world);
  world.minutes = [];
  world.core = await world.ward.device.start();
}

export async function sync(world: World): Promise<void> {
  const { hub, device } = world.ward;
  device.faults = world.online ? [] : [faults.gone("/")];
  const before = hub.leaseSeq;
  await ending(world.core.sync());
  if (world.online && world.core.status().phase !== "wiped" && world.core.status().phase !== "blank") world.signed = world.true;
  if (hub.leaseSeq > before) {
    world.leased = world.true;
    settled(world);
    world.ran = 0;
  }
}

/** Somebody who knows said what time it is. */
function settled(world: World): void {
  world.shown = world.true;
  world.forgiven = Math.max(0, world.wrong);
}

export async function minute(world: World): Promise<void> {
  for (const work of world.minutes) work();
  await new Promise((done) => setTimeout(done, 15));
}

/** Time passes, for a device that runs or one that is switched off. */
export async function pass(world: World, ms: number, running: boolean): Promise<void> {
  world.true += ms;
  if (running) world.ran += ms;
  await minute(world);
}

export async function publish(world: World, rotates: boolean): Promise<void> {
  if (rotates) world.epoch += 1;
  world.people += 1;
  await world.ward.hub.publish({ people: world.people, epoch: world.epoch });
}

export async function order(world: World): Promise<void> {
  if (world.revoked) return;
  world.revoked = true;
  await revoke(world.ward.hub);
}

export const unlock = (world: World): Promise<string> => ending(world.core.unlock("dr1", passkey));

/** Both members say what day it truly is. */
export async function confirm(world: World): Promise<void> {
  if (world.core.status().phase === "locked") await unlock(world);
  const at = new Date(Date.now() + world.true);
  const date = [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
  if ((await ending(world.core.confirmDate(date, { staffId: "dr2", credential: passkey }))) === "resolved") {
    settled(world);
    world.seen.add("confirmed");
  }
}

/** Tries to open somebody; what opened must have been allowed. */
export async function open(world: World): Promise<boolean> {
  const found = await Promise.resolve()
    .then(() => world.core.search("試験"))
    .catch(() => []);
  const [hit] = found;
  if (!hit) return false;
  const grant = await world.core.breakGlass(hit, "unconscious").catch(() => null);
  if (!grant) return false;
  await world.core.openStrip(grant);
  // By every clock that is known outside the device: its own since the last lease or confirmed date, and running time alone.
  // A confirmed date is good to the day.
  expect(world.shown - world.leased).toBeLessThanOrEqual(LEASE + day);
  await world.core.endGrant(grant);
  return true;
}

/** After every step. */
export async function holds(world: World): Promise<void> {
  if (world.wrong >= world.forgiven) world.shown = Math.max(world.shown, world.true + world.wrong - world.forgiven);
  const journal = world.ward.device.journal();
  for (const { bytes } of await journal.entries.toArray()) world.written.add(Buffer.from(bytes).toString("base64"));
  journal.close();
  const rows = await rowsIn(world.ward.device);
  const { phase, wipe, leaseState } = world.core.status();
  world.seen.add(leaseState);
  if (wipe !== null) {
    // After a wipe nothing opens.
    expect([world.revoked, await unlock(world)]).not.toEqual([true, "resolved"]);
    for (const table of ["packs", "rings", "shards", "slots", "members", "wrapped"]) expect([table, rows[table]]).toEqual([table, 0]);
    return;
  }
  expect(["locked", "unlocked"]).toContain(phase);
  // Neither a clock alone nor being switched off destroys anything.
  const certain = world.signed - world.leased > LEASE || world.ran >= 71 * hour;
  if (!certain) expect([rows.rings, rows.packs]).toEqual([3, expect.any(Number)]);
  if (!certain) expect(rows.shards).toBeGreaterThan(0);
  expect(rows.packs).toBeGreaterThan(0);
}

/** In the end, reached again and with a right clock: everything that was ever written is at the hub, in chains without a gap. */
export async function ends(world: World): Promise<void> {
  world.online = true;
  world.wrong = 0;
  await restart(world);
  await holds(world);
  for (let tries = 0; tries < 3; tries++) await sync(world);
  const home = new Set(world.ward.hub.entries.map((bytes) => Buffer.from(bytes).toString("base64")));
  expect([...world.written].filter((entry) => !home.has(entry))).toEqual([]);
  const entries = await Promise.all(world.ward.hub.entries.map(parseEntry));
  expect(entries.map(({ header }) => header.seq)).toEqual(entries.map((_, i) => i + 1));
  if (world.revoked) {
    expect(world.core.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
    expect(entries.at(-1)?.header.kind).toBe("wipe");
    return;
  }
  if (world.core.status().phase === "locked") expect(await unlock(world)).toBe("resolved");
  expect(await open(world)).toBe(true);
}
