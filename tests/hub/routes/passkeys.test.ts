import { beforeAll, describe, expect, test } from "vitest";
import { inviteReviewer } from "../../../src/hub/people/invites.ts";
import { addReviewer, removeReviewer } from "../../../src/hub/people/reviewers.ts";
import { accountPaths, parseAccount } from "../../../src/shared/protocol/account.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import { parseSession } from "../../../src/shared/protocol/consoleAnswers.ts";
import { testStores } from "../store/open.ts";
import { type Faults, type SoftPasskey, softPasskey } from "./authenticator.ts";
import { type ConsoleBrowser, consoleBrowser, consoleOrigin } from "./console-browser.ts";
import { refusal } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const name = "見本 確認";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const label = "執務室の鍵";

async function door(): Promise<TestRegion> {
  const region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase);
  return region;
}

/** A browser that is signed in by passphrase and has made a passkey. */
async function withPasskey(region: TestRegion): Promise<{ page: ConsoleBrowser; key: SoftPasskey }> {
  const page = consoleBrowser(region.console);
  await page.signIn(name, passphrase);
  const key = softPasskey(consoleOrigin);
  const answer = await page.post(accountPaths.newPasskey, {
    label,
    credential: key.create(await page.options(accountPaths.newPasskeyOptions)),
  });
  expect(answer.status).toBe(200);
  return { page, key };
}

const account = async (page: ConsoleBrowser) => parseAccount(await (await page.get(accountPaths.account)).json());

