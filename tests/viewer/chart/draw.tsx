import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { ReadingContext, type ReadingTime } from "../../../src/viewer/chart/reading.ts";
import { type Language, makeWords } from "../../../src/words/index.ts";
import { now, sources } from "./people.ts";

/** What a reader sees of a part of the page, as markup; `text` strips the markup. */
export function draw(part: ReactNode, time: Partial<ReadingTime> = {}, language: Language = "ja"): { markup: string; text: string } {
  const markup = renderToStaticMarkup(
    <I18nextProvider i18n={makeWords(language)}>
      <ReadingContext value={{ now, clockRight: true, sources, ...time }}>{part}</ReadingContext>
    </I18nextProvider>,
  );
  return {
    markup,
    text: markup
      .replace(/<span class="whole">([^<]*)<\/span>/g, "$1")
      .replace(/<[^>]*>/g, " ")
      .replace(/\u00a0/g, " ")
      .replace(/\s+/g, " "),
  };
}
