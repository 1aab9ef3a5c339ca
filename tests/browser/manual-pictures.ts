/**
 * The pictures of the in-app manual, from the real screens over synthetic people: `node --import tsx tests/browser/manual-pictures.ts`.
 * They go to public/manual and into the commit; what the app caches for offline use includes them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { manuals } from "../../src/viewer/manual/pages.ts";
import { contextOf, goTo, launch, serveScreens } from "./lib/screens.ts";

const folder = "public/manual";
const names = [...new Set(Object.values(manuals).flatMap(({ pictures }) => pictures))];
mkdirSync(folder, { recursive: true });
const { address, close } = await serveScreens();
const browser = await launch();
for (const language of ["ja", "en"]) {
  const context = await contextOf(browser, `${language} day`, { width: 390, height: 700 });
  for (const name of names) {
    const { page, faults } = await goTo(context, address, name);
    if (faults.length > 0) throw new Error(`${name}: ${faults.join(", ")}`);
    await page.getByText(/読み込んでいます|^Loading…/).waitFor({ state: "hidden" });
    // Lazy parts that are drawn after that, and the ring of the focus.
    await page.waitForTimeout(500);
    await page.evaluate(() => window.scrollTo(0, 0));
    const png = await page.screenshot();
    const webp = await page.evaluate(
      async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
        canvas.getContext("2d")?.drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", 0.6).split(",")[1] ?? "";
      },
      `data:image/png;base64,${png.toString("base64")}`,
    );
    writeFileSync(`${folder}/${name}-${language}.webp`, Buffer.from(webp, "base64"));
    await page.close();
  }
  await context.close();
}
await browser.close();
await close();
