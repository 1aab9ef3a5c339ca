import { pino } from "pino";
import { beforeAll, describe, expect, test } from "vitest";
import { type Door, plainDoor } from "../../../src/hub/config-door.ts";
import { makeConsole, makeHub } from "../../../src/hub/hub.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { accountPaths } from "../../../src/shared/protocol/account.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import { enrolPath } from "../../../src/shared/protocol/enrol.ts";
import { bundlePath, leasePath } from "../../../src/shared/protocol/files.ts";
import { pingPath } from "../../../src/shared/protocol/ping.ts";
import { testStores } from "../store/open.ts";
import { consoleBrowser, consoleOrigin } from "./console-browser.ts";
import { enrolled, refusal, signedRequest } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
let region: TestRegion;
beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
});

function doors(change: Partial<Door>) {
  const { store, clock } = region;
  const door = { ...plainDoor, ...change };
  const deps = { store, clock, log: pino({ level: "silent" }), keys: region.deps.keys, viewerDir: null, consoleDir: null, door };
  return { viewer: makeHub(deps), console: makeConsole(deps) };
}
const viewerOrigin = "http://localhost:8787";

describe("headers of every answer", () => {
  const wanted = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
  };

  test.each([
    ["viewer", viewerOrigin, ["/", pingPath, "/nowhere", leasePath, "/fhir/Patient/$ihe-pix"]],
    ["console", consoleOrigin, ["/", accountPaths.door, consolePaths.review, "/nowhere", "/api/nowhere"]],
  ] as const)("of the %s, errors too", async (which, origin, paths) => {
    const handler = doors({})[which];
    for (const path of paths) {
      const { headers } = await handler(new Request(origin + path));
      for (const [name, value] of Object.entries(wanted)) expect([path, name, headers.get(name)]).toEqual([path, name, value]);
      const policy = (headers.get("content-security-policy") ?? "").split("; ");
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'".concat(which === "viewer" ? " 'wasm-unsafe-eval'" : ""),
          "style-src 'self'",
        ]),
      );
      expect(policy).toEqual(
        expect.arrayContaining(["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]),
      );
      expect(policy.join(" ")).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/);
      expect(headers.get("server")).toBeNull();
      expect(headers.get("x-powered-by")).toBeNull();
    }
  });

  test("give the camera to the viewer alone, and no sensor, port or clipboard to anybody", async () => {
    const of = async (which: "viewer" | "console", origin: string) =>
      (await doors({})[which](new Request(`${origin}/`))).headers.get("permissions-policy") ?? "";
    expect(await of("viewer", viewerOrigin)).toContain("camera=(self)");
    expect(await of("console", consoleOrigin)).toContain("camera=()");
    for (const policy of [await of("viewer", viewerOrigin), await of("console", consoleOrigin)])
      for (const name of ["microphone", "geolocation", "usb", "serial", "clipboard-read", "clipboard-write", "display-capture"])
        expect(policy).toContain(`${name}=()`);
  });

  test("hold browsers to TLS where the public origin has it, and say nothing of it where it has not", async () => {
    const secure = doors({ viewerOrigin: "https://viewer.example.jp", consoleOrigin: "https://console.example.jp" });
    const answers = [
      await secure.viewer(new Request("https://viewer.example.jp/")),
      await secure.console(new Request("https://console.example.jp/")),
    ];
    for (const { headers } of answers) {
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
      expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
    }
    expect((await doors({}).viewer(new Request(viewerOrigin))).headers.get("strict-transport-security")).toBeNull();
  });

  test("let any page fetch sealed packs and nothing else", async () => {
    const { viewer } = doors({});
    const name = await region.publish("bundle", new Uint8Array(10));
    expect((await viewer(new Request(viewerOrigin + bundlePath(name)))).headers.get("access-control-allow-origin")).toBe("*");
    for (const path of ["/", pingPath, leasePath]) {
      const { headers } = await viewer(new Request(viewerOrigin + path, { headers: { origin: "https://example.invalid" } }));
      expect([path, headers.get("access-control-allow-origin")]).toEqual([path, null]);
    }
  });
});

describe("a host name that is not ours (DNS rebinding)", () => {
  const ask = (handler: ReturnType<typeof doors>["viewer"], url: string, host?: string) =>
    handler(new Request(url, host === undefined ? {} : { headers: { host } }));

  test("is told so on every path of both origins, and nothing else", async () => {
    const { viewer, console } = doors({});
    for (const host of [
      "evil.example",
      "localhost.evil.example",
      "evil.example:8787",
      "192.168.1.5",
      "0.0.0.0",
      "[::]",
      "localhost@evil.example",
    ])
      for (const path of ["/", pingPath, enrolPath, bundlePath("A".repeat(43))]) {
        const answer = await ask(viewer, viewerOrigin + path, host);
        expect([host, path, answer.status, await refusal(answer)]).toEqual([host, path, 421, "host-unknown"]);
      }
    expect(await refusal(await ask(console, "http://evil.example:8788/api/door"))).toBe("host-unknown");
    expect(await refusal(await ask(viewer, "http://console.localhost:8787/"))).toBe("host-unknown");
    for (const host of ["localhost", "localhost:9", "127.0.0.1:8787", "[::1]:8787", "LOCALHOST:1"])
      expect([host, (await ask(viewer, `${viewerOrigin}${pingPath}`, host)).status]).toEqual([host, 200]);
  });

  test("is ours once the operator says so: by the public origin or by name", async () => {
    const { viewer, console } = doors({ viewerOrigin: "https://viewer.example.jp", hosts: ["10.1.2.3"] });
    expect((await ask(viewer, "http://viewer.example.jp/api/ping")).status).toBe(200);
    expect((await ask(viewer, "http://10.1.2.3:8787/api/ping")).status).toBe(200);
    expect((await ask(console, "http://viewer.example.jp/api/door")).status).toBe(421);
  });
});

