import { createContext, useContext } from "react";
import type { Source } from "../../shared/summary/summary.ts";
import { chartEn } from "../../words/chart-en.ts";
import { type ChartWords, chartJa } from "../../words/chart-ja.ts";
import type { Language, Translate } from "../../words/index.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { agoText } from "./ago.ts";
import { elapsedSince, elapsedSinceInstant, formatDate } from "./dates.ts";

/** What every line of the page needs to say when and from whom. */
export interface ReadingTime {
  /** ms of the device clock. */
  readonly now: number;
  /** False when the device clock is known to be wrong: then no elapsed time is stated. */
  readonly clockRight: boolean;
  readonly sources: readonly Source[];
}

export const ReadingContext = createContext<ReadingTime>({ now: 0, clockRight: false, sources: [] });

export interface Reading extends ReadingTime {
  readonly t: Translate<ChartWords>;
  readonly language: Language;
  /** "8日前" */
  readonly ago: (date: string) => string;
  readonly agoInstant: (instant: string) => string;
  readonly day: (date: string) => string;
}

export function useReading(): Reading {
  const time = useContext(ReadingContext);
  const { t, language } = useMoreWords("chart", chartJa, chartEn);
  const { t: app } = useWords();
  return {
    ...time,
    t,
    language,
    ago: (date) => agoText(app, elapsedSince(date, time.now), time.clockRight),
    agoInstant: (instant) => agoText(app, elapsedSinceInstant(instant, time.now), time.clockRight),
    day: (date) => formatDate(date, language),
  };
}
