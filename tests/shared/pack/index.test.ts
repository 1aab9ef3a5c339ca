import { hash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, concat, fromUtf8, toBase64Url, toHex } from "../../../src/shared/bytes.ts";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { type EpochKeys, epochKeys } from "../../../src/shared/crypto/derive.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { wrapSynthetic } from "../../../src/shared/crypto/wrap.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { groupForBundles, placesIn, splitBundle } from "../../../src/shared/pack/bundle.ts";
import { keyInRing, openRing, ringPartFor, sealRing } from "../../../src/shared/pack/ring.ts";
import { parseRow } from "../../../src/shared/pack/row.ts";
import { openShard, type ShardLine, sealShards } from "../../../src/shared/pack/shard.ts";
import { codeFrom, fill, flipped } from "./fixture.ts";

const scope = { hubId: fill(16, 1), cohort: "region", epoch: 1 };
const digest = (text: string): Bytes => Uint8Array.from(hash("sha256", text, "buffer"));
const entriesOf = (count: number) => Array.from({ length: count }, (_, i) => ({ name: digest(`name ${i}`), key: digest(`key ${i}`) }));
const linesOf = (count: number): ShardLine[] =>
  Array.from({ length: count }, (_, i) => ({
    personRef: digest(`ref ${i}`).slice(0, 16),
    folded: `架空${i}郎\u0001かくう`,
    json: JSON.stringify({ i, a: "岬町".repeat(60) }),
  }));
let keys: EpochKeys;
let others: EpochKeys;
beforeAll(async () => {
  keys = await epochKeys(fill(32, 7));
  others = await epochKeys(fill(32, 8));
});

describe("the key ring", () => {
  it("gives each pack's key, read from one part", async () => {
    const entries = entriesOf(3000);
    const parts = await sealRing("strip", entries, keys, scope);
    expect(parts.length).toBe(4);
    const plains = await Promise.all(parts.map(({ bytes }) => openRing("strip", bytes, keys, scope)));
    for (const { name, key } of entries) expect(keyInRing(plains[ringPartFor(parts, name)] ?? fill(0, 0), name)).toEqual(key);
  });

  it("has parts of one size, whatever they hold", async () => {
    const sizes = await Promise.all([1, 500, 3000].map((count) => sealRing("rest", entriesOf(count), keys, scope)));
    expect(new Set(sizes.flat().map(({ bytes }) => bytes.length)).size).toBe(1);
    expect(await sealRing("rest", [], keys, scope)).toEqual([]);
  });

  it("a missing entry is said, before the first, between, and after the last", async () => {
    const [part] = await sealRing("strip", entriesOf(10), keys, scope);
    const plain = await openRing("strip", part?.bytes ?? fill(0, 0), keys, scope);
    for (const name of [fill(32, 0), digest("nobody"), fill(32, 255)])
      expect(() => keyInRing(plain, name)).toThrow(expect.objectContaining({ code: "ring-entry-missing" }));
    expect(() => ringPartFor(part ? [part] : [], fill(32, 0))).toThrow(expect.objectContaining({ code: "ring-entry-missing" }));
  });

  it("of the strip opens neither as rest nor as protected: a phase-1 key ring holds no other key", async () => {
    const [part] = await sealRing("rest", entriesOf(10), keys, scope);
    for (const kind of ["strip", "protected"] as const)
      expect(await codeFrom(openRing(kind, part?.bytes ?? fill(0, 0), keys, scope))).toBe("seal-open-failed");
    const stripOnly = { ring: { strip: keys.ring.strip, rest: keys.ring.strip, protected: keys.ring.strip } };
    expect(await codeFrom(openRing("rest", part?.bytes ?? fill(0, 0), stripOnly, scope))).toBe("seal-open-failed");
  });

  it("does not open for another hub, cohort, epoch or epoch key, with a flipped bit, or cut", async () => {
    const [part] = await sealRing("strip", entriesOf(10), keys, scope);
    const bytes = part?.bytes ?? fill(0, 0);
    const codes = await Promise.all([
      codeFrom(openRing("strip", bytes, others, scope)),
      codeFrom(openRing("strip", bytes, keys, { ...scope, hubId: fill(16, 9) })),
      codeFrom(openRing("strip", bytes, keys, { ...scope, cohort: "other" })),
      codeFrom(openRing("strip", bytes, keys, { ...scope, epoch: 2 })),
      ...[0, 3, 4, 20, 1000, bytes.length - 1].map((at) => codeFrom(openRing("strip", flipped(bytes, at), keys, scope))),
      ...[0, 3, 10, 31, 32, 5000].map((length) => codeFrom(openRing("strip", bytes.slice(0, length), keys, scope))),
    ]);
    expect(new Set(codes)).toEqual(new Set(["seal-open-failed"]));
  });

  it.each([
    ["is too short", () => fill(64, 1)],
    ["is unsorted", () => ringPlain([digest("a"), digest("b")].sort((a, b) => (toHex(a) < toHex(b) ? 1 : -1)))],
    ["names one pack twice", () => ringPlain([digest("a"), digest("a")])],
    ["has something in its padding", () => flipped(ringPlain([digest("a")]), 65_535)],
  ])("that was rightly sealed but %s is malformed", async (_name, plain) => {
    const label = fill(4, 0);
    const aad = encodeCbor(["tomoshibi/ring/strip/1", scope.hubId, scope.cohort, scope.epoch, label]);
    const bytes = concat(label, await wrapSynthetic(keys.ring.strip, keys.nonce, aad, plain()));
    expect(await codeFrom(openRing("strip", bytes, keys, scope))).toBe("ring-malformed");
  });

  it("changes in the part an entry left and the part one joined alone, whatever the order of input", async () => {
    const entries = entriesOf(3000);
    const before = (await sealRing("strip", entries, keys, scope)).map(({ bytes }) => toHex(bytes));
    const reversed = (await sealRing("strip", [...entries].reverse(), keys, scope)).map(({ bytes }) => toHex(bytes));
    expect(reversed).toEqual(before);
    const after = (await sealRing("strip", [{ name: digest("new"), key: digest("new key") }, ...entries.slice(1)], keys, scope)).map(
      ({ bytes }) => toHex(bytes),
    );
    expect(after.filter((bytes) => !before.includes(bytes)).length).toBeLessThanOrEqual(2);
  });
});

