/** The rules of clinical safety in a real Chromium layout: what no rendering to a string can show. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AbsenceState, Medicine, Section, Sections, Strip } from "../../src/shared/summary/summary.ts";
import { absenceStates, sectionNames } from "../../src/shared/summary/summary.ts";
import { sections as full } from "../viewer/chart/people.ts";
import { lineFaults, saysNone, withoutWords, writtenWrong } from "./lib/clinical.ts";
import { greyContrasts } from "./lib/grey.ts";
import { medicineLines } from "./lib/medicine-lines.ts";
import { contextOf, launch, type Screens, serveScreens, sizes } from "./lib/screens.ts";

let screens: Screens;
let browser: Browser;
beforeAll(async () => {
  [screens, browser] = await Promise.all([serveScreens(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await screens?.close();
});

async function open(look: string, viewport: { width: number; height: number }): Promise<{ context: BrowserContext; page: Page }> {
  const context = await contextOf(browser, look, viewport);
  const page = await context.newPage();
  await page.goto(`${screens.address}tests/viewer/app/clinical.html`);
  await page.waitForFunction(() => "clinical" in window);
  return { context, page };
}

/** Items stay out: what is asked is what a section without any says. */
function inState(state: AbsenceState, confirmed: Section<never>["confirmed"]): Sections {
  return Object.fromEntries(
    sectionNames.map((name) => [name, { ...full[name], items: [], more: 0, window: null, state, confirmed }]),
  ) as unknown as Sections;
}
const strip = (state: AbsenceState): Partial<Strip> => ({ allergyState: state, medicineState: state, diagnosisState: state, items: [] });
const clinician = { by: "見本 花子", role: "医師", date: "2026-11-01" };

/** The names as they are drawn: first the even ones, then those beside each other. */
const inOrder = (lines: readonly Medicine[]) =>
  [0, 1].flatMap((rest) => lines.filter((_, at) => at % 2 === rest)).map(({ drug }) => drug.text);

describe("medicine lines", () => {
  const batch = 500;
  it("10,000 of them, on a phone and on a tablet: 0 truncated, 0 split, 0 ambiguous", async () => {
    const all = medicineLines(10_000);
    const { context, page } = await open("ja day", sizes.phone);
    const drawn = { phone: 0, tablet: 0 };
    const found = { truncated: [] as string[], split: [] as string[], ambiguous: [] as string[] };
    for (let from = 0; from < all.length; from += batch) {
      const lines = all.slice(from, from + batch);
      const language = (from / batch) % 2 === 0 ? "ja" : "en";
      await page.evaluate(([words, medicines]) => window.clinical.lines(words, medicines), [language, lines] as const);
      for (const size of ["phone", "tablet"] as const) {
        await page.setViewportSize(sizes[size]);
        const faults = await page.evaluate(lineFaults, inOrder(lines));
        drawn[size] += faults.drawn;
        for (const kind of ["truncated", "split", "ambiguous"] as const)
          found[kind].push(...faults[kind].map((fault) => `${size} ${fault}`));
      }
    }
    await context.close();
    const counts = { ...drawn, truncated: found.truncated.length, split: found.split.length, ambiguous: found.ambiguous.length };
    expect({ counts, first: Object.values(found).flatMap((faults) => faults.slice(0, 4)) }).toEqual({
      counts: { phone: 10_000, tablet: 10_000, truncated: 0, split: 0, ambiguous: 0 },
      first: [],
    });
  });

  it("that are cut off, torn apart or written to be misread are found by this test", async () => {
    const { context, page } = await open("ja day", sizes.phone);
    const lines = medicineLines(40);
    await page.evaluate((medicines) => window.clinical.lines("ja", medicines), lines);
    await page.addStyleTag({
      content: ".item-title > strong { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 5rem }",
    });
    await page.addStyleTag({ content: ".facts .pair { display: inline; } .facts { display: block !important; width: 6rem }" });
    await page.evaluate(() => {
      for (const dose of document.querySelectorAll(".facts:not(.facts-minor) > .pair > strong")) dose.textContent = ".50mg";
    });
    const faults = await page.evaluate(lineFaults, inOrder(lines));
    await context.close();
    expect(faults.truncated.length).toBeGreaterThan(20);
    expect(faults.split.length).toBeGreaterThan(0);
    expect(faults.ambiguous.length).toBeGreaterThan(20);
  });
});

describe("what is absent", () => {
  it.each(["ja", "en"] as const)(
    "in every section and state, 0 screens say none unless a clinician confirmed it (%s)",
    async (language) => {
      const { context, page } = await open(`${language} day`, sizes.phone);
      const wrong: string[] = [];
      for (const state of absenceStates) {
        for (const confirmed of [null, clinician]) {
          await page.evaluate(([words, states, dangers]) => window.clinical.page(words, states, dangers), [
            language,
            inState(state, confirmed),
            strip(state),
          ] as const);
          const { count, where } = await page.evaluate(saysNone);
          const may = state === "confirmedNone";
          if (count > 0 !== may) wrong.push(`${state} ${confirmed === null ? "by nobody" : "confirmed"}: ${where.join(" | ")}`);
          // Every section says its state in words, whatever it is.
          const states = await page.locator(".state").count();
          if (states < sectionNames.length) wrong.push(`${state}: ${states} states for ${sectionNames.length} sections`);
        }
      }
      // One section confirmed among others that are not: it alone says so.
      for (const name of sectionNames) {
        const others = inState("notAsked", null);
        await page.evaluate(([words, states, dangers]) => window.clinical.page(words, states, dangers), [
          language,
          { ...others, [name]: { ...others[name], state: "confirmedNone", confirmed: clinician } },
          strip("notRecorded"),
        ] as const);
        const { where } = await page.evaluate(saysNone);
        if (where.length === 0 || where.some((text) => !/確認済|confirmed/i.test(text))) wrong.push(`${name}: ${where.join(" | ")}`);
      }
      await context.close();
      expect(wrong).toEqual([]);
    },
  );
});

