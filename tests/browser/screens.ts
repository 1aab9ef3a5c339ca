/**
 * Pictures of every screen over synthetic people, and axe over each: `node --import tsx tests/browser/screens.ts [NAME-or-its-beginning…]`.
 * They go to artefacts/screens, to be looked at; the command fails on any axe violation or on anything wider than its screen.
 */
import { mkdir } from "node:fs/promises";
import type { BrowserContext } from "playwright-core";
import { contextOf, faultsOf, goTo, launch, looks, screens, serveScreens, sizes } from "./lib/screens.ts";

/** A reader who doubled the size of text, on a phone: everything must still be there. */
const zoomed = { width: 390, height: 844 };
const impacts = ["minor", "moderate", "serious", "critical"];

const wanted = process.argv.slice(2);
const folder = "artefacts/screens";
await mkdir(folder, { recursive: true });
const { address, close } = await serveScreens();
const browser = await launch();
let wrong = 0;
for (const look of looks) {
  for (const [size, viewport] of Object.entries(sizes)) {
    // Each look on the phone and one bigger screen is enough to look at; "ja day" is taken at every size.
    if (look !== "ja day" && size !== "phone" && size !== (look.startsWith("ja") ? "tablet" : "desktop")) continue;
    const context = await contextOf(browser, look, viewport);
    for (const name of Object.keys(screens)) wrong += await picture(context, name, `${name}-${size}-${look.replace(" ", "-")}`);
    await context.close();
  }
}
await browser.close();
const reader = await launch("--blink-settings=defaultFontSize=32");
const large = await contextOf(reader, "ja day", zoomed);
for (const name of Object.keys(screens)) wrong += await picture(large, name, `${name}-zoomed-ja-day`);
await reader.close();
await close();
console.log(JSON.stringify({ folder, wrong }));
process.exitCode = wrong === 0 ? 0 : 1;

async function picture(context: BrowserContext, name: string, full: string): Promise<number> {
  if (wanted.length > 0 && !wanted.some((part) => full.startsWith(part))) return 0;
  const { page, faults } = await goTo(context, address, name);
  faults.push(...(await faultsOf(page, impacts)));
  await page.screenshot({ path: `${folder}/${full}.png`, fullPage: true });
  await page.close();
  for (const fault of faults) console.log(`${full}: ${fault}`);
  return faults.length;
}
