import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Unframer } from "../../../src/hub/mllp/frame.ts";
import { type ListeningMllp, listenMllp } from "../../../src/hub/mllp/serve.ts";
import { messageEncoder } from "../../../src/hub/mllp/text.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { testStores } from "../store/open.ts";
import { dial, framed, query, segmentsOf } from "./client.ts";
import { A, clock, fillRegion, oidOf } from "./region.ts";

const stores = testStores();
let store: Store;
let server: ListeningMllp;
const limits = { messageMs: 400, idleMs: 1_500, connections: 4, messageBytes: 8 << 10 };

beforeAll(async () => {
  store = await stores.open("sqlite");
  await fillRegion(store);
  server = await listenMllp({ port: 0, address: "127.0.0.1" }, { db: store.db, clock, log: pino({ level: "silent" }) }, limits);
});
afterAll(() => server.close());

const asked = (id: string) => framed(query("Q23", [`QPD|IHE PIX Query|t|0000000001^^^&${oidOf(A)}&ISO`, "RCP|I"], { id }));

describe("a connection", () => {
  it("two messages in one packet have two answers, in order", async () => {
    const peer = await dial(server.port);
    peer.send(Buffer.concat([asked("1"), asked("2")]));
    expect([await peer.next(), await peer.next()].map((answer) => segmentsOf(answer, "MSA")[0])).toEqual(["MSA|AA|1", "MSA|AA|2"]);
    peer.socket.destroy();
  });

  it("a message in single bytes has one answer; line ends between frames are nothing", async () => {
    const peer = await dial(server.port);
    for (const byte of asked("1")) peer.send(Uint8Array.of(byte));
    expect(segmentsOf(await peer.next(), "MSA")).toEqual(["MSA|AA|1"]);
    peer.send(Buffer.concat([Buffer.from("\r\n"), asked("2")]));
    expect(segmentsOf(await peer.next(), "MSA")).toEqual(["MSA|AA|2"]);
    peer.socket.destroy();
  });

  it.each([
    ["bytes before a frame", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    ["a frame inside a frame", Buffer.from("\x0bMSH|\x0bMSH|")],
    ["an end without its CR", Buffer.from("\x0bMSH|^~\\&|\x1cX")],
    ["a message that is too large", Buffer.concat([Buffer.from([0x0b]), Buffer.alloc(9 << 10, 0x41)])],
  ])("%s: what came before is answered, then it is ended", async (_, bytes) => {
    const peer = await dial(server.port);
    peer.send(Buffer.concat([asked("1"), bytes]));
    expect(segmentsOf(await peer.next(), "MSA")).toEqual(["MSA|AA|1"]);
    await peer.closed;
    expect(peer.rest()).toHaveLength(0);
  });

  it("a half message is cut off in time, however slowly its bytes drip", async () => {
    const peer = await dial(server.port);
    const started = performance.now();
    peer.send(asked("1").subarray(0, 20));
    const drip = setInterval(() => peer.send("A"), 50);
    await peer.closed;
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(1_400);
  });

  it("a silent one is ended later; one that hangs up in the middle harms nobody", async () => {
    const silent = await dial(server.port);
    const gone = await dial(server.port);
    gone.send(asked("1").subarray(0, 20));
    gone.socket.destroy();
    const peer = await dial(server.port);
    peer.send(asked("2"));
    expect(segmentsOf(await peer.next(), "MSA")).toEqual(["MSA|AA|2"]);
    peer.socket.destroy();
    await silent.closed;
  });

  it("more connections than are allowed are not taken", async () => {
    const peers = await Promise.all(Array.from({ length: 8 }, () => dial(server.port)));
    await new Promise((done) => setTimeout(done, 300));
    expect(peers.filter((peer) => peer.socket.destroyed)).toHaveLength(4);
    for (const peer of peers) peer.socket.destroy();
    await Promise.all(peers.map((peer) => peer.closed));
    await new Promise((done) => setTimeout(done, 100));
    const peer = await dial(server.port);
    peer.send(asked("9"));
    expect(segmentsOf(await peer.next(), "MSA")).toEqual(["MSA|AA|9"]);
    peer.socket.destroy();
  });

  it("a port that is taken is told", async () => {
    const order = { port: server.port, address: "127.0.0.1" };
    await expect(listenMllp(order, { db: store.db, clock, log: pino({ level: "silent" }) })).rejects.toMatchObject({
      code: "config-port-taken",
    });
  });
});

describe("frames", () => {
  it("are the same in any portions", () => {
    const message = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => (byte === 0x0b || byte === 0x1c ? 0x20 : byte)));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat({ max: 60 }), { maxLength: 20 }), (messages, cuts) => {
        const all = Buffer.concat(messages.map((one) => Buffer.concat([Buffer.from([0x0b]), one, Buffer.from([0x1c, 0x0d])])));
        const unframer = new Unframer(1000);
        const found: Uint8Array[] = [];
        let at = 0;
        for (const cut of [...cuts, all.length]) {
          const { messages: more, fault } = unframer.push(all.subarray(at, at + cut));
          expect(fault).toBeNull();
          found.push(...more);
          at = Math.min(all.length, at + cut);
        }
        expect(found.map((one) => [...one])).toEqual(messages.map((one) => [...one]));
        expect(unframer.half).toBe(false);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("any bytes give messages or a fault, never a throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }), (portions) => {
        const unframer = new Unframer(64);
        for (const portion of portions) unframer.push(portion);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});

describe("letters of answers", () => {
  const encode = messageEncoder();
  const through = (text: string) => new TextDecoder("iso-2022-jp", { fatal: true }).decode(encode(text, "~ISO IR87"));

  it("ISO IR 87 between escapes, back to ASCII before every delimiter", () => {
    expect(through("PID|1||髙﨑^太郎|ABC")).toBe("PID|1||髙﨑^太郎|ABC");
    expect(Buffer.from(encode("|灯|", "~ISO IR87")).toString("latin1")).toBe("|\x1b$BEt\x1b(B|");
  });

  it("half-width kana leave full-width; what the set lacks leaves as 〓, one for one", () => {
    expect(through("ﾔﾏﾀﾞ^𠮷田^\u{20BB7}")).toBe("ヤマダ^〓田^〓");
  });

  it("as Unicode nothing is lost", () => {
    expect(Buffer.from(encode("𠮷田ﾔﾏﾀﾞ", "UNICODE UTF-8")).toString()).toBe("𠮷田ﾔﾏﾀﾞ");
  });
});
