/** What a person's hands do on a page, counted as the page hears it. */
import type { Page } from "playwright-core";

export interface Hands {
  readonly taps: () => number;
  /** Forgets what was counted, and starts the watch. */
  begin(): void;
  readonly milliseconds: () => number;
}

/** Counts presses that a finger made (a key that presses a button is none); over reloads too. Before the page is loaded. */
export async function watchHands(page: Page): Promise<Hands> {
  let taps = 0;
  let began = Date.now();
  page.on("console", (message) => {
    if (message.text() === "a-tap") taps++;
  });
  await page.addInitScript(() => {
    addEventListener(
      "pointerdown",
      (event) => {
        if (event.isTrusted) console.debug("a-tap");
      },
      true,
    );
  });
  return {
    taps: () => taps,
    begin: () => {
      taps = 0;
      began = Date.now();
    },
    milliseconds: () => Date.now() - began,
  };
}
