import { beforeAll, describe, expect, test } from "vitest";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { firstSettings } from "../../../src/hub/review/settings.ts";
import type { ReviewItem } from "../../../src/shared/protocol/review.ts";
import { reviewPaths } from "../../../src/shared/protocol/review.ts";
import * as answers from "../../../src/shared/protocol/reviewAnswers.ts";
import { parseReport } from "../../../src/shared/protocol/reviewReport.ts";
import { testStores } from "../store/open.ts";
import { type ConsoleBrowser, consoleBrowser } from "./console-browser.ts";
import { enrolled, entry, push, refusal, registered, type TestDevice, type TestMember } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const contact = { sender: "架空県協議会", department: "窓口", telephone: "000-0000-0000", hours: "平日" };
let region: TestRegion;
let device: TestDevice;
let member: TestMember;

async function browser(name: string, roles?: readonly ("reviewer" | "operator" | "auditor")[]): Promise<ConsoleBrowser> {
  await addReviewer(region.deps, name, passphrase, roles);
  const page = consoleBrowser(region.console);
  expect((await page.signIn(name, passphrase)).status).toBe(200);
  return page;
}

const list = async (page: ConsoleBrowser): Promise<readonly ReviewItem[]> =>
  answers.parseReviews(await (await page.get(reviewPaths.list)).json());

beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  device = await enrolled(region);
  member = await registered(device, "灯台 一郎");
  await push(device, [
    await entry(device, "open-strip", { staff: member, body: { reason: "unconscious", note: "秘密のメモ" } }),
    await entry(device, "open-rest", { staff: member, body: { reason: "medication-check" } }),
  ]);
});

describe("a reviewer at the console", () => {
  test("asks, writes down the answer and accepts; sets the contact, and only then prints the letter", async () => {
    const page = await browser("確認 太郎", ["reviewer"]);
    const [item] = await list(page);
    if (item === undefined) throw new Error("no review");
    const path = `${reviewPaths.list}/${item.id}`;
    expect(await refusal(await page.post(`${path}/letter`, { language: "ja" }))).toBe("letter-contact-missing");
    expect((await page.post(path, { state: "question", note: "経緯は？", seen: 0 })).status).toBe(200);
    expect(await refusal(await page.post(path, { state: "accepted", note: "", seen: 0 }))).toBe("review-changed");
    const answered = answers.parseReview(
      await (await page.post(`${path}/answer`, { by: "灯台 一郎", note: "救急搬送でした", seen: 1 })).json(),
    );
    expect(answered).toMatchObject({ state: "question", history: [{ what: "decided" }, { what: "answered", answeredBy: "灯台 一郎" }] });
    expect((await page.post(path, { state: "accepted", note: "", seen: 2 })).status).toBe(200);
    const rules = answers.parseRules(await (await page.post(reviewPaths.rules, { ...firstSettings, contact })).json());
    expect(rules).toMatchObject({ settings: { contact }, history: [{ by: "確認 太郎" }], sites: [{ name: "灯台病院 救急外来" }] });
    const letter = answers.parseLetter(await (await page.post(`${path}/letter`, { language: "ja" })).json());
    expect(letter).toMatchObject({ person: "架空 太郎", ready: true, printed: [{ by: "確認 太郎", language: "ja" }] });
    expect(JSON.stringify(letter)).not.toContain("秘密のメモ");
  });

  test("reads the month's report, which names nobody", async () => {
    const page = await browser("確認 次郎", ["reviewer"]);
    const answer = await page.get(`${reviewPaths.report}?month=2026-11`);
    const text = await answer.clone().text();
    expect(parseReport(await answer.json())).toMatchObject({ month: "2026-11", openings: 1 });
    for (const secret of ["架空", "太郎", "灯台 一郎", "確認", member.id]) expect(text).not.toContain(secret);
    expect(await refusal(await page.get(reviewPaths.report))).toBe("bad-request");
  });

  test("who opened it themselves decides nothing of it and prints nothing", async () => {
    const page = await browser("灯台 一郎", ["reviewer"]);
    const [item] = await list(page);
    expect(item?.own).toBe(true);
    const path = `${reviewPaths.list}/${item?.id}`;
    const seen = item?.history.length ?? 0;
    expect(await refusal(await page.post(path, { state: "escalated", note: "x", seen }))).toBe("review-own");
    expect(await refusal(await page.post(`${path}/letter`, { language: "ja" }))).toBe("review-own");
  });

  test("is refused settings that would let everything pass, or are no settings", async () => {
    const page = await browser("確認 三郎", ["reviewer"]);
    for (const bad of [
      { ...firstSettings, share: 0 },
      { ...firstSettings, share: 101 },
      { ...firstSettings, from: 0 },
      { ...firstSettings, from: 21 },
      { ...firstSettings, shifts: [{ site: "", from: 0, to: 25, weekends: false }] },
      { ...firstSettings, extra: 1 },
      { ...firstSettings, contact: { ...contact, sender: "\u202e" } },
      {},
    ])
      expect(await refusal(await page.post(reviewPaths.rules, bad)), JSON.stringify(bad)).toBe("bad-request");
  });
});

describe("others at the console", () => {
  test("an auditor reads reviews, rules and report, and changes nothing; an operator who is no reviewer sees no opening", async () => {
    const auditor = await browser("監査 四郎", ["auditor"]);
    const [item] = await list(auditor);
    for (const path of [reviewPaths.rules, `${reviewPaths.report}?month=2026-11`]) expect((await auditor.get(path)).status).toBe(200);
    for (const [path, body] of [
      [`${reviewPaths.list}/${item?.id}`, { state: "accepted", note: "", seen: 3 }],
      [`${reviewPaths.list}/${item?.id}/letter`, { language: "ja" }],
      [reviewPaths.rules, firstSettings],
    ] as const)
      expect(await refusal(await auditor.post(path, body)), path).toBe("forbidden");
    const operator = await browser("運用 五郎", ["operator"]);
    for (const path of [reviewPaths.list, `${reviewPaths.list}/${item?.id}/letter`, `${reviewPaths.report}?month=2026-11`])
      expect(await refusal(await operator.get(path)), path).toBe("forbidden");
  });

  test("without a session nothing of it is shown", async () => {
    const page = consoleBrowser(region.console);
    for (const path of [reviewPaths.list, reviewPaths.rules, reviewPaths.report, `${reviewPaths.list}/x/letter`])
      expect(await refusal(await page.get(path)), path).toBe("unauthorized");
  });
});
