/** Screens of the policy: other ways, a second person, an outage, the region. */
import type { Page } from "playwright-core";

const findHit = async (page: Page) => {
  await page.locator("input[type=search]").fill("とうだい");
  await page.locator(".hit").first().click();
};
const pressReason = async (page: Page) => {
  await findHit(page);
  await page.locator(".reason").first().click();
};
const unfold = async (page: Page) => {
  await findHit(page);
  await page.locator(".other-ways > .button").click();
};
const askRegion = async (page: Page) => {
  await page.locator("input[type=search]").fill("えんぽう");
  await page.getByRole("button", { name: /地域から探す|Search the region/ }).click();
  await page.locator("input[type=text]").nth(0).fill("エンポウ イチコ");
  await page.locator("input[type=text]").nth(1).fill("S23.3.5");
  await page.locator(".choice").first().click();
  await page.locator(".reason").first().click();
  await page.locator(".hit").waitFor();
};
const openOutage = async (page: Page) => {
  await findHit(page);
  await page.locator(".other-ways .reason").first().click();
  await page.locator(".page").waitFor();
};

export const glassScreens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
  ways: ["ways", unfold],
  "second-role": ["secondRole", pressReason],
  "second-limit": ["secondLimit", pressReason],
  outage: ["outage"],
  "outage-declare": ["home", (page) => page.getByRole("button", { name: /^(システム停止中の診療|Care during a system outage)$/ }).click()],
  "outage-reasons": ["outage", findHit],
  "outage-page": ["outage", openOutage],
  region: ["online", askRegion],
  "region-person": [
    "online",
    async (page) => {
      await askRegion(page);
      await page.locator(".hit").click();
    },
  ],
};
