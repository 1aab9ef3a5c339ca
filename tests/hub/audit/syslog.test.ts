import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { type ForwardPace, forwardSyslog } from "../../../src/hub/audit/syslog/forward.ts";
import { octetCounted, syslogMessage } from "../../../src/hub/audit/syslog/message.ts";
import type { SyslogTarget } from "../../../src/hub/config-senders.ts";
import type { ForwardRow } from "../../../src/hub/store/forward.ts";
import type { Db, Store } from "../../../src/hub/store/store.ts";
import { fromUtf8, toBase64Url, utf8 } from "../../../src/shared/bytes.ts";
import { dialects, testStores } from "../store/open.ts";
import { selfSigned } from "./certificate.ts";
import { type Collector, collect, collectUdp, parseSyslog, until } from "./collector.ts";
import { chainIn, device, someone } from "./journal.ts";

const stores = testStores();
const pace: ForwardPace = { pollMs: 20, retryMs: 10, retryMostMs: 40, batch: 7, stepMs: 2_000, settleMs: 20 };
const log = pino({ level: "silent" });
const tcp = (port: number): SyslogTarget => ({ protocol: "tcp", host: "127.0.0.1", port });
const forward = (db: Db, target: SyslogTarget, over: Partial<ForwardPace> = {}) => forwardSyslog(target, { db, log }, { ...pace, ...over });

/** "chain seq" of what came, each once, in the order of its first coming. */
const placesIn = (messages: readonly string[]) => [
  ...new Set(messages.map((message) => parseSyslog(message).data).map(({ chain = "", seq = "" }) => `${chain.slice(0, 2)} ${seq}`)),
];

/** Entries that count as taken. */
const taken = async (db: Db) => (await db.selectFrom("forward_cursor").select("seq").execute()).reduce((sum, { seq }) => sum + seq, 0);

const entry: ForwardRow = {
  chain: "ab".repeat(16),
  seq: 3,
  hash: new Uint8Array(32).fill(5),
  device,
  kind: "open-strip",
  at: 0,
  trusted: Date.UTC(2026, 10, 20, 1),
  staff: "staff-1",
  role: "physician",
  purpose: "BTG",
  person: someone,
  reason: "unconscious",
  received: Date.UTC(2026, 10, 20, 2),
  review: null,
};
const context = { hostname: "hub.example", siteOf: () => '救急"外来]\\', isStaff: (id: string) => id === "staff-1" };

describe("a message", () => {
  test("keeps to the grammar of RFC 5424: header, structured data with its three escapes, and who, whom, what kind, where in the log", () => {
    expect(parseSyslog(fromUtf8(syslogMessage(entry, context)))).toEqual({
      facility: 13,
      severity: 5,
      time: "2026-11-20T01:00:00.000Z",
      host: "hub.example",
      app: "tomoshibi-hub",
      proc: "-",
      id: "open-strip",
      data: {
        chain: entry.chain,
        seq: "3",
        hash: "05".repeat(32),
        kind: "open-strip",
        device,
        site: '救急"外来]\\',
        staff: "staff-1",
        role: "physician",
        purpose: "BTG",
        person: someone,
        received: "2026-11-20T02:00:00.000Z",
      },
      text: "open-strip BTG physician",
    });
  });

  test("takes nothing from a device that would name a patient: no free word of an entry goes on", () => {
    const lie = "架空太郎 0000000001";
    for (const said of [lie, "0000000001", "kaku-taro", `x" person="${lie}`, "a\nb<13>1", "\0"]) {
      const hostile = { ...entry, staff: said, role: said, purpose: said, person: said, reason: said };
      const text = fromUtf8(syslogMessage(hostile, context));
      expect(Object.keys(parseSyslog(text).data)).toEqual(["chain", "seq", "hash", "kind", "device", "site", "received"]);
      expect(text).not.toContain(said);
    }
    expect(
      parseSyslog(fromUtf8(syslogMessage({ ...entry, trusted: Number.MAX_SAFE_INTEGER }, { ...context, hostname: "灯" }))),
    ).toMatchObject({
      time: "9999-12-31T23:59:59.999Z",
      host: "-",
    });
  });

  test("is framed by its length in octets, not in letters", () => {
    expect(fromUtf8(octetCounted(utf8("灯 a")))).toBe("5 灯 a");
  });
});

