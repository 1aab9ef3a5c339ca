import type { Page } from "playwright-core";

/** Ways to a person: each a state of the device and what one does there. */
const toFour = (page: Page) => page.getByRole("button", { name: /^(4情報でさがす|Search by four facts)$/ }).click();

export const findScreens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
  "status-full": ["troubled", (page) => page.locator(".status-fold").click()],
  four: ["home", toFour],
  "four-found": [
    "home",
    async (page) => {
      await toFour(page);
      const fields = page.locator("form input.input");
      await fields.nth(0).fill("トウダイ タロウ");
      await fields.nth(1).fill("S23.3.5");
      await fields.nth(2).fill("見本市灯台町");
      await page.locator("button[type=submit]").click();
      await page.locator(".hit-near").waitFor();
    },
  ],
  namesakes: [
    "home",
    async (page) => {
      await page.locator("input[type=search]").fill("とうだい");
      await page.locator(".hits .button-quiet").first().click();
      await page.locator("dialog .namesakes").waitFor();
    },
  ],
  "four-nobody": [
    "home",
    async (page) => {
      await toFour(page);
      const fields = page.locator("form input.input");
      await fields.nth(0).fill("エンポウ ハジメ");
      await fields.nth(1).fill("1951-02-28");
      await page.locator("button[type=submit]").click();
      await page.locator(".notice").waitFor();
    },
  ],
};
