/** Contrast of what stands on a page in greyscale, from its pixels. */
import type { Page } from "playwright-core";

export interface GreyContrast {
  readonly words: string;
  /** WCAG contrast between the darkest and the lightest pixel of the element. */
  readonly ratio: number;
  /** Some pixel is not grey: the picture was not in greyscale. */
  readonly coloured: boolean;
}

/** Every element that fits the selector and has a place on the page, which the caller has turned grey; the picture is that of the whole page. */
export async function greyContrasts(page: Page, selector: string): Promise<readonly GreyContrast[]> {
  const picture = (await page.screenshot({ fullPage: true })).toString("base64");
  return page.evaluate(
    async ([data, wanted]) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (context === null) throw new Error("no canvas");
      context.drawImage(bitmap, 0, 0);
      const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return [...document.querySelectorAll<HTMLElement>(wanted)]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => {
          const box = element.getBoundingClientRect();
          const { data: pixels } = context.getImageData(
            Math.floor(box.left + window.scrollX),
            Math.floor(box.top + window.scrollY),
            Math.max(1, Math.ceil(box.width)),
            Math.max(1, Math.ceil(box.height)),
          );
          let [least, most, coloured] = [255, 0, false];
          for (let at = 0; at < pixels.length; at += 4) {
            const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
            if (Math.abs(red - green) > 2 || Math.abs(green - blue) > 2) coloured = true;
            least = Math.min(least, green);
            most = Math.max(most, green);
          }
          return { words: (element.textContent ?? "").slice(0, 40), ratio: (linear(most) + 0.05) / (linear(least) + 0.05), coloured };
        });
    },
    [picture, selector] as const,
  );
}
