import { beforeAll, describe, expect, it } from "vitest";
import { append, newChain } from "../../../src/shared/audit/append.ts";
import { verifyChain } from "../../../src/shared/audit/chain.ts";
import { inForce, openSponsorship, SPONSORED_MS, type Sponsorship, signSponsorship } from "../../../src/shared/audit/sponsorship.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { signCose } from "../../../src/shared/crypto/cose.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeFrom } from "../pack/fixture.ts";
import { type Actors, inputOf, knows, newActors } from "./fixture.ts";

let actors: Actors;
let guest: CryptoKeyPair;
let word: Sponsorship;
const known = (id: string) => (id === "s1" ? [actors.staff.publicKey] : []);
const signed = (change: Partial<Sponsorship> = {}, key = actors.staff.privateKey) => signSponsorship({ ...word, ...change }, key);
const opened = async (bytes: Bytes) => codeFrom(openSponsorship(bytes, actors.device, known));

beforeAll(async () => {
  actors = await newActors();
  guest = await generateSigningPair(false);
  word = {
    device: actors.device,
    id: "locum-1",
    name: "見本 当直",
    role: "physician",
    sign: await exportPublic(guest.publicKey),
    seal: actors.auditKey,
    sponsor: "s1",
    from: 1_000,
    until: 1_000 + SPONSORED_MS,
  };
});

describe("a sponsorship", () => {
  it("says who, by whom, until when, once a known sponsor signed it", async () => {
    const { sponsorship } = await openSponsorship(await signed(), actors.device, known);
    expect(sponsorship).toEqual(word);
    expect([999, 1_000, word.until - 1, word.until].map((at) => inForce(word, at))).toEqual([false, true, true, false]);
  });

  it.each<[string, () => Promise<Bytes>]>([
    ["by a key that is not the sponsor's", async () => signed({}, (await generateSigningPair(false)).privateKey)],
    ["by a sponsor whom nobody knows", () => signed({ sponsor: "s9" })],
    ["of oneself", () => signed({ sponsor: "locum-1" }, guest.privateKey)],
    ["for another device", () => signed({ device: randomBytes(16) })],
    ["longer than 24 hours", () => signed({ until: word.from + SPONSORED_MS + 1 })],
    ["that ends before it begins", () => signed({ until: word.from })],
    ["without a name", () => signed({ name: "" })],
    ["with letters of direction in the name", () => signed({ name: "見本\u202e当直" })],
    [
      "with a field more",
      () => signCose("tomoshibi/sponsorship/1", encodeCbor({ ...word, admin: true }), { key: actors.staff.privateKey, kid: utf8("s1") }),
    ],
    [
      "under another context",
      () => signCose("tomoshibi/wipe/1", encodeCbor({ ...word }), { key: actors.staff.privateKey, kid: utf8("s1") }),
    ],
    ["with one byte changed", async () => (await signed()).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte))],
    ["cut short", async () => (await signed()).slice(0, -3)],
    ["that is no sponsorship", async () => new Uint8Array([1, 2, 3])],
  ])("%s is refused", async (_, make) => {
    expect(await opened(await make())).toBe("sponsorship-bad");
  });
});

describe("an entry by a sponsored key", () => {
  const entryWith = async (change: Partial<Sponsorship>, trusted: number, kind: "open-strip" | "sponsor" | "declare" = "open-strip") => {
    const staff = { id: "locum-1", key: guest.privateKey, sponsorship: await signed(change) };
    return append(newChain(randomBytes(16)), inputOf(actors, kind, { trusted, staff }));
  };
  const verdict = async (change: Partial<Sponsorship>, trusted: number) => {
    const { entry } = await entryWith(change, trusted);
    const { alerts } = await verifyChain([entry.bytes], knows(actors));
    return alerts.map(({ kind }) => kind);
  };

  it("is verified by itself: the hub need not have seen the key", async () => {
    expect(await verdict({}, 2_000)).toEqual([]);
  });

  it("after the end, before the beginning, for another device, or by a sponsor nobody knows, is an alert", async () => {
    expect(await verdict({}, word.until)).toEqual(["bad-signature"]);
    expect(await verdict({}, 999)).toEqual(["bad-signature"]);
    expect(await verdict({ device: randomBytes(16) }, 2_000)).toEqual(["bad-signature"]);
    expect(await verdict({ sponsor: "s9" }, 2_000)).toEqual(["bad-signature"]);
  });

  it("in somebody else's name is an alert: a colleague's opening cannot be forged by vouching for oneself under their id", async () => {
    const staff = { id: "s1", key: guest.privateKey, sponsorship: await signed() };
    const { entry } = await append(newChain(randomBytes(16)), inputOf(actors, "open-strip", { trusted: 2_000, staff }));
    const { alerts } = await verifyChain([entry.bytes], knows(actors));
    expect(alerts.map(({ kind }) => kind)).toEqual(["bad-signature"]);
  });

  it.each(["sponsor", "declare"] as const)("is never a %s", async (kind) => {
    expect(await codeFrom(entryWith({}, 2_000, kind))).toBe("journal-key-not-allowed");
  });
});
