import { beforeAll, describe, expect, test } from "vitest";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { parseRefusal } from "../../../src/shared/protocol/answer.ts";
import { consolePaths, csrfHeader } from "../../../src/shared/protocol/console.ts";
import * as answers from "../../../src/shared/protocol/consoleAnswers.ts";
import { parseEnrolCode } from "../../../src/shared/protocol/enrol.ts";
import { parseReview, parseReviews } from "../../../src/shared/protocol/reviewAnswers.ts";
import { testStores } from "../store/open.ts";
import { enrolled, entry, newDevice, push, refusal, registered, registerMember, sendEnrol } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const origin = "http://console.localhost:8788";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const name = "見本 確認";

interface Browser {
  get(path: string): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  cookie: string;
  csrf: string;
}

/** A browser as the hub meets it: cookie jar of one, its own origin on every POST. */
function browser(region: TestRegion): Browser {
  const self: Browser = {
    cookie: "",
    csrf: "",
    get: (path) => region.console(new Request(origin + path, { headers: { cookie: self.cookie } })),
    post: async (path, body = {}, headers = {}) => {
      const standard = {
        origin,
        host: "console.localhost:8788",
        cookie: self.cookie,
        "content-type": "application/json",
        [csrfHeader]: self.csrf,
      };
      return await region.console(
        new Request(origin + path, { method: "POST", headers: { ...standard, ...headers }, body: JSON.stringify(body) }),
      );
    },
  };
  return self;
}

async function signIn(region: TestRegion): Promise<Browser> {
  const page = browser(region);
  const answer = await page.post(consolePaths.signIn, { name, passphrase });
  page.cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  page.csrf = answers.parseSession(await answer.json()).csrf;
  return page;
}

let region: TestRegion;
beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase);
});

