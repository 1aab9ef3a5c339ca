/** Screens of paper: the previews of what is printed. */
import type { Page } from "playwright-core";

const openStrip = async (page: Page) => {
  await page.locator("input[type=search]").fill("とうだい");
  await page.locator(".hit").first().click();
  await page.locator(".reason").first().click();
  await page.locator(".strip").waitFor();
};
const openRest = async (page: Page) => {
  await openStrip(page);
  await page.locator(".choice").nth(0).click();
  await page.locator(".choice").nth(1).click();
  await page.locator(".button-main", { hasText: /本人と確認|Identity confirmed/ }).click();
  await page.locator(".reason").first().click();
  await page.locator(".page").waitFor();
};
const onPaper = (open: (page: Page) => Promise<void>) => async (page: Page) => {
  await open(page);
  await page.getByRole("button", { name: /紙で渡す|Hand over on paper/ }).click();
  await page.locator(".paper-view > .sheet").first().waitFor();
};
const large = async (page: Page) => {
  await onPaper(openRest)(page);
  await page.locator(".paper-tools .choice").nth(1).click();
};

export const printScreens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
  "paper-sheet": ["home", onPaper(openRest)],
  "paper-strip": ["home", onPaper(openStrip)],
  "paper-large": ["home", large],
  "paper-crowded": ["crowded", onPaper(openRest)],
  "paper-crowded-large": ["crowded", large],
  "paper-unknown": ["unknown", onPaper(openRest)],
  "paper-unknown-large": ["unknown", onPaper(openStrip)],
  "paper-forms": [
    "home",
    async (page) => {
      await onPaper(openStrip)(page);
      await page.locator(".paper-tools .choice").nth(2).click();
      await page.locator(".paper-view:not([hidden]) > .sheet").nth(2).waitFor();
    },
  ],
  forms: [
    "home",
    async (page) => {
      await page.getByRole("button", { name: /^(停止時の用紙|Downtime forms)/ }).click();
      await page.locator(".paper-view > .sheet").first().waitFor();
      for (const choice of await page.locator(".choice:has([type=checkbox])").all())
        if (!(await choice.locator("input").isChecked())) await choice.click();
    },
  ],
  manual: ["home", (page) => page.getByRole("button", { name: /^(手順書|Manual)$/ }).click()],
  "manual-locked": ["locked", (page) => page.getByRole("button", { name: /^(手順書|Manual)$/ }).click()],
  "paper-unprinted": ["unprinted", onPaper(openRest)],
};
