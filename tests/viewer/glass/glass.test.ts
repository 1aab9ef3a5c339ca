import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fromBase64Url } from "../../../src/shared/bytes.ts";
import { codeOf, TomoshibiError } from "../../../src/shared/error.ts";
import { openPackBytes } from "../../../src/shared/pack/open.ts";
import { keyInRing, openRing } from "../../../src/shared/pack/ring.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import { partNames } from "../../../src/shared/summary/summary.ts";
import { hitOf, peopleOf } from "../../../src/viewer/find/people.ts";
import { type Glass, type GlassDeps, makeGlass } from "../../../src/viewer/glass/glass.ts";
import type { Grant } from "../../../src/viewer/glass/grant.ts";
import { recordKey } from "../../../src/viewer/glass/ring.ts";
import type { GlassEntry, Scene, Target } from "../../../src/viewer/glass/scene.ts";
import type { Written } from "../../../src/viewer/journal/append.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { type Sealed, sealPopulation } from "../../msw/sealed.ts";

const scope = { hubId: new Uint8Array(16).fill(1), cohort: "c", epoch: 1 };
let sealed: Sealed;
let hits: Target[];
let db: VaultDb;
let run: number;
let wall: number;
let entries: GlassEntry[];
let scene: Scene;
let write: GlassDeps["write"];
let glass: Glass;

const ending = (work: Promise<unknown>) => work.then(() => "resolved", codeOf);
const rowsOf = (files: readonly { name: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> }[]) =>
  files.map(({ name, bytes }) => ({ name: Buffer.from(name).toString("base64url"), bytes }));

beforeEach(async () => {
  sealed ??= await sealPopulation({ people: 9, scope, ek: new Uint8Array(32).fill(2) });
  const texts = await Promise.all(
    sealed.shards.map(async ({ bytes }) => new TextDecoder().decode(await openShard(bytes, sealed.keys, scope))),
  );
  hits = peopleOf(texts).rows.map((row) => hitOf(row, []));
  db = new VaultDb(`vault-${crypto.randomUUID()}`);
  await db.packs.bulkPut([...sealed.packs].map(([name, bytes]) => ({ name, bytes })));
  await db.rings.bulkPut(Object.values(sealed.rings).flatMap(rowsOf));
  run = 0;
  wall = 0;
  entries = [];
  scene = {
    staff: { id: "dr1", role: "physician" },
    scope,
    keys: sealed.keys,
    rings: sealed.rings,
    latest: (target) => target,
    disasterUntil: 1_000,
    rules: {
      reasons: [
        { id: "one", phase: 1, purpose: "ETREAT" },
        { id: "two", phase: 2, purpose: "BTG" },
      ],
      grantMinutes: 60,
      allows: (role) => role === "physician",
    },
    trustedNow: 1_000,
  };
  write = async (entry) => {
    entries.push(entry);
    const written: Omit<Written, keyof Written & symbol> = { chain: "c", seq: entries.length, kind: entry.kind, person: entry.person };
    return written as Written;
  };
  glass = makeGlass({ db, clock: { now: () => wall, monotonic: () => run }, scene: () => scene, write: (entry) => write(entry) });
});
afterEach(() => db.delete());

const someone = () => hits.find((hit) => hit.packs.protected !== null) ?? (hits[0] as Target);
const other = () => hits.find((hit) => hit !== someone()) as Target;

test("the strip's key opens the strip, and neither the rest nor the protected pack", async () => {
  const hit = someone();
  const key = await recordKey(db, scene, "strip", fromBase64Url(hit.packs.strip) ?? new Uint8Array(0));
  const open = (kind: (typeof partNames)[number]) => {
    const name = fromBase64Url(hit.packs[kind] ?? "") ?? new Uint8Array(0);
    const bytes = sealed.packs.get(hit.packs[kind] ?? "") ?? new Uint8Array(0);
    return ending(
      openPackBytes(bytes, { name, key, kind, hubId: scope.hubId, personRef: fromBase64Url(hit.personRef) ?? new Uint8Array(0) }),
    );
  };
  expect(await Promise.all(partNames.map(open))).toEqual(["resolved", "pack-open-failed", "pack-open-failed"]);
});

test("the strip's ring holds no key of another part, and another part's ring does not open as the strip's", async () => {
  const hit = someone();
  const part = sealed.rings.strip[0];
  const plain = await openRing("strip", part?.bytes ?? new Uint8Array(0), sealed.keys, scope);
  expect(() => keyInRing(plain, fromBase64Url(hit.packs.rest) ?? new Uint8Array(32))).toThrow("ring-entry-missing");
  expect(await ending(openRing("strip", sealed.rings.rest[0]?.bytes ?? new Uint8Array(0), sealed.keys, scope))).toBe("seal-open-failed");
});

