/** The steps of a person at the viewer, found by what the screens say (Japanese). */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

const artefacts = resolve(import.meta.dirname, "../../../artefacts/first-light");

/** Keeps a picture of the screen among the test's artefacts. */
export async function picture(page: Page, journey: string, name: string): Promise<void> {
  const folder = join(artefacts, journey);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

export async function enrol(page: Page, code: string, device: string): Promise<void> {
  await page.getByRole("heading", { name: "この端末を登録する" }).waitFor();
  await page.getByLabel("登録コード（64文字）").fill(code);
  await page.getByLabel("端末の名前").fill(device);
  await page.getByRole("button", { name: "登録を申し込む" }).click();
}

/** Takes the offered six words; returns them. */
export async function joinWithPassphrase(page: Page, name: string, staffCode: string): Promise<string> {
  await page.getByRole("heading", { name: "この端末を使う人を決める" }).waitFor();
  await page.getByRole("radio", { name }).check();
  await page.getByLabel("本人確認コード（1回だけ使えます）").fill(staffCode);
  const words = await page.locator(".six-words li").allInnerTexts();
  const passphrase = words.map((word) => word.trim()).join(" ");
  await page.getByLabel("確認のためもう一度入力").fill(passphrase);
  await page.getByRole("button", { name: "登録して始める" }).click();
  return passphrase;
}

/** Waits until the first pull is complete and the home screen stands. */
export async function waitForHome(page: Page, people: number): Promise<void> {
  await page.getByLabel("患者をさがす").waitFor({ timeout: 120_000 });
  await page.getByText(`保存済み ${people}人`).first().waitFor({ timeout: 120_000 });
}

export async function unlockWithPassphrase(page: Page, passphrase: string): Promise<void> {
  const field = page.getByLabel("パスフレーズ", { exact: true });
  await field.fill(passphrase);
  await page.getByRole("button", { name: "解錠する", exact: true }).click();
  await page.getByLabel("患者をさがす").waitFor({ timeout: 60_000 });
}

export async function search(page: Page, words: string): Promise<void> {
  await page.getByLabel("患者をさがす").fill(words);
}

/** From a hit to the strip: two taps. */
export async function breakGlass(page: Page, hit: number, reason: string): Promise<void> {
  await page.locator("button.hit").nth(hit).click();
  await page.getByRole("button", { name: reason }).click();
  await page.getByText("コード・名称から機械的に抽出").first().waitFor();
}

export async function confirmIdentity(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "氏名が一致" }).check();
  await page.getByRole("checkbox", { name: "生年月日が一致" }).check();
  await page.getByRole("button", { name: "本人と確認した" }).click();
}

export async function openRest(page: Page, reason: string): Promise<void> {
  await page.getByRole("button", { name: reason }).click();
  await page.getByRole("heading", { name: "病名" }).first().waitFor();
}

export async function lock(page: Page): Promise<void> {
  await page.getByRole("button", { name: "ロック", exact: true }).click();
  await page
    .getByRole("heading", { name: "として解錠" })
    .or(page.getByRole("heading", { name: "解錠" }))
    .first()
    .waitFor();
}
