import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Bytes, utf8 } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { type Signer, signerOf } from "../../../src/shared/crypto/cose.ts";
import { generateSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf, errorCodes } from "../../../src/shared/error.ts";
import type { IndexRow } from "../../../src/shared/pack/row.ts";
import type { HubKeys } from "../../../src/shared/protocol/keys.ts";
import {
  encodeOpening,
  encodeSearch,
  openHits,
  openPerson,
  parseOpening,
  parseSearch,
  type RegionPerson,
  regionHitsMost,
  regionWhat,
  signHits,
  signPerson,
} from "../../../src/shared/protocol/region.ts";

const row: IndexRow = {
  r: "AAAAAAAAAAAAAAAAAAAAAA",
  k: ["灯台", "一郎"],
  n: ["とうだい", "いちろう"],
  b: "1950-04-01",
  s: "m",
  a: "架空県灯台市1-1",
  i: [["9900000001", "12345"]],
  h: ["灯台病院"],
  p: ["", "", ""],
};
const query = { name: "灯台 一郎", birthDate: "1950-04-01", sex: "", address: "" } as const;
const code = (run: () => unknown): string => {
  try {
    run();
    return "none";
  } catch (error) {
    return codeOf(error);
  }
};
const codeLater = (work: Promise<unknown>): Promise<string> => work.then(() => "none", codeOf);

describe("a region search", () => {
  test("reads back as it was asked", () => {
    const search = { journal: randomBytes(300), query: { ...query, sex: "m", address: "架空県" } as const };
    expect(parseSearch(encodeSearch(search))).toEqual(search);
  });

  test.each([
    ["without a name", { ...query, name: "  " }],
    ["without a birth date", { ...query, birthDate: "" }],
    ["by a year alone", { ...query, birthDate: "1950" }],
    ["by a wildcard date", { ...query, birthDate: "19__-__-__" }],
  ])("%s is no search: nobody lists a region", (_, thin) => {
    expect(code(() => parseSearch(encodeSearch({ journal: randomBytes(9), query: thin })))).toBe("region-query-thin");
  });

  test("without its journal is refused before anything else", () => {
    expect(code(() => parseSearch(encodeSearch({ journal: new Uint8Array(0), query })))).toBe("bad-request");
    expect(code(() => parseOpening(encodeOpening({ journal: new Uint8Array(0), person: randomBytes(16), parts: ["strip"] })))).toBe(
      "bad-request",
    );
  });
});

describe("a region opening", () => {
  test("reads back as it was asked, and its entry says the same parts", () => {
    const opening = { journal: randomBytes(300), person: randomBytes(16), parts: ["strip", "rest"] as const };
    expect(parseOpening(encodeOpening(opening))).toEqual(opening);
    expect(regionWhat(["rest", "strip"])).toBe("strip rest");
  });

  test.each([
    ["no part", []],
    ["an unknown part", ["everything"]],
    ["a part twice", ["strip", "strip"]],
    ["parts in another order", ["rest", "strip"]],
  ])("%s is refused", (_, parts) => {
    expect(code(() => parseOpening(encodeCbor({ journal: randomBytes(9), person: randomBytes(16), parts })))).toBe("bad-request");
  });

  test("whatever bytes are refused with a code, never otherwise", () => {
    const values = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .dictionary(
          fc.constantFrom("journal", "query", "person", "parts"),
          fc.oneof(fc.string(), fc.nat(), fc.uint8Array(), fc.array(fc.nat())),
        )
        .map((map) => encodeCbor({ ...map })),
    );
    for (const parse of [parseSearch, parseOpening])
      fc.assert(
        fc.property(values, (bytes) => {
          expect(["none", ...errorCodes]).toContain(code(() => parse(Uint8Array.from(bytes))));
        }),
        { seed: 4, numRuns: 150 },
      );
  });
});

