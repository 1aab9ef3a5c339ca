import { beforeAll, describe, expect, test } from "vitest";
import { addFeed } from "../../../src/hub/flow/feed.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { concat } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { shapeOf } from "../../../src/shared/crypto/shape.ts";
import { accountPaths } from "../../../src/shared/protocol/account.ts";
import { consentPaths } from "../../../src/shared/protocol/consent.ts";
import { consolePaths, csrfHeader } from "../../../src/shared/protocol/console.ts";
import { enrolPath } from "../../../src/shared/protocol/enrol.ts";
import { journalPath } from "../../../src/shared/protocol/journal.ts";
import { testStores } from "../store/open.ts";
import { type ConsoleBrowser, consoleBrowser, consoleOrigin } from "./console-browser.ts";
import { enrolled, refusal, signedRequest } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const name = "見本 確認";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
let region: TestRegion;
let page: ConsoleBrowser;
beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase);
  page = consoleBrowser(region.console);
  await page.signIn(name, passphrase);
});

const arrays = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
/** 10,000 arrays of one; the same with maps; definite and indefinite; whole and cut off. */
const cbor = {
  arrays: concat(new Uint8Array(10_000).fill(0x81), new Uint8Array([0x00])),
  cut: new Uint8Array(10_000).fill(0x81),
  maps: concat(...Array.from({ length: 10_000 }, () => new Uint8Array([0xa1, 0x61, 0x61])), new Uint8Array([0x00])),
  indefinite: concat(new Uint8Array(10_000).fill(0x9f), new Uint8Array(10_000).fill(0xff)),
  tags: concat(new Uint8Array(10_000).fill(0xc1), new Uint8Array([0x00])),
  strings: concat(
    ...Array.from({ length: 100 }, () => new Uint8Array([0x81])),
    new Uint8Array([0x9b, 255, 255, 255, 255, 255, 255, 255, 255]),
  ),
};

describe("10,000 levels of CBOR", () => {
  test.each(Object.entries(cbor))("as %s are a coded error, not a full stack", (_, bytes) => {
    expect(() => decodeCbor(bytes)).toThrow(expect.objectContaining({ code: "cbor-malformed" }));
  });

  test("are not written either", () => {
    let value: unknown = 1;
    for (let i = 0; i < 10_000; i++) value = [value];
    expect(() => encodeCbor(value)).toThrow(expect.objectContaining({ code: "cbor-malformed" }));
    let map: unknown = 1;
    for (let i = 0; i < 10_000; i++) map = { a: map };
    expect(() => encodeCbor(map)).toThrow(expect.objectContaining({ code: "cbor-malformed" }));
  });

  test("sent to the hub are refused with a code, by an enrolled device as by a stranger", async () => {
    const device = await enrolled(region);
    for (const body of Object.values(cbor)) {
      const stranger = await region.hub(new Request(`http://localhost:8787${enrolPath}`, { method: "POST", body: body.slice(0, 4000) }));
      expect([stranger.status, ["bad-request", "cbor-malformed"].includes(await refusal(stranger))]).toEqual([400, true]);
      const known = await region.hub(await signedRequest(device, journalPath, { method: "POST", body }));
      expect([known.status, ["bad-request", "cbor-malformed"].includes(await refusal(known))]).toEqual([400, true]);
    }
  });
});

describe("10,000 levels of JSON", () => {
  const shape = shapeOf("bad-request");
  const bytes = (text: string) => new TextEncoder().encode(text);

  test.each([
    ["arrays", arrays(10_000)],
    ["objects", objects(10_000)],
    ["arrays never closed", "[".repeat(10_000)],
    ["one level too many", arrays(33)],
    ["brackets behind a quoted quote", `["\\"",${arrays(33)}]`],
  ])("as %s are refused before they are read", (_, text) => {
    expect(() => shape.json(bytes(text), 1_000_000)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });

  test("are no brackets inside a text", () => {
    const text = `${"[{".repeat(5000)}"\\`;
    expect(shape.json(bytes(JSON.stringify({ note: text, list: [[["深い"]]] })), 1_000_000)).toEqual({ note: text, list: [[["深い"]]] });
    expect(shape.json(bytes(arrays(32)), 1000)).toBeInstanceOf(Array);
  });

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>) => {
    const cookie = [...page.cookies].map(([one, value]) => `${one}=${value}`).join("; ");
    const own = { origin: consoleOrigin, host: "console.localhost:8788", "content-type": "application/json", [csrfHeader]: page.csrf };
    return region.console(
      new Request(consoleOrigin + path, { method: "POST", headers: { ...own, cookie, "user-agent": page.agent }, body }),
    );
  };
  const paths = [
    consolePaths.signIn,
    consolePaths.staff,
    accountPaths.passkeySignIn,
    accountPaths.invite,
    accountPaths.newPasskey,
    accountPaths.endSessions,
    consentPaths.record,
    consentPaths.import,
  ];

  test.each(paths)("sent to %s are a coded error", async (path) => {
    for (const body of [arrays(2000), objects(600), `{"name":${arrays(1500)},"passphrase":"x"}`]) {
      const answer = await post(path, body);
      expect([answer.status, await refusal(answer)]).toEqual([400, "bad-request"]);
    }
  });

  test("from a hospital's feed are refused, and the hub answers on", async () => {
    const { token } = await addFeed(region.store, region.clock, "1312345678");
    for (const body of [`{"resourceType":"Patient","extension":${arrays(10_000)}}`, `{"resourceType":"Bundle","a":${objects(10_000)}}`]) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/fhir+json" };
      const answer = await region.hub(new Request("http://localhost:8787/fhir", { method: "POST", headers, body }));
      expect([400, 422]).toContain(answer.status);
      expect(((await answer.json()) as { resourceType: string }).resourceType).toBe("OperationOutcome");
    }
  });
});
