import { afterEach, beforeEach, expect, test } from "vitest";
import { fromBase64Url } from "../../../src/shared/bytes.ts";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { openPackBytes } from "../../../src/shared/pack/open.ts";
import { keyInRing, openRing } from "../../../src/shared/pack/ring.ts";
import { partNames } from "../../../src/shared/summary/summary.ts";
import type { Grant } from "../../../src/viewer/glass/grant.ts";
import { ending, keyOf, makeRoom, type Room } from "./room.ts";

let room: Room;
beforeEach(async () => {
  room = await makeRoom();
});
afterEach(() => room.db.delete());

const someone = () => room.someone;
const other = () => room.other;

test("the strip's key opens the strip, and neither the rest nor the protected pack", async () => {
  const hit = someone();
  const key = await keyOf(room, "strip", hit);
  const open = (kind: (typeof partNames)[number]) => {
    const name = fromBase64Url(hit.packs[kind] ?? "") ?? new Uint8Array(0);
    const bytes = room.sealed.packs.get(hit.packs[kind] ?? "") ?? new Uint8Array(0);
    return ending(
      openPackBytes(bytes, {
        name,
        key,
        kind,
        hubId: room.scene.scope.hubId,
        personRef: fromBase64Url(hit.personRef) ?? new Uint8Array(0),
      }),
    );
  };
  expect(await Promise.all(partNames.map(open))).toEqual(["resolved", "pack-open-failed", "pack-open-failed"]);
});

test("the strip's ring holds no key of another part, and another part's ring does not open as the strip's", async () => {
  const hit = someone();
  const part = room.sealed.rings.strip[0];
  const plain = await openRing("strip", part?.bytes ?? new Uint8Array(0), room.sealed.keys, room.scene.scope);
  expect(() => keyInRing(plain, fromBase64Url(hit.packs.rest) ?? new Uint8Array(32))).toThrow("ring-entry-missing");
  expect(await ending(openRing("strip", room.sealed.rings.rest[0]?.bytes ?? new Uint8Array(0), room.sealed.keys, room.scene.scope))).toBe(
    "seal-open-failed",
  );
});

test("one person, one part at a time, each with its own entry before it", async () => {
  const hit = someone();
  const strip = await room.glass.breakGlass(hit, "one");
  expect((await room.glass.openStrip(strip)).part).toBe("strip");
  const rest = await room.glass.breakRest(strip, "two", "note");
  const guarded = await room.glass.breakProtected(rest, "two");
  expect([(await room.glass.openRest(rest)).part, (await room.glass.openProtected(guarded)).part]).toEqual(["rest", "protected"]);
  expect(room.entries.map(({ kind, reason, purpose }) => [kind, reason, purpose])).toEqual([
    ["open-strip", "one", "ETREAT"],
    ["open-rest", "two", "BTG"],
    ["open-protected", "two", "BTG"],
  ]);
});

test("when the entry cannot be written nothing is unwrapped and nothing is granted", async () => {
  room.write = () => Promise.reject(new TomoshibiError("journal-write-failed"));
  const rings: string[] = [];
  room.db.rings.hook("reading", (row) => {
    rings.push(row.name);
    return row;
  });
  expect(await ending(room.glass.breakGlass(someone(), "one"))).toBe("journal-write-failed");
  expect(rings).toEqual([]);
});

test("a cast object opens nothing", async () => {
  const strip = await room.glass.breakGlass(someone(), "one");
  const copy: unknown = { ...strip };
  expect(await ending(room.glass.openStrip(copy as Grant<"strip">))).toBe("grant-ended");
  const wrong: unknown = strip;
  expect(await ending(room.glass.openRest(wrong as Grant<"rest">))).toBe("grant-wrong-phase");
  expect(await ending(room.glass.breakProtected(wrong as Grant<"rest">, "two"))).toBe("grant-wrong-phase");
  expect(Object.isFrozen(strip)).toBe(true);
});

test("a grant ends by running time, and its end is an entry", async () => {
  const strip = await room.glass.breakGlass(someone(), "one");
  room.run = 60 * 60_000 - 1;
  expect(await ending(room.glass.openStrip(strip))).toBe("resolved");
  room.run = 60 * 60_000;
  expect(await ending(room.glass.openStrip(strip))).toBe("grant-ended");
  await room.glass.expire();
  await room.glass.expire();
  expect(room.entries.filter((entry) => entry.kind === "grant-end")).toHaveLength(1);
});

test("a grant does not outlive a tablet's sleep, in which running time stands still, nor a clock that was set back", async () => {
  const slept = await room.glass.breakGlass(someone(), "one");
  room.wall = 8 * 60 * 60_000;
  expect(await ending(room.glass.openStrip(slept))).toBe("grant-ended");
  const setBack = await room.glass.breakGlass(someone(), "one");
  room.wall = 0;
  room.run = 60 * 60_000;
  expect(await ending(room.glass.openStrip(setBack))).toBe("grant-ended");
});

test("another person ends the one before; endAll ends every part at once", async () => {
  const strip = await room.glass.breakGlass(someone(), "one");
  const second = await room.glass.breakGlass(other(), "one");
  expect(await ending(room.glass.openStrip(strip))).toBe("grant-ended");
  expect(room.entries.map((entry) => entry.kind)).toEqual(["open-strip", "grant-end", "open-strip"]);
  const rest = await room.glass.breakRest(second, "two", "");
  await room.glass.endAll();
  expect([await ending(room.glass.openStrip(second)), await ending(room.glass.openRest(rest))]).toEqual(["grant-ended", "grant-ended"]);
  expect(room.entries.at(-1)).toMatchObject({ kind: "grant-end", person: other().personRef });
});

test.each([
  ["no lease", () => ({ lease: "none" as const }), "one", "lease-expired"],
  ["a lease that is over", () => ({ lease: "over" as const }), "one", "lease-expired"],
  ["no policy", () => ({ rules: null }), "one", "policy-missing"],
  ["an unknown reason", () => ({}), "zero", "reason-missing"],
  ["a reason of the other phase", () => ({}), "two", "reason-missing"],
  ["a role that may not", () => ({ staff: { id: "clerk1", role: "clerk" } }), "one", "forbidden"],
])("%s: nothing opens and nothing is written", async (_, change, reason, code) => {
  room.scene = { ...room.scene, ...change() };
  expect(await ending(room.glass.breakGlass(someone(), reason))).toBe(code);
  expect(room.entries).toEqual([]);
});

test("no grant without the pack in the ring, for a pack that is not cached, or one that was swapped on disk", async () => {
  const hit = someone();
  const unknown = { ...hit, packs: { ...hit.packs, strip: Buffer.alloc(32, 7).toString("base64url") } };
  expect(await ending(room.glass.breakGlass(unknown, "one"))).toBe("ring-entry-missing");
  const strip = await room.glass.breakGlass(hit, "one");
  await room.db.packs.put({ name: hit.packs.strip, bytes: room.sealed.packs.get(other().packs.strip) ?? new Uint8Array(0) });
  expect(await ending(room.glass.openStrip(strip))).toBe("pack-hash-mismatch");
  await room.db.packs.delete(hit.packs.strip);
  expect(await ending(room.glass.openStrip(strip))).toBe("pack-not-cached");
});

test("a Hit whose reference was exchanged opens nobody else's pack", async () => {
  const swapped = { ...someone(), personRef: other().personRef };
  const strip = await room.glass.breakGlass(swapped, "one");
  expect(await ending(room.glass.openStrip(strip))).toBe("pack-open-failed");
});
