import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { plainDoor } from "../../../src/hub/config-door.ts";
import { makeConsole } from "../../../src/hub/hub.ts";
import { addReviewer, removeReviewer } from "../../../src/hub/people/reviewers.ts";
import { accountPaths, type ConsoleRole, parseAccount } from "../../../src/shared/protocol/account.ts";
import { consentPaths } from "../../../src/shared/protocol/consent.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import { identityPaths } from "../../../src/shared/protocol/identity.ts";
import { testStores } from "../store/open.ts";
import { type SoftPasskey, softPasskey } from "./authenticator.ts";
import { type ConsoleBrowser, consoleBrowser, consoleOrigin } from "./console-browser.ts";
import { refusal } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const name = "見本 確認";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";

async function door(roles: readonly ConsoleRole[] | null = null): Promise<TestRegion> {
  const region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase, roles);
  return region;
}

async function signedIn(region: TestRegion): Promise<ConsoleBrowser> {
  const page = consoleBrowser(region.console);
  expect((await page.signIn(name, passphrase)).status).toBe(200);
  return page;
}

async function addKey(page: ConsoleBrowser, label = "鍵"): Promise<SoftPasskey> {
  const key = softPasskey(consoleOrigin);
  const options = await page.options(accountPaths.newPasskeyOptions);
  expect((await page.post(accountPaths.newPasskey, { label, credential: key.create(options) })).status).toBe(200);
  return key;
}

const account = async (page: ConsoleBrowser) => parseAccount(await (await page.get(accountPaths.account)).json());

describe("one's passkeys", () => {
  test("several, each with its name; one that is removed opens nothing and ends the sessions elsewhere", async () => {
    const region = await door();
    const page = await signedIn(region);
    const [first, second] = [await addKey(page, "執務室"), await addKey(page, "自宅")];
    const elsewhere = consoleBrowser(region.console);
    await elsewhere.signInBy(first);
    const left = parseAccount(await (await page.post(accountPaths.dropPasskey, { id: first.id })).json());
    expect(left.passkeys.map(({ label }) => label)).toEqual(["自宅"]);
    expect(await refusal(await elsewhere.get(accountPaths.account))).toBe("session-expired");
    expect(await refusal(await elsewhere.signInBy(first))).toBe("sign-in-failed");
    expect((await elsewhere.signInBy(second)).status).toBe(200);
    expect(await refusal(await page.post(accountPaths.dropPasskey, { id: first.id }))).toBe("not-found");
  });

  test("the last one stays where nothing else leads in", async () => {
    const region = await door();
    const page = await signedIn(region);
    const key = await addKey(page);
    await region.store.db.updateTable("reviewer").set({ hash: "" }).execute();
    expect(await refusal(await page.post(accountPaths.dropPasskey, { id: key.id }))).toBe("passkey-last");
    expect((await account(page)).passkeys).toHaveLength(1);
  });

  test("of another reviewer cannot be removed", async () => {
    const region = await door();
    const key = await addKey(await signedIn(region));
    await addReviewer(region.deps, "灯台 当直", passphrase);
    const other = consoleBrowser(region.console);
    await other.signIn("灯台 当直", passphrase);
    expect(await refusal(await other.post(accountPaths.dropPasskey, { id: key.id }))).toBe("not-found");
  });

  test("are neither made nor removed by a session that is older than ten minutes: a stolen one must not become a key", async () => {
    const region = await door();
    const page = await signedIn(region);
    const key = await addKey(page);
    const begun = await page.options(accountPaths.newPasskeyOptions);
    region.clock.time += 10 * 60_000 + 1;
    expect(await refusal(await page.post(accountPaths.newPasskeyOptions))).toBe("sign-in-again");
    expect(
      await refusal(await page.post(accountPaths.newPasskey, { label: "x", credential: softPasskey(consoleOrigin).create(begun) })),
    ).toBe("sign-in-again");
    expect(await refusal(await page.post(accountPaths.dropPasskey, { id: key.id }))).toBe("sign-in-again");
    await page.signIn(name, passphrase);
    expect((await page.post(accountPaths.newPasskeyOptions)).status).toBe(200);
  });

  test("end the passphrase where the operator says so, and for nobody who has none", async () => {
    const region = await door();
    const { store, clock } = region;
    const log = pino({ level: "silent" });
    const strict = makeConsole({
      store,
      clock,
      log,
      keys: region.deps.keys,
      viewerDir: null,
      consoleDir: null,
      door: { ...plainDoor, passphrase: "until-passkey" },
    });
    const page = consoleBrowser(strict);
    expect(await (await page.get(accountPaths.door)).json()).toEqual({ passphrase: "until-passkey", oidc: false });
    expect((await page.signIn(name, passphrase)).status).toBe(200);
    const key = await addKey(page);
    expect(await refusal(await page.signIn(name, passphrase))).toBe("sign-in-failed");
    expect((await page.signInBy(key)).status).toBe(200);
    expect(await refusal(await page.post(accountPaths.dropPasskey, { id: key.id }))).toBe("passkey-last");
  });
});

