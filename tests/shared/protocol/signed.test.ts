import { beforeAll, describe, expect, it } from "vitest";
import { alertKinds } from "../../../src/shared/audit/chain.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { type CoseContext, peekCose, type Signer, signCose, signerOf } from "../../../src/shared/crypto/cose.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { openCertificate, signCertificate } from "../../../src/shared/protocol/certificate.ts";
import { type HubKeys, openKeys, rootHash, type SigningUse, signingUses, signKeys } from "../../../src/shared/protocol/keys.ts";
import { openLease, signLease } from "../../../src/shared/protocol/lease.ts";
import { openManifest, signManifest } from "../../../src/shared/protocol/manifest.ts";
import { defaultLocks, openPolicy, signPolicy } from "../../../src/shared/protocol/policy.ts";
import { openReceipt, signReceipt } from "../../../src/shared/protocol/receipt.ts";
import { openRoster, signRoster } from "../../../src/shared/protocol/roster.ts";
import { codeFrom, fill, flipped } from "../pack/fixture.ts";

const hub = fill(16, 1);
const device = fill(16, 2);
const point = fill(65, 4);
let root: Signer;
let signers: Record<SigningUse, Signer>;
let keys: HubKeys;

const pairOf = async () => {
  const pair = await generateSigningPair(false);
  return { signer: await signerOf(pair), raw: await exportPublic(pair.publicKey) };
};

beforeAll(async () => {
  const rootPair = await pairOf();
  root = rootPair.signer;
  const [manifest, lease, policy, checkpoint, roster, certificate] = await Promise.all(signingUses.map(pairOf));
  if (!manifest || !lease || !policy || !checkpoint || !roster || !certificate) throw new Error("no keys");
  signers = {
    manifest: manifest.signer,
    lease: lease.signer,
    policy: policy.signer,
    checkpoint: checkpoint.signer,
    roster: roster.signer,
    device: certificate.signer,
  };
  keys = {
    hub,
    root: rootPair.raw,
    keys: {
      manifest: manifest.raw,
      lease: lease.raw,
      policy: policy.raw,
      checkpoint: checkpoint.raw,
      roster: roster.raw,
      device: certificate.raw,
      audit: point,
    },
  };
});

interface Kind {
  readonly name: string;
  readonly use: SigningUse;
  readonly context: CoseContext;
  readonly malformed: string;
  readonly foreign: string;
  readonly value: object;
  readonly sign: (value: never, signer: Signer) => Promise<Bytes>;
  readonly open: (bytes: Bytes) => Promise<unknown>;
  readonly wrong: readonly (readonly [string, object])[];
}

const manifest = {
  hub,
  cohort: "region",
  epoch: 1,
  seq: 2,
  prev: fill(32, 3),
  at: 5,
  count: 1,
  shards: [{ name: fill(32, 4), bytes: 9 }],
  rings: { strip: [{ name: fill(32, 5), bytes: 9, first: fill(32, 6) }], rest: [], protected: [] },
  bundles: [{ name: fill(32, 7), bytes: 30, packs: fill(64, 8), lengths: [10, 20] }],
  policy: fill(0, 0),
  rules: { version: "1.0.0", date: "2026-04-01", name: fill(32, 9), bytes: 9 },
};
const lease = {
  hub,
  device,
  cohort: "region",
  epoch: 1,
  seq: 1,
  ek: fill(113, 1),
  normalUntil: 1,
  disasterUntil: 2,
  graceHours: 72,
  at: 0,
};
const reason = { id: "unconscious", ja: "意識なし", en: "Unconscious", phase: 1 as const, purpose: "ETREAT" as const };
const policy = {
  hub,
  seq: 1,
  reasons: [reason],
  grantMinutes: 60,
  protected: "masked" as const,
  roles: { physician: { strip: true, rest: true, protected: true } },
  locks: { ...defaultLocks, secondPerson: { nurse: ["protected" as const] } },
};
const member = { id: "s1", name: "見本 医師", kana: "ミホン イシ", role: "physician" as const, sign: point, seal: point };
const certificate = { hub, device, site: "er", open: point, locked: point, seal: point, at: 1 };
const log = {
  checkpoint: "",
  entry: { seq: 4, received: 5, index: 3, path: [fill(32, 1)] },
  consistency: [{ from: 2, path: [] }],
  generations: [fill(99, 1)],
  backup: null,
};
const alerts = alertKinds.map((kind) => ({ kind, seq: 1 }));
const receipt = { hub, device, chain: fill(16, 3), seq: 4, hash: fill(32, 5), at: 6, alerts, batch: fill(32, 6), log };

