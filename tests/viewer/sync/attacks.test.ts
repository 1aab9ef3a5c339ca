/** Whoever stands between device and hub, or serves the packs: each fault by its name. Beside it: pull.test.ts, rules.test.ts. */
import { beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { signLease } from "../../../src/shared/protocol/lease.ts";
import { signManifest } from "../../../src/shared/protocol/manifest.ts";
import { DISASTER_MS, encodeResponse, signDisaster, signWipe } from "../../../src/shared/protocol/orders.ts";
import { openPolicy, signPolicy } from "../../../src/shared/protocol/policy.ts";
import { signRoster } from "../../../src/shared/protocol/roster.ts";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub, manifestOf, type TestHub } from "../../msw/hub.ts";
import { type SyncDevice, syncDevice } from "./device.ts";

let hub: TestHub;
let device: SyncDevice;
beforeEach(async () => {
  hub = await makeTestHub();
  await hub.publish({ people: 30 });
  device = await syncDevice(hub);
  expect(await device.sync()).toBe("fine");
});

const kept = async () => {
  const rows = await device.vault.signed.toArray();
  return Object.fromEntries(rows.map(({ what, bytes }) => [what, bytes]));
};
const rowOf = async (what: "lease" | "roster" | "policy" | "manifest") => {
  const row = await device.vault.signed.get(what);
  if (!row) throw new Error(`no ${what}`);
  return row.bytes;
};
/** The fault is refused with this code, and what was good stays, byte for byte. */
async function refused(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  code: string,
  ...stays: ("lease" | "roster" | "policy" | "manifest")[]
) {
  const before = await kept();
  device.faults = [faults.replayed(path, bytes)];
  expect(await device.sync()).toBe(code);
  const after = await kept();
  for (const what of stays) expect([what, after[what]]).toEqual([what, before[what]]);
  device.faults = [];
  expect(await device.sync()).toBe("fine");
}

describe("a lease", () => {
  test("of before, rightly signed for this device, replayed to make it older", async () => {
    const old = await rowOf("lease");
    await device.sync();
    await refused("/api/lease", old, "lease-malformed", "lease");
  });

  test("of another device of the same hub", async () => {
    const lease = { hub: hub.id, device: new Uint8Array(16).fill(9), cohort: hub.cohort, epoch: 1, seq: 99, ek: new Uint8Array(113) };
    const bytes = await signLease({ ...lease, normalUntil: 9e12, disasterUntil: 9e12, graceHours: 72, at: 1 }, hub.signers.lease);
    await refused("/api/lease", bytes, "lease-other-device", "lease");
  });

  test("of another region, for the very same device id", async () => {
    const other = await makeTestHub("cohort-b");
    const lease = { hub: other.id, device: device.id, cohort: "cohort-b", epoch: 1, seq: 99, ek: new Uint8Array(113) };
    const times = { normalUntil: 9e12, disasterUntil: 9e12, graceHours: 72, at: 1 };
    await refused("/api/lease", await signLease({ ...lease, ...times }, other.signers.lease), "cose-signer-unknown", "lease");
    await refused("/api/lease", await signLease({ ...lease, ...times }, hub.signers.lease), "lease-other-device", "lease");
  });

  test("whose last day comes before its first", async () => {
    const lease = { hub: hub.id, device: device.id, cohort: hub.cohort, epoch: 1, seq: 99, ek: new Uint8Array(113) };
    const bytes = await signLease({ ...lease, normalUntil: 9e12, disasterUntil: 8e12, graceHours: 72, at: 1 }, hub.signers.lease);
    await refused("/api/lease", bytes, "lease-malformed", "lease");
  });
});

describe("a roster or a policy", () => {
  test("of before a member was removed, replayed to let them in again", async () => {
    const roster = async (seq: number) => signRoster({ hub: hub.id, site: "site-1", seq, members: [] }, hub.signers.roster);
    const old = await rowOf("roster");
    await device.sync();
    await refused("/api/roster", old, "roster-malformed", "roster");
    await refused("/api/roster", await roster(0), "roster-malformed", "roster");
  });

  test("of before it became stricter, replayed", async () => {
    const lax = hub.policy;
    const policy = await openPolicy(lax, hub.hubKeys);
    Object.assign(hub, { policy: await signPolicy({ ...policy, seq: 2, protected: "withheld" }, hub.signers.policy) });
    await hub.publish({ people: 30 });
    expect(await device.sync()).toBe("fine");
    await refused("/api/policy", lax, "policy-malformed", "policy");
  });

  test.each([
    ["/api/roster", "policy"],
    ["/api/policy", "roster"],
    ["/api/lease", "manifest"],
    ["/api/manifest", "lease"],
  ] as const)("%s answered with this hub's own %s", async (path, what) => {
    const asked = (["lease", "roster", "policy", "manifest"] as const).find((each) => path.endsWith(each)) ?? "lease";
    await refused(path, await rowOf(what), "cose-signer-unknown", asked);
  });

  test("signed by a key of this hub that is certified for something else", async () => {
    const forged = await signRoster({ hub: hub.id, site: "site-1", seq: 99, members: [] }, hub.signers.policy);
    await refused("/api/roster", forged, "cose-signer-unknown", "roster");
  });
});