describe.each(dialects)("forwarding from %s", (dialect) => {
  const opened = async (): Promise<Store> => await stores.open(dialect);

  test("sends what is there and what comes, each chain in its order, each entry once", async () => {
    const { db } = await opened();
    const [one, two] = [chainIn(db, { chain: "aa".repeat(16) }), chainIn(db, { chain: "bb".repeat(16) })];
    for (let i = 0; i < 10; i++) await one.add("lock");
    const collector = await collect();
    const running = forward(db, tcp(collector.port));
    await until(() => collector.messages.length === 10);
    for (let i = 0; i < 3; i++) await two.add("unlock");
    await one.add("lock");
    await until(() => collector.messages.length === 14);
    while ((await taken(db)) < 14) await new Promise((done) => setTimeout(done, 10));
    await running.stop();
    await collector.kill();
    const places = placesIn(collector.messages);
    expect(places.filter((place) => place.startsWith("aa"))).toEqual(Array.from({ length: 11 }, (_, i) => `aa ${i + 1}`));
    expect(places.filter((place) => place.startsWith("bb"))).toEqual(["bb 1", "bb 2", "bb 3"]);
    const again = await collect();
    const restarted = forward(db, tcp(again.port));
    await one.add("lock");
    await until(() => again.messages.length > 0);
    await restarted.stop();
    await again.kill();
    expect(placesIn(again.messages)).toEqual(["aa 12"]);
  });
});

describe("a collector", () => {
  const filled = async (entries: number): Promise<Db> => {
    const { db } = await stores.open("sqlite");
    const chain = chainIn(db, { chain: "aa".repeat(16) });
    for (let i = 0; i < entries; i++) await chain.add("lock");
    return db;
  };
  const all = (entries: number) => Array.from({ length: entries }, (_, i) => `aa ${i + 1}`);

  test("that is not there costs nothing: everything comes when it is", async () => {
    const db = await filled(20);
    const placeholder = await collect();
    await placeholder.kill();
    const running = forward(db, tcp(placeholder.port));
    await new Promise((done) => setTimeout(done, 200));
    const collector = await collect({ port: placeholder.port });
    await until(() => collector.messages.length >= 20);
    await running.stop();
    await collector.kill();
    expect(placesIn(collector.messages)).toEqual(all(20));
  });

  test("that is killed 25 times, before, within and after batches, loses nothing", async () => {
    const db = await filled(60);
    const got: string[] = [];
    let collector: Collector = await collect({ diesAfter: 0 });
    const { port } = collector;
    const running = forward(db, tcp(port), { batch: 3 });
    for (let kill = 0; kill < 25; kill++) {
      await new Promise((done) => setTimeout(done, (kill * 7) % 40));
      await collector.kill().catch(() => undefined);
      got.push(...collector.messages);
      collector = await collect({ port, ...(kill % 3 === 0 ? { diesAfter: (kill * 211) % 2_000 } : {}) });
    }
    await collector.kill().catch(() => undefined);
    got.push(...collector.messages);
    const last = await collect({ port });
    while ((await taken(db)) < 60) await new Promise((done) => setTimeout(done, 20));
    await running.stop();
    await last.kill();
    got.push(...last.messages);
    expect([...new Set(placesIn(got))].sort()).toEqual(all(60).sort());
  }, 60_000);

  test("that never closes has not been shown to read: the batch is not taken, and the hub stops at once all the same", async () => {
    const db = await filled(3);
    const collector = await collect({ clings: true });
    const running = forward(db, tcp(collector.port), { stepMs: 100 });
    await until(() => collector.connections() >= 2);
    const began = performance.now();
    await running.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await db.selectFrom("forward_cursor").selectAll().execute()).toEqual([]);
    await collector.kill();
  });

  test("with a certificate that nobody vouches for is told nothing", async () => {
    const db = await filled(3);
    const collector = await collect({ tls: selfSigned() });
    const running = forward(db, { protocol: "tls", host: "127.0.0.1", port: collector.port });
    await new Promise((done) => setTimeout(done, 500));
    await running.stop();
    await collector.kill();
    expect(collector.messages).toEqual([]);
    expect(await taken(db)).toBe(0);
  });

  test("over UDP gets one message a datagram; where nobody listens nothing counts as taken", async () => {
    const db = await filled(9);
    const collector = await collectUdp();
    const running = forward(db, { protocol: "udp", host: "127.0.0.1", port: collector.port });
    await until(() => collector.messages.length >= 9);
    await running.stop();
    await collector.close();
    expect(placesIn(collector.messages)).toEqual(all(9));
    await chainIn(db, { chain: "bb".repeat(16) }).add("lock");
    const deaf = forward(db, { protocol: "udp", host: "127.0.0.1", port: collector.port });
    await new Promise((done) => setTimeout(done, 300));
    await deaf.stop();
    expect(await db.selectFrom("forward_cursor").select("chain").execute()).toEqual([{ chain: "aa".repeat(16) }]);
  });
});

test("chains share a batch, so that a device that writes without end holds up nobody", async () => {
  const { db } = await stores.open("sqlite");
  const loud = chainIn(db, { chain: "11".repeat(16), device: toBase64Url(new Uint8Array(16).fill(1)) });
  for (let i = 0; i < 40; i++) await loud.add("lock");
  await chainIn(db, { chain: "22".repeat(16) }).add("envelope");
  const collector = await collect();
  const running = forward(db, tcp(collector.port), { batch: 4 });
  await until(() => collector.messages.length >= 4);
  await running.stop();
  await collector.kill();
  expect(placesIn(collector.messages.slice(0, 4))).toContain("22 1");
});
