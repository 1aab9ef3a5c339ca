import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, fromHex, toHex, utf8 } from "../../../src/shared/bytes.ts";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { keyRing, openCose, peekCose, type Signer, signCose, signerOf } from "../../../src/shared/crypto/cose.ts";
import { epochKeys, hkdf } from "../../../src/shared/crypto/derive.ts";
import { hmac, verifyHmac } from "../../../src/shared/crypto/hash.ts";
import { generateSealPair, hpkeOpen, hpkeSeal, hpkeSender, importSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { importAes, randomBytes, unwrapBytes, wrapBytes, wrapSynthetic } from "../../../src/shared/crypto/wrap.ts";
import { codeFrom, fill, flipped } from "../pack/fixture.ts";

const payload = utf8("灯");
const hex = (text: string): Bytes => fromHex(text) ?? fill(0, 0);

describe("COSE_Sign1", () => {
  let signer: Signer;
  let raw: Bytes;
  let signed: Bytes;
  let keyOf: (kid: Bytes) => CryptoKey | null;
  beforeAll(async () => {
    const pair = await generateSigningPair(false);
    signer = await signerOf(pair);
    raw = await exportPublic(pair.publicKey);
    signed = await signCose("tomoshibi/lease/1", payload, signer);
    keyOf = await keyRing([raw]);
  });

  it("opens to its payload; the envelope is tag 18 with ES256 and an 8-byte key id", async () => {
    expect(await openCose("tomoshibi/lease/1", signed, keyOf)).toEqual(payload);
    expect(toHex(signed.slice(0, 18))).toBe(`d2844da2012604${"48"}${toHex(signer.kid)}a0${"43"}`.slice(0, 36));
    expect(peekCose(signed)).toEqual({ kid: signer.kid, payload });
  });

  it("does not pass under another context", async () => {
    expect(await codeFrom(openCose("tomoshibi/manifest/1", signed, keyOf))).toBe("cose-signature-bad");
  });

  it("of an unknown signer says so", async () => {
    expect(await codeFrom(openCose("tomoshibi/lease/1", signed, () => null))).toBe("cose-signer-unknown");
  });

  it("is refused when any bit differs, or cut anywhere", async () => {
    const all = () => keyOf(signer.kid);
    for (let at = 0; at < signed.length; at++) {
      const code = await codeFrom(openCose("tomoshibi/lease/1", flipped(signed, at, 1 << (at % 8)), all));
      expect(code).toMatch(/^cose-(malformed|signature-bad)$/);
      expect(await codeFrom(openCose("tomoshibi/lease/1", signed.slice(0, at), all))).toBe("cose-malformed");
    }
  });

  it.each([
    ["without tag", () => signed.slice(1)],
    ["with a second tag", () => Uint8Array.of(0xd2, 0xd2, ...signed.slice(1))],
    ["with something unprotected", () => envelope([hex("a2012604420102"), { x: 1 }, payload, fill(64, 1)])],
    ["with another algorithm", () => envelope([hex("a20138220442 0102".replace(" ", "")), {}, payload, fill(64, 1)])],
    ["without key id", () => envelope([hex("a10126"), {}, payload, fill(64, 1)])],
    ["with a detached payload", () => envelope([hex("a2012604420102"), {}, null, fill(64, 1)])],
    ["with a DER signature", () => envelope([hex("a2012604420102"), {}, payload, fill(71, 1)])],
    ["with five parts", () => envelope([hex("a2012604420102"), {}, payload, fill(64, 1), 0])],
    ["over the limit", () => signed],
  ])("%s is malformed", async (name, make) => {
    expect(await codeFrom(openCose("tomoshibi/lease/1", make(), keyOf, name === "over the limit" ? 20 : undefined))).toBe("cose-malformed");
  });
});

describe("HPKE", () => {
  it("a sealing made ready before opens like any other, and called twice never seals two texts under one key", async () => {
    const pair = await generateSealPair(false);
    const seal = await hpkeSender(await exportPublic(pair.publicKey), utf8("info"));
    const [first, second] = [await seal(utf8("a"), payload), await seal(utf8("b"), payload)];
    expect(await hpkeOpen(pair, utf8("info"), utf8("a"), first)).toEqual(payload);
    expect(await hpkeOpen(pair, utf8("info"), utf8("b"), second)).toEqual(payload);
    expect(first.slice(0, 65)).not.toEqual(second.slice(0, 65));
  });

  it("opens a sealed text with a private key that cannot be exported; info, associated data and key are bound", async () => {
    const pair = await generateSealPair(false);
    const sealed = await hpkeSeal(await exportPublic(pair.publicKey), utf8("info"), utf8("aad"), payload);
    expect(sealed.length).toBe(65 + payload.length + 16);
    expect(await hpkeOpen(pair, utf8("info"), utf8("aad"), sealed)).toEqual(payload);
    const other = await generateSealPair(false);
    const codes = await Promise.all([
      codeFrom(hpkeOpen(pair, utf8("other"), utf8("aad"), sealed)),
      codeFrom(hpkeOpen(pair, utf8("info"), utf8("other"), sealed)),
      codeFrom(hpkeOpen(other, utf8("info"), utf8("aad"), sealed)),
      ...Array.from({ length: sealed.length }, (_, at) => codeFrom(hpkeOpen(pair, utf8("info"), utf8("aad"), flipped(sealed, at)))),
      ...[0, 1, 64, 65, 80, sealed.length - 1].map((length) =>
        codeFrom(hpkeOpen(pair, utf8("info"), utf8("aad"), sealed.slice(0, length))),
      ),
    ]);
    expect(new Set(codes)).toEqual(new Set(["seal-open-failed"]));
  });

  it("opens the committed vector", async () => {
    const { pkcs8, public: point, sealed } = (await import("../../vectors/crypto/hpke.json")).default;
    expect(await hpkeOpen(await importSealPair(hex(pkcs8), hex(point)), utf8("info"), utf8("aad"), hex(sealed))).toEqual(payload);
  });
});

describe("wrapping", () => {
  const aad = utf8("aad");
  it("opens with the same key and associated data only", async () => {
    const key = await importAes(fill(32, 1));
    const wrapped = await wrapBytes(key, aad, payload);
    expect(await unwrapBytes(key, aad, wrapped)).toEqual(payload);
    expect(await codeFrom(unwrapBytes(await importAes(fill(32, 2)), aad, wrapped))).toBe("seal-open-failed");
    expect(await codeFrom(unwrapBytes(key, utf8("other"), wrapped))).toBe("seal-open-failed");
    for (let at = 0; at < wrapped.length; at++) {
      expect(await codeFrom(unwrapBytes(key, aad, flipped(wrapped, at)))).toBe("seal-open-failed");
      expect(await codeFrom(unwrapBytes(key, aad, wrapped.slice(0, at)))).toBe("seal-open-failed");
    }
  });

  it("never repeats a random nonce; synthetic ones repeat for the same text alone", async () => {
    const { shard, nonce } = await epochKeys(fill(32, 1));
    const random = await Promise.all(Array.from({ length: 500 }, () => wrapBytes(shard, aad, payload)));
    expect(new Set(random.map((bytes) => toHex(bytes.slice(0, 12)))).size).toBe(500);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), async (one, two) => {
        const [a, b] = [Uint8Array.from(one), Uint8Array.from(two)];
        const wrapped = await wrapSynthetic(shard, nonce, aad, a);
        expect(await wrapSynthetic(shard, nonce, aad, a)).toEqual(wrapped);
        const other = await wrapSynthetic(shard, nonce, aad, b);
        expect(toHex(other.slice(0, 12)) === toHex(wrapped.slice(0, 12))).toBe(toHex(a) === toHex(b));
        expect(toHex((await wrapSynthetic(shard, nonce, utf8("x"), a)).slice(0, 12))).not.toBe(toHex(wrapped.slice(0, 12)));
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});

describe("derivation", () => {
  it("is HKDF-SHA-256: RFC 5869 test case 1", async () => {
    const okm = await hkdf(hex("0b".repeat(22)), hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42);
    expect(toHex(okm)).toBe("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  });

  it("HMAC-SHA-256: RFC 4231 test case 2", async () => {
    const mac = await hmac(utf8("Jefe"), utf8("what do ya want for nothing?"));
    expect(toHex(mac)).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    expect(await verifyHmac(utf8("Jefe"), utf8("what do ya want for nothing?"), mac)).toBe(true);
    expect(await verifyHmac(utf8("Jefe"), utf8("what do ya want for nothing?"), flipped(mac, 3))).toBe(false);
  });

  it("keeps the four keys of an epoch apart, and none can be exported", async () => {
    const keys = await epochKeys(fill(32, 1));
    const four = [keys.shard, keys.ring.strip, keys.ring.rest, keys.ring.protected];
    expect(four.every((key) => !key.extractable) && !keys.nonce.extractable).toBe(true);
    for (const [i, key] of four.entries()) {
      const wrapped = await wrapBytes(key, fill(0, 0), randomBytes(8));
      for (const [j, other] of four.entries())
        if (i !== j) expect(await codeFrom(unwrapBytes(other, fill(0, 0), wrapped))).toBe("seal-open-failed");
    }
  });
});

const envelope = (parts: readonly unknown[]): Bytes => Uint8Array.of(0xd2, ...encodeCbor(parts));