describe("signing in", () => {
  test("sets a cookie that no script reads, no other site sends, and no plain origin gets", async () => {
    const answer = await browser(region).post(consolePaths.signIn, { name, passphrase });
    const flags = (answer.headers.get("set-cookie") ?? "")
      .split("; ")
      .slice(1)
      .map((flag) => flag.toLowerCase());
    expect(flags).toEqual(expect.arrayContaining(["httponly", "samesite=strict", "secure", "path=/"]));
    expect(answer.headers.get("set-cookie")).toMatch(/^__Host-/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("takes the passphrase as people type it, and no other", async () => {
    const page = browser(region);
    expect((await page.post(consolePaths.signIn, { name, passphrase: ` ${passphrase.toUpperCase()}  ` })).status).toBe(200);
    expect(await refusal(await page.post(consolePaths.signIn, { name, passphrase: `${passphrase} x` }))).toBe("sign-in-failed");
    expect(await refusal(await page.post(consolePaths.signIn, { name: "架空", passphrase }))).toBe("sign-in-failed");
  });

  test("is slowed after five failures for one name, not for another, and recovers", async () => {
    const fresh = await testRegion(await stores.open("sqlite"));
    await addReviewer(fresh.deps, name, passphrase);
    await addReviewer(fresh.deps, "灯台 当直", passphrase);
    const page = browser(fresh);
    for (let i = 0; i < 5; i++)
      expect(await refusal(await page.post(consolePaths.signIn, { name, passphrase: `wrong ${i}` }))).toBe("sign-in-failed");
    const braked = await page.post(consolePaths.signIn, { name, passphrase });
    expect([braked.status, braked.headers.get("retry-after")]).toEqual([429, "2"]);
    expect((await page.post(consolePaths.signIn, { name: "灯台 当直", passphrase })).status).toBe(200);
    fresh.clock.time += 2001;
    expect((await page.post(consolePaths.signIn, { name, passphrase })).status).toBe(200);
  });

  test("is slowed for a name however it is spaced", async () => {
    const fresh = await testRegion(await stores.open("sqlite"));
    await addReviewer(fresh.deps, name, passphrase);
    const page = browser(fresh);
    for (const spaced of [name, ` ${name}`, `${name} `, `　${name}`, `${name}\u00a0`])
      expect(await refusal(await page.post(consolePaths.signIn, { name: spaced, passphrase: "wrong" }))).toBe("sign-in-failed");
    expect((await page.post(consolePaths.signIn, { name: `  ${name}`, passphrase })).status).toBe(429);
  });

  test("from a page of another origin, or as a plain form, is refused", async () => {
    const page = browser(region);
    const body = { name, passphrase };
    for (const headers of [
      { origin: "https://example.invalid" },
      { origin: "http://localhost:8787" },
      { origin: "null" },
      { "content-type": "text/plain" },
    ])
      expect(await refusal(await page.post(consolePaths.signIn, body, headers))).toBe("forbidden");
  });

  test("ends after 30 idle minutes, by signing out, and after 12 hours whatever happens", async () => {
    const fresh = await testRegion(await stores.open("sqlite"));
    await addReviewer(fresh.deps, name, passphrase);
    const [idle, busy, left] = [await signIn(fresh), await signIn(fresh), await signIn(fresh)];
    expect((await left.post(consolePaths.signOut)).status).toBe(200);
    expect(await refusal(await left.get(consolePaths.session))).toBe("session-expired");
    fresh.clock.time += 29 * 60_000;
    expect((await busy.get(consolePaths.session)).status).toBe(200);
    fresh.clock.time += 2 * 60_000;
    expect(await refusal(await idle.get(consolePaths.session))).toBe("session-expired");
    for (let i = 0; i < 25; i++) {
      fresh.clock.time += 29 * 60_000;
      await busy.get(consolePaths.session);
    }
    expect(await refusal(await busy.get(consolePaths.session))).toBe("session-expired");
  });
});

describe("without a session or its token", () => {
  const reads = [
    consolePaths.review,
    `${consolePaths.review}/x`,
    consolePaths.alerts,
    consolePaths.devices,
    consolePaths.staff,
    consolePaths.figures,
    consolePaths.session,
  ];
  const changes = [
    `${consolePaths.review}/x`,
    `${consolePaths.devices}/x/approve`,
    consolePaths.enrolments,
    consolePaths.staff,
    `${consolePaths.staff}/x/code`,
    consolePaths.signOut,
  ];

  test("nothing is shown and nothing is changed", async () => {
    const page = browser(region);
    for (const path of reads) expect(await refusal(await page.get(path)), path).toBe("unauthorized");
    for (const path of changes) expect(await refusal(await page.post(path)), path).toBe("unauthorized");
    page.cookie = `__Host-tomoshibi-console=${"A".repeat(43)}`;
    for (const path of reads) expect(await refusal(await page.get(path)), path).toBe("session-expired");
  });

  test("a change with the cookie alone, another session's token, or from another origin is refused", async () => {
    const [page, other] = [await signIn(region), await signIn(region)];
    for (const path of changes) {
      expect(await refusal(await page.post(path, {}, { [csrfHeader]: "" })), path).toBe("forbidden");
      expect(await refusal(await page.post(path, {}, { [csrfHeader]: other.csrf })), path).toBe("forbidden");
      expect(await refusal(await page.post(path, {}, { origin: "https://example.invalid" })), path).toBe("forbidden");
    }
    expect((await page.get(consolePaths.session)).status).toBe(200);
  });

  test("the device's origin has no console, and the console's origin no device protocol", async () => {
    const page = await signIn(region);
    for (const path of [consolePaths.review, consolePaths.alerts, consolePaths.devices])
      expect((await region.hub(new Request(`http://localhost:8787${path}`, { headers: { cookie: page.cookie } }))).status).toBe(404);
    for (const path of ["/api/manifest", "/api/lease", "/api/ping"]) expect((await page.get(path)).status).toBe(404);
  });
});

describe("the operator", () => {
  test("invites a device, compares, approves; the device then gets its lease", async () => {
    const page = await signIn(region);
    const { code } = answers.parseIssuedCode(await (await page.post(consolePaths.enrolments)).json());
    expect((await parseEnrolCode(code)).secret).toHaveLength(16);
    const device = await newDevice(region);
    expect((await sendEnrol(device, code, "救急車1号")).status).toBe(200);
    const id = toBase64Url(device.id);
    const listed = answers.parseDevices(await (await page.get(consolePaths.devices)).json()).find((one) => one.id === id);
    expect(listed).toMatchObject({ name: "救急車1号", state: "pending" });
    const after = answers
      .parseDevices(await (await page.post(`${consolePaths.devices}/${id}/approve`)).json())
      .find((one) => one.id === id);
    expect(after).toMatchObject({ state: "approved", decidedBy: name });
    expect(await refusal(await page.post(`${consolePaths.devices}/${id}/refuse`))).toBe("bad-request");
    expect((await page.post(`${consolePaths.devices}/${id}/destroy`)).status).toBe(404);
  });

  test("adds a member, whose code works once on a device", async () => {
    const page = await signIn(region);
    const device = await enrolled(region);
    const { code } = answers.parseIssuedCode(
      await (await page.post(consolePaths.staff, { name: "試験 三郎", kana: "しけん さぶろう", role: "physician" })).json(),
    );
    const member = answers.parseStaffList(await (await page.get(consolePaths.staff)).json()).find((one) => one.name === "試験 三郎");
    expect(member).toMatchObject({ registered: false });
    expect((await registerMember(device, { id: member?.id ?? "", code })).status).toBe(200);
    expect(await refusal(await page.post(consolePaths.staff, { name: "", kana: "x", role: "physician" }))).toBe("bad-request");
    expect(await refusal(await page.post(consolePaths.staff, { name: "試験", kana: "x", role: "king" }))).toBe("bad-request");
  });
});

describe("the reviewer", () => {
  test("sees who opened whom and how, decides with a note, and every decision is kept", async () => {
    const page = await signIn(region);
    const device = await enrolled(region);
    const member = await registered(device, "灯台 一郎");
    await push(device, [
      await entry(device, "open-strip", { staff: member, body: { reason: "unconscious" } }),
      await entry(device, "open-rest", { staff: member, body: { reason: "medication-check", note: "抗凝固薬" } }),
    ]);
    const [item] = parseReviews(await (await page.get(consolePaths.review)).json());
    if (item === undefined) throw new Error("no review");
    expect(item).toMatchObject({
      person: { name: "架空 太郎", birthDate: "1948-04-05" },
      staff: { name: "灯台 一郎" },
      state: "open",
    });
    expect(item.findings.filter(({ verdict }) => verdict === "holds").map(({ rule }) => rule)).toEqual(["unconfirmed", "rest-opened"]);
    const path = `${consolePaths.review}/${item.id}`;
    expect(await refusal(await page.post(path, { state: "question", note: " ", seen: 0 }))).toBe("bad-request");
    expect(await refusal(await page.post(path, { state: "open", note: "", seen: 0 }))).toBe("bad-request");
    await page.post(path, { state: "question", note: "当直表にない。\n本人に確認中。", seen: 0 });
    const decided = parseReview(await (await page.post(path, { state: "accepted", note: "", seen: 1 })).json());
    expect(decided).toMatchObject({ state: "accepted", reviewer: name, decided: region.clock.time });
    const history = await region.store.db.selectFrom("review_decision").select(["state", "note"]).where("review", "=", item.id).execute();
    expect(history).toHaveLength(2);
    expect(history).toContainEqual({ state: "question", note: "当直表にない。\n本人に確認中。" });
    expect((await page.get(`${consolePaths.review}/00000000-0000-0000-0000-000000000000`)).status).toBe(404);
  });

  test("finds no person and no member in an alert", async () => {
    const page = await signIn(region);
    const device = await enrolled(region);
    const member = await registered(device, "見本 花子");
    await entry(device, "unlock");
    await push(device, [await entry(device, "open-strip", { staff: member })]);
    const answer = await page.get(consolePaths.alerts);
    const text = await answer.clone().text();
    expect(answers.parseAlerts(await answer.json()).map(({ kind }) => kind)).toContain("gap");
    for (const secret of ["架空", "太郎", "見本 花子", member.id]) expect(text).not.toContain(secret);
    const figures = answers.parseFigures(await (await page.get(consolePaths.figures)).json());
    expect(figures.alerts).toBeGreaterThan(0);
  });

  test("gets a coded error for a malformed body", async () => {
    const page = await signIn(region);
    const broken = new Request(`${origin}${consolePaths.staff}`, {
      method: "POST",
      headers: { origin, host: "console.localhost:8788", cookie: page.cookie, "content-type": "application/json", [csrfHeader]: page.csrf },
      body: "{",
    });
    const answer = await region.console(broken);
    expect([answer.status, parseRefusal(new Uint8Array(await answer.arrayBuffer()))?.error]).toEqual([400, "bad-request"]);
  });
});
