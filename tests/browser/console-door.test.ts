import { rmSync } from "node:fs";
import { pino } from "pino";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDoor } from "../../src/hub/config-door.ts";
import { type Serving, serveHub } from "../../src/hub/main.ts";
import { bindReviewer } from "../../src/hub/people/bindings.ts";
import { inviteReviewer } from "../../src/hub/people/invites.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { accountPaths } from "../../src/shared/protocol/account.ts";
import { clientId, clientSecret, type TestProvider, testProvider } from "../hub/routes/oidc-provider.ts";
import { testStores } from "../hub/store/open.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { freePort } from "./lib/hub-process.ts";
import { faultsOf } from "./lib/screens.ts";

const name = "見本 確認";
/** Nothing that keeps somebody from reading or pressing. */
const grave = ["serious", "critical"];

describe("the console's door in a real browser", () => {
  const stores = testStores();
  const profile = newProfile();
  let store: Store;
  let serving: Serving;
  let provider: TestProvider;
  let context: BrowserContext;
  let page: Page;
  let cdp: CDPSession;
  let authenticatorId: string;
  let problems: string[];
  let code: string;

  beforeAll(async () => {
    store = await stores.open("sqlite");
    const consolePort = await freePort();
    const origin = `http://console.localhost:${consolePort}`;
    provider = await testProvider(origin + accountPaths.oidcCallback, `${origin}/`);
    const door = { ...plainDoor, oidc: { issuer: provider.issuer, clientId, clientSecret } };
    const deps = { store, clock: systemClock, log: pino({ level: "silent" }), keys: await openKeys(store.dataDir) };
    serving = await serveHub({ port: 0, consolePort, door }, deps);
    ({ code } = await inviteReviewer({ db: store.db, clock: systemClock }, name, null));
    await bindReviewer(store.db, provider.issuer, name, { sub: "u-1234" });
    ({ context, page, problems } = await openBrowser(profile));
    cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const options = {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    } as const;
    ({ authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: { ...options, automaticPresenceSimulation: true },
    }));
  });
  afterAll(async () => {
    await context?.close();
    await serving?.close();
    await provider?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const signedIn = () => page.locator(".bar-who").getByText(name).waitFor({ timeout: 20_000 });
  const press = (label: string) => page.getByRole("button", { name: label, exact: true }).click();
  const signOut = async () => {
    await press("サインアウト");
    await page.getByRole("heading", { name: "サインイン" }).waitFor();
  };

  it("lets in by invitation, which makes a passkey; then by that passkey alone", async () => {
    await page.goto(serving.console);
    await page.getByRole("heading", { name: "サインイン" }).waitFor();
    expect(await faultsOf(page, grave)).toEqual([]);
    await press("招待コードを使う");
    expect(await faultsOf(page, grave)).toEqual([]);
    await page.getByLabel("招待コード").fill(code);
    await page.getByLabel("パスキーの呼び名").fill("執務室の端末");
    await press("パスキーを登録する");
    await signedIn();
    await press("アカウント");
    await page.getByText("執務室の端末", { exact: true }).waitFor();
    await page.getByText("この画面").waitFor();
    expect(await faultsOf(page, grave)).toEqual([]);
    await signOut();
    await press("パスキーを使う");
    await signedIn();
    expect((await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials).toMatchObject([
      { isResidentCredential: true, rpId: "console.localhost" },
    ]);
  });

  it("refuses the passkey when its user is not verified", async () => {
    await signOut();
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await press("パスキーを使う");
    await page.getByText("パスキーの操作が取り消されたか").waitFor();
    expect(await page.locator(".bar-who").count()).toBe(0);
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  });

  it("keeps the viewer's origin from the console's passkeys", async () => {
    const other = await context.newPage();
    const own = await context.newCDPSession(other);
    await own.send("WebAuthn.enable");
    await other.goto(serving.viewer);
    const outcome = await other.evaluate(async () => {
      const publicKey = { challenge: new Uint8Array(32), rpId: "console.localhost", timeout: 2000 };
      return await navigator.credentials.get({ publicKey }).then(
        () => "signed",
        (error: unknown) => (error instanceof DOMException ? error.name : "other"),
      );
    });
    expect(outcome).toBe("SecurityError");
    await other.close();
  });

  it("lets in by the identity provider, strict cookies and closed policy notwithstanding, and signs out there too", async () => {
    problems.length = 0;
    await page.goto(serving.console);
    await press("所属機関の認証を使う");
    await page.locator('input[name="login"]').fill("u-1234");
    await page.locator('input[name="password"]').fill("any");
    await page.locator('button[type="submit"]').click();
    await page.locator('button[type="submit"]').click();
    await signedIn();
    expect(page.url()).toBe(`${serving.console}/`);
    await press("アカウント");
    await page.locator("strong").getByText("所属機関の認証").waitFor();
    await press("サインアウト");
    await page.waitForURL((url) => url.origin === provider.issuer);
    await page.locator('button[name="logout"]').click();
    await page.waitForURL(`${serving.console}/`);
    await page.getByRole("heading", { name: "サインイン" }).waitFor();
    const jar = await context.cookies(serving.console);
    expect(jar.filter(({ secure, httpOnly }) => !secure || !httpOnly)).toEqual([]);
    expect(problems.filter((problem) => !/status of 40[14]/.test(problem))).toEqual([]);
  });

  it("says in words why a user of the provider is not let in, and leaves nothing of it in the address", async () => {
    await page.goto(serving.console);
    await press("所属機関の認証を使う");
    const login = page.locator('input[name="login"]');
    await login.fill("u-9999");
    await page.locator('input[name="password"]').fill("any");
    await page.locator('button[type="submit"]').click();
    await page.locator('button[type="submit"]').click();
    await page.getByText("この利用者はコンソールのアカウントに結び付けられていません").waitFor();
    expect(page.url()).toBe(`${serving.console}/`);
  });
});
