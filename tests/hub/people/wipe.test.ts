import { describe, expect, test } from "vitest";
import { listDevices, revokeDevice } from "../../../src/hub/people/devices.ts";
import { listWipes, renewDevice } from "../../../src/hub/people/wipe.ts";
import { alerts } from "../../../src/hub/store/journal.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { parseDevices } from "../../../src/shared/protocol/consoleAnswers.ts";
import { leasePath } from "../../../src/shared/protocol/files.ts";
import { openWipe, ordersPath, parseResponse, wipeDone } from "../../../src/shared/protocol/orders.ts";
import { ask, bytesOf, enrolled, entry, push, refusal, registered, signedRequest, type TestDevice } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();
const ordersFor = async (device: TestDevice, key: "open" | "locked" = "locked") => {
  const answer = await ask(device, ordersPath, { key });
  if (!answer.ok) throw new Error(await refusal(answer));
  return parseResponse(await bytesOf(answer));
};
const kinds = async ({ store }: TestRegion) => (await alerts(store.db, 100)).map(({ kind }) => kind).sort();
const code = (work: Promise<unknown>) =>
  work.then(
    () => "fine",
    (error: { code: string }) => error.code,
  );

describe.each(dialects)("orders on %s", (dialect) => {
  test("an approved device has none; a revoked one is told to wipe itself, asked with either key, and gets nothing else", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    expect(await ordersFor(device)).toEqual({ wipe: null, disaster: null });
    await revokeDevice(region.deps, toBase64Url(device.id), "試験 運用");
    for (const key of ["open", "locked"] as const) {
      const { wipe } = await ordersFor(device, key);
      if (!wipe) throw new Error("no order");
      expect(await openWipe(wipe, region.publicKeys, device.id)).toMatchObject({ reason: "revoked", at: region.clock.time });
    }
    expect(await refusal(await ask(device, leasePath, { key: "locked" }))).toBe("device-revoked");
  });

  test("the order of one device is no order for another, nor of another hub", async () => {
    const region = await testRegion(await stores.open(dialect));
    const [device, other] = [await enrolled(region), await enrolled(region)];
    await revokeDevice(region.deps, toBase64Url(device.id), "試験 運用");
    const { wipe } = await ordersFor(device);
    if (!wipe) throw new Error("no order");
    expect(await code(openWipe(wipe, region.publicKeys, other.id))).toBe("order-malformed");
    const elsewhere = await testRegion(await stores.open("sqlite"));
    expect(await code(openWipe(wipe, elsewhere.publicKeys, device.id))).toBe("cose-signer-unknown");
    expect(await ordersFor(other)).toMatchObject({ wipe: null });
  });

  test("a device that is not let in yet, was refused, or proves nothing, is told nothing", async () => {
    const region = await testRegion(await stores.open(dialect));
    const pending = await enrolled(region, false);
    expect(await refusal(await ask(pending, ordersPath, { key: "locked" }))).toBe("enrol-not-approved");
    expect(await refusal(await region.hub(new Request(`http://localhost:8787${ordersPath}`)))).toBe("request-signature-bad");
    const device = await enrolled(region);
    const request = await signedRequest(device, ordersPath, { key: "locked" });
    expect((await region.hub(request.clone())).ok).toBe(true);
    expect(await refusal(await region.hub(request))).toBe("request-replayed");
  });

  test("it waits until the device's word that it is empty has come home: an entry of its own chain, by its locked key", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const member = await registered(device);
    const waiting = [await entry(device, "unlock", { staff: member }), await entry(device, "lock", { staff: member })];
    await revokeDevice(region.deps, toBase64Url(device.id), "試験 運用");
    expect(await listWipes(region.store.db)).toMatchObject([{ device: toBase64Url(device.id), reason: "revoked", told: 0, done: 0 }]);
    expect(await kinds(region)).toEqual(["wipe-waiting"]);
    region.clock.time += 60_000;
    await ordersFor(device);
    const ordered = await entry(device, "wipe", { key: "locked", body: { what: "ordered", purpose: null, person: "", role: "" } });
    await push(device, [...waiting, ordered], "locked");
    expect(await listWipes(region.store.db)).toMatchObject([{ told: region.clock.time, done: 0 }]);
    region.clock.time += 60_000;
    const done = await entry(device, "wipe", { key: "locked", body: { what: wipeDone, purpose: null, person: "", role: "" } });
    await push(device, [done], "locked");
    await push(device, [done], "locked");
    expect(await listWipes(region.store.db)).toMatchObject([{ done: region.clock.time }]);
    const [listed] = parseDevices(JSON.parse(JSON.stringify(await listDevices(region.deps))));
    expect(listed?.wipe).toEqual({ ordered: region.clock.time - 120_000, told: region.clock.time - 60_000, done: region.clock.time });
    expect(await kinds(region)).toEqual(["wipe-done", "wipe-waiting"]);
  });

  test("a word that it is empty from a device that nobody ordered to wipe itself counts for nothing", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    await push(device, [await entry(device, "wipe", { key: "locked", body: { what: wipeDone } })], "locked");
    expect([await listWipes(region.store.db), await kinds(region)]).toEqual([[], []]);
  });

  test("a device may be renewed: wiped for no fault, once", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const id = toBase64Url(device.id);
    await renewDevice(region.deps, id, "試験 運用");
    const { wipe } = await ordersFor(device);
    if (!wipe) throw new Error("no order");
    expect(await openWipe(wipe, region.publicKeys, device.id)).toMatchObject({ reason: "renew" });
    expect(await code(revokeDevice(region.deps, id, "試験 運用"))).toBe("bad-request");
    expect(await code(renewDevice(region.deps, "unknown", "試験 運用"))).toBe("not-found");
  });
});
