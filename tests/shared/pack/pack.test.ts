import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../../src/hub/publish/primitives.ts";
import { fromHex, toHex, utf8 } from "../../../src/shared/bytes.ts";
import { packKinds } from "../../../src/shared/crypto/derive.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { openPackBytes } from "../../../src/shared/pack/open.ts";
import { PROTECTED_LEAST, padme } from "../../../src/shared/pack/padme.ts";
import { sealPack } from "../../../src/shared/pack/seal.ts";
import { codeFrom, fill, flipped, input, keysOf, seal } from "./fixture.ts";

describe("a sealed pack", () => {
  it("opens to its text under its own name, key, kind, hub and person", async () => {
    for (const kind of packKinds) {
      const pack = seal({ kind });
      expect(await openPackBytes(pack.bytes, keysOf(pack, { kind }))).toEqual(input().plain);
    }
  });

  it("has the bytes, name and key of the committed vectors", async () => {
    const vectors: {
      name: string;
      kind: "strip" | "rest" | "protected";
      deflated: string;
      bytes: string;
      pack: string;
      key: string;
      plain: string;
    }[] = JSON.parse(readFileSync(new URL("../../vectors/crypto/pack.json", import.meta.url), "utf8"));
    expect(vectors.length).toBeGreaterThanOrEqual(3);
    for (const vector of vectors) {
      // The deflated bytes are given: another zlib may deflate the same text otherwise, and the format does not care.
      const deflated = fromHex(vector.deflated) ?? fill(0, 0);
      const pack = sealPack(input({ kind: vector.kind, plain: utf8(vector.plain) }), { ...nodePrimitives, deflateRaw: () => deflated });
      expect([toHex(pack.bytes), toHex(pack.name), toHex(pack.key)]).toEqual([vector.bytes, vector.pack, vector.key]);
      expect(new TextDecoder().decode(await openPackBytes(pack.bytes, keysOf(pack, { kind: vector.kind })))).toBe(vector.plain);
    }
  });

  it("is the same for the same input, and another for any other", () => {
    expect(seal()).toEqual(seal());
    const others = [
      seal({ kind: "rest" }),
      seal({ hubId: fill(16, 9) }),
      seal({ personRef: fill(16, 9) }),
      seal({ generation: 2 }),
      seal({ summaryVersion: 2 }),
      seal({ secret: fill(32, 9) }),
      seal({ plain: utf8("x") }),
    ];
    const all = [seal(), ...others];
    expect(new Set(all.map(({ key }) => toHex(key))).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => toHex(name))).size).toBe(all.length);
  });

  it("is refused when one bit of its bytes differs, though the name be made to fit", async () => {
    const pack = seal();
    for (let at = 0; at < pack.bytes.length; at++) {
      const bytes = flipped(pack.bytes, at, 1 << (at % 8));
      expect(await codeFrom(openPackBytes(bytes, keysOf(pack)))).toBe("pack-hash-mismatch");
      const code = await codeFrom(openPackBytes(bytes, keysOf(pack, { name: await sha256(bytes) })));
      expect(code).toBe(at < 4 ? "pack-malformed" : at === 4 ? "pack-version-unknown" : "pack-open-failed");
    }
  });

  it("is refused when cut at any length, though the name be made to fit", async () => {
    const pack = seal();
    for (let length = 0; length < pack.bytes.length; length++) {
      const bytes = pack.bytes.slice(0, length);
      expect(await codeFrom(openPackBytes(bytes, keysOf(pack)))).toBe("pack-hash-mismatch");
      expect(await codeFrom(openPackBytes(bytes, keysOf(pack, { name: await sha256(bytes) })))).toMatch(/^pack-(malformed|open-failed)$/);
    }
  });

  it.each([
    ["another kind", { kind: "rest" as const }],
    ["another person", { personRef: fill(16, 9) }],
    ["another hub", { hubId: fill(16, 9) }],
    ["another key", { key: fill(32, 9) }],
  ])("does not open for %s", async (_name, change) => {
    const pack = seal();
    expect(await codeFrom(openPackBytes(pack.bytes, keysOf(pack, change)))).toBe("pack-open-failed");
  });

  it("of another generation does not open with this one's key", async () => {
    const [now, later] = [seal(), seal({ generation: 2 })];
    expect(await codeFrom(openPackBytes(later.bytes, keysOf(later, { key: now.key })))).toBe("pack-open-failed");
  });

  it("of one person does not stand in for another's", async () => {
    const [one, two] = [seal(), seal({ personRef: fill(16, 5), plain: utf8("other") })];
    expect(await codeFrom(openPackBytes(two.bytes, keysOf(one)))).toBe("pack-hash-mismatch");
    expect(await codeFrom(openPackBytes(two.bytes, keysOf(two)))).toBe("pack-open-failed");
  });

  it("a strip key never opens the rest or the protected pack", async () => {
    const strip = seal({ kind: "strip" });
    for (const kind of ["rest", "protected"] as const) {
      const pack = seal({ kind });
      for (const claimed of packKinds)
        expect(await codeFrom(openPackBytes(pack.bytes, keysOf(pack, { key: strip.key, kind: claimed })))).toBe("pack-open-failed");
    }
  });
});