describe("the answers", () => {
  let signer: Signer;
  let other: Signer;
  let keys: HubKeys;
  let pair: CryptoKeyPair;
  let pub: Bytes;
  const scope = { hub: randomBytes(16), device: randomBytes(16), entry: randomBytes(32) };
  const person = randomBytes(16);
  const answer: RegionPerson = {
    row: { ...row, p: ["strip", "", ""] },
    packs: [{ kind: "strip", name: randomBytes(32), key: randomBytes(32), bytes: randomBytes(500) }],
    receipt: randomBytes(40),
  };

  beforeAll(async () => {
    const manifest = await generateSigningPair(true);
    signer = await signerOf(manifest);
    other = await signerOf(await generateSigningPair(true));
    const raw = await exportPublic(manifest.publicKey);
    const empty = new Uint8Array(65);
    keys = {
      hub: scope.hub,
      root: empty,
      keys: { manifest: raw, lease: empty, policy: empty, checkpoint: empty, roster: empty, device: empty, audit: empty },
    };
    pair = await generateSealPair(true);
    pub = await exportPublic(pair.publicKey);
  });

  test("open on the device that asked, by the entry that asked", async () => {
    const hits = { rows: [row], receipt: randomBytes(40) };
    expect(await openHits(await signHits(hits, scope, pub, signer), keys, scope, pair)).toEqual(hits);
    expect(await openPerson(await signPerson(answer, { ...scope, person }, pub, signer), keys, { ...scope, person }, pair)).toEqual(answer);
  });

  test("hold no name, number or key in the clear", async () => {
    const hits = Buffer.from(await signHits({ rows: [row], receipt: randomBytes(40) }, scope, pub, signer));
    const opened = Buffer.from(await signPerson(answer, { ...scope, person }, pub, signer));
    for (const bytes of [hits, opened])
      for (const word of ["灯台", "1950-04-01", "12345"]) expect(bytes.includes(Buffer.from(word))).toBe(false);
    for (const { key } of answer.packs) expect(opened.includes(Buffer.from(key))).toBe(false);
  });

  test.each(["hub", "device", "entry"] as const)("swapped for those of another %s are refused", async (field) => {
    const elsewhere = { ...scope, [field]: randomBytes(scope[field].length) };
    const hits = await signHits({ rows: [row], receipt: randomBytes(40) }, elsewhere, pub, signer);
    expect(await codeLater(openHits(hits, keys, scope, pair))).toBe("hub-answer-bad");
    const opened = await signPerson(answer, { ...elsewhere, person }, pub, signer);
    expect(await codeLater(openPerson(opened, keys, { ...scope, person }, pair))).toBe("hub-answer-bad");
  });

  test("of another person are refused, and keys sealed for another person do not open", async () => {
    const opened = await signPerson(answer, { ...scope, person: randomBytes(16) }, pub, signer);
    expect(await codeLater(openPerson(opened, keys, { ...scope, person }, pair))).toBe("hub-answer-bad");
    const relabelled = await resign(opened, { person });
    expect(await codeLater(openPerson(relabelled, keys, { ...scope, person }, pair))).toBe("seal-open-failed");
  });

  test("to another device's key do not open", async () => {
    const opened = await signPerson(answer, { ...scope, person }, pub, signer);
    expect(await codeLater(openPerson(opened, keys, { ...scope, person }, await generateSealPair(true)))).toBe("seal-open-failed");
  });

  test("by another signer, or one kind in place of the other, are refused", async () => {
    const forged = await signPerson(answer, { ...scope, person }, pub, other);
    expect(await codeLater(openPerson(forged, keys, { ...scope, person }, pair))).toBe("cose-signer-unknown");
    const hits = await signHits({ rows: [row], receipt: randomBytes(40) }, scope, pub, signer);
    expect(await codeLater(openPerson(hits, keys, { ...scope, person }, pair))).toBe("cose-signature-bad");
  });

  test("with more people than may be told are refused", async () => {
    const many = { rows: Array.from({ length: regionHitsMost + 1 }, () => row), receipt: utf8("r") };
    expect(await codeLater(openHits(await signHits(many, scope, pub, signer), keys, scope, pair))).toBe("hub-answer-bad");
  });

  /** The same answer with fields changed, signed anew by the hub's own key: what the sealing alone must refuse. */
  async function resign(bytes: Bytes, change: object): Promise<Bytes> {
    const { peekCose, signCose } = await import("../../../src/shared/crypto/cose.ts");
    const map = decodeCbor(peekCose(bytes).payload) as object;
    return signCose("tomoshibi/region-person/1", encodeCbor({ ...map, ...change }), signer);
  }
});
