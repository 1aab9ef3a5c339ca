import { expect, test } from "vitest";
import type { Core } from "../../../src/viewer/app/core.ts";
import { lockedDown, type Place, passkey, person, restarted } from "./locked-down.ts";

const hour = 3_600_000;
const open = async (core: Core, place: Place, i: number) => core.endGrant(await core.breakGlass(person(place, i), "unconscious"));
const recent = async (core: Core) => (await core.recentPeople()).map(({ hit }) => hit.personRef);
const refs = (place: Place, ...indexes: readonly number[]) => indexes.map((i) => person(place, i).personRef);
const pass = (place: Place, ms: number) => {
  place.device.skew += ms;
  place.device.runs += ms;
};

test("whom this member opened in the shift, each once, the last first, over a restart", async () => {
  const place = await lockedDown({});
  expect(await recent(place.core)).toEqual([]);
  for (const i of [0, 1, 2, 0]) {
    await open(place.core, place, i);
    pass(place, 60_000);
  }
  expect(await recent(place.core)).toEqual(refs(place, 0, 2, 1));
  expect(await recent(await restarted(place))).toEqual(refs(place, 0, 2, 1));
});

test("nobody of before the shift, and nobody that a colleague opened", async () => {
  const place = await lockedDown({}, { others: [["dr2", passkey]] });
  await open(place.core, place, 0);
  pass(place, 11 * hour);
  await open(place.core, place, 1);
  expect(await recent(place.core)).toEqual(refs(place, 1, 0));
  pass(place, 2 * hour);
  expect(await recent(place.core)).toEqual(refs(place, 1));
  await place.core.lock();
  const next = await restarted(place);
  await next.lock();
  await next.unlock("dr2", passkey);
  expect(await recent(next)).toEqual([]);
});

test("nothing is told before somebody has unlocked", async () => {
  const place = await lockedDown({});
  await open(place.core, place, 0);
  await place.core.lock();
  await expect(place.core.recentPeople()).rejects.toMatchObject({ code: "not-unlocked" });
});