test("one person, one part at a time, each with its own entry before it", async () => {
  const hit = someone();
  const strip = await glass.breakGlass(hit, "one");
  expect((await glass.openStrip(strip)).part).toBe("strip");
  const rest = await glass.breakRest(strip, "two", "note");
  const guarded = await glass.breakProtected(rest, "two");
  expect([(await glass.openRest(rest)).part, (await glass.openProtected(guarded)).part]).toEqual(["rest", "protected"]);
  expect(entries.map(({ kind, reason, purpose }) => [kind, reason, purpose])).toEqual([
    ["open-strip", "one", "ETREAT"],
    ["open-rest", "two", "BTG"],
    ["open-protected", "two", "BTG"],
  ]);
});

test("when the entry cannot be written nothing is unwrapped and nothing is granted", async () => {
  write = () => Promise.reject(new TomoshibiError("journal-write-failed"));
  const rings: string[] = [];
  db.rings.hook("reading", (row) => {
    rings.push(row.name);
    return row;
  });
  expect(await ending(glass.breakGlass(someone(), "one"))).toBe("journal-write-failed");
  expect(rings).toEqual([]);
});

test("a cast object opens nothing", async () => {
  const strip = await glass.breakGlass(someone(), "one");
  const copy: unknown = { ...strip };
  expect(await ending(glass.openStrip(copy as Grant<"strip">))).toBe("grant-ended");
  const wrong: unknown = strip;
  expect(await ending(glass.openRest(wrong as Grant<"rest">))).toBe("grant-wrong-phase");
  expect(await ending(glass.breakProtected(wrong as Grant<"rest">, "two"))).toBe("grant-wrong-phase");
  expect(Object.isFrozen(strip)).toBe(true);
});

test("a grant ends by running time, and its end is an entry", async () => {
  const strip = await glass.breakGlass(someone(), "one");
  run = 60 * 60_000 - 1;
  expect(await ending(glass.openStrip(strip))).toBe("resolved");
  run = 60 * 60_000;
  expect(await ending(glass.openStrip(strip))).toBe("grant-ended");
  await glass.expire();
  await glass.expire();
  expect(entries.filter((entry) => entry.kind === "grant-end")).toHaveLength(1);
});

test("a grant does not outlive a tablet's sleep, in which running time stands still, nor a clock that was set back", async () => {
  const slept = await glass.breakGlass(someone(), "one");
  wall = 8 * 60 * 60_000;
  expect(await ending(glass.openStrip(slept))).toBe("grant-ended");
  const setBack = await glass.breakGlass(someone(), "one");
  wall = 0;
  run = 60 * 60_000;
  expect(await ending(glass.openStrip(setBack))).toBe("grant-ended");
});

test("another person ends the one before; endAll ends every part at once", async () => {
  const strip = await glass.breakGlass(someone(), "one");
  const second = await glass.breakGlass(other(), "one");
  expect(await ending(glass.openStrip(strip))).toBe("grant-ended");
  expect(entries.map((entry) => entry.kind)).toEqual(["open-strip", "grant-end", "open-strip"]);
  const rest = await glass.breakRest(second, "two", "");
  await glass.endAll();
  expect([await ending(glass.openStrip(second)), await ending(glass.openRest(rest))]).toEqual(["grant-ended", "grant-ended"]);
  expect(entries.at(-1)).toMatchObject({ kind: "grant-end", person: other().personRef });
});

test.each([
  ["no lease", () => ({ disasterUntil: null }), "one", "lease-expired"],
  ["a lease that is over", () => ({ trustedNow: 1_001 }), "one", "lease-expired"],
  ["no policy", () => ({ rules: null }), "one", "policy-missing"],
  ["an unknown reason", () => ({}), "zero", "reason-missing"],
  ["a reason of the other phase", () => ({}), "two", "reason-missing"],
  ["a role that may not", () => ({ staff: { id: "clerk1", role: "clerk" } }), "one", "forbidden"],
])("%s: nothing opens and nothing is written", async (_, change, reason, code) => {
  scene = { ...scene, ...change() };
  expect(await ending(glass.breakGlass(someone(), reason))).toBe(code);
  expect(entries).toEqual([]);
});

test("no grant without the pack in the ring, for a pack that is not cached, or one that was swapped on disk", async () => {
  const hit = someone();
  const unknown = { ...hit, packs: { ...hit.packs, strip: Buffer.alloc(32, 7).toString("base64url") } };
  expect(await ending(glass.breakGlass(unknown, "one"))).toBe("ring-entry-missing");
  const strip = await glass.breakGlass(hit, "one");
  await db.packs.put({ name: hit.packs.strip, bytes: sealed.packs.get(other().packs.strip) ?? new Uint8Array(0) });
  expect(await ending(glass.openStrip(strip))).toBe("pack-hash-mismatch");
  await db.packs.delete(hit.packs.strip);
  expect(await ending(glass.openStrip(strip))).toBe("pack-not-cached");
});

test("a Hit whose reference was exchanged opens nobody else's pack", async () => {
  const swapped = { ...someone(), personRef: other().personRef };
  const strip = await glass.breakGlass(swapped, "one");
  expect(await ending(glass.openStrip(strip))).toBe("pack-open-failed");
});
