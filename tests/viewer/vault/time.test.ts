import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { makeTrustedTime, type TrustedTime } from "../../../src/viewer/vault/time.ts";

const day = 86_400_000;
const hour = 3_600_000;
const start = Date.UTC(2026, 10, 20, 1);

/** A device whose clock, running time and restarts are the test's. */
function tablet() {
  const db = new VaultDb(`vault-${crypto.randomUUID()}`);
  const clock = { wall: start, run: 0, now: () => clock.wall, monotonic: () => clock.run };
  const boot = async (): Promise<TrustedTime> => {
    clock.run = 0;
    return makeTrustedTime(db, clock, await db.facts.toArray());
  };
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.run += ms;
  };
  return { db, clock, boot, pass };
}

test("a clock set back takes nothing back, over a restart either, and goes on from where it was", async () => {
  const { clock, boot, pass } = tablet();
  const time = await boot();
  await time.heard(start, true);
  pass(3 * day);
  await time.keep();
  clock.wall -= 400 * day;
  expect(time.now()).toBe(start + 3 * day);
  const next = await boot();
  expect(next.now()).toBe(start + 3 * day);
  pass(2 * hour);
  expect(next.now()).toBe(start + 3 * day + 2 * hour);
});

test("the hub's signed time is never undercut, and only a new lease takes back a date that was too far ahead", async () => {
  const { clock, boot } = tablet();
  const time = await boot();
  clock.wall = start + 900 * day;
  expect(time.now()).toBe(start + 900 * day);
  await time.heard(start + hour, false);
  expect(time.now()).toBe(start + 900 * day);
  await time.heard(start + hour, true);
  expect(time.now()).toBe(start + hour);
  // The wrong clock is not believed again, nor when the page starts anew; only its going on counts.
  const next = await boot();
  clock.wall += 2 * hour;
  expect(next.now()).toBe(start + 3 * hour);
});

test("a clock that was wrong and is put right is believed again", async () => {
  const { clock, boot } = tablet();
  const time = await boot();
  clock.wall = start + 900 * day;
  await time.heard(start, true);
  clock.wall = start + 4 * day;
  expect(time.now()).toBe(start + 4 * day);
});

test("a date that two members confirm counts from the hub's last word on, never before it and never ahead of the clock", async () => {
  const { clock, boot, pass } = tablet();
  const time = await boot();
  await time.heard(start, true);
  pass(5 * hour);
  clock.wall += 60 * day;
  const refused = [start - day, start + 5 * hour - day - 1, start + 61 * day];
  for (const at of refused) expect([at, await time.confirm(at).then(() => "taken", codeOf)]).toEqual([at, "clock-date-refused"]);
  await time.confirm(start + day);
  expect(time.now()).toBe(start + day);
  pass(hour);
  expect(time.now()).toBe(start + day + hour);
  // What was confirmed is the least it can be: nobody confirms the same day for ever.
  clock.wall += 60 * day;
  expect(await time.confirm(start - hour).then(() => "taken", codeOf)).toBe("clock-date-refused");
  await time.confirm(start + day);
  expect([time.now(), time.floor()]).toEqual([start + day + hour, start + day + hour]);
  expect((await boot()).floor()).toBe(start + day + hour);
});

test("hours in doubt are running hours: counted over restarts, not while switched off, kept by a confirmed date, ended by the hub", async () => {
  const { clock, boot, pass } = tablet();
  let time = await boot();
  await time.heard(start, true);
  time.until(start + 30 * day);
  clock.wall += 31 * day;
  time.now();
  pass(10 * hour);
  await time.keep();
  expect(time.reading().doubted).toBe(10 * hour);
  clock.wall += 50 * day;
  time = await boot();
  time.until(start + 30 * day);
  // A page that was killed is charged with the minute that it may not have written down.
  expect(time.reading().doubted).toBe(10 * hour + 60_000);
  pass(hour);
  expect(time.reading().doubted).toBe(11 * hour + 60_000);
  await time.confirm(start + 2 * day);
  pass(5 * hour);
  expect(time.reading().doubted).toBe(11 * hour + 60_000);
  await time.heard(start + 3 * day, true);
  expect(time.reading().doubted).toBe(0);
});

test("two pages of one device keep one time: neither takes back what the other knows for certain, or undoes what was settled", async () => {
  const { clock, boot, pass } = tablet();
  const [one, two] = [await boot(), await boot()];
  await one.heard(start + 40 * day, false);
  await two.keep();
  expect((await boot()).reading()).toMatchObject({ trusted: start + 40 * day, signed: start + 40 * day });
  // A lease settles on one page what the other still believes.
  clock.wall += 400 * day;
  await two.keep();
  await one.heard(start + 41 * day, true);
  await two.keep();
  expect([one.now(), two.now(), (await boot()).now()]).toEqual([start + 41 * day, start + 41 * day, start + 41 * day]);
  pass(hour);
  expect(two.now()).toBe(start + 41 * day + hour);
});

test("the unsigned time of a ping serves the display alone", async () => {
  const { boot } = tablet();
  const time = await boot();
  await time.heard(start, true);
  await time.contact(start + 400 * day);
  expect([time.now(), time.reading().signed, time.clock()]).toEqual([start, start, "behind"]);
});
