import { describe, expect, test } from "vitest";
import { revokeDevice } from "../../../src/hub/people/devices.ts";
import { devicesReadiness } from "../../../src/hub/people/readiness.ts";
import { type Bytes, toBase64Url } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import {
  type Check,
  encodeRequest,
  type Level,
  linesOf,
  parseRequest,
  type ReadinessReport,
  readinessLimit,
  readinessPath,
} from "../../../src/shared/protocol/readiness.ts";
import { parseDevicesReadiness } from "../../../src/shared/protocol/readinessConsole.ts";
import { deviceHeader } from "../../../src/shared/protocol/request.ts";
import { ask, enrolled, refusal, signedRequest, type TestDevice } from "../routes/device.ts";
import { testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();
const day = 86_400_000;

function report(change: Partial<Record<Check, Level>> = {}, more: Partial<ReadinessReport> = {}): ReadinessReport {
  const lines = linesOf((check) => change[check] ?? "green");
  return { at: 1_700_000_000_000, version: "0.1.0", build: "0123456789abcdef", asOf: 1_700_000_000_000, lines, ...more };
}
const tell = (device: TestDevice, said: Bytes, key: "open" | "locked" = "open") =>
  ask(device, readinessPath, { method: "POST", body: said, key });
const told = async (device: TestDevice, said: ReadinessReport, key: "open" | "locked" = "open") => {
  const answer = await tell(device, encodeRequest(said), key);
  if (answer.status !== 204) throw new Error(await refusal(answer));
};
const nameOf = (device: TestDevice) => toBase64Url(device.id);

describe.each(dialects)("readiness on %s", (dialect) => {
  test("the newest report of each device is kept, worst first; whoever is silent is red whatever it said last", async () => {
    const region = await testRegion(await stores.open(dialect));
    const [good, bad, waits, mute] = [await enrolled(region), await enrolled(region), await enrolled(region), await enrolled(region)];
    await told(good, report({ trial: "red" }));
    await told(good, report({ battery: "unknown" }));
    await told(bad, report({ packs: "red", age: "amber" }, { asOf: null, build: "" }), "locked");
    await told(waits, report({ outbox: "amber" }));
    const listed = async (silentDays?: number) => {
      const answer = await devicesReadiness(region.store.db, region.clock.time, silentDays);
      expect(parseDevicesReadiness(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
      return answer.devices.map(({ id, level, standing }) => [id, level, standing]);
    };
    const now = await listed();
    expect(now.map(([, level]) => level)).toEqual(["red", "amber", "amber", "green"]);
    expect(now).toContainEqual([nameOf(mute), "amber", "mute"]);
    expect(now[0]).toEqual([nameOf(bad), "red", "told"]);
    expect(now[3]).toEqual([nameOf(good), "green", "told"]);
    const { devices } = await devicesReadiness(region.store.db, region.clock.time);
    expect(devices[0]?.report).toMatchObject({ locked: true, asOf: 0, build: "", received: region.clock.time });
    expect(devices[3]?.report?.lines).toMatchObject({ trial: "green", battery: "unknown" });

    region.clock.time += 3 * day + 60_000;
    await told(waits, report());
    expect((await listed()).map(([, level, standing]) => `${level} ${standing}`)).toEqual([
      "red silent",
      "red silent",
      "red silent",
      "green told",
    ]);
    expect((await listed(7)).map(([, level]) => level)).toEqual(["red", "amber", "green", "green"]);
  });

  test("a device speaks of itself alone, once, and only while it is let in", async () => {
    const region = await testRegion(await stores.open(dialect));
    const [device, other, pending] = [await enrolled(region), await enrolled(region), await enrolled(region, false)];
    await told(other, report());
    const body = encodeRequest(report({ packs: "red" }));
    const asOther = await signedRequest(device, readinessPath, { method: "POST", body, headers: { [deviceHeader]: nameOf(other) } });
    expect(await refusal(await region.hub(asOther))).toBe("request-signature-bad");
    const changed = await signedRequest(device, readinessPath, { method: "POST", body, provenBody: encodeRequest(report()) });
    expect(await refusal(await region.hub(changed))).toBe("request-signature-bad");
    const once = await signedRequest(device, readinessPath, { method: "POST", body: encodeRequest(report()) });
    expect((await region.hub(once.clone())).status).toBe(204);
    expect(await refusal(await region.hub(once))).toBe("request-replayed");
    expect(await refusal(await tell(pending, encodeRequest(report())))).toBe("enrol-not-approved");
    await revokeDevice(region.deps, nameOf(device), "試験 運用");
    expect(await refusal(await tell(device, body))).toBe("device-revoked");
    const { devices } = await devicesReadiness(region.store.db, region.clock.time);
    expect(devices.map(({ id, level }) => [id, level])).toEqual([[nameOf(other), "green"]]);
  });
});

describe("what a device may say", () => {
  const spoilt = (change: (map: Record<string, unknown>) => void) => {
    const map = { ...(decodeCbor(encodeRequest(report())) as Record<string, unknown>) };
    change(map);
    return encodeCbor(map);
  };
  const bad: readonly (readonly [string, Bytes])[] = [
    ["too large", randomBytes(readinessLimit + 1)],
    ["no CBOR", randomBytes(64)],
    ["empty", new Uint8Array(0)],
    ["a level of its own", spoilt((map) => Object.assign(map, { lines: { ...report().lines, packs: "gold" } }))],
    ["a check of its own", spoilt((map) => Object.assign(map, { lines: { ...report().lines, patient: "green" } }))],
    ["a check left out", spoilt((map) => Object.assign(map, { lines: { packs: "green" } }))],
    ["a field of its own", spoilt((map) => Object.assign(map, { note: "灯台 太郎" }))],
    ["a version that is markup", spoilt((map) => Object.assign(map, { version: "<b>0.1.0</b>" }))],
    ["a build that is words", spoilt((map) => Object.assign(map, { build: "灯台 太郎" }))],
    ["a time before time", spoilt((map) => Object.assign(map, { asOf: -1 }))],
    ["another version of the format", spoilt((map) => Object.assign(map, { v: 2 }))],
  ];

  test.each(bad)("%s is refused, and nothing is kept", async (_, body) => {
    const region = await testRegion(await stores.open("sqlite"));
    const device = await enrolled(region);
    expect(["bad-request", "too-large"]).toContain(await refusal(await tell(device, body)));
    const { devices } = await devicesReadiness(region.store.db, region.clock.time);
    expect(devices.map(({ standing }) => standing)).toEqual(["mute"]);
  });

  test("is bounded in number", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const device = await enrolled(region);
    for (let i = 0; i < 20; i++) await told(device, report());
    expect(await refusal(await tell(device, encodeRequest(report())))).toBe("too-many-requests");
  });

  test("reads back as it was said", () => {
    const said = report({ clock: "unknown" }, { asOf: null, build: "" });
    expect(parseRequest(encodeRequest(said))).toEqual(said);
  });
});
