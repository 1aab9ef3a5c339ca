import { afterEach, beforeEach, expect, test } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Grant } from "../../../src/viewer/glass/grant.ts";
import type { Target } from "../../../src/viewer/glass/scene.ts";
import { ending, keyOf, makeRoom, type Room } from "./room.ts";

let room: Room;
let brought: string[];
beforeEach(async () => {
  room = await makeRoom();
  brought = [];
});
afterEach(() => room.db.delete());

const someone = () => room.someone;
const other = () => room.other;

test("what is open is printed, exported or handed over after an entry, and not at all when that cannot be written or the grant is over", async () => {
  const strip = await room.glass.breakGlass(someone(), "one");
  for (const use of ["print", "export", "handover"] as const) await room.glass.recordUse(strip, use, "the page");
  expect(room.entries.slice(1).map(({ kind, person }) => [kind, person])).toEqual(
    ["print", "export", "handover"].map((use) => [use, someone().personRef]),
  );
  room.write = () => Promise.reject(new TomoshibiError("journal-write-failed"));
  expect(await ending(room.glass.recordUse(strip, "print", "the page"))).toBe("journal-write-failed");
  room.run = 60 * 60_000;
  expect(await ending(room.glass.recordUse(strip, "print", "the page"))).toBe("grant-ended");
});

test("an opening names the approval that paid for it, and an approval pays for one", async () => {
  room.seconds = ["strip"];
  const person = someone().personRef;
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("second-person-needed");
  expect(room.entries).toEqual([]);
  room.approvals.add({ staff: "dr1", person, parts: ["strip"], seq: 41 });
  const strip = await room.glass.breakGlass(someone(), "one");
  expect(room.entries.map(({ kind, second }) => [kind, second])).toEqual([["open-strip", 41]]);
  await room.glass.endGrant(strip);
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("second-person-needed");
});

test("an approval whose opening could not be written is not used up", async () => {
  room.seconds = ["strip"];
  room.approvals.add({ staff: "dr1", person: someone().personRef, parts: ["strip"], seq: 41 });
  const honest = room.write;
  room.write = () => Promise.reject(new TomoshibiError("journal-write-failed"));
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("journal-write-failed");
  room.write = honest;
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("resolved");
});

test("another page that wrote meanwhile is asked about before the entry: what is no longer allowed is not written", async () => {
  const honest = room.write;
  room.write = async (entry, elsewhere) => {
    room.about = { ...room.about, others: 5 };
    elsewhere?.();
    return honest(entry);
  };
  if (room.scene.rules) room.scene = { ...room.scene, rules: { ...room.scene.rules, hourlyLimit: 5 } };
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("second-person-needed");
  expect(room.entries).toEqual([]);
});

/** Somebody outside the cohort: the hub's packs of `of`, given for `hit`. */
function bringsPacksOf(of: Target): void {
  room.bring = async (target, part, written) => {
    brought.push(`${part} ${written.kind} after ${room.entries.length}`);
    const name = of.packs[part] ?? "";
    const key = await keyOf(room, part, of);
    const packs = { strip: "", rest: "", protected: null, [part]: name };
    return { target: { personRef: target.personRef, packs }, key, bytes: room.sealed.packs.get(name) ?? new Uint8Array(0) };
  };
}
const outside = (): Target => ({ personRef: someone().personRef, packs: { strip: "", rest: "", protected: null } });

test("somebody outside the cohort: the hub is asked after the entry, one part at a time, and nothing of it is on disk", async () => {
  room.about = { ...room.about, region: true };
  bringsPacksOf(someone());
  const strip = await room.glass.breakGlass(outside(), "one");
  await room.db.packs.clear();
  expect((await room.glass.openStrip(strip)).part).toBe("strip");
  const rest = await room.glass.breakRest(strip, "two", "");
  expect((await room.glass.openRest(rest)).part).toBe("rest");
  expect(brought).toEqual(["strip open-region after 1", "rest open-region after 3"]);
  expect(room.entries.map(({ kind }) => kind)).toEqual(["open-region", "open-strip", "open-region", "open-rest"]);
  expect(await room.db.packs.count()).toBe(0);
});

test("a phase-1 grant opens nothing else of somebody outside the cohort, and their pack of another part does not stand for it", async () => {
  room.about = { ...room.about, region: true };
  bringsPacksOf(someone());
  const strip: unknown = await room.glass.breakGlass(outside(), "one");
  expect(await ending(room.glass.openRest(strip as Grant<"rest">))).toBe("grant-wrong-phase");
  const honest = room.bring;
  room.bring = async (target, part, written) => {
    const rest = await honest(target, "rest", written);
    return { ...rest, target: { ...rest.target, packs: { ...rest.target.packs, [part]: rest.target.packs.rest } } };
  };
  const swapped = await room.glass.breakGlass(outside(), "one");
  expect(await ending(room.glass.openStrip(swapped))).toBe("pack-open-failed");
});

test("another person's pack in the hub's answer does not open", async () => {
  room.about = { ...room.about, region: true };
  bringsPacksOf(other());
  const strip = await room.glass.breakGlass(outside(), "one");
  expect(await ending(room.glass.openStrip(strip))).toBe("pack-open-failed");
});

test("changed bytes in the hub's answer do not open", async () => {
  room.about = { ...room.about, region: true };
  bringsPacksOf(someone());
  const honest = room.bring;
  room.bring = async (...asked) => {
    const whole = await honest(...asked);
    return { ...whole, bytes: whole.bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) };
  };
  expect(await ending(room.glass.openStrip(await room.glass.breakGlass(outside(), "one")))).toBe("pack-hash-mismatch");
});