describe("index shards", () => {
  it("bring back every line, sealed in one size", async () => {
    const lines = linesOf(600);
    const shards = await sealShards(lines, keys, scope);
    expect(shards.length).toBeGreaterThan(3);
    expect(new Set(shards.map((shard) => shard.length)).size).toBe(1);
    const texts = await Promise.all(shards.map(async (shard) => fromUtf8(await openShard(shard, keys, scope))));
    const found = texts.flatMap((text) => text.split("\n").slice(0, -1));
    expect(found.sort()).toEqual(lines.map(({ folded, json }) => `${folded}\t${json}`).sort());
  });

  it("change one by one: an added, removed or changed line leaves the others their bytes", async () => {
    const lines = linesOf(1500);
    const before = (await sealShards(lines, keys, scope)).map(toHex);
    const variants = [
      lines.slice(1),
      lines.map((line, i) => (i === 700 ? { ...line, json: '{"changed":1}' } : line)),
      [...lines, ...linesOf(1501).slice(1500)],
    ];
    for (const variant of variants) {
      const after = (await sealShards(variant, keys, scope)).map(toHex);
      expect(after.filter((shard) => !before.includes(shard)).length).toBeLessThanOrEqual(1);
    }
  });

  it("do not open for another key, hub, cohort or epoch, with a flipped bit, or cut", async () => {
    const [shard = fill(0, 0)] = await sealShards(linesOf(3), keys, scope);
    const codes = await Promise.all([
      codeFrom(openShard(shard, others, scope)),
      codeFrom(openShard(shard, { shard: keys.ring.strip }, scope)),
      codeFrom(openShard(shard, keys, { ...scope, hubId: fill(16, 9) })),
      codeFrom(openShard(shard, keys, { ...scope, cohort: "other" })),
      codeFrom(openShard(shard, keys, { ...scope, epoch: 2 })),
      ...[0, 3, 4, 20, 1000, shard.length - 1].map((at) => codeFrom(openShard(flipped(shard, at), keys, scope))),
      ...[0, 3, 10, 31, 32, 5000].map((length) => codeFrom(openShard(shard.slice(0, length), keys, scope))),
    ]);
    expect(new Set(codes)).toEqual(new Set(["seal-open-failed"]));
  });

  it("a line that would break the format is refused when sealed", async () => {
    const [line] = linesOf(1);
    if (line === undefined) throw new Error("no line");
    for (const bad of [{ folded: "a\tb" }, { folded: "a\nb" }, { json: "{\n}" }, { folded: "a\0" }, { json: "x".repeat(70_000) }]) {
      expect(await codeFrom(sealShards([{ ...line, ...bad }], keys, scope))).toBe("shard-malformed");
    }
  });
});

