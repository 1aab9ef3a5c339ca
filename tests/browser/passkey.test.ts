import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { makeDemo } from "./lib/demo.ts";
import { startHub } from "./lib/hub-process.ts";
import { breakGlass, enrol, lock, search, waitForHome } from "./lib/steps.ts";

describe("unlocking with a passkey (WebAuthn PRF)", () => {
  it("opens the vault with the hub dead, and refuses when the user is not verified", async () => {
    const place = await makeDemo(40, null);
    const hub = await startHub(place);
    const profile = newProfile();
    const { context, page } = await openBrowser(profile);
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        automaticPresenceSimulation: true,
      },
    });
    const member = place.staff[1];
    if (member === undefined) throw new Error("the demo has no second member");
    await page.goto(hub.origin);
    await enrol(page, place.enrolCode, "救急車 1");
    await page.getByRole("radio", { name: member.name }).check();
    await page.getByLabel("本人確認コード（1回だけ使えます）").fill(member.code);
    await page.getByRole("radio", { name: "パスキー" }).check();
    await page.getByRole("button", { name: "登録して始める" }).click();
    await waitForHome(page, place.people);
    await hub.kill();

    await lock(page);
    const unlock = page.getByRole("button", { name: "パスキーで解錠する" });
    await unlock.click();
    await page.getByLabel("患者をさがす").waitFor();
    await search(page, "灯台花子");
    await breakGlass(page, 0, "意識がない・話せない");

    await lock(page);
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await unlock.click();
    await page.getByText("passkey-cancelled").waitFor();
    expect(await page.getByLabel("患者をさがす").count()).toBe(0);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    rmSync(place.data, { recursive: true, force: true });
  });

  it("with the hub dead: adds a passphrase, refuses the same authenticator twice, and after its loss opens by another one alone", async () => {
    const place = await makeDemo(40, null);
    const hub = await startHub(place);
    const profile = newProfile();
    const { context, page, problems } = await openBrowser(profile);
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const plug = async (transport: "internal" | "usb") =>
      (
        await cdp.send("WebAuthn.addVirtualAuthenticator", {
          options: {
            protocol: "ctap2",
            ctap2Version: "ctap2_1",
            transport,
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: true,
            hasPrf: true,
            automaticPresenceSimulation: true,
          },
        })
      ).authenticatorId;
    const first = await plug("internal");
    const member = place.staff[1];
    if (member === undefined) throw new Error("the demo has no second member");
    await page.goto(hub.origin);
    await enrol(page, place.enrolCode, "救急車 1");
    await page.getByRole("radio", { name: member.name }).check();
    await page.getByLabel("本人確認コード（1回だけ使えます）").fill(member.code);
    await page.getByRole("radio", { name: "パスキー" }).check();
    await page.getByRole("button", { name: "登録して始める" }).click();
    await waitForHome(page, place.people);
    await hub.kill();

    await page.getByText("解錠の方法が1つだけです").waitFor();
    await page.getByRole("button", { name: "鍵と資格情報" }).click();
    await page.getByRole("button", { name: "パスフレーズを追加する" }).click();
    const words = (await page.locator(".six-words li").allInnerTexts()).map((word) => word.trim()).join(" ");
    await page.getByLabel("確認のためもう一度入力").fill(words);
    await page.getByRole("button", { name: "この内容で登録する" }).click();
    await page.getByRole("button", { name: "パスキーで確認する" }).click();
    await page.getByText("登録しました。").waitFor();

    const add = async () => {
      await page.getByRole("button", { name: "パスキーを追加する" }).click();
      await page.getByLabel("いまのパスフレーズ").fill(words);
      await page.getByRole("button", { name: "パスフレーズで確認する" }).click();
    };
    await add();
    await page.getByText("passkey-known").waitFor();
    await page.getByRole("button", { name: "やめる" }).click();
    // The first authenticator is lost; the passphrase proves who it is, and another takes its place beside it.
    await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first });
    const second = await plug("usb");
    await add();
    await page.getByText("登録しました。").waitFor();
    await page.getByText("パスキー 2").waitFor();

    await lock(page);
    await page.getByRole("button", { name: "パスキーで解錠する" }).click();
    await page.getByLabel("患者をさがす").waitFor();
    await search(page, "灯台花子");
    await breakGlass(page, 0, "意識がない・話せない");
    expect((await cdp.send("WebAuthn.getCredentials", { authenticatorId: second })).credentials.length).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    rmSync(place.data, { recursive: true, force: true });
  });
});