describe("a page of another site", () => {
  test("neither reads nor sends by a browser that says where it comes from; following a link is no such thing", async () => {
    const { viewer, console } = doors({});
    for (const site of ["cross-site", "same-site"]) {
      const foreign = { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" };
      expect((await viewer(new Request(viewerOrigin + pingPath, { headers: foreign }))).status).toBe(403);
      expect((await console(new Request(consoleOrigin + accountPaths.door, { headers: foreign }))).status).toBe(403);
      const name = await region.publish("bundle", new Uint8Array(11));
      expect((await viewer(new Request(viewerOrigin + bundlePath(name), { headers: foreign }))).status).toBe(200);
    }
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await console(new Request(`${consoleOrigin}/`, { headers: link }))).status).toBe(404);
  });

  test("under our own name without TLS signs nobody in", async () => {
    const { console } = doors({ consoleOrigin: "https://console.example.jp" });
    const page = consoleBrowser(console, "https://console.example.jp");
    const sent = { name: "x", passphrase: "y" };
    expect(await refusal(await page.post(consolePaths.signIn, sent, { origin: "http://console.example.jp" }))).toBe("forbidden");
    expect(await refusal(await page.post(consolePaths.signIn, sent))).toBe("sign-in-failed");
  });
});

describe("floods", () => {
  const name = "見本 確認";
  const passphrase = "hebi zakuro ishi mangetsu saga dohyou";

  test("of wrong passphrases for many names from one address are slowed; other addresses are not", async () => {
    await addReviewer(region.deps, name, passphrase);
    const { console } = doors({});
    const attacker = consoleBrowser(console);
    let last = 0;
    for (let i = 0; i < 31; i++) last = (await attacker.signIn(`架空 ${i}`, "wrong")).status;
    expect(last).toBe(429);
    const reviewer = consoleBrowser(console);
    reviewer.peer = { address: "192.0.2.8" };
    expect((await reviewer.signIn(name, passphrase)).status).toBe(200);
  }, 240_000);

  test("of one name from one address leave its owner in, from another; from everywhere at once they are slowed as well", async () => {
    const { console } = doors({});
    const attacker = consoleBrowser(console);
    for (let i = 0; i < 7; i++) await attacker.signIn(name, `wrong ${i}`);
    expect((await attacker.signIn(name, passphrase)).status).toBe(429);
    const owner = consoleBrowser(console);
    owner.peer = { address: "198.51.100.1" };
    expect((await owner.signIn(name, passphrase)).status).toBe(200);
  });

  test("behind a proxy count by who it says it serves, and only where the proxy is trusted", async () => {
    const from = async (console: ReturnType<typeof doors>["console"], forwarded: string) => {
      const page = consoleBrowser(console);
      page.peer = { address: "127.0.0.1" };
      return (await page.post(accountPaths.inviteOptions, { code: "wrong" }, { "x-forwarded-for": forwarded })).status;
    };
    const trusting = doors({ proxies: ["127.0.0.1"] }).console;
    const several = async (console: ReturnType<typeof doors>["console"], addressOf: (i: number) => string) => {
      const seen = new Set<number>();
      for (let i = 0; i < 61; i++) seen.add(await from(console, addressOf(i)));
      return [...seen];
    };
    expect(await several(trusting, (i) => `203.0.113.${i}`)).toEqual([403]);
    // What the sender itself wrote in front is not what the proxy appended.
    expect(await several(trusting, (i) => `203.0.113.${i}, 198.51.100.9`)).toContain(429);
    expect(await several(trusting, (i) => `2001:db8:1:2::${i.toString(16)}`)).toContain(429);
    expect(await several(doors({}).console, (i) => `203.0.113.${i}`)).toContain(429);
  });

  test("by a stranger in a hospital's network shut out none of its devices", async () => {
    const { viewer } = doors({});
    const device = await enrolled(region);
    const peer = { address: "192.0.2.50" };
    let status = 0;
    for (let i = 0; i < 20_001; i++) status = (await viewer(new Request(viewerOrigin + pingPath), peer)).status;
    expect(status).toBe(429);
    expect((await viewer(await signedRequest(device, leasePath), peer)).status).toBe(200);
    expect((await viewer(new Request(viewerOrigin + pingPath), { address: "192.0.2.51" })).status).toBe(200);
  });
});