describe("a pack that was rightly sealed but holds", () => {
  const sealDeflated = (deflated: Buffer) => sealPack(input(), { ...nodePrimitives, deflateRaw: () => Uint8Array.from(deflated) });

  it("a zip bomb stops at 8 MiB", async () => {
    const bomb = sealDeflated(deflateRawSync(Buffer.alloc(64 * 1024 * 1024)));
    expect(bomb.bytes.length).toBeLessThan(100_000);
    expect(await codeFrom(openPackBytes(bomb.bytes, keysOf(bomb)))).toBe("pack-inflate-too-large");
  });

  it("exactly 8 MiB opens", async () => {
    const pack = sealDeflated(deflateRawSync(Buffer.alloc(8 * 1024 * 1024)));
    expect((await openPackBytes(pack.bytes, keysOf(pack))).length).toBe(8 * 1024 * 1024);
  });

  it.each([
    ["no deflate stream", Buffer.from([7, 7, 7, 7])],
    ["half a deflate stream", deflateRawSync(Buffer.from("灯台".repeat(100))).subarray(0, 10)],
    ["nothing", Buffer.alloc(0)],
  ])("%s is malformed", async (_name, deflated) => {
    const pack = sealDeflated(deflated);
    expect(await codeFrom(openPackBytes(pack.bytes, keysOf(pack)))).toBe("pack-malformed");
  });

  it.each([
    ["a length beyond its end", (padded: Uint8Array) => padded.fill(255, 0, 4)],
    ["a length other than its padding's", (padded: Uint8Array) => padded.fill(0, 0, 4)],
    ["padding that is not zero", (padded: Uint8Array) => padded.fill(1, padded.length - 1)],
  ])("%s is malformed", async (_name, spoil) => {
    const pack = sealPack(input({ plain: utf8("灯台".repeat(200) + Math.PI.toString().repeat(20)) }), {
      ...nodePrimitives,
      aesGcmSeal: (key, nonce, aad, plain) => {
        spoil(plain);
        return nodePrimitives.aesGcmSeal(key, nonce, aad, plain);
      },
    });
    expect(await codeFrom(openPackBytes(pack.bytes, keysOf(pack)))).toBe("pack-malformed");
  });
});

describe("properties", () => {
  it("every text comes back, and the same text gives the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.constantFrom(...packKinds), async (bytes, kind) => {
        const plain = Uint8Array.from(bytes);
        const pack = seal({ plain, kind });
        expect(seal({ plain, kind }).bytes).toEqual(pack.bytes);
        expect(await openPackBytes(pack.bytes, keysOf(pack, { kind }))).toEqual(plain);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it("Padmé never shrinks, is idempotent, monotone, and adds 12 % at most", () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), (length) => {
        const padded = padme(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(Math.max(length, Math.ceil(length * 1.12)));
        expect(padme(padded)).toBe(padded);
        expect(padme(length + 1)).toBeGreaterThanOrEqual(padded);
      }),
      { seed: 4, numRuns: 2000 },
    );
    expect([9, 64, 65, 1000, 1_000_001].map(padme)).toEqual([10, 64, 72, 1024, 1_015_808]);
  });

  it("a protected pack of nothing and one of a few items have one size", async () => {
    const sizes = [0, 40, 700, 1400].map((length) => {
      const plain = Uint8Array.from({ length }, (_, i) => (i * i * 7919 + i * 31) & 255);
      return seal({ kind: "protected", plain, least: PROTECTED_LEAST });
    });
    expect(new Set(sizes.map((pack) => pack.bytes.length))).toEqual(new Set([11 + PROTECTED_LEAST + 16]));
    for (const pack of sizes) await openPackBytes(pack.bytes, keysOf(pack, { kind: "protected" }));
    const strip = seal({ kind: "strip", least: PROTECTED_LEAST });
    expect(await codeFrom(openPackBytes(strip.bytes, keysOf(strip)))).toBe("pack-malformed");
  });

  it("the node primitives agree with WebCrypto", async () => {
    const key = await crypto.subtle.importKey("raw", fill(32, 3), "HKDF", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: fill(0, 0), info: utf8("info") }, key, 80 * 8);
    expect(nodePrimitives.hkdf(fill(32, 3), fill(0, 0), utf8("info"), 80)).toEqual(new Uint8Array(bits));
    expect(toHex(nodePrimitives.sha256(utf8("abc")))).toBe(createHash("sha256").update("abc").digest("hex"));
  });
});
