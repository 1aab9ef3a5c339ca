/** Screens of keys and credentials, reached as a person reaches them. */
import type { Page } from "playwright-core";

type Act = (page: Page) => Promise<void>;
const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).first().click();
const toKeys: Act = async (page) => {
  await press(page, /^(鍵と資格情報|Keys and credentials)$/);
  await page.locator(".ways").waitFor();
};
const toSponsor: Act = async (page) => {
  await press(page, /24時間だけ入れる|in for 24 hours/);
  await page.locator(".choices").first().waitFor();
};

export const keyScreens: Readonly<Record<string, readonly [string, Act?]>> = {
  oneWay: ["oneWay"],
  unproven: ["unproven"],
  keys: ["home", toKeys],
  keysTry: [
    "home",
    async (page) => {
      await toKeys(page);
      await press(page, /試してみる|Try it now/);
      await page.locator("input[type=password]").first().waitFor();
    },
  ],
  keysOwn: [
    "home",
    async (page) => {
      await toKeys(page);
      await press(page, /パスフレーズを変更|Change the passphrase/);
      await press(page, /自分で決める|own|choose/i);
      await page.locator("input[type=password]").first().fill("tanaka1980");
      await page.locator("meter").waitFor();
    },
  ],
  sponsor: [
    "home",
    async (page) => {
      await toSponsor(page);
      await page.locator(".choice").nth(2).click();
      await page.locator(".six-words").waitFor();
    },
  ],
  sponsorLocum: [
    "home",
    async (page) => {
      await toSponsor(page);
      await page.locator(".choice").nth(1).click();
    },
  ],
  soft: ["soft", async (page) => void (await page.locator("input[type=password]").waitFor())],
  softWrong: [
    "soft",
    async (page) => {
      await page.locator("input[type=password]").fill("9999");
      await page.locator("button[type=submit]").click();
      await page.locator(".notice").waitFor();
    },
  ],
  envelopeIn: ["envelopeIn"],
  sponsoredIn: ["sponsoredIn"],
  lockedDisaster: ["lockedDisaster"],
  envelope: [
    "lockedDisaster",
    async (page) => {
      await press(page, /非常用封筒|Sealed envelope/);
      await page.locator("textarea").fill("abcd efgh");
    },
  ],
  envelopeClosed: ["locked", (page) => press(page, /非常用封筒|Sealed envelope/)],
};
