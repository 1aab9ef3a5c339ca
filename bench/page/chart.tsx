/** The page of the largest case, from the bytes of its opened parts to a reader who can act on it; and the same words in a plain list. */
import "../../src/ui/base.css";
import "../../src/ui/parts.css";
import "../../src/viewer/app/app.css";
import "../../src/viewer/chart/chart.css";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { encodePart, parsePart } from "../../src/shared/summary/encode.ts";
import type { RestPart, StripPart } from "../../src/shared/summary/summary.ts";
import { ReadingContext } from "../../src/viewer/chart/reading.ts";
import { SummaryPage } from "../../src/viewer/chart/SummaryPage.tsx";
import { makeWords } from "../../src/words/index.ts";
import { painted, timed } from "./place.ts";

export interface PageTimes {
  readonly ours: number[];
  readonly reference: number[];
  readonly nothing: number[];
  readonly strings: number;
  readonly elements: number;
}

async function measurePage(parts: { readonly strip: StripPart; readonly rest: RestPart }, rounds: number): Promise<PageTimes> {
  const place = document.getElementById("root") as HTMLElement;
  const bytes = { strip: encodePart(parts.strip), rest: encodePart(parts.rest) };
  const words = makeWords("ja");
  const now = Date.parse(parts.rest.summary.asOf) + 3_600_000;
  const draw = async (): Promise<() => void> => {
    const [strip, rest] = [parsePart(bytes.strip), parsePart(bytes.rest)];
    if (strip.part !== "strip" || rest.part !== "rest") throw new Error("not the parts of a person");
    const root = createRoot(place);
    flushSync(() =>
      root.render(
        <I18nextProvider i18n={words}>
          <ReadingContext value={{ now, clockRight: true, sources: rest.summary.sources }}>
            <SummaryPage summary={rest.summary} strip={strip.strip} protectedPart={null} />
          </ReadingContext>
        </I18nextProvider>,
      ),
    );
    await painted();
    act();
    return () => root.unmount();
  };
  // Once before anything is counted: the words of the page are added at its first rendering.
  const clear = await draw();
  const strings = stringsOf(place);
  const elements = place.querySelectorAll("*").length;
  clear();
  const list = async (): Promise<() => void> => {
    const root = createRoot(place);
    flushSync(() =>
      root.render(
        <ul>
          {strings.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same strings stand more than once, and nothing moves.
            <li key={i} tabIndex={-1}>
              {text}
            </li>
          ))}
        </ul>,
      ),
    );
    await painted();
    place.querySelector<HTMLElement>("li:last-child")?.focus();
    return () => root.unmount();
  };
  const times: PageTimes = { ours: [], reference: [], nothing: [], strings: strings.length, elements };
  for (let i = 0; i < rounds + 3; i++)
    for (const [kept, work] of [
      [times.reference, list],
      [times.ours, draw],
    ] as const) {
      await settled();
      let end = (): void => undefined;
      const ms = await timed(async () => {
        end = await work();
      });
      if (i >= 3) kept.push(ms);
      end();
      await settled();
      if (kept === times.ours && i >= 3) times.nothing.push(await timed(painted));
    }
  return times;
}

/** A reader presses the last section of the list, and is there. */
function act(): void {
  const jumps = document.querySelectorAll<HTMLElement>(".jump a, .jump button");
  jumps[jumps.length - 1]?.click();
  if (jumps.length === 0 || document.activeElement === document.body) throw new Error("the page does not answer");
}

function stringsOf(element: HTMLElement): string[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent ?? "";
    if (text.trim() !== "") found.push(text);
  }
  return found;
}

/** A tap falls anywhere in a frame: so does the start of a measurement. */
const settled = () => new Promise<void>((done) => setTimeout(done, 40 + Math.random() * 17));

declare global {
  interface Window {
    measurePage: typeof measurePage;
  }
}
window.measurePage = measurePage;
