import { describe, expect, test } from "vitest";
import { approveDevice, refuseDevice, revokeDevice } from "../../../src/hub/people/devices.ts";
import { deviceById } from "../../../src/hub/store/device.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { keyId } from "../../../src/shared/crypto/sign.ts";
import { openCertificate } from "../../../src/shared/protocol/certificate.ts";
import * as enrol from "../../../src/shared/protocol/enrol.ts";
import * as enrolment from "../../../src/shared/protocol/enrolment.ts";
import { leasePath, manifestPath, policyPath, ringPath, rosterPath, shardPath } from "../../../src/shared/protocol/files.ts";
import { openEpochKey, openLease } from "../../../src/shared/protocol/lease.ts";
import { openPolicy } from "../../../src/shared/protocol/policy.ts";
import { ask, bytesOf, enrolled, newDevice, refusal, sendEnrol } from "../routes/device.ts";
import { testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();
const dataPaths = [leasePath, manifestPath, rosterPath, policyPath, shardPath("A".repeat(43)), ringPath("A".repeat(43))];

describe.each(dialects)("enrolment on %s", (dialect) => {
  test("a device waits until the operator approves it, and gets nothing before", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region, false);
    expect(enrolment.parseResponse(await bytesOf(await ask(device, enrolment.enrolmentPath)))).toEqual({ state: "pending" });
    for (const path of dataPaths) expect(await refusal(await ask(device, path)), path).toBe("enrol-not-approved");

    const id = toBase64Url(device.id);
    const row = await deviceById(region.store.db, id);
    expect(row?.fingerprint).toBe(await enrol.deviceFingerprint({ device: device.id, ...device.keys.publics }));
    expect(row?.fingerprint).toMatch(/^[0-9A-Z]{4}( [0-9A-Z]{4}){4}$/);
    await approveDevice(region.deps, id, "見本 運用");

    const told = enrolment.parseResponse(await bytesOf(await ask(device, enrolment.enrolmentPath)));
    if (told.state !== "approved") throw new Error("not approved");
    expect(told.site.name).toBe("灯台病院 救急外来");
    const certificate = await openCertificate(told.certificate, region.publicKeys);
    expect([certificate.device, certificate.open, certificate.locked]).toEqual([
      device.id,
      device.keys.publics.open,
      device.keys.publics.locked,
    ]);
  });

  test("an approved device gets a lease that it alone can open, for 7 and 30 days", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const lease = await openLease(await bytesOf(await ask(device, leasePath)), region.publicKeys, device.id);
    expect(await openEpochKey(lease, device.keys.seal)).toEqual(region.epochKey);
    expect([lease.normalUntil, lease.disasterUntil]).toEqual([region.clock.time + 7 * 86_400_000, region.clock.time + 30 * 86_400_000]);
    const other = await newDevice(region);
    await expect(openEpochKey(lease, other.keys.seal)).rejects.toMatchObject({ code: "lease-other-device" });
    const next = await openLease(await bytesOf(await ask(device, leasePath)), region.publicKeys, device.id);
    expect(next.seq).toBe(lease.seq + 1);
  });

  test("without a policy there is neither policy nor lease", async () => {
    const region = await testRegion(await stores.open(dialect), { policy: false });
    const device = await enrolled(region);
    expect(await refusal(await ask(device, policyPath))).toBe("policy-missing");
    expect(await refusal(await ask(device, leasePath))).toBe("policy-missing");
  });

  test("the default policy opens, with its reasons, and lets clerks open nothing", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const policy = await openPolicy(await bytesOf(await ask(device, policyPath)), region.publicKeys);
    expect(policy.reasons.filter(({ phase, path }) => phase === 1 && path === undefined).map(({ id }) => id)).toEqual([
      "unconscious",
      "life-danger",
      "disaster",
      "system-outage",
    ]);
    expect(policy.protected).toBe("masked");
    expect(policy.roles.clerk).toBeUndefined();
  });

  test("a code works once: for one of ten that come at the same moment", async () => {
    const region = await testRegion(await stores.open(dialect));
    const code = await region.invite();
    const all = await Promise.all(Array.from({ length: 10 }, async () => await sendEnrol(await newDevice(region), code)));
    const won = all.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    for (const lost of all.filter(({ ok }) => !ok)) expect(await refusal(lost)).toBe("enrol-code-used");
  });

  test("the same device may ask again when the answer was lost, but not with other keys", async () => {
    const region = await testRegion(await stores.open(dialect));
    const code = await region.invite();
    const device = await newDevice(region);
    expect((await sendEnrol(device, code)).ok).toBe(true);
    expect((await sendEnrol(device, code)).ok).toBe(true);
    const thief = { ...(await newDevice(region)), id: device.id };
    expect(await refusal(await sendEnrol(thief, code))).toBe("enrol-code-used");
  });

  test("a device that was refused or revoked gets nothing more, and cannot be approved again", async () => {
    const region = await testRegion(await stores.open(dialect));
    const [refused, revoked] = [await enrolled(region, false), await enrolled(region)];
    await refuseDevice(region.deps, toBase64Url(refused.id), "見本");
    await revokeDevice(region.deps, toBase64Url(revoked.id), "見本");
    for (const path of [...dataPaths, enrolment.enrolmentPath]) {
      expect(await refusal(await ask(refused, path)), path).toBe("enrol-refused");
      expect(await refusal(await ask(revoked, path)), path).toBe("device-revoked");
    }
    await expect(approveDevice(region.deps, toBase64Url(refused.id), "見本")).rejects.toMatchObject({ code: "bad-request" });
    await expect(approveDevice(region.deps, toBase64Url(revoked.id), "見本")).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("an enrolment by somebody else", () => {
  test("with a wrong secret, an unknown invitation or a late one is refused, and says no more than it must", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const code = await region.invite();
    const parts = await enrol.parseEnrolCode(code);
    const wrongSecret = await enrol.encodeEnrolCode({ ...parts, secret: new Uint8Array(16) });
    const wrongId = await enrol.encodeEnrolCode({ ...parts, id: new Uint8Array(5) });
    expect(await refusal(await sendEnrol(await newDevice(region), wrongSecret))).toBe("enrol-code-unknown");
    expect(await refusal(await sendEnrol(await newDevice(region), wrongId))).toBe("enrol-code-unknown");
    region.clock.time += 24 * 60 * 60 * 1000 + 1;
    expect(await refusal(await sendEnrol(await newDevice(region), wrongSecret))).toBe("enrol-code-unknown");
    expect(await refusal(await sendEnrol(await newDevice(region), code))).toBe("enrol-code-expired");
  });

  test("is slowed down", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const parts = await enrol.parseEnrolCode(await region.invite());
    const wrong = await enrol.encodeEnrolCode({ ...parts, secret: new Uint8Array(16) });
    const device = await newDevice(region);
    const codes: string[] = [];
    for (let i = 0; i < 61; i++) codes.push(await refusal(await sendEnrol(device, wrong)));
    expect(codes.at(-1)).toBe("too-many-requests");
  });

  test("that shows one key for two uses, or no key at all, is refused and burns nothing", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const code = await region.invite();
    const device = await newDevice(region);
    const { publics } = device.keys;
    const doubled = { ...device, keys: { ...device.keys, publics: { ...publics, locked: publics.open } } };
    const nonsense = { ...device, keys: { ...device.keys, publics: { ...publics, seal: new Uint8Array(65).fill(4) } } };
    expect(await refusal(await sendEnrol(doubled, code))).toBe("bad-request");
    expect(await refusal(await sendEnrol(nonsense, code))).toBe("bad-request");
    expect(await refusal(await sendEnrol(device, code, "見本\u0007タブレット"))).toBe("bad-request");
    expect((await sendEnrol(device, code)).ok).toBe(true);
    expect(await keyId(publics.open)).toHaveLength(8);
  });

  test("a hub that does not know the secret is not believed", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const { secret, id } = await enrol.parseEnrolCode(await region.invite());
    const device = await newDevice(region);
    const { mac } = await enrol.encodeRequest({ id, device: device.id, name: "見本", ...device.keys.publics }, secret);
    const forged = await enrol.encodeResponse({ state: "approved", keys: region.deps.keys.signedKeys }, new Uint8Array(16), mac);
    await expect(enrol.parseResponse(forged, secret, mac)).rejects.toMatchObject({ code: "enrol-hub-unproven" });
    const other = await enrol.encodeResponse({ state: "approved", keys: region.deps.keys.signedKeys }, secret, new Uint8Array(32));
    await expect(enrol.parseResponse(other, secret, mac)).rejects.toMatchObject({ code: "enrol-hub-unproven" });
  });
});
