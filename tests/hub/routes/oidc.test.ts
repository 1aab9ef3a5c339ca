import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainDoor } from "../../../src/hub/config-door.ts";
import { makeConsole } from "../../../src/hub/hub.ts";
import { bindReviewer } from "../../../src/hub/people/bindings.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { accountPaths, parseOnward } from "../../../src/shared/protocol/account.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import { parseSession } from "../../../src/shared/protocol/consoleAnswers.ts";
import { testStores } from "../store/open.ts";
import { type ConsoleBrowser, consoleBrowser, consoleOrigin } from "./console-browser.ts";
import { refusal } from "./device.ts";
import { clientId, clientSecret, signInThere, type TestProvider, testProvider } from "./oidc-provider.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const name = "見本 確認";
const redirect = `${consoleOrigin}${accountPaths.oidcCallback}`;
let provider: TestProvider;
let region: TestRegion;

beforeAll(async () => {
  provider = await testProvider(redirect, `${consoleOrigin}/`);
  region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, "hebi zakuro ishi mangetsu saga dohyou");
});
afterAll(async () => await provider.close());

function consoleOf(change: { issuer?: string; clientSecret?: string } = {}) {
  const oidc = { issuer: provider.issuer, clientId, clientSecret, ...change };
  const { store } = region;
  const log = pino({ level: "silent" });
  return makeConsole({
    store,
    clock: systemClock,
    log,
    keys: region.deps.keys,
    viewerDir: null,
    consoleDir: null,
    door: { ...plainDoor, oidc },
  });
}

const start = async (page: ConsoleBrowser) => parseOnward(await (await page.post(accountPaths.oidcStart)).json()) ?? "";

/** Where the console leads after the provider sent the browser back. */
async function comeBack(page: ConsoleBrowser, url: string): Promise<string> {
  const { pathname, search } = new URL(url);
  const led = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  const answer = await page.get(pathname + search, led);
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

async function signIn(login: string, page = consoleBrowser(consoleOf())): Promise<{ page: ConsoleBrowser; led: string }> {
  return { page, led: await comeBack(page, await signInThere(await start(page), login)) };
}

describe("signing in at a real identity provider", () => {
  test("lets in whom the operator bound by subject, under that account's name and roles", async () => {
    await bindReviewer(region.store.db, provider.issuer, name, { sub: "u-1234" });
    const { page, led } = await signIn("u-1234");
    expect(led).toBe("/");
    expect(parseSession(await (await page.get(consolePaths.session)).json())).toMatchObject({ name, roles: ["reviewer", "operator"] });
  });

  test("asks by code, with state, nonce and PKCE, and for the console's own address alone", async () => {
    const url = new URL(await start(consoleBrowser(consoleOf())));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirect,
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{20,}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
    });
    expect(url.href).not.toContain(clientSecret);
  });

  test("lets in nobody whom nobody bound, and makes no account", async () => {
    const before = await region.store.db.selectFrom("reviewer").select("name").execute();
    for (const login of ["u-9999", name, "u-1234 "]) {
      const { page, led } = await signIn(login);
      expect([login, led]).toEqual([login, "/#refused=oidc-not-bound"]);
      expect(await refusal(await page.get(consolePaths.session))).toBe("unauthorized");
    }
    expect(await region.store.db.selectFrom("reviewer").select("name").execute()).toEqual(before);
  });

  test("by a bound address only where the provider verified it, and only the user who first came with it", async () => {
    await addReviewer(region.deps, "灯台 当直", "hebi zakuro ishi mangetsu saga dohyou");
    await bindReviewer(region.store.db, provider.issuer, "灯台 当直", { email: "Toucyoku@Example.JP" });
    provider.people.set("u-unverified", { email: "toucyoku@example.jp", email_verified: false });
    provider.people.set("u-first", { email: "toucyoku@example.jp", email_verified: true });
    provider.people.set("u-later", { email: "toucyoku@example.jp", email_verified: true });
    expect((await signIn("u-unverified")).led).toBe("/#refused=oidc-not-bound");
    expect((await signIn("u-first")).led).toBe("/");
    expect((await signIn("u-later")).led).toBe("/#refused=oidc-not-bound");
    expect((await signIn("u-first")).led).toBe("/");
  });

  test("that its user breaks off says so", async () => {
    const page = consoleBrowser(consoleOf());
    expect(await comeBack(page, await signInThere(await start(page), "u-1234", "abort"))).toBe("/#refused=oidc-refused");
  });

  test("ends there too when they sign out", async () => {
    const { page } = await signIn("u-1234");
    page.csrf = parseSession(await (await page.get(consolePaths.session)).json()).csrf;
    const url = new URL(parseOnward(await (await page.post(consolePaths.signOut)).json()) ?? "");
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get("post_logout_redirect_uri")).toBe(`${consoleOrigin}/`);
    expect((await fetch(url)).status).toBe(200);
    expect(await refusal(await page.get(consolePaths.session))).toBe("unauthorized");
  });
});

