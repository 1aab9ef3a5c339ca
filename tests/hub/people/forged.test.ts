import { describe, expect, test } from "vitest";
import { approveDevice, listDevices } from "../../../src/hub/people/devices.ts";
import { createEnrolment } from "../../../src/hub/people/enrolments.ts";
import { addSite, removeSite } from "../../../src/hub/people/sites.ts";
import { addMember } from "../../../src/hub/people/staff.ts";
import { listWipes } from "../../../src/hub/people/wipe.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { openCertificate } from "../../../src/shared/protocol/certificate.ts";
import * as enrol from "../../../src/shared/protocol/enrol.ts";
import * as enrolment from "../../../src/shared/protocol/enrolment.ts";
import { leasePath, manifestPath, rosterPath } from "../../../src/shared/protocol/files.ts";
import { openRoster } from "../../../src/shared/protocol/roster.ts";
import { ask, bytesOf, enrolled, newDevice, refusal, registerMember, sendEnrol, type TestDevice } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const region = async () => await testRegion(await stores.reopen(await stores.place("sqlite")));
const post = (place: TestRegion, body: Uint8Array<ArrayBuffer>) =>
  place.hub(new Request(`http://localhost:8787${enrol.enrolPath}`, { method: "POST", body }));

async function requestOf(device: TestDevice, code: string) {
  const { id, secret } = await enrol.parseEnrolCode(code);
  return await enrol.encodeRequest({ id, device: device.id, name: "救急外来タブレット", ...device.keys.publics }, secret);
}