const kinds: readonly Kind[] = [
  {
    name: "manifest",
    use: "manifest",
    context: "tomoshibi/manifest/1",
    malformed: "manifest-malformed",
    foreign: "manifest-other-region",
    value: manifest,
    sign: signManifest,
    open: (bytes) => openManifest(bytes, keys),
    wrong: [
      ["a rule table without a hash", { rules: { version: "1.0.0", date: "2026-04-01", name: fill(0, 0), bytes: 0 } }],
      ["a rule table of no length", { rules: { version: "1.0.0", date: "2026-04-01", name: fill(32, 9) } }],
      ["a ring of an unknown kind", { rings: { ...manifest.rings, secret: [] } }],
      ["a short hash", { prev: fill(31, 1) }],
      ["a bundle with a negative length", { bundles: [{ ...manifest.bundles[0], lengths: [-10, 40] }] }],
      ["a short shard name", { shards: [{ name: fill(31, 1), bytes: 1 }] }],
      ["control letters", { cohort: "a\nb" }],
    ],
  },
  {
    name: "lease",
    use: "lease",
    context: "tomoshibi/lease/1",
    malformed: "lease-malformed",
    foreign: "lease-other-device",
    value: lease,
    sign: signLease,
    open: (bytes) => openLease(bytes, keys, device),
    wrong: [
      ["a sealed key of another length", { ek: fill(112, 1) }],
      ["an end of disaster before the normal end", { disasterUntil: 0 }],
      ["an epoch beyond 32 bits", { epoch: 2 ** 32 }],
      ["a time as text", { at: "0" }],
    ],
  },
  {
    name: "policy",
    use: "policy",
    context: "tomoshibi/policy/1",
    malformed: "policy-malformed",
    foreign: "policy-malformed",
    value: policy,
    sign: signPolicy,
    open: (bytes) => openPolicy(bytes, keys),
    wrong: [
      ["a grant without end", { grantMinutes: 100_000 }],
      ["a grant of no time", { grantMinutes: 0 }],
      ["an unknown role", { roles: { janitor: { strip: true, rest: true, protected: true } } }],
      ["a role that is not whole", { roles: { nurse: { strip: true } } }],
      ["a third phase", { reasons: [{ ...reason, phase: 3 }] }],
      ["an unknown purpose", { reasons: [{ ...reason, purpose: "CURIOUS" }] }],
      ["another way with protected classes", { protected: "whatever" }],
      ["a way to open that nobody knows", { reasons: [{ ...reason, path: "curiosity" }] }],
      ["locks that are not whole", { locks: { hourlyLimit: 1 } }],
      ["a soft lock for a day", { locks: { ...defaultLocks, softLockMinutes: 1440 } }],
      ["a second person for no role of ours", { locks: { ...defaultLocks, secondPerson: { janitor: ["rest"] } } }],
    ],
  },
  {
    name: "roster",
    use: "roster",
    context: "tomoshibi/roster/1",
    malformed: "roster-malformed",
    foreign: "roster-malformed",
    value: { hub, site: "er", seq: 1, members: [member] },
    sign: signRoster,
    open: (bytes) => openRoster(bytes, keys),
    wrong: [
      ["a compressed key", { members: [{ ...member, sign: fill(33, 2) }] }],
      ["an unknown role", { members: [{ ...member, role: "owner" }] }],
      ["a nameless member", { members: [{ ...member, name: "" }] }],
      ["a mark that is no flag", { members: [{ ...member, envelope: 1 }] }],
    ],
  },
  {
    name: "certificate",
    use: "device",
    context: "tomoshibi/device/1",
    malformed: "hub-answer-bad",
    foreign: "hub-answer-bad",
    value: certificate,
    sign: signCertificate,
    open: (bytes) => openCertificate(bytes, keys),
    wrong: [["a short key", { locked: fill(64, 1) }]],
  },
  {
    name: "receipt",
    use: "checkpoint",
    context: "tomoshibi/receipt/1",
    malformed: "hub-answer-bad",
    foreign: "hub-answer-bad",
    value: receipt,
    sign: signReceipt,
    open: (bytes) => openReceipt(bytes, keys, device),
    wrong: [
      ["an unknown alert", { alerts: [{ kind: "boredom", seq: 1 }] }],
      ["a path of short hashes", { log: { ...log, entry: { ...log.entry, path: [fill(31, 1)] } } }],
      ["a path without end", { log: { ...log, consistency: [{ from: 2, path: Array.from({ length: 65 }, () => fill(32, 1)) }] } }],
      ["another device", { device: fill(16, 9) }],
    ],
  },
];

