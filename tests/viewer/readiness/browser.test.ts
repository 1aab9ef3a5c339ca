import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browserFacts } from "../../../src/viewer/readiness/browser.ts";

const never = () => new Promise(() => undefined);
const matches =
  (...modes: string[]) =>
  (query: string) => ({ matches: modes.includes(query) });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("matchMedia", matches());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function asked() {
  const facts = browserFacts();
  await vi.advanceTimersByTimeAsync(2_000);
  return facts;
}

test("a browser that knows none of it leaves everything unknown, and the camera absent", async () => {
  vi.stubGlobal("navigator", {});
  expect(await asked()).toEqual({
    program: { version: expect.any(String), build: "", stored: null, waits: false },
    installed: null,
    persisted: null,
    storage: null,
    camera: "absent",
    battery: null,
  });
});

test("a question that hangs or fails is unknown after two seconds, and takes no other answer with it", async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.stubGlobal("caches", { keys: never });
  vi.stubGlobal("matchMedia", matches("(display-mode: standalone)"));
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistration: never },
    storage: { persisted: () => Promise.reject(new DOMException("no", "SecurityError")), estimate: async () => ({ usage: 5, quota: 9 }) },
    mediaDevices: { enumerateDevices: async () => [{ kind: "videoinput" }] },
    permissions: { query: () => Promise.reject(new TypeError("not a permission")) },
    getBattery: never,
  });
  expect(await asked()).toMatchObject({
    program: { stored: null, waits: false },
    installed: true,
    persisted: null,
    storage: { used: 5, quota: 9 },
    camera: null,
    battery: null,
  });
});

test("what the browser says is taken as it is: stored shell, waiting version, tab, camera, battery", async () => {
  vi.useRealTimers();
  const shell = ["https://x.test/index.html?__WB_REVISION__=1", "https://x.test/assets/core-1.js"];
  vi.stubGlobal("caches", {
    keys: async () => ["workbox-precache-v2-https://x.test/", "another"],
    open: async (name: string) => ({
      keys: async () => (name === "another" ? [{ url: "https://x.test/z" }] : shell.map((url) => ({ url }))),
    }),
  });
  vi.stubGlobal("matchMedia", matches("(display-mode: browser)"));
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistration: async () => ({ waiting: {} }) },
    storage: { persisted: async () => false },
    mediaDevices: { enumerateDevices: async () => [{ kind: "audioinput" }, { kind: "videoinput" }] },
    permissions: { query: async () => ({ state: "denied" }) },
    getBattery: async () => ({ level: 0.4, charging: false, more: 1 }),
  });
  expect(await browserFacts()).toEqual({
    program: { version: expect.any(String), build: expect.stringMatching(/^[0-9a-f]{16}$/), stored: true, waits: true },
    installed: false,
    persisted: false,
    storage: null,
    camera: "refused",
    battery: { level: 0.4, charging: false },
  });
});
