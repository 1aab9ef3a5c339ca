/** Paper as a browser makes it: the pages of a PDF as text. */
import type { Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";

/** Text of each page, radicals and full-width letters written as what they stand for. Must be asked for while paper is open. */
export async function pagesOf(page: Page): Promise<readonly string[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return text.map((each) => each.normalize("NFKC").replace(/\s+/g, " "));
}

/** Instead of a printer: what the page would print is kept open, and counted. */
export function holdPrint(): void {
  let times = 0;
  window.print = () => {
    times += 1;
    document.documentElement.dataset.printed = String(times);
  };
}

/** What stands outside its sheet, or outside its own box. */
export function outside(): string[] {
  return [...document.querySelectorAll<HTMLElement>(".paper-view > .sheet")].flatMap((sheet) => {
    const edge = sheet.getBoundingClientRect();
    return [...sheet.querySelectorAll<HTMLElement>("p, li, h2, h3, td, .sheet-column")]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => element.textContent?.slice(0, 40) ?? "");
  });
}
