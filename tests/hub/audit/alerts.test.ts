import { createHmac } from "node:crypto";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import type { AlarmWords, Sink } from "../../../src/hub/audit/alerts/alarm.ts";
import { mailSink } from "../../../src/hub/audit/alerts/mail.ts";
import { silentMs } from "../../../src/hub/audit/alerts/notice.ts";
import { quietMs } from "../../../src/hub/audit/alerts/queue.ts";
import { type AlertPace, watchAlerts } from "../../../src/hub/audit/alerts/run.ts";
import { webhookSink } from "../../../src/hub/audit/alerts/webhook.ts";
import type { Running } from "../../../src/hub/audit/syslog/forward.ts";
import { raiseAlert } from "../../../src/hub/store/journal.ts";
import { toBase64Url, toHex } from "../../../src/shared/bytes.ts";
import { enrolled, entry, push, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { knownPerson, type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { selfSigned } from "./certificate.ts";
import { until } from "./collector.ts";
import { hookServer, mailServer, type Posted, readMail } from "./receivers.ts";

const stores = testStores();
const pace: AlertPace = { pollMs: 15, retryMs: 10, retryMostMs: 40 };
const words: AlarmWords = (kind) => ({ ja: `警報${kind}`, en: `alert ${kind}` });
const secret = "見本の共有鍵 of thirty-two letters";
const console_ = "https://console.example";
const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function ward(
  dialect: (typeof dialects)[number] = "sqlite",
): Promise<{ region: TestRegion; device: TestDevice; member: TestMember }> {
  const region = await testRegion(await stores.open(dialect));
  const device = await enrolled(region);
  return { region, device, member: await registered(device) };
}

function watch(region: TestRegion, ...sinks: Sink[]): Running {
  const log = pino({ level: "silent" });
  const watching = watchAlerts(sinks, { db: region.store.db, clock: region.clock, log, console: console_ }, pace);
  running.push(watching);
  return watching;
}

/** The watcher has looked at what was there: nothing older is told. */
async function begun({ store }: TestRegion): Promise<void> {
  const has = async () => (await store.db.selectFrom("forward_cursor").select("seq").where("consumer", "=", "alerts").execute()).length > 0;
  while (!(await has())) await new Promise((done) => setTimeout(done, 5));
}

const hookSink = (url: string, region: TestRegion, withinMs?: number) => webhookSink({ url, secret }, region.clock, withinMs);
const smtpSink = (port: number) =>
  mailSink({ host: "127.0.0.1", port, secure: false, login: null, from: "hub@region.example", to: ["a@region.example"] }, words);
const bodies = (posts: readonly { readonly body: string }[]) =>
  posts.map(({ body }) => JSON.parse(body) as Record<string, unknown> & { kind: string; count: number; id: string });

describe.each(dialects)("alerts on %s", (dialect) => {
  test("of a broken journal, an envelope, a declared disaster and failed unlocks in a row come by mail and webhook, and name nobody", async () => {
    const { region, device, member } = await ward(dialect);
    const [mail, hook] = [await mailServer(), await hookServer()];
    watch(region, smtpSink(mail.port), hookSink(hook.url, region));
    await begun(region);
    const words_ = ["架空 太郎", "灯台 一郎", "0000000001", "1310000001", "1948-04-05"];
    const hostile = { person: knownPerson, note: words_.join(" "), what: words_.join(" "), reason: "0000000001", role: "架空 太郎" };
    await push(device, [
      await entry(device, "envelope", { staff: member, body: hostile }),
      await entry(device, "open-strip", { staff: member, body: hostile }),
      await entry(device, "declare", { staff: member, body: hostile }),
    ]);
    for (let i = 0; i < 6; i++) await push(device, [await entry(device, "unlock-failed", { key: "locked", body: { staff: member.id } })]);
    await push(device, [await entry(device, "lock", { aside: true }), new Uint8Array([1, 2, 3])]);
    device.head = { ...device.head, seq: device.head.seq + 3 };
    await push(device, [await entry(device, "open-strip", { staff: member, body: hostile })]);
    const kinds = ["disaster-declared", "envelope-used", "gap", "malformed", "unlock-failures"];
    await until(() => hook.posts.length >= kinds.length && mail.mails.length >= kinds.length);
    expect(
      bodies(hook.posts)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(kinds);
    expect(bodies(hook.posts)[0]).toEqual({
      v: 1,
      id: expect.any(String),
      kind: expect.any(String),
      site: "灯台病院 救急外来",
      device: "救急外来タブレット",
      first: "2026-11-20T01:00:00.000Z",
      last: "2026-11-20T01:00:00.000Z",
      count: 1,
      console: console_,
    });
    const sent = [...mail.mails, ...mail.mails.map(readMail), ...hook.posts.map((post) => JSON.stringify(post))].join("\n");
    expect(sent).toContain("警報envelope-used");
    expect(sent).toContain("救急外来タブレット");
    const person = Buffer.from(knownPerson, "base64url");
    const secrets = [
      ...words_,
      ..."太郎 タロウ カクウ 一郎 とうだい".split(" "),
      member.id,
      knownPerson,
      person.toString("hex"),
      person.toString("base64"),
    ];
    const forms = secrets.flatMap((one) => [one, encodeURIComponent(one), Buffer.from(one).toString("base64").replace(/=+$/, "")]);
    expect(forms.filter((one) => sent.includes(one))).toEqual([]);
    for (const id of [toBase64Url(device.id), toHex(device.head.chain)]) expect(sent).not.toContain(id);
    await mail.close();
    await hook.close();
  });
});

describe("a sink", () => {
  const ring = async (region: TestRegion, kind = "fork", seq = 1) =>
    await raiseAlert(region.store.db, { kind, device: "", chain: "", seq, at: region.clock.time });

  test("that is down is tried until it is back; the queue is on disk, so a hub that is killed meanwhile loses nothing", async () => {
    const { region } = await ward();
    const hook = await hookServer(() => 503);
    const first = watch(region, hookSink(hook.url, region));
    await begun(region);
    await ring(region);
    await until(() => {
      region.clock.time += 1_000;
      return hook.posts.length >= 3;
    });
    await first.stop();
    await hook.close();
    const back = await hookServer(() => 200, hook.port);
    watch(region, hookSink(back.url, region));
    await until(() => {
      region.clock.time += 1_000;
      return back.posts.length >= 1;
    });
    expect(new Set(bodies([...hook.posts, ...back.posts]).map(({ id }) => id)).size).toBe(1);
    await new Promise((done) => setTimeout(done, 100));
    expect(back.posts).toHaveLength(1);
    await back.close();
  });

  test("gets what rang again and again as one message with a number, and the next no sooner than ten minutes later", async () => {
    const { region } = await ward();
    const hook = await hookServer();
    watch(region, hookSink(hook.url, region));
    await begun(region);
    await ring(region);
    await until(() => hook.posts.length >= 1);
    for (let seq = 2; seq < 60; seq++) await ring(region, "fork", seq);
    await ring(region, "fork", 2);
    await ring(region, "gap");
    await until(() => hook.posts.length >= 2);
    await new Promise((done) => setTimeout(done, 200));
    expect(bodies(hook.posts).map(({ kind, count }) => [kind, count])).toEqual([
      ["fork", 1],
      ["gap", 1],
    ]);
    region.clock.time += quietMs;
    await until(() => hook.posts.length >= 3);
    expect(bodies(hook.posts)[2]).toMatchObject({ kind: "fork", count: 59 });
    await hook.close();
  });

  test("is told nothing of what rang before it was there", async () => {
    const { region } = await ward();
    await ring(region);
    const hook = await hookServer();
    watch(region, hookSink(hook.url, region));
    await begun(region);
    await ring(region, "gap");
    await until(() => hook.posts.length >= 1);
    expect(bodies(hook.posts)).toMatchObject([{ kind: "gap" }]);
    await hook.close();
  });

  test("that redirects is not followed; one that hangs is given up in time; both are tried again", async () => {
    const { region } = await ward();
    const elsewhere = await hookServer();
    const hook = await hookServer(() => ({ location: elsewhere.url }));
    const slow = await hookServer(() => "hang");
    const alarm = { id: "1", kind: "fork", site: "", device: "", first: 0, last: 0, count: 1, console: console_ };
    const signal = new AbortController().signal;
    await expect(hookSink(hook.url, region).send(alarm, signal)).rejects.toMatchObject({ code: "HTTP-307" });
    await expect(hookSink(slow.url, region, 100).send(alarm, signal)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(elsewhere.posts).toEqual([]);
    watch(region, hookSink(hook.url, region));
    await begun(region);
    await ring(region);
    await until(() => {
      region.clock.time += 1_000;
      return hook.posts.length >= 3;
    });
    expect(elsewhere.posts).toEqual([]);
    await Promise.all([elsewhere.close(), hook.close(), slow.close()]);
  });

  test("can check who sent it and that nothing was changed or sent again later", async () => {
    const { region } = await ward();
    const hook = await hookServer();
    const alarm = { id: "msg-1", kind: "fork", site: "", device: "", first: 0, last: 0, count: 1, console: console_ };
    for (const [key, bytes] of [
      [secret, Buffer.from(secret)],
      [`whsec_${Buffer.alloc(24, 7).toString("base64")}`, Buffer.alloc(24, 7)],
    ] as const) {
      await webhookSink({ url: hook.url, secret: key }, region.clock).send(alarm, new AbortController().signal);
      const { headers = {}, body = "" } = hook.posts.at(-1) as Partial<Posted>;
      expect(headers).toMatchObject({ "webhook-id": "msg-1", "webhook-timestamp": String(region.clock.time / 1_000) });
      const signed = createHmac("sha256", bytes).update(`msg-1.${headers["webhook-timestamp"]}.${body}`).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${signed}`);
    }
    await hook.close();
  });

  test("for mail never hears a password before TLS, nor under a certificate that nobody vouches for, and stops at once when the hub does", async () => {
    const mail = await mailServer({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
    const target = { host: "127.0.0.1", secure: false, from: "hub@region.example", to: ["a@region.example"] };
    const alarm = { id: "1", kind: "fork", site: "", device: "", first: 0, last: 0, count: 1, console: console_ };
    const sink = mailSink({ ...target, port: mail.port, login: { user: "hub", password: "geheim" } }, words);
    await expect(sink.send(alarm, new AbortController().signal)).rejects.toMatchObject({ code: "ETLS" });
    expect([mail.logins, mail.mails]).toEqual([[], []]);
    await mail.close();
    const false_ = await mailServer({ ...selfSigned(), disabledCommands: [], authOptional: false });
    const deceived = mailSink({ ...target, port: false_.port, login: { user: "hub", password: "geheim" } }, words);
    await expect(deceived.send(alarm, new AbortController().signal)).rejects.toThrow();
    expect([false_.logins, false_.mails]).toEqual([[], []]);
    await false_.close();
    const silent = await hookServer(() => "hang");
    const stopping = new AbortController();
    const sending = mailSink({ ...target, port: silent.port, login: null }, words).send(alarm, stopping.signal);
    setTimeout(() => stopping.abort(), 50);
    const began = performance.now();
    await expect(sending).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(2_000);
    await silent.close();
  });
});

test("a device that was approved and has not called for a week is told of once, and again after the next silence", async () => {
  const { region, device } = await ward();
  const hook = await hookServer();
  watch(region, hookSink(hook.url, region));
  await begun(region);
  region.clock.time += silentMs - 60_000;
  await new Promise((done) => setTimeout(done, 100));
  expect(hook.posts).toEqual([]);
  region.clock.time += 120_000;
  await until(() => hook.posts.length >= 1);
  region.clock.time += 10 * silentMs;
  await new Promise((done) => setTimeout(done, 100));
  expect(bodies(hook.posts)).toMatchObject([{ kind: "device-silent", device: "救急外来タブレット", count: 1 }]);
  await push(device, [await entry(device, "unlock")]);
  region.clock.time += silentMs;
  await until(() => hook.posts.length >= 2);
  await hook.close();
});

test("failed unlocks ring at the fifth in a row and each fifth after it; a success between them begins anew", async () => {
  const { region, device, member } = await ward();
  const hook = await hookServer();
  watch(region, hookSink(hook.url, region));
  await begun(region);
  const failures = async (count: number) => {
    for (let i = 0; i < count; i++) await push(device, [await entry(device, "unlock-failed", { key: "locked" })]);
  };
  await failures(4);
  await push(device, [await entry(device, "unlock", { staff: member })]);
  await failures(4);
  await new Promise((done) => setTimeout(done, 150));
  expect(hook.posts).toEqual([]);
  await failures(1);
  await until(() => hook.posts.length >= 1);
  region.clock.time += quietMs;
  await failures(10);
  await until(() => {
    region.clock.time += 60_000;
    return bodies(hook.posts).reduce((sum, { count }) => sum + count, 0) >= 3;
  });
  expect(bodies(hook.posts).every(({ kind }) => kind === "unlock-failures")).toBe(true);
  await hook.close();
});
