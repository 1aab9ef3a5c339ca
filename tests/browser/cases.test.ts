/** The twelve named cases in a real Chromium, in two looks on every run; all 144 combinations, with pictures, by `npm run pictures`. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../src/hub/synth/cases/index.ts";
import { type CaseScreens, type Step, serveCases, walk } from "./lib/cases.ts";
import { contextOf, faultsOf, launch, sizes } from "./lib/screens.ts";

let served: CaseScreens;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([serveCases(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const impacts = ["minor", "moderate", "serious", "critical"];

/** What can be read on a phone's first screen of the strip, without scrolling. */
const decides: Readonly<Record<string, readonly string[]>> = {
  anticoagulant: ["抗凝固薬", "ワルファリン", "クロピドグレル"],
  dialysis: ["透析", "シャント肢"],
  insulin: ["インスリン", "1日量 18 単位"],
  steroid: ["全身ステロイド", "プレドニゾロン"],
  anaphylaxis: ["落花生", "ペニシリン系抗菌薬"],
  pacemaker: ["植込み型心臓ペースメーカー"],
  infant: ["生後", "危険がないことを意味しません"],
  pregnancy: ["妊娠中"],
  wishes: ["DNAR", "モルヒネ"],
  conflicting: ["別人の可能性", "ワルファリン"],
  unknown: ["未記録", "危険がないことを意味しません"],
  polypharmacy: ["セフェム系抗菌薬", "エドキサバン", "テオフィリン"],
};

it("every case has something that decides", () => expect(Object.keys(decides)).toEqual(cases.map(({ key }) => key)));

describe.each([
  ["phone", "ja day"],
  ["desktop", "en night"],
] as const)("on a %s, %s", (size, look) => {
  it.each(cases.map(({ key }) => key))(
    "%s: what decides is in sight; no axe violation, nothing cut off, too wide or too small",
    async (key) => {
      const context = await contextOf(browser, look, sizes[size]);
      const found: string[] = [];
      const reached: Step[] = [];
      const faults = await walk(context, served.origin, key, async (page, step) => {
        reached.push(step);
        if (step === "reason") return;
        if (step === "strip" && size === "phone")
          for (const word of decides[key] ?? []) if (!(await isInSight(page, word))) found.push(`not in sight: ${word}`);
        if ((await page.getByText("なし", { exact: true }).count()) > 0) found.push(`${step}: a none that nobody confirmed`);
        found.push(...(await faultsOf(page, impacts)).map((fault) => `${step}: ${fault}`));
      });
      await context.close();
      expect([...faults, ...found]).toEqual([]);
      expect(reached).toEqual(["reason", "strip", "page"]);
    },
  );
});

/** Whether some element with these words lies wholly within the window. */
function isInSight(page: Page, word: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = (node.parentElement?.closest("li, p, h2, h3, h4, span, strong, dd")?.textContent ?? "").normalize("NFKC");
      if (!text.includes(wanted)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { top, bottom, height } = range.getBoundingClientRect();
      if (height > 0 && top >= 0 && bottom <= window.innerHeight) return true;
    }
    return false;
  }, word);
}
