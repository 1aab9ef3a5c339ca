import { pageEn } from "../../words/chart-en-page.ts";
import { type PageWords, pageJa } from "../../words/chart-ja-page.ts";
import type { Translate } from "../../words/index.ts";
import { useMoreWords } from "../../words/react.ts";
import { type Reading, useReading } from "./reading.ts";

export interface PageReading extends Omit<Reading, "t"> {
  readonly t: Translate<PageWords>;
}

/** What `useReading` gives, with the words of the whole page: only what is drawn after the strip may ask for them. */
export function usePage(): PageReading {
  const reading = useReading();
  const { t } = useMoreWords("page", pageJa, pageEn);
  return { ...reading, t };
}