describe("a file that the manifest names", () => {
  const swap = async (kind: "shard" | "ring", first: Uint8Array<ArrayBuffer> | undefined, code: string) => {
    if (!first) throw new Error("no file");
    await hub.publish({ people: 31, address: "架空県変更町" });
    device.faults = [faults.replayed(`/api/${kind}/`, first)];
    expect(await device.sync()).toBe(code);
    expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
    device.faults = [];
    expect(await device.sync()).toBe("fine");
  };
  test("a shard of before, in place of the new one", () => swap("shard", hub.published?.sealed.shards[0]?.bytes, "shard-malformed"));
  test("a ring part of before", () => swap("ring", hub.published?.sealed.rings.strip[0]?.bytes, "ring-malformed"));
  test("the ring of one kind in place of another's", async () => {
    await swap("ring", hub.published?.sealed.rings.protected[0]?.bytes, "ring-malformed");
  });
  test("one person's pack in place of another's", async () => {
    const other = [...(hub.published?.sealed.packs.values() ?? [])][5];
    if (!other) throw new Error("no pack");
    await hub.publish({ people: 30, drug: (i) => (i === 3 ? "クロピドグレル錠" : "ワルファリンカリウム錠") });
    device.faults = [faults.replayed("/packs/", other)];
    expect(["pack-hash-mismatch", "hub-answer-bad", "bundle-malformed"]).toContain(await device.sync());
    expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
  });
});

describe("a manifest", () => {
  test("of before, after two rotations", async () => {
    const old = await rowOf("manifest");
    await hub.publish({ people: 30, epoch: 2 });
    expect(await device.sync()).toBe("fine");
    await refused("/api/manifest", old, "manifest-rollback", "manifest");
  });

  test("of the epoch before under a new number, to bring a leaked key back into use", async () => {
    const sealed = hub.published?.sealed;
    if (!sealed || !hub.published) throw new Error("nothing published");
    await hub.publish({ people: 30, epoch: 2 });
    expect(await device.sync()).toBe("fine");
    const back = await manifestOf(hub, sealed, 3, await sha256(hub.published.bytes));
    await refused("/api/manifest", await signManifest(back, hub.signers.manifest), "hub-answer-bad", "manifest");
  });
});

describe("an order", () => {
  const answer = (wipe: Uint8Array<ArrayBuffer> | null, disaster: Uint8Array<ArrayBuffer> | null) => encodeResponse({ wipe, disaster });
  const declared = { hub: hub?.id, seq: 5, id: new Uint8Array(16), sites: ["*"], from: 1000, until: 2000, words: "架空県南部地震" };
  const disaster = (change: object, signer = hub.signers.policy) => signDisaster({ ...declared, hub: hub.id, ...change }, signer);

  test("to wipe for another device, forged, or in place of another order, reaches nobody", async () => {
    const other = await makeTestHub();
    const wipe = { hub: hub.id, device: device.id, reason: "revoked" as const, at: 1 };
    await refused("/api/orders", answer(await signWipe(wipe, other.signers.lease), null), "cose-signer-unknown", "lease");
    await refused("/api/orders", answer(await signWipe({ ...wipe, device: hub.id }, hub.signers.lease), null), "order-malformed", "lease");
    await refused("/api/orders", answer(await disaster({}), null), "cose-signer-unknown", "lease");
    await refused("/api/orders", answer(await rowOf("lease"), null), "cose-signature-bad", "lease");
    expect(device.wipes).toEqual([]);
  });

  test("that declares a disaster is kept when it is newer; an older one, one without end and a forged one are not", async () => {
    device.faults = [faults.replayed("/api/orders", answer(null, await disaster({})))];
    expect(await device.sync()).toBe("fine");
    const good = (await kept()).disaster;
    const other = await makeTestHub();
    const bad = [
      [await disaster({ seq: 4 }), "order-malformed"],
      [await disaster({ seq: 6, until: 1000 + DISASTER_MS + 1 }), "order-malformed"],
      [await disaster({ seq: 6 }, other.signers.policy), "cose-signer-unknown"],
      [await disaster({ seq: 6 }, hub.signers.lease), "cose-signer-unknown"],
    ] as const;
    for (const [bytes, code] of bad) {
      device.faults = [faults.replayed("/api/orders", answer(null, bytes))];
      expect(await device.sync()).toBe(code);
      expect((await kept()).disaster).toEqual(good);
    }
  });

  test("that is no CBOR, or more than it may be, stops the pull and not the journal", async () => {
    for (const [bytes, code] of [
      [new Uint8Array([0xff]), "cbor-malformed"],
      [new Uint8Array(600 * 1024), "hub-answer-bad"],
    ] as const) {
      device.states.length = 0;
      device.faults = [faults.replayed("/api/orders", bytes)];
      expect(await device.sync()).toBe(code);
      expect(device.states).toContain("pushingAfterFault");
    }
  });
});
