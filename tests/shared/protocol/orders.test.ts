import { beforeAll, describe, expect, it } from "vitest";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { type Signer, signCose, signerOf } from "../../../src/shared/crypto/cose.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import type { HubKeys } from "../../../src/shared/protocol/keys.ts";
import {
  disasterAt,
  encodeResponse,
  openDisaster,
  openWipe,
  parseResponse,
  signDisaster,
  signWipe,
} from "../../../src/shared/protocol/orders.ts";
import { codeFrom, fill, flipped } from "../pack/fixture.ts";

const hub = fill(16, 1);
const device = fill(16, 2);
const wipe = { hub, device, reason: "revoked" as const, at: 1 };
const disaster = { hub, seq: 1, id: fill(16, 3), sites: ["er"], from: 1_000, until: 2_000, words: "架空県南部地震" };
let lease: Signer;
let policy: Signer;
let keys: HubKeys;

beforeAll(async () => {
  const [leasePair, policyPair] = [await generateSigningPair(false), await generateSigningPair(false)];
  [lease, policy] = [await signerOf(leasePair), await signerOf(policyPair)];
  const raw = { lease: await exportPublic(leasePair.publicKey), policy: await exportPublic(policyPair.publicKey) };
  const other = fill(65, 4);
  keys = { hub, root: other, keys: { manifest: other, checkpoint: other, roster: other, device: other, audit: other, ...raw } };
});

describe("an order to wipe", () => {
  it("comes back as it was signed", async () => {
    expect(await openWipe(await signWipe(wipe, lease), keys, device)).toEqual(wipe);
  });

  it("for another device, of another hub, for no reason or changed by a bit is not followed", async () => {
    expect(await codeFrom(openWipe(await signWipe(wipe, lease), keys, fill(16, 9)))).toBe("order-malformed");
    expect(await codeFrom(openWipe(await signWipe({ ...wipe, hub: fill(16, 9) }, lease), keys, device))).toBe("order-malformed");
    const vague = await signCose("tomoshibi/wipe/1", encodeCbor({ ...wipe, reason: "" }), lease);
    expect(await codeFrom(openWipe(vague, keys, device))).toBe("order-malformed");
    const bytes = await signWipe(wipe, lease);
    for (let at = 0; at < bytes.length; at += 7) expect(await codeFrom(openWipe(flipped(bytes, at), keys, device))).toMatch(/^cose-/);
  });

  it("signed by the key of policies, or signed as something else, is not followed", async () => {
    expect(await codeFrom(openWipe(await signWipe(wipe, policy), keys, device))).toBe("cose-signer-unknown");
    const asLease = await signCose("tomoshibi/lease/1", encodeCbor(wipe), lease);
    expect(await codeFrom(openWipe(asLease, keys, device))).toBe("cose-signature-bad");
  });
});

describe("a declared disaster", () => {
  it("comes back as it was signed, and holds for its sites and times alone", async () => {
    const opened = await openDisaster(await signDisaster(disaster, policy), keys);
    expect(opened).toEqual(disaster);
    const at = (site: string, time: number) => disasterAt(opened, site, time);
    expect([at("er", 999), at("er", 1_000), at("er", 1_999), at("er", 2_000), at("clinic", 1_500)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(disasterAt({ ...opened, sites: ["*"] }, "clinic", 1_500)).toBe(true);
  });

  it("without an end within thirty days, without words, or signed by another key is not believed", async () => {
    const endless = { ...disaster, until: Number.MAX_SAFE_INTEGER };
    expect(await codeFrom(openDisaster(await signDisaster(endless, policy), keys))).toBe("order-malformed");
    expect(await codeFrom(openDisaster(await signDisaster({ ...disaster, words: "" }, policy), keys))).toBe("order-malformed");
    expect(await codeFrom(openDisaster(await signDisaster(disaster, lease), keys))).toBe("cose-signer-unknown");
  });
});

it("an answer of orders is read strictly, and may hold none", async () => {
  expect(parseResponse(encodeResponse({ wipe: null, disaster: null }))).toEqual({ wipe: null, disaster: null });
  const signed = await signWipe(wipe, lease);
  expect(parseResponse(encodeResponse({ wipe: signed, disaster: null })).wipe).toEqual(signed);
  expect(() => parseResponse(encodeCbor({ wipe: null }))).toThrow("hub-answer-bad");
  expect(() => parseResponse(encodeCbor({ wipe: "yes", disaster: null }))).toThrow("hub-answer-bad");
});
