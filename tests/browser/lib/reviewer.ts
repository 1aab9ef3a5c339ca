/** The reviewer at the console, on its own origin. */

import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";
import { picture } from "./steps.ts";

export async function reviewerSees(
  context: BrowserContext,
  origin: string,
  reviewer: { readonly name: string; readonly passphrase: string },
  opening: { readonly person: string; readonly staff: string },
  journey: string,
): Promise<void> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByLabel("名前").fill(reviewer.name);
  await page.getByLabel("パスフレーズ").fill(reviewer.passphrase);
  await page.getByRole("button", { name: "サインイン" }).click();
  await page.getByText(opening.person).first().waitFor({ timeout: 20_000 });
  await picture(page, journey, "9-review");
  expect(await page.getByText(opening.staff).count()).toBeGreaterThan(0);
  await page.close();
}
