/** Draws the PNG icons from public/icon.svg: `node --import tsx scripts/icons.ts`. The drawing is the project's own. */
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

/** A maskable icon keeps its picture inside the middle 80 % and has no corners of its own. */
const icons = [
  { file: "icon-192.png", size: 192, maskable: false },
  { file: "icon-512.png", size: 512, maskable: false },
  { file: "icon-maskable-512.png", size: 512, maskable: true },
] as const;

const svg = await readFile("public/icon.svg", "utf8");
const browser = await chromium.launch({
  executablePath: process.env.TOMOSHIBI_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const { file, size, maskable } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const drawn = maskable ? `<div class="all">${svg.replace('rx="96"', "")}</div>` : svg;
  await page.setContent(
    `<style>html,body{margin:0;background:${maskable ? "#101418" : "transparent"}}svg{display:block;width:100vw;height:100vh}.all svg{transform:scale(.8)}</style>${drawn}`,
  );
  await writeFile(`public/${file}`, await page.screenshot({ omitBackground: !maskable }));
  await page.close();
}
await browser.close();