describe("a session", () => {
  test("begins under a new token at each sign-in; the one before is dead", async () => {
    const region = await door();
    const page = await signedIn(region);
    const before = new Map(page.cookies);
    await page.signIn(name, passphrase);
    expect(page.cookies).not.toEqual(before);
    const thief = consoleBrowser(region.console);
    for (const [one, value] of before) thief.cookies.set(one, value);
    expect(await refusal(await thief.get(accountPaths.account))).toBe("session-expired");
  });

  test("planted by somebody else is not the one that is signed in", async () => {
    const region = await door();
    const attacker = await signedIn(region);
    const victim = consoleBrowser(region.console);
    for (const [one, value] of attacker.cookies) victim.cookies.set(one, value);
    await victim.signIn(name, passphrase);
    expect(victim.cookies).not.toEqual(attacker.cookies);
    expect(await refusal(await attacker.get(accountPaths.account))).toBe("session-expired");
  });

  test("whose cookie is stolen: dead once its owner signs out, or where it comes from another kind of browser", async () => {
    const region = await door();
    const [owner, thief, clumsy] = [await signedIn(region), consoleBrowser(region.console), consoleBrowser(region.console)];
    for (const [one, value] of owner.cookies) thief.cookies.set(one, value);
    // Said plainly: a cookie and the owner's own User-Agent, sent while the session lives, read what the owner could.
    expect((await thief.get(accountPaths.account)).status).toBe(200);
    expect(await refusal(await thief.post(consolePaths.signOut))).toBe("forbidden");
    await owner.post(consolePaths.signOut);
    expect(await refusal(await thief.get(accountPaths.account))).toBe("session-expired");

    const again = await signedIn(region);
    for (const [one, value] of again.cookies) clumsy.cookies.set(one, value);
    clumsy.agent = "curl/8";
    expect(await refusal(await clumsy.get(accountPaths.account))).toBe("session-expired");
    expect(await refusal(await again.get(accountPaths.account))).toBe("session-expired");
  });

  test("is listed with its like; one or all of them can be ended, here and in every other process", async () => {
    const region = await door();
    const [page, second, third] = [await signedIn(region), await signedIn(region), await signedIn(region)];
    const { store, clock } = region;
    const deps = { store, clock, log: pino({ level: "silent" }), keys: region.deps.keys, viewerDir: null, consoleDir: null };
    const otherProcess = consoleBrowser(makeConsole(deps));
    await otherProcess.signIn(name, passphrase);

    const { sessions } = await account(page);
    expect(sessions.map(({ own, way }) => [own, way])).toEqual([
      [true, "passphrase"],
      [false, "passphrase"],
      [false, "passphrase"],
    ]);
    expect(JSON.stringify(sessions)).not.toContain([...page.cookies.values()][0]);
    await page.post(accountPaths.endSessions, { id: sessions[1]?.id });
    expect((await second.get(accountPaths.account)).status).toBe(401);
    expect((await third.get(accountPaths.account)).status).toBe(200);
    expect((await page.post(accountPaths.endSessions, { id: null })).status).toBe(200);
    for (const browser of [page, third, otherProcess]) expect((await browser.get(accountPaths.account)).status).toBe(401);
  });

  test("ends when the operator removes the account or gives it a new passphrase", async () => {
    const region = await door();
    const page = await signedIn(region);
    await addReviewer(region.deps, name, `${passphrase} x`);
    expect(await refusal(await page.get(accountPaths.account))).toBe("session-expired");
    expect((await page.signIn(name, `${passphrase} x`)).status).toBe(200);
    await removeReviewer(region.deps, name);
    expect(await refusal(await page.get(accountPaths.account))).toBe("session-expired");
    expect(await refusal(await page.signIn(name, `${passphrase} x`))).toBe("sign-in-failed");
  });
});

describe("a role", () => {
  const reads = { review: consolePaths.review, devices: consolePaths.devices, rules: consentPaths.rules, alerts: consolePaths.alerts };
  const changes = {
    decide: `${consolePaths.review}/x`,
    enrolment: consolePaths.enrolments,
    member: consolePaths.staff,
    consent: consentPaths.find,
    identity: identityPaths.search,
  };
  async function may(roles: readonly ConsoleRole[]): Promise<string[]> {
    const page = await signedIn(await door(roles));
    const answers = [
      ...Object.entries(reads).map(async ([what, path]) => [what, await page.get(path)] as const),
      ...Object.entries(changes).map(async ([what, path]) => [what, await page.post(path)] as const),
    ];
    return (await Promise.all(answers)).filter(([, { status }]) => status !== 403).map(([what]) => what);
  }

  test("reviewer decides on openings and touches neither devices nor consent", async () => {
    expect(await may(["reviewer"])).toEqual(["review", "alerts", "decide"]);
  });
  test("operator hands out and lets in, and reads no opening", async () => {
    expect(await may(["operator"])).toEqual(["devices", "rules", "alerts", "enrolment", "member", "consent", "identity"]);
  });
  test("auditor reads and changes nothing", async () => {
    expect(await may(["auditor"])).toEqual(["review", "devices", "rules", "alerts"]);
  });
  test("that is taken away is gone at the next request", async () => {
    const region = await door();
    const page = await signedIn(region);
    expect((await page.get(consolePaths.review)).status).toBe(200);
    await region.store.db.updateTable("reviewer").set({ roles: "operator" }).execute();
    expect(await refusal(await page.get(consolePaths.review))).toBe("forbidden");
  });
  test("an exchange that nobody listed is the operator's", async () => {
    expect(await refusal(await (await signedIn(await door(["reviewer"]))).get("/api/something-new"))).toBe("forbidden");
    expect(await refusal(await (await signedIn(await door(["operator"]))).get("/api/something-new"))).toBe("not-found");
  });

  test("is asked for whatever letters the address is written in", async () => {
    const page = await signedIn(await door(["operator"]));
    expect(await refusal(await page.get(consolePaths.review))).toBe("forbidden");
    expect(await refusal(await page.get(consolePaths.review.replace("r", "%72")))).toBe("forbidden");
    expect(await refusal(await page.post(`${consolePaths.review.replace("r", "%72")}/x`, {}))).toBe("forbidden");
  });
});