describe("an index row", () => {
  const row = { r: "x", k: ["架空", "一郎"], n: null, b: null, s: "u", a: "", i: [["1", "2"]], h: [], p: ["a", "b", ""] };
  it("comes back as it was sealed", () => {
    expect(parseRow(JSON.stringify(row))).toEqual(row);
  });
  it.each([
    "",
    "null",
    "[]",
    "{}",
    JSON.stringify({ ...row, k: ["架空"] }),
    JSON.stringify({ ...row, s: "x" }),
    JSON.stringify({ ...row, p: ["a"] }),
    JSON.stringify({ ...row, i: [["1"]] }),
  ])("%s is refused", (json) => {
    let code = "none";
    try {
      parseRow(json);
    } catch (error) {
      code = codeOf(error);
    }
    expect(code).toBe("shard-malformed");
  });
});

describe("a bundle", () => {
  const packs = [digest("a"), digest("b")];
  const bytes = concat(fill(10, 1), fill(20, 2));
  const index = async () => ({ name: await sha256(bytes), bytes: 30, packs: concat(...packs), lengths: [10, 20] });

  it("splits into the packs the manifest names", async () => {
    expect((await splitBundle(bytes, await index())).map((pack) => [toBase64Url(pack.name), pack.bytes.length])).toEqual([
      [toBase64Url(packs[0] ?? fill(0, 0)), 10],
      [toBase64Url(packs[1] ?? fill(0, 0)), 20],
    ]);
  });

  it("flipped, cut, or with an index that does not add up is refused", async () => {
    const fine = await index();
    expect(await codeFrom(splitBundle(flipped(bytes, 5), fine))).toBe("bundle-malformed");
    expect(await codeFrom(splitBundle(bytes.slice(0, 29), fine))).toBe("bundle-malformed");
    for (const wrong of [{ lengths: [10] }, { lengths: [10, 21] }, { packs: fine.packs.slice(0, 63) }, { bytes: 31 }]) {
      expect(() => placesIn({ ...fine, ...wrong })).toThrow(expect.objectContaining({ code: "bundle-malformed" }));
    }
  });

  it("keeps everyone, in order, whole, and within 4 MB unless one person is larger", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            personRef: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((ref) => Uint8Array.from(ref)),
            length: fc.integer({ min: 1, max: 900_000 }),
          }),
        ),
        (people) => {
          const groups = groupForBundles(people);
          expect(groups.flat()).toEqual(people);
          for (const group of groups) expect(group.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
          for (const group of groups.slice(0, -1))
            expect(group.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThanOrEqual(1024 * 1024);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
    expect(
      groupForBundles([
        { personRef: fill(16, 1), length: 9_000_000 },
        { personRef: fill(16, 2), length: 1 },
      ]).length,
    ).toBe(2);
  });
});

function ringPlain(names: readonly Bytes[]): Bytes {
  const plain = fill(65_536, 0);
  plain.set(concat(...names.flatMap((name) => [name, fill(32, 5)])));
  return plain;
}
