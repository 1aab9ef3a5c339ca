import { createContext, useContext } from "react";
import type { Source } from "../../shared/summary/summary.ts";
import { chartEn } from "../../words/chart-en.ts";
import { type ChartWords, chartJa } from "../../words/chart-ja.ts";
import type { Language, Translate } from "../../words/index.ts";
import { useMoreWords } from "../../words/react.ts";
import { type Elapsed, elapsedSince, elapsedSinceInstant, formatDate } from "./dates.ts";

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
  const words = (elapsed: Elapsed | null) => {
    if (!time.clockRight) return t("age.unreliable");
    return elapsed === null ? "" : elapsed.unit === "today" ? t("age.today") : t(`age.${elapsed.unit}`, { n: elapsed.n });
  };
  return {
    ...time,
    t,
    language,
    ago: (date) => words(elapsedSince(date, time.now)),
    agoInstant: (instant) => words(elapsedSinceInstant(instant, time.now)),
    day: (date) => formatDate(date, language),
  };
}
