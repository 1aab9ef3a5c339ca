/** Readiness, installing and lost storage, reached as a person reaches them. */
import type { Page } from "playwright-core";

type Act = (page: Page) => Promise<void>;
const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).first().click();
const toReadiness: Act = async (page) => {
  await press(page, /^(備え|Readiness)/);
  await page.locator(".checks").waitFor();
};

export const readinessScreens: Readonly<Record<string, readonly [string, Act?]>> = {
  ready: ["home", toReadiness],
  readyAmber: ["readyAmber", toReadiness],
  readyRed: ["readyRed", toReadiness],
  install: [
    "blank",
    async (page) => {
      await press(page, /インストール手順|How to install/);
      await page.locator(".steps").waitFor();
    },
  ],
  installIos: [
    "blank",
    async (page) => {
      await press(page, /インストール手順|How to install/);
      await page.locator(".choice").first().click();
    },
  ],
  lostVault: ["lostVault"],
  lostFiles: ["lostFiles"],
};
