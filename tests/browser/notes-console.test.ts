import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pino } from "pino";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serveHub } from "../../src/hub/main.ts";
import { addReviewer } from "../../src/hub/people/reviewers.ts";
import { noteExports } from "../../src/hub/store/noteDeeds.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Note } from "../../src/shared/note/note.ts";
import { home, type Ward, wardOn } from "../hub/notes/ward.ts";
import { noteBy, sealedBy, sendNotes, unknownSubject } from "../hub/notes/writing.ts";
import { enrolled, registered } from "../hub/routes/device.ts";
import { testStores } from "../hub/store/open.ts";
import { contents, vitals } from "../shared/note/fixture.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { payloads } from "./lib/payloads.ts";
import { faultsOf } from "./lib/screens.ts";

const operator = { name: "事務 花子", passphrase: "hebi zakuro ishi mangetsu saga dohyou" };
const folder = resolve(import.meta.dirname, "../../artefacts/notes");
const impacts = ["minor", "moderate", "serious", "critical"];

describe("the console's downtime notes in a real browser", () => {
  const stores = testStores();
  const profile = newProfile();
  let ward: Ward;
  let serving: Serving;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const store = await stores.open("sqlite");
    ward = await wardOn(store);
    const other = await enrolled(ward.region);
    const nurse = await registered(other, "見本 花子");
    const paper = { form: "0123456789ABCDEFGHJKMNPQRS", clockDoubtful: true };
    await home(ward, { happened: "2026-11-20T02:40", content: contents[1] ?? vitals });
    await home(ward, { happened: "2026-11-20T02:41", content: contents[2] ?? vitals });
    await home(ward, { happened: "2026-11-20T02:42", content: contents[3] ?? vitals });
    await home(ward, { happened: "2026-11-20T02:50", subject: unknownSubject(), content: contents[4] ?? vitals });
    await home(ward, { happened: "2026-11-20T03:05", content: vitals });
    await home(ward, { happened: "2026-11-20T03:07", content: { ...vitals, temperature: "36" }, ...paper }, other, nurse);
    const waiting = noteBy(ward.device, ward.member, { happened: "2026-11-20T03:30" });
    await sendNotes(ward.device, [await sealedBy(ward.device, waiting), new Uint8Array(40)]);
    await addReviewer(ward.region.deps, operator.name, operator.passphrase, ["operator"]);
    const deps = { store, clock: systemClock, log: pino({ level: "silent" }), keys: ward.region.deps.keys };
    serving = await serveHub({ port: 0, consolePort: 0 }, deps);
    ({ context, page, problems } = await openBrowser(profile));
  });
  afterAll(async () => {
    await context?.close();
    await serving?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const press = (label: string) => page.getByRole("button", { name: label, exact: true }).click();
  const seen = async (name: string) => {
    expect(await faultsOf(page, impacts), name).toEqual([]);
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  const cards = () => page.locator(".card-button");

  it("lists what is to decide, with counts by standing, and says what was not taken in", async () => {
    await page.goto(serving.console);
    await page.getByLabel("名前").fill(operator.name);
    await page.getByLabel("パスフレーズ").fill(operator.passphrase);
    await press("サインイン");
    await press("災害時メモ");
    problems.length = 0;
    await cards().first().waitFor();
    expect(await cards().count()).toBe(6);
    await page.getByRole("button", { name: "● 未処理 6" }).waitFor();
    await page.getByText("災害時メモの形式が正しくありません").waitFor();
    await seen("list");
  });

  it("shows a note beside the one that may say the same; marked as its duplicate, and taken back", async () => {
    await cards().filter({ hasText: "同じ内容の可能性" }).first().click();
    await page.getByRole("heading", { name: "並べて確かめるメモ" }).waitFor();
    expect(await page.locator(".note").count()).toBe(2);
    await page.getByText("灯台 あかり").first().waitFor();
    await page.getByText("メモの氏名または生年月日が、病院の記録と異なります。").waitFor();
    await seen("twins");
    await press("重複とする");
    await page.getByText("保存しました。").waitFor();
    await page.getByText("現在: 重複").waitFor();
    await press("判断を取り消す");
    await page.getByText("現在: 未処理").waitFor();
    await press("承認する");
    await page.getByText("現在: 承認").waitFor();
    expect(await page.locator(".steps li").allInnerTexts()).toHaveLength(3);
    await seen("decided");
  });

  it("hands out a PDF that is written down, and leaves no patient in address, title or storage", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), press("PDF（すべて・判断つき）")]);
    expect(download.suggestedFilename()).toMatch(/^downtime-notes-\d{12}\.pdf$/);
    expect(
      readFileSync((await download.path()) ?? "")
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(await noteExports(ward.region.store.db, 10)).toMatchObject([{ who: operator.name, format: "pdf" }]);
    expect([page.url(), await page.title()].join(" ")).not.toMatch(/灯台|架空|note/);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  it("lets nobody accept what waits for its entry", async () => {
    await press("一覧へ戻る");
    await page.getByRole("button", { name: "記録未着 1" }).click();
    await cards().first().click();
    await page.getByText("閲覧記録がまだ届かず").waitFor();
    expect(await page.getByRole("button", { name: "承認する", exact: true }).isDisabled()).toBe(true);
    await seen("waiting");
    await press("一覧へ戻る");
  });

  it("fits a phone and doubled text, in English too", async () => {
    await page.getByRole("button", { name: /^未処理/ }).click();
    await cards().filter({ hasText: "不明A" }).first().click();
    await page.getByRole("heading", { name: "身元不明の患者を本人と結びつける" }).waitFor();
    await press("English");
    await page.getByRole("heading", { name: "Link the unknown patient to a person" }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await seen("unknown-phone-en");
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await seen("unknown-phone-en-doubled");
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "";
    });
    await page.setViewportSize({ width: 1180, height: 820 });
    await press("日本語");
  });

  it("shows whatever a tablet wrote as words, and runs none of it", async () => {
    for (const payload of payloads) {
      const text = payload.replace(/[\p{Cc}]/gu, " ");
      const change: Partial<Note> = { content: { kind: "text", text }, deviceName: text.slice(0, 200), siteName: text.slice(0, 200) };
      await home(ward, {
        ...change,
        subject: { ...unknownSubject(), label: text.slice(0, 40), features: text, found: text } as Note["subject"],
      });
    }
    await press("一覧へ戻る");
    await page.getByRole("button", { name: `● 未処理 ${5 + payloads.length}` }).waitFor();
    expect(await cards().count()).toBe(5 + payloads.length);
    for (let i = 0; i < 4; i++) {
      await cards().nth(i).click();
      await page.locator(".note").first().waitFor();
      await press("一覧へ戻る");
      await cards().first().waitFor();
    }
    await page.getByText("<script>globalThis.inside=1</script>").first().waitFor();
    expect(await page.evaluate(() => Reflect.has(globalThis, "inside"))).toBe(false);
    expect(problems).toEqual([]);
  });
});