describe("an answer that is not what was asked for", () => {
  const change = (url: string, set: Record<string, string>) => {
    const changed = new URL(url);
    for (const [key, value] of Object.entries(set)) changed.searchParams.set(key, value);
    return changed.href;
  };

  test.each([
    ["another state", { state: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["a code of the attacker's own making", { code: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["another issuer", { iss: "https://example.invalid" }],
    ["an error beside the code", { error: "access_denied" }],
  ])("%s signs nobody in", async (_, set) => {
    const page = consoleBrowser(consoleOf());
    const back = await signInThere(await start(page), "u-1234");
    expect(await comeBack(page, change(back, set))).toBe("/#refused=oidc-refused");
    expect((await page.get(consolePaths.session)).status).toBe(401);
  });

  test("brought to another browser, brought twice, or brought late: nobody is signed in", async () => {
    const handler = consoleOf();
    const page = consoleBrowser(handler);
    const victim = consoleBrowser(handler);
    const back = await signInThere(await start(page), "u-1234");
    expect(await comeBack(victim, back)).toBe("/#refused=ceremony-ended");
    await start(victim);
    expect(await comeBack(victim, back)).toBe("/#refused=oidc-refused");
    expect(await comeBack(page, back)).toBe("/");
    expect(await comeBack(page, back)).toBe("/#refused=ceremony-ended");
  });

  test("from a provider whose tokens ended half a minute ago by our clock passes; an hour ago, nobody is signed in", async () => {
    for (const [skew, expected] of [
      [600 + 30, "/"],
      [600 + 3600, "/#refused=oidc-refused"],
    ] as const) {
      const other = await testProvider(redirect, `${consoleOrigin}/`, skew);
      await bindReviewer(region.store.db, other.issuer, name, { sub: "u-1234" });
      const page = consoleBrowser(consoleOf({ issuer: other.issuer }));
      expect([skew, await comeBack(page, await signInThere(await start(page), "u-1234"))]).toEqual([skew, expected]);
      await other.close();
    }
  });

  test("of a provider that is not there, or calls itself something else, is said in words; passkey and passphrase stay", async () => {
    for (const issuer of ["http://localhost:1", `${provider.issuer}/other`]) {
      const answer = await consoleBrowser(consoleOf({ issuer })).post(accountPaths.oidcStart);
      expect([answer.status, await refusal(answer)]).toEqual([502, "oidc-unavailable"]);
    }
    const page = consoleBrowser(consoleOf({ issuer: "http://localhost:1" }));
    expect((await page.signIn(name, "hebi zakuro ishi mangetsu saga dohyou")).status).toBe(200);
  });

  test("signed by another key than the provider's signs nobody in", async () => {
    provider.forged = true;
    expect((await signIn("u-1234")).led).toBe("/#refused=oidc-refused");
    provider.forged = false;
    expect((await signIn("u-1234")).led).toBe("/");
  });

  test("by a wrong client secret signs nobody in", async () => {
    expect((await signIn("u-1234", consoleBrowser(consoleOf({ clientSecret: "wrong" })))).led).toBe("/#refused=oidc-refused");
  });
});

test("where no provider is configured there is no such door", async () => {
  const page = consoleBrowser(region.console);
  expect((await page.post(accountPaths.oidcStart)).status).toBe(404);
  expect((await page.get(accountPaths.oidcCallback)).status).toBe(404);
});
