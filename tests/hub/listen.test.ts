import { connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeConsole, makeHub } from "../../src/hub/hub.ts";
import { type Listening, listen, patience } from "../../src/hub/listen.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { accountPaths } from "../../src/shared/protocol/account.ts";
import { consolePaths } from "../../src/shared/protocol/console.ts";
import { enrolPath } from "../../src/shared/protocol/enrol.ts";
import { testStores } from "./store/open.ts";

const stores = testStores();
const log = pino({ level: "silent" });
const short = { ...patience, headersTimeout: 600, requestTimeout: 1200, connectionsCheckingInterval: 100 };
let viewer: Listening;
let console: Listening;

beforeAll(async () => {
  const store = await stores.open("sqlite");
  const start = performance.now();
  const clock = { now: () => Date.now(), monotonic: () => performance.now() - start };
  const deps = { store, clock, log, keys: await openKeys(store.dataDir), viewerDir: null, consoleDir: null };
  viewer = await listen(makeHub(deps), 0, { log }, short);
  console = await listen(makeConsole(deps), 0, { log }, short);
});
afterAll(async () => {
  await viewer.close();
  await console.close();
});

/** Sends bytes as they are; resolves with what came back once the other side closed, or after `ms`. */
async function raw(port: number, send: (write: (text: string) => void) => void | Promise<void>, ms = 5000): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port });
  let got = "";
  socket.on("data", (chunk) => (got += chunk));
  socket.on("error", () => undefined);
  const closed = new Promise<void>((done) => socket.once("close", () => done()));
  await new Promise<void>((done) => socket.once("connect", () => done()));
  await send((text) => void (socket.writable && socket.write(text)));
  await Promise.race([closed, new Promise((done) => setTimeout(done, ms))]);
  socket.destroy();
  return got;
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const head = (path: string, ...lines: string[]) =>
  `POST ${path} HTTP/1.1\r\nhost: console.localhost\r\norigin: http://console.localhost\r\ncontent-type: application/json\r\n${lines.join("\r\n")}\r\n\r\n`;

describe("a body that is too large", () => {
  const chunk = `4000\r\n${"[".repeat(0x4000)}\r\n`;

  test.each([consolePaths.signIn, accountPaths.passkeySignIn, accountPaths.inviteOptions, accountPaths.invite])(
    "is refused at %s although it comes in chunks and never says how long it is",
    async (path) => {
      const answer = await raw(console.port, (write) => {
        write(head(path, "transfer-encoding: chunked"));
        for (let i = 0; i < 20; i++) write(chunk);
      });
      expect(statusOf(answer)).toBe(413);
      expect(answer).toContain("too-large");
    },
  );

  test("is refused at enrolment, and where no route reads a body it is not read for ever", async () => {
    const post = (path: string) => `POST ${path} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n`;
    const enrol = await raw(viewer.port, (write) => {
      write(post(enrolPath));
      for (let i = 0; i < 20; i++) write(chunk);
    });
    expect(statusOf(enrol)).toBe(413);
    for (const [port, path] of [
      [viewer.port, "/nowhere"],
      [console.port, accountPaths.oidcStart],
    ] as const) {
      let sent = 0;
      const started = performance.now();
      const answer = await raw(
        port,
        async (write) => {
          write(post(path).replace("localhost", port === viewer.port ? "localhost" : "console.localhost"));
          for (let i = 0; i < 60 && performance.now() - started < 3000; i++) {
            write(chunk);
            sent += 1;
            await new Promise((done) => setTimeout(done, 50));
          }
        },
        1000,
      );
      expect([path, statusOf(answer) >= 400]).toEqual([path, true]);
      expect(sent).toBeGreaterThan(0);
    }
  });

  test("by its own word is refused before it is sent", async () => {
    const answer = await raw(console.port, (write) => write(head(consolePaths.signIn, "content-length: 999999999")), 2000);
    expect(statusOf(answer)).toBe(413);
  });
});

describe("a request that is none", () => {
  test.each([
    ["16 KB of headers", `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"a".repeat(17_000)}\r\n\r\n`, 431],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", 400],
    ["a length and chunks", "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["a space before a colon", "GET / HTTP/1.1\r\nhost : localhost\r\n\r\n", 400],
    ["a NUL in a header", "GET / HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n", 400],
    ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
  ])("%s is refused by the parser", async (_, bytes, status) => {
    const answer = await raw(viewer.port, (write) => write(bytes));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toMatch(/node|stack|at /i);
  });

  test("for another host in the request line than in the header is not ours", async () => {
    const answer = await raw(viewer.port, (write) =>
      write("GET http://evil.example/api/ping HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
    );
    expect([400, 421]).toContain(statusOf(answer));
    const twice = await raw(viewer.port, (write) =>
      write("GET /api/ping HTTP/1.1\r\nhost: evil.example\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
    );
    expect([400, 421]).toContain(statusOf(twice));
  });

  test("with a thousand headers costs no thousand headers", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `x${i}: 1`).join("\r\n");
    const answer = await raw(viewer.port, (write) =>
      write(`GET /api/ping HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${many}\r\n\r\n`),
    );
    expect([200, 431]).toContain(statusOf(answer));
  });
});

describe("a sender that dribbles", () => {
  test("headers is cut off", async () => {
    const started = performance.now();
    const answer = await raw(viewer.port, async (write) => {
      write("GET / HTTP/1.1\r\nhost: localhost\r\n");
      for (let i = 0; i < 40; i++) {
        await new Promise((done) => setTimeout(done, 50));
        write(`x${i}: 1\r\n`);
      }
    });
    expect(statusOf(answer)).toBe(408);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("a body is cut off, and others are served meanwhile", async () => {
    const slow = raw(console.port, async (write) => {
      write(head(consolePaths.signIn, "transfer-encoding: chunked"));
      for (let i = 0; i < 40; i++) {
        await new Promise((done) => setTimeout(done, 50));
        write("1\r\n[\r\n");
      }
    });
    const other = await raw(console.port, (write) =>
      write(`GET ${accountPaths.door} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`),
    );
    expect(statusOf(other)).toBe(200);
    const answer = await slow;
    expect([0, 400, 408]).toContain(statusOf(answer));
    expect(answer).not.toContain("200 OK");
  });
});