describe("a passkey", () => {
  let region: TestRegion;
  beforeAll(async () => {
    region = await door();
  });

  test("made by who is signed in signs them in elsewhere, without a name being typed", async () => {
    const { page, key } = await withPasskey(region);
    expect((await account(page)).passkeys).toMatchObject([{ id: key.id, label, used: 0 }]);
    const other = consoleBrowser(region.console);
    const session = parseSession(await (await other.signInBy(key)).json());
    expect(session).toMatchObject({ name, roles: ["reviewer", "operator"] });
    expect((await account(other)).passkeys[0]?.used).toBe(region.clock.time);
  });

  test("is asked for discoverable and with the user verified, and no option names anybody", async () => {
    const fresh = await door();
    const { page } = await withPasskey(fresh);
    const made = await page.options(accountPaths.newPasskeyOptions);
    expect(made).toMatchObject({ authenticatorSelection: { residentKey: "required", userVerification: "required" }, attestation: "none" });
    expect(made.excludeCredentials).toHaveLength(1);
    const stranger = consoleBrowser(fresh.console);
    const asked = await stranger.options(accountPaths.passkeyOptions);
    expect(asked).toMatchObject({ userVerification: "required", rpId: "console.localhost" });
    expect(asked.allowCredentials ?? []).toEqual([]);
    expect(JSON.stringify(asked)).not.toContain(name);
  });

  const faults: readonly (readonly [string, Faults])[] = [
    ["the user not verified", { userVerified: false }],
    ["another origin of this machine", { origin: "http://localhost:8787" }],
    ["the viewer's relying party", { rpId: "localhost" }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["another site's origin", { origin: "https://example.invalid" }],
    ["the console framed in another page", { crossOrigin: true }],
  ];
  test.each([...faults, ["a registration's answer", { type: "webauthn.create" }] as const])(
    "that signs with %s lets nobody in",
    async (_, fault) => {
      const { key } = await withPasskey(region);
      const stranger = consoleBrowser(region.console);
      const options = await stranger.options(accountPaths.passkeyOptions);
      key.counter += 1;
      expect(await refusal(await stranger.post(accountPaths.passkeySignIn, { credential: key.sign(options, fault) }))).toBe(
        "sign-in-failed",
      );
    },
  );

  test.each([
    ["a forged signature", { signature: Buffer.from("30060201010201 01".replace(" ", ""), "hex").toString("base64url") }],
    ["the handle of another account", { userHandle: "A".repeat(43) }],
  ])("that signs with %s lets nobody in", async (_, fault) => {
    const { key } = await withPasskey(region);
    const stranger = consoleBrowser(region.console);
    const options = await stranger.options(accountPaths.passkeyOptions);
    expect(await refusal(await stranger.post(accountPaths.passkeySignIn, { credential: key.sign(options, fault) }))).toBe("sign-in-failed");
  });

  test.each([...faults, ["a sign-in's answer", { type: "webauthn.get" }] as const])(
    "that is made with %s is not kept",
    async (_, fault) => {
      const fresh = await door();
      const page = consoleBrowser(fresh.console);
      await page.signIn(name, passphrase);
      const credential = softPasskey(consoleOrigin).create(await page.options(accountPaths.newPasskeyOptions), fault);
      expect(await refusal(await page.post(accountPaths.newPasskey, { label, credential }))).toBe("passkey-refused");
      expect((await account(page)).passkeys).toEqual([]);
    },
  );

  test("whose counter does not rise (a copy of it, an answer used twice) lets nobody in", async () => {
    const { key } = await withPasskey(region);
    const page = consoleBrowser(region.console);
    key.counter = 9;
    expect((await page.signInBy(key)).status).toBe(200);
    for (const counter of [9, 3, 0]) {
      key.counter = counter - 1;
      expect([counter, await refusal(await page.signInBy(key))]).toEqual([counter, "sign-in-failed"]);
    }
    key.counter = 10;
    expect((await page.signInBy(key)).status).toBe(200);
  });

  test("signs in although somebody tries passphrases for the name from the same address", async () => {
    const fresh = await door();
    const { key } = await withPasskey(fresh);
    const page = consoleBrowser(fresh.console);
    for (let i = 0; i < 6; i++) await page.signIn(name, `wrong ${i}`);
    expect((await page.signIn(name, passphrase)).status).toBe(429);
    expect((await page.signInBy(key)).status).toBe(200);
  });
});

describe("a challenge", () => {
  test("works once, for five minutes, in the browser that asked, for what it was asked for", async () => {
    const region = await door();
    const { page, key } = await withPasskey(region);
    const send = (from: ConsoleBrowser, credential: object) => from.post(accountPaths.passkeySignIn, { credential });
    const cookie = "__Host-tomoshibi-ceremony";

    const stranger = consoleBrowser(region.console);
    const options = await stranger.options(accountPaths.passkeyOptions);
    const token = stranger.cookies.get(cookie) ?? "";
    key.counter = 5;
    const credential = key.sign(options);
    expect(await refusal(await send(consoleBrowser(region.console), credential))).toBe("ceremony-ended");
    expect((await send(stranger, credential)).status).toBe(200);
    stranger.cookies.set(cookie, token);
    key.counter = 6;
    expect(await refusal(await send(stranger, key.sign(options)))).toBe("ceremony-ended");

    const late = await stranger.options(accountPaths.passkeyOptions);
    region.clock.time += 5 * 60_000 + 1;
    expect(await refusal(await send(stranger, key.sign(late)))).toBe("ceremony-ended");

    await page.signIn(name, passphrase);
    const made = await page.options(accountPaths.newPasskeyOptions);
    expect(await refusal(await send(page, key.sign({ ...made, rpId: "console.localhost" })))).toBe("ceremony-ended");
  });

  test("is spent by a failed answer too", async () => {
    const region = await door();
    const { key } = await withPasskey(region);
    const stranger = consoleBrowser(region.console);
    const options = await stranger.options(accountPaths.passkeyOptions);
    const cookies = new Map(stranger.cookies);
    key.counter += 1;
    await stranger.post(accountPaths.passkeySignIn, { credential: key.sign(options, { userVerified: false }) });
    for (const [one, value] of cookies) stranger.cookies.set(one, value);
    expect(await refusal(await stranger.post(accountPaths.passkeySignIn, { credential: key.sign(options) }))).toBe("ceremony-ended");
  });
});

describe("an invitation", () => {
  async function accept(
    region: TestRegion,
    code: string,
    key = softPasskey(consoleOrigin),
  ): Promise<{ page: ConsoleBrowser; answer: Response }> {
    const page = consoleBrowser(region.console);
    const asked = await page.post(accountPaths.inviteOptions, { code });
    if (!asked.ok) return { page, answer: asked };
    const { options } = (await asked.json()) as { options: unknown };
    return { page, answer: await page.post(accountPaths.invite, { code, label, credential: key.create(options) }) };
  }

  test("makes the account's first passkey, signs in, and works no second time", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const { code, until } = await inviteReviewer(region.deps, "灯台 監査", ["auditor"]);
    expect(until - region.clock.time).toBe(24 * 3_600_000);
    const key = softPasskey(consoleOrigin);
    const { answer } = await accept(region, code.toLowerCase().replaceAll("-", " "), key);
    expect(parseSession(await answer.json())).toMatchObject({ name: "灯台 監査", roles: ["auditor"] });
    expect((await consoleBrowser(region.console).signInBy(key)).status).toBe(200);
    expect(await refusal((await accept(region, code)).answer)).toBe("invite-bad");
    expect(await region.store.db.selectFrom("reviewer_invite").select("id").execute()).not.toEqual([{ id: code }]);
  });

  test("of two browsers that use it at once lets in one", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const { code } = await inviteReviewer(region.deps, name, null);
    const answers = await Promise.all([accept(region, code), accept(region, code)]);
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([200, 403]);
  });

  test("wrong, late, replaced or of a removed account: the same word", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const replaced = await inviteReviewer(region.deps, name, null);
    const late = await inviteReviewer(region.deps, name, null);
    for (const code of ["", "x", "AAAA", "0".repeat(32), replaced.code])
      expect([code, await refusal((await accept(region, code)).answer)]).toEqual([code, code === "" ? "bad-request" : "invite-bad"]);
    region.clock.time += 24 * 3_600_000;
    expect(await refusal((await accept(region, late.code)).answer)).toBe("invite-bad");
    const open = await inviteReviewer(region.deps, name, null);
    await removeReviewer(region.deps, name);
    expect(await refusal((await accept(region, open.code)).answer)).toBe("invite-bad");
  });

  test("gives an account without a passphrase no way in by an empty one", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    await inviteReviewer(region.deps, name, null);
    for (const tried of [" ", "　", passphrase])
      expect(await refusal(await consoleBrowser(region.console).signIn(name, tried))).toBe("sign-in-failed");
    expect((await consoleBrowser(region.console).post(consolePaths.signIn, { name, passphrase: "" })).status).toBe(400);
  });
});