describe("dates, times and units of the whole page", () => {
  it.each(["ja", "en"] as const)("are written by rule (%s)", async (language) => {
    const { context, page } = await open(`${language} day`, sizes.tablet);
    await page.evaluate((words) => window.clinical.page(words, null, {}), language);
    expect(await page.evaluate(writtenWrong)).toEqual([]);
    // A laboratory's zeros say how exactly it measured; a dose's are misread.
    expect(await page.locator(".labs").first().textContent()).toContain("10.0\u00a0g/dL");
    expect(await page.locator("section[aria-labelledby=title-medicines]").textContent()).toContain(
      language === "ja" ? "12\u00a0国際単位" : "12\u00a0international units",
    );
    await context.close();
  });
});

describe("without colour", () => {
  const meaning =
    ".badge, .lab-flag, .strip-class, .strip-untold, .state, .state-mark, .caution, .provenance-warning, .masked-title, .disputed > h3, .banner-conflict, .wish-grave";

  it.each(["day", "night", "contrast"])("every mark has words or a shape and can be read in greyscale (%s)", async (mode) => {
    const { context, page } = await open(`ja ${mode}`, sizes.tablet);
    await page.evaluate(() => window.clinical.page("ja", null, {}));
    await page.evaluate((wanted) => {
      document.documentElement.dataset.mode = wanted;
      document.documentElement.style.filter = "grayscale(1)";
    }, mode);
    const { found, bare } = await page.evaluate(withoutWords, meaning);
    expect(found).toBeGreaterThan(60);
    expect(bare).toEqual([]);
    const contrasts = await greyContrasts(page, meaning);
    await context.close();
    expect(contrasts.length).toBe(found);
    expect(contrasts.filter(({ coloured }) => coloured)).toEqual([]);
    expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  it("flags of a laboratory value differ in shape and in words", async () => {
    const { context, page } = await open("ja day", sizes.phone);
    await page.evaluate(() => window.clinical.page("ja", null, {}));
    const flags = await page.locator(".lab-flag").allTextContents();
    await context.close();
    const [shapes, words] = [new Set(flags.map((flag) => flag.split(" ")[0])), new Set(flags.map((flag) => flag.split(" ")[1]))];
    expect([shapes.size, words.size]).toEqual([6, 6]);
  });
});

describe("words in the page", () => {
  it("are found whatever their kana and width, counted aloud, marked by a frame, and reached and cleared by keys; nothing is hidden", async () => {
    const { context, page } = await open("ja day", sizes.phone);
    await page.evaluate(() => window.clinical.page("ja", null, { masked: true }));
    const items = await page.locator(".item").count();
    expect(await page.getByText("架空薬12錠60mg").count()).toBe(0);
    await page.getByRole("button", { name: "ページ内を探す" }).click();
    const field = page.locator("#find-words");
    await field.waitFor();
    // What began folded stands whole while words are looked for.
    expect(await page.locator(".item").count()).toBeGreaterThan(items);
    const status = page.locator(".find [role=status]");
    const here = page.locator("[data-found=here]");
    await field.fill("架空薬１２");
    expect(await status.textContent()).toBe("1か所のうち 1番目");
    expect(await here.textContent()).toContain("架空薬12錠60mg");
    await field.fill("わるふぁりん");
    const count = await page.locator("[data-found]").count();
    expect(count).toBeGreaterThan(4);
    expect(await status.textContent()).toBe(`${count}か所のうち 1番目`);
    expect(await page.evaluate(() => [...(CSS.highlights.get("found") ?? [])].map(String))).toContain("ワルファリン");
    const first = await here.textContent();
    await field.press("Enter");
    expect(await status.textContent()).toBe(`${count}か所のうち 2番目`);
    expect(await here.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(200);
    await field.press("Shift+Enter");
    expect(await here.textContent()).toBe(first);
    await field.press("ArrowUp");
    expect(await status.textContent()).toBe(`${count}か所のうち ${count}番目`);
    expect(await page.locator(".find-left").textContent()).toContain("保護対象の項目は探していません");
    expect(await page.locator(".find-left").textContent()).toContain("14件は探していません");
    await field.fill("どこにもない言葉");
    expect(await status.textContent()).toContain("0か所");
    await field.press("Escape");
    expect(await field.inputValue()).toBe("");
    expect(await page.locator("[data-found]").count()).toBe(0);
    await field.press("Escape");
    expect(await field.count()).toBe(0);
    expect(await page.locator(".item").count()).toBe(items);
    await context.close();
  });
});

it("a page of 60 medicines stands within a second and a half", async () => {
  const { context, page } = await open("ja day", sizes.phone);
  const sixty = medicineLines(60);
  const medicines = { ...full.medicines, items: sixty };
  const drawn: number[] = [];
  for (let run = 0; run < 3; run++)
    drawn.push(
      await page.evaluate((section) => {
        const from = performance.now();
        window.clinical.page("ja", { medicines: section }, {});
        document.body.getBoundingClientRect();
        return performance.now() - from;
      }, medicines),
    );
  await context.close();
  expect(Math.min(...drawn)).toBeLessThan(1500);
});
