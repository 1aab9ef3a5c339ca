import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Handler, makeHub } from "../../../src/hub/hub.ts";
import { type Serving, serveHub } from "../../../src/hub/main.ts";
import { openKeys } from "../../../src/hub/publish/index.ts";
import { readBody } from "../../../src/hub/routes/body.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { parseResponse } from "../../../src/shared/protocol/ping.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-pages-"));
const script = "export const light = 1;\n".repeat(200);
let hub: Handler;

beforeAll(async () => {
  mkdirSync(join(folder, "viewer", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.js"), "secret");
  writeFileSync(join(folder, "viewer", "index.html"), "<!doctype html><title>灯</title>");
  writeFileSync(join(folder, "viewer", "assets", "index-abc.js"), script);
  writeFileSync(join(folder, "viewer", ".hidden.js"), "hidden");
  writeFileSync(join(folder, "viewer", "notes.txt"), "a type that no page needs");
  symlinkSync(join(folder, "secret.js"), join(folder, "viewer", "link.js"));
  const store = await stores.open("sqlite");
  const keys = await openKeys(store.dataDir);
  hub = makeHub({ store, keys, clock: systemClock, log: pino({ level: "silent" }), viewerDir: join(folder, "viewer"), consoleDir: null });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = async (path: string, headers: Record<string, string> = {}) =>
  await hub(new Request(`http://localhost:8787${path}`, { headers }));

describe("the built page", () => {
  test("is served at the root, asked for again each time; hashed assets are kept for ever", async () => {
    const page = await get("/");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(await page.text()).toContain("灯");
    const asset = await get("/assets/index-abc.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await get("/", { "if-none-match": page.headers.get("etag") ?? "" })).status).toBe(304);
  });

  test("is compressed only as the browser takes it", async () => {
    const path = "/assets/index-abc.js";
    const body = async (accept: string) => {
      const answer = await get(path, { "accept-encoding": accept });
      return { encoding: answer.headers.get("content-encoding"), bytes: Buffer.from(await answer.arrayBuffer()) };
    };
    const brotli = await body("gzip, deflate, br");
    expect([brotli.encoding, brotliDecompressSync(brotli.bytes).toString()]).toEqual(["br", script]);
    const gzip = await body("gzip, br;q=0");
    expect([gzip.encoding, gunzipSync(gzip.bytes).toString()]).toEqual(["gzip", script]);
    const plain = await body("identity");
    expect([plain.encoding, plain.bytes.toString()]).toEqual([null, script]);
  });

  test("gives nothing outside its folder, no hidden file, no link, no unknown type", async () => {
    const hostile = [
      "/../secret.js",
      "/%2e%2e/secret.js",
      "/..%2fsecret.js",
      "/assets/..%2f..%2fsecret.js",
      "/.hidden.js",
      "/link.js",
      "/notes.txt",
      "//secret.js",
    ];
    for (const path of [...hostile, "/assets/", "/assets", "/index.html%00.js", "/nothing.js"])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });
});

describe("a hub on its ports", () => {
  let serving: Serving;
  beforeAll(async () => {
    const store = await stores.open("sqlite");
    const deps = { store, keys: await openKeys(store.dataDir), clock: systemClock, log: pino({ level: "silent" }) };
    serving = await serveHub({ port: 0, consolePort: 0 }, deps);
    const { port } = new URL(serving.viewer);
    await expect(serveHub({ port: Number(port), consolePort: 0 }, deps)).rejects.toMatchObject({ code: "config-port-taken" });
    await expect(serveHub({ port: 0, consolePort: Number(port) }, deps)).rejects.toMatchObject({ code: "config-port-taken" });
  });
  afterAll(async () => await serving.close());

  test("answers on two origins", async () => {
    const answer = await fetch(`${serving.viewer}/api/ping`);
    expect(Math.abs(parseResponse(new Uint8Array(await answer.arrayBuffer())).time - Date.now())).toBeLessThan(60_000);
    const console = await fetch(`http://localhost:${new URL(serving.console).port}/api/session`);
    expect(console.status).toBe(401);
  });

  test("listens on this machine only", async () => {
    const other = connect({ host: "127.0.0.2", port: Number(new URL(serving.viewer).port) });
    const outcome = await new Promise((done) => {
      other.once("connect", () => done("connected"));
      other.once("error", () => done("refused"));
    });
    other.destroy();
    expect(outcome).toBe("refused");
  });

  test("survives clients that hang up in the middle of a body", async () => {
    const port = Number(new URL(serving.viewer).port);
    for (let i = 0; i < 5; i++) {
      const socket = connect({ host: "127.0.0.1", port });
      await new Promise((done) => socket.once("connect", done));
      socket.write("POST /api/enrol HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nabc");
      socket.destroy();
    }
    expect((await fetch(`${serving.viewer}/api/ping`)).status).toBe(200);
  });
});

test("a body that dribbles is cut off", async () => {
  const dribble = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((done) => setTimeout(done, 20));
      controller.enqueue(new Uint8Array(1));
    },
  });
  const request = new Request("http://localhost/", { method: "POST", body: dribble, duplex: "half" } as RequestInit);
  await expect(readBody(request, 4096, 100)).rejects.toMatchObject({ code: "bad-request", detail: { reason: "slow" } });
});
