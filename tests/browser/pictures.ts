/**
 * `npm run pictures [-- PART-OF-NAME…]` (names are CASE-SIZE-LANGUAGE-MODE, as in infant-phone-ja-day): the twelve named cases (docs/cases.md) through the real pipeline, and reason, strip and page
 * of each on phone, tablet and desktop, by day and by night, in Japanese and English. Pictures and a contact sheet (index.html) go to artefacts/cases;
 * the command fails on any axe violation, on anything wider than its screen, cut off, or too small to press. One JSON line at the end.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { type Step, serveCases, steps, walk } from "./lib/cases.ts";
import { contextOf, faultsOf, launch, sizes } from "./lib/screens.ts";

const looks = ["ja day", "ja night", "en day", "en night"] as const;
const places = ["phone", "tablet", "desktop"] as const;
const impacts = ["minor", "moderate", "serious", "critical"];
const folder = "artefacts/cases";

const wanted = process.argv.slice(2);
const begun = Date.now();
mkdirSync(folder, { recursive: true });
const { cases, origin, close } = await serveCases();
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some((part) => name.includes(part));
const browser = await launch();
const nameOf = (key: string, place: string, look: string): string => `${key}-${place}-${look.replace(" ", "-")}`;
const jobs = looks.flatMap((look) => places.map((place) => ({ look, place })));
const wrong: string[] = [];
let pictures = 0;
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
await browser.close();
await close();
writeFileSync(join(folder, "index.html"), sheet());
for (const fault of wrong) console.log(fault);
console.log(
  JSON.stringify({ folder, cases: cases.length, pictures, wrong: wrong.length, seconds: Math.round((Date.now() - begun) / 1000) }),
);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { look, place } = job;
    const context = await contextOf(browser, look, sizes[place]);
    for (const { key } of cases) {
      const name = nameOf(key, place, look);
      if (isWanted(name)) await draw(context, key, name);
    }
    await context.close();
  }
}

async function draw(context: BrowserContext, key: string, name: string): Promise<void> {
  const faults = await walk(context, origin, key, async (page, step) => {
    await page.waitForTimeout(80);
    await shoot(page, `${name}-${step}`, false);
    if (step === "reason") return;
    await shoot(page, `${name}-${step}-full`, true);
    const found = await faultsOf(page, impacts);
    wrong.push(...found.map((fault) => `${name}-${step}: ${fault}`));
  });
  wrong.push(...faults.map((fault) => `${name}: ${fault}`));
}

async function shoot(page: Page, name: string, fullPage: boolean): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  pictures += 1;
}

/** All pictures beside each other: a row a case and look, the first screen of each step; a click opens the whole page. */
function sheet(): string {
  const cell = (name: string, step: Step): string => {
    const whole = step === "reason" ? `${name}-${step}.png` : `${name}-${step}-full.png`;
    return `<td><a href="${whole}"><img loading="lazy" alt="${name} ${step}" src="${name}-${step}.png"></a></td>`;
  };
  const rows = cases.flatMap(({ key, title }) =>
    looks.flatMap((look) =>
      places.flatMap((place) => {
        const name = nameOf(key, place, look);
        if (!isWanted(name)) return [];
        return `<tr><th>${title.ja}<br>${key}<br>${place}, ${look}</th>${steps.map((step) => cell(name, step)).join("")}</tr>`;
      }),
    ),
  );
  const style =
    "body{font-family:sans-serif}td{vertical-align:top}img{max-width:28rem;max-height:28rem;border:1px solid #888}th{text-align:left}";
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Tomoshibi: twelve cases</title><style>${style}</style><table>${rows.join("\n")}</table></html>\n`;
}