describe.each(kinds)("the $name", ({ use, context, malformed, foreign, value, sign, open, wrong }) => {
  const signed = (payload: object, signer = signers[use]) => signCose(context, encodeCbor(payload), signer);

  it("comes back as it was signed", async () => {
    expect(await open(await sign(value as never, signers[use]))).toEqual(value);
  });

  it("with an unknown, missing or mistyped field is refused", async () => {
    expect(await codeFrom(open(await signed({ ...value, extra: 1 })))).toBe(malformed);
    for (const key of Object.keys(value).filter((each) => each !== "locks")) {
      const without = Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
      expect(await codeFrom(open(await signed(without)))).toBe(malformed);
      expect(await codeFrom(open(await signed({ ...value, [key]: null })))).toBe(malformed);
    }
    for (const [, change] of wrong) expect(await codeFrom(open(await signed({ ...value, ...change })))).toBe(malformed);
  });

  it("that is no map or no CBOR is refused", async () => {
    expect(await codeFrom(open(await signCose(context, encodeCbor([1]), signers[use])))).toBe(malformed);
    expect(await codeFrom(open(await signCose(context, fill(3, 255), signers[use])))).toBe(malformed);
  });

  it("of another hub is refused", async () => {
    expect(await codeFrom(open(await signed({ ...value, hub: fill(16, 9) })))).toBe(foreign);
  });

  it("signed by another of the hub's keys, or under another context, is refused", async () => {
    for (const other of signingUses.filter((each) => each !== use))
      expect(await codeFrom(open(await signed(value, signers[other])))).toBe("cose-signer-unknown");
    expect(await codeFrom(open(await signCose("tomoshibi/enrol/1", encodeCbor(value), signers[use])))).toBe("cose-signature-bad");
  });

  it("with a flipped bit is refused", async () => {
    const bytes = await signed(value);
    for (let at = 0; at < bytes.length; at += 11) expect(await codeFrom(open(flipped(bytes, at)))).toMatch(/^cose-/);
  });
});

describe("the hub's keys", () => {
  it("are believed under the root of the enrolment code only", async () => {
    const bytes = await signKeys(keys, root);
    expect(await openKeys(bytes, await rootHash(keys.root))).toEqual(keys);
    expect(await codeFrom(openKeys(bytes, randomBytes(16)))).toBe("keys-root-mismatch");
  });

  it("that name the right root but are signed by another are refused", async () => {
    const expected = await rootHash(keys.root);
    expect(await codeFrom(openKeys(await signKeys(keys, signers.lease), expected))).toBe("cose-signer-unknown");
    const forged = await signKeys({ ...keys, keys: { ...keys.keys, lease: keys.keys.manifest } }, { ...signers.lease, kid: root.kid });
    expect(await codeFrom(openKeys(forged, expected))).toBe("cose-signature-bad");
  });

  it("with an unknown or missing key are malformed", async () => {
    const expected = await rootHash(keys.root);
    const payload = decodeCbor(peekCose(await signKeys(keys, root)).payload) as HubKeys;
    const { audit: _, ...less } = payload.keys;
    for (const wrong of [
      { ...payload, extra: 1 },
      { ...payload, keys: less },
      { ...payload, keys: { ...payload.keys, spare: point } },
      { ...payload, root: fill(64, 1) },
    ]) {
      expect(await codeFrom(openKeys(await signCose("tomoshibi/keys/1", encodeCbor(wrong), root), expected))).toBe("keys-malformed");
    }
  });
});

describe("a manifest's bundles", () => {
  it("whose names and lengths do not add up are refused", async () => {
    const bundle = manifest.bundles[0];
    for (const change of [{ lengths: [10] }, { lengths: [10, 21] }, { packs: fill(65, 1) }]) {
      const bytes = await signCose(
        "tomoshibi/manifest/1",
        encodeCbor({ ...manifest, bundles: [{ ...bundle, ...change }] }),
        signers.manifest,
      );
      expect(await codeFrom(openManifest(bytes, keys))).toBe("bundle-malformed");
    }
  });
});
