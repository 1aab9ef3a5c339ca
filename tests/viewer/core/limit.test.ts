import { expect, test } from "vitest";
import type { Core } from "../../../src/viewer/app/core.ts";
import { letGo } from "../../../src/viewer/journal/keeping.ts";
import { ending } from "./device.ts";
import { lockedDown, type Place, passkey, person, restarted } from "./locked-down.ts";

const minute = 60_000;
const opens = (core: Core, place: Place, i: number) => ending(core.breakGlass(person(place, i), "unconscious"));

/** Two people opened under a limit of two. */
async function full(...others: readonly string[]): Promise<Place> {
  const place = await lockedDown({ hourlyLimit: 2 }, { others: others.map((id) => [id, passkey] as const) });
  for (const i of [0, 1]) expect(await opens(place.core, place, i)).toBe("resolved");
  return place;
}

test("the third person within the hour needs a second person; whoever was opened opens again, and the next hour is free", async () => {
  const place = await full();
  expect(await opens(place.core, place, 2)).toBe("second-person-needed");
  expect(place.core.mayOpen(person(place, 2), "strip", "unconscious", "")).toBe("second-person-needed");
  expect(await opens(place.core, place, 1)).toBe("resolved");
  place.device.skew += 61 * minute;
  place.device.runs += 61 * minute;
  expect(await opens(place.core, place, 2)).toBe("resolved");
});

test("a restart does not forget the hour, and still knows who was opened", async () => {
  const place = await full();
  await place.core.lock();
  const next = await restarted(place);
  expect(await opens(next, place, 2)).toBe("second-person-needed");
  expect(await opens(next, place, 0)).toBe("resolved");
});

test("a page that was killed without a lock does not forget it either", async () => {
  const place = await full();
  expect(await opens(await restarted(place), place, 2)).toBe("second-person-needed");
});

test("two pages share one hour: what one has opened, the other counts before it writes", async () => {
  const place = await lockedDown({ hourlyLimit: 2 });
  const second = await restarted(place);
  expect(await opens(place.core, place, 0)).toBe("resolved");
  expect(await opens(second, place, 1)).toBe("resolved");
  expect(await opens(place.core, place, 2)).toBe("second-person-needed");
  expect(await opens(second, place, 2)).toBe("second-person-needed");
});

test("a clock set back an hour, with a restart or without, opens nobody more", async () => {
  const place = await full();
  place.device.skew -= 90 * minute;
  expect(await opens(place.core, place, 2)).toBe("second-person-needed");
  expect(await opens(await restarted(place), place, 2)).toBe("second-person-needed");
});

test("a clock set ahead on a running page opens nobody more", async () => {
  const place = await full();
  place.device.skew += 90 * minute;
  expect(await opens(place.core, place, 2)).toBe("second-person-needed");
});

test("another member has an hour of their own", async () => {
  const place = await full("dr2");
  await place.core.lock();
  const next = await place.device.start();
  await next.unlock("dr2", passkey);
  expect(await opens(next, place, 2)).toBe("resolved");
});

test("a mark taken from its row, or copied beside another opening, counts as one person more, never as one less", async () => {
  const place = await full();
  await place.core.lock();
  const journal = place.device.journal();
  const marked = await journal.entries.filter(({ mark }) => mark !== undefined).toArray();
  expect(marked).toHaveLength(2);
  const [first, second] = marked;
  if (!first?.mark || !second) throw new Error("no marks");
  await journal.entries.put({ ...second, mark: first.mark });
  const copied = await restarted(place);
  expect(await opens(copied, place, 2)).toBe("second-person-needed");
  await copied.lock();
  for (const { mark: _, ...row } of marked) await journal.entries.put(row);
  const bare = await restarted(place);
  expect(await opens(bare, place, 2)).toBe("second-person-needed");
  expect(await opens(bare, place, 0)).toBe("second-person-needed");
});

test("the disk does not say whom this device has opened", async () => {
  const place = await full();
  const rows = await place.device.journal().entries.toArray();
  const bytes = Buffer.concat(rows.flatMap(({ bytes: entry, mark }) => [entry, mark ?? new Uint8Array(0)]));
  for (const { personRef } of place.hits) {
    expect(bytes.includes(personRef)).toBe(false);
    expect(bytes.includes(Buffer.from(personRef, "base64url"))).toBe(false);
  }
});

test("a second person opens the way for that person, and the limit stays", async () => {
  const place = await full("dr2");
  await place.core.approve("dr2", passkey, { hit: person(place, 2), parts: ["strip"] });
  expect(await opens(place.core, place, 2)).toBe("resolved");
  expect(await opens(place.core, place, 3)).toBe("second-person-needed");
  expect(place.core.status().staff?.id).toBe("dr1");
});

test("what a backup lets the device drop does not include the openings of the hour", async () => {
  const place = await full();
  await place.core.sync();
  const journal = place.device.journal();
  const [chain] = await journal.chains.toArray();
  const last = await journal.entries.toCollection().last();
  if (!chain || !last) throw new Error("no journal");
  await journal.proofs.put({ chain: chain.chain, seq: last.seq, generation: 0, index: last.seq });
  const before = await journal.entries.count();
  expect(await letGo(journal, { generation: 0, size: last.seq + 1 })).toBeGreaterThan(0);
  expect(await journal.entries.count()).toBeLessThan(before);
  expect(await opens(await restarted(place), place, 2)).toBe("second-person-needed");
});
