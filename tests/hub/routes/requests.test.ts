import { describe, expect, test } from "vitest";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { parseRefusal } from "../../../src/shared/protocol/answer.ts";
import { enrolPath } from "../../../src/shared/protocol/enrol.ts";
import { enrolmentPath } from "../../../src/shared/protocol/enrolment.ts";
import {
  bundlePath,
  leasePath,
  manifestPath,
  packPath,
  policyPath,
  ringPath,
  rosterPath,
  shardPath,
} from "../../../src/shared/protocol/files.ts";
import { journalBatch, journalPath } from "../../../src/shared/protocol/journal.ts";
import { parseResponse, pingPath } from "../../../src/shared/protocol/ping.ts";
import { readinessPath } from "../../../src/shared/protocol/readiness.ts";
import { deviceHeader } from "../../../src/shared/protocol/request.ts";
import { staffPath } from "../../../src/shared/protocol/staff.ts";
import { testStores } from "../store/open.ts";
import { ask, bytesOf, enrolled, newDevice, refusal, signedRequest } from "./device.ts";
import { testRegion } from "./region.ts";

const stores = testStores();
const region = async () => await testRegion(await stores.open("sqlite"));
const origin = "http://localhost:8787";
const minute = 60_000;

describe("a request without proof", () => {
  test("is refused on every path but ping, enrol and packs", async () => {
    const { hub } = await region();
    const get = [enrolmentPath, leasePath, manifestPath, policyPath, rosterPath, shardPath("A".repeat(43)), ringPath("A".repeat(43))];
    for (const path of get) expect(await refusal(await hub(new Request(origin + path))), path).toBe("request-signature-bad");
    for (const path of [staffPath, journalPath, readinessPath]) {
      const answer = await hub(new Request(origin + path, { method: "POST", body: new Uint8Array(10) }));
      expect(await refusal(answer), path).toBe("request-signature-bad");
    }
  });

  test("learns who the hub is and what time it has from ping", async () => {
    const { hub, publicKeys, clock } = await region();
    const answer = await hub(new Request(origin + pingPath));
    expect(parseResponse(await bytesOf(answer))).toEqual({ hub: publicKeys.hub, time: clock.time });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("a proof", () => {
  test("holds for one method, path, query and body, by this device's own key", async () => {
    const made = await region();
    const device = await enrolled(made);
    const other = await enrolled(made);
    const forged = [
      signedRequest(device, leasePath, { provenPath: rosterPath }),
      signedRequest(device, `${leasePath}?epoch=2`, { provenPath: leasePath }),
      signedRequest(device, journalPath, { method: "POST", body: randomBytes(9), provenBody: randomBytes(9) }),
      signedRequest(device, leasePath, { headers: { [deviceHeader]: toBase64Url(other.id) } }),
      signedRequest({ ...device, keys: other.keys }, leasePath),
      signedRequest(device, leasePath, { headers: { "tomoshibi-proof": "AAAA" } }),
      signedRequest(device, leasePath, { headers: { "tomoshibi-proof": "" } }),
    ];
    for (const request of forged) expect(await refusal(await made.hub(await request))).toBe("request-signature-bad");
    const asGet = await signedRequest(device, leasePath);
    const asPost = new Request(asGet.url, { method: "POST", headers: asGet.headers });
    expect((await made.hub(asPost)).status).toBe(404);
    expect((await made.hub(asGet)).status).toBe(200);
  });

  test("works once", async () => {
    const made = await region();
    const device = await enrolled(made);
    const request = await signedRequest(device, leasePath);
    expect((await made.hub(request.clone())).ok).toBe(true);
    expect(await refusal(await made.hub(request))).toBe("request-replayed");
    made.clock.time += 4 * minute;
    const again = await signedRequest(device, leasePath, { nonce: randomBytes(12) });
    expect((await made.hub(again)).ok).toBe(true);
  });

  test("is never good again, however long somebody keeps it", async () => {
    const made = await region();
    const device = await enrolled(made);
    const request = await signedRequest(device, leasePath, { at: made.clock.time + 4 * minute });
    expect((await made.hub(request.clone())).ok).toBe(true);
    for (const wait of [3, 3, 2, 2, 60]) {
      made.clock.time += wait * minute;
      expect(["request-replayed", "request-time-off"]).toContain(await refusal(await made.hub(request.clone())));
    }
  });

  test("off by more than five minutes is told the hub's time, and passes with it", async () => {
    const made = await region();
    const device = await enrolled(made);
    for (const off of [-6 * minute, 6 * minute]) {
      const answer = await ask(device, leasePath, { at: made.clock.time + off });
      expect(answer.status).toBe(401);
      const told = parseRefusal(await bytesOf(answer));
      expect(told).toMatchObject({ error: "request-time-off", time: made.clock.time });
      expect((await ask(device, leasePath, { at: told?.time ?? 0 })).ok).toBe(true);
    }
    expect((await ask(device, leasePath, { at: made.clock.time - 4 * minute })).ok).toBe(true);
  });

  test("of a device that nobody knows is refused", async () => {
    const made = await region();
    expect(await refusal(await ask(await newDevice(made), leasePath))).toBe("device-unknown");
  });

  test("passes with the locked key too, for what a locked device may fetch", async () => {
    const device = await enrolled(await region());
    expect((await ask(device, leasePath, { key: "locked" })).ok).toBe(true);
  });
});

describe("bodies and paths", () => {
  test("a body over the limit is refused, whatever its length claims", async () => {
    const made = await region();
    const big = new Uint8Array(5000);
    const declared = await made.hub(new Request(origin + enrolPath, { method: "POST", body: big, headers: { "content-length": "5000" } }));
    expect([declared.status, await refusal(declared)]).toEqual([413, "too-large"]);
    const device = await enrolled(made);
    const streamed = await signedRequest(device, journalPath, { method: "POST", body: new Uint8Array(journalBatch.body + 1) });
    expect(await refusal(await made.hub(streamed))).toBe("too-large");
    const onGet = await ask(device, leasePath);
    expect(onGet.ok).toBe(true);
  });

  test("malformed CBOR is a coded error, not a crash", async () => {
    const { hub } = await region();
    for (const body of [new Uint8Array(0), new Uint8Array([0xff]), new Uint8Array(4000).fill(0x81), new TextEncoder().encode('{"id":1}')]) {
      const answer = await hub(new Request(origin + enrolPath, { method: "POST", body }));
      expect(answer.status).toBe(400);
      expect(["cbor-malformed", "bad-request"]).toContain(await refusal(answer));
    }
  });

  test("only names of 43 canonical letters reach a disk", async () => {
    const made = await region();
    const name = await made.publish("bundle", randomBytes(100));
    expect((await made.hub(new Request(origin + bundlePath(name)))).ok).toBe(true);
    const hostile = [
      "..%2f..%2fetc%2fpasswd",
      "%2e%2e",
      "a",
      `${name}A`,
      name.slice(1),
      `${name.slice(0, 42)}%00`,
      `${name}%2f`,
      "A".repeat(42).concat("B"),
    ];
    for (const bad of hostile) {
      const answer = await made.hub(new Request(`${origin}/bundles/${bad}`));
      expect([bad, answer.status]).toEqual([bad, 404]);
    }
    expect((await made.hub(new Request(`${origin}${packPath("A".repeat(43))}`))).status).toBe(404);
  });

  test("bundles are public, immutable, readable in ranges and from other origins", async () => {
    const made = await region();
    const bytes = new Uint8Array(70_000).map((_, i) => (i * 31) % 251);
    const name = await made.publish("bundle", bytes);
    const get = async (range?: string) =>
      await made.hub(new Request(origin + bundlePath(name), { headers: range === undefined ? {} : { range } }));
    const whole = await get();
    expect(await bytesOf(whole)).toEqual(bytes);
    expect(whole.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(whole.headers.get("access-control-allow-origin")).toBe("*");
    expect(whole.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const part = await get("bytes=1000-1999");
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 1000-1999/70000"]);
    expect(await bytesOf(part)).toEqual(bytes.slice(1000, 2000));
    expect(await bytesOf(await get("bytes=-10"))).toEqual(bytes.slice(-10));
    expect(await bytesOf(await get("bytes=69990-"))).toEqual(bytes.slice(69_990));
    for (const range of ["bytes=70000-", "bytes=-0", "bytes=9-8"]) expect([range, (await get(range)).status]).toEqual([range, 416]);
    for (const range of ["bytes=a-b", "items=0-1", "bytes=0-1,5-6", "bytes=-"])
      expect([range, (await get(range)).status]).toEqual([range, 200]);
  });

  test("a shard needs the device's signature and is cached by that device only", async () => {
    const made = await region();
    const device = await enrolled(made);
    const bytes = randomBytes(64);
    const name = await made.publish("shard", bytes);
    const answer = await ask(device, shardPath(name));
    expect(await bytesOf(answer)).toEqual(bytes);
    expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("a manifest that did not change is not sent again", async () => {
    const made = await region();
    const device = await enrolled(made);
    expect(await refusal(await ask(device, manifestPath))).toBe("not-found");
    await made.setManifest(1, randomBytes(50));
    const etag = (await ask(device, manifestPath)).headers.get("etag") ?? "";
    expect((await ask(device, manifestPath, { headers: { "if-none-match": etag } })).status).toBe(304);
    await made.setManifest(2, randomBytes(50));
    expect((await ask(device, manifestPath, { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("every answer forbids inline code, framing and guessing of types", async () => {
    const { hub } = await region();
    for (const path of ["/", pingPath, "/nowhere", bundlePath("A".repeat(43))]) {
      const { headers } = await hub(new Request(origin + path));
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-inline");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });
});