describe("a forged enrolment", () => {
  test("with a guessed code lets nobody in, whichever half was guessed", async () => {
    const place = await region();
    const parts = await enrol.parseEnrolCode(await place.invite());
    for (let i = 0; i < 12; i++) {
      const guessed = i % 2 === 0 ? { ...parts, secret: randomBytes(16) } : { ...parts, id: randomBytes(5) };
      expect(await refusal(await sendEnrol(await newDevice(place), await enrol.encodeEnrolCode(guessed)))).toBe("enrol-code-unknown");
    }
    expect(await listDevices(place.deps)).toEqual([]);
  });

  test.each(["id", "device", "name", "open", "locked", "seal", "mac"])("with the %s changed on the way is refused", async (field) => {
    const place = await region();
    const code = await place.invite(false);
    const { body } = await requestOf(await newDevice(place), code);
    const sent = decodeCbor(body) as Record<string, Uint8Array | string>;
    const other = await newDevice(place);
    const forged = { ...sent, ...other.keys.publics, device: other.id, name: "別のタブレット", id: randomBytes(5), mac: randomBytes(32) };
    const changed = { ...sent, [field]: forged[field as keyof typeof forged] };
    expect(await refusal(await post(place, encodeCbor(changed)))).toBe("enrol-code-unknown");
    expect(await listDevices(place.deps)).toEqual([]);
    expect((await sendEnrol(await newDevice(place), code)).ok).toBe(true);
  });

  test("replayed by an onlooker makes no second device, and opens nothing to who lacks its keys", async () => {
    const place = await region();
    const device = await newDevice(place);
    const { body } = await requestOf(device, await place.invite());
    expect((await post(place, body)).ok).toBe(true);
    expect((await post(place, body)).ok).toBe(true);
    expect(await listDevices(place.deps)).toHaveLength(1);
    const onlooker = { ...(await newDevice(place)), id: device.id };
    expect(await refusal(await ask(onlooker, leasePath))).toBe("request-signature-bad");
  });

  test("cannot swap the keys between request and approval: by the same code, or by another code for the same device", async () => {
    const place = await region();
    const device = await newDevice(place);
    const code = await place.invite(false);
    expect((await sendEnrol(device, code)).ok).toBe(true);
    const swapped = { ...(await newDevice(place)), id: device.id };
    expect(await refusal(await sendEnrol(swapped, code))).toBe("enrol-code-used");
    expect(await refusal(await sendEnrol(swapped, await place.invite(false)))).toBe("bad-request");
    await approveDevice(place.deps, toBase64Url(device.id), "見本");
    const answer = enrolment.parseResponse(await bytesOf(await ask(device, enrolment.enrolmentPath)));
    if (answer.state !== "approved") throw new Error("not approved");
    const certified = await openCertificate(answer.certificate, place.publicKeys);
    expect([certified.open, certified.locked, certified.seal]).toEqual(Object.values(pick(device)));
  });

  test("shows: the number on the operator's screen is made of the very keys the device has", async () => {
    const place = await region();
    const [honest, swapped] = [await newDevice(place), await newDevice(place)];
    await sendEnrol(honest, await place.invite(false));
    const [listed] = await listDevices(place.deps);
    expect(listed?.fingerprint).toBe(await enrol.deviceFingerprint({ device: honest.id, ...honest.keys.publics }));
    for (const key of ["open", "locked", "seal"] as const) {
      const keys = { ...honest.keys.publics, [key]: swapped.keys.publics[key] };
      expect(await enrol.deviceFingerprint({ device: honest.id, ...keys })).not.toBe(listed?.fingerprint);
    }
  });

  test("by another site's code leads to that site: its roster, its members, nobody else's", async () => {
    const place = await region();
    const other = await addSite(place.deps, "別の病院");
    await addMember(place.deps, { site: other.id, name: "試験 太郎", kana: "しけん たろう", role: "physician" });
    const device = await newDevice(place);
    await sendEnrol(device, (await createEnrolment(place.deps, { site: other.id, preapproved: true })).code);
    expect((await openRoster(await bytesOf(await ask(device, rosterPath)), place.publicKeys)).site).toBe(other.id);
    expect(await refusal(await registerMember(device, await place.member("灯台 一郎")))).toBe("staff-unknown");
  });

  test("is answered as slowly for an unknown invitation as for a wrong secret: time tells nothing of which codes exist", async () => {
    const place = await region();
    const device = await newDevice(place);
    const parts = await enrol.parseEnrolCode(await place.invite());
    const timed = async (code: string) => {
      place.clock.time += 60_000;
      const { body } = await requestOf(device, code);
      const start = performance.now();
      await post(place, body);
      return performance.now() - start;
    };
    const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < 41; i++) {
      known.push(await timed(await enrol.encodeEnrolCode({ ...parts, secret: randomBytes(16) })));
      unknown.push(await timed(await enrol.encodeEnrolCode({ ...parts, id: randomBytes(5) })));
    }
    expect(median(known) / median(unknown)).toBeGreaterThan(0.4);
    expect(median(known) / median(unknown)).toBeLessThan(2.5);
  });
});

describe("a site that was closed", () => {
  test("lets no device in by an open code, gives nothing to those it had, and its members register nothing", async () => {
    const place = await region();
    const [device, waiting] = [await enrolled(place), await enrolled(place, false)];
    const member = await place.member("灯台 一郎");
    const code = await place.invite();
    await removeSite(place.deps, place.site.id, "見本");
    expect(await refusal(await sendEnrol(await newDevice(place), code))).toBe("site-removed");
    for (const path of [manifestPath, leasePath, rosterPath]) {
      expect(await refusal(await ask(device, path))).toBe("device-revoked");
      expect(await refusal(await ask(waiting, path))).toBe("enrol-refused");
    }
    expect(await refusal(await registerMember(device, member))).toBe("device-revoked");
    expect((await listWipes(place.deps.db)).map((order) => order.device)).toEqual([toBase64Url(device.id)]);
    await expect(createEnrolment(place.deps, { site: place.site.id, preapproved: false })).rejects.toMatchObject({ code: "site-removed" });
  });
});

function pick({ keys: { publics } }: TestDevice) {
  return { open: publics.open, locked: publics.locked, seal: publics.seal };
}
