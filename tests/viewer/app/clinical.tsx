/** The real components of the page over whatever a test sends, in a real layout: `window.clinical` draws at once. Never part of a build. */
import "../../../src/ui/base.css";
import "../../../src/ui/parts.css";
import "../../../src/viewer/app/app.css";
import "../../../src/viewer/chart/chart.css";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import type { Medicine, Strip, Summary } from "../../../src/shared/summary/summary.ts";
import { Banner } from "../../../src/viewer/chart/Banner.tsx";
import { MedicineLine } from "../../../src/viewer/chart/MedicineLine.tsx";
import { ReadingContext } from "../../../src/viewer/chart/reading.ts";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { type Language, makeWords } from "../../../src/words/index.ts";
import { now, sections, sources, stripPart, summary } from "../chart/people.ts";

let root = createRoot(document.getElementById("root") as HTMLElement);

/** From nothing each time: what stood before is of no interest. */
function show(language: Language, part: ReactNode): void {
  root.unmount();
  root = createRoot(document.getElementById("root") as HTMLElement);
  document.documentElement.lang = language;
  flushSync(() =>
    root.render(
      <I18nextProvider i18n={makeWords(language)}>
        <ReadingContext value={{ now, clockRight: true, sources }}>{part}</ReadingContext>
      </I18nextProvider>,
    ),
  );
}

const clinical = {
  /** Every other line beside others of its ingredient, in the narrow columns of a comparison. */
  lines(language: Language, medicines: readonly Medicine[]): void {
    const of = (rest: number) =>
      medicines
        .map((medicine, at) => ({ medicine, at }))
        .filter(({ at }) => at % 2 === rest)
        .map(({ medicine, at }) => <MedicineLine key={at} line={{ medicine, others: [], place: "current" }} beside={rest === 1} />);
    show(
      language,
      <div className="page">
        <div className="page-body">
          <section className="part">
            <ul className="items">{of(0)}</ul>
            <ul className="side-by-side">{of(1)}</ul>
          </section>
        </div>
      </div>,
    );
  },
  page(language: Language, states: Partial<Summary["sections"]> | null, strip: Partial<Strip>): void {
    const shown: Summary = { ...summary, sections: states === null ? sections : { ...sections, ...states } };
    show(
      language,
      <div className="patient">
        <Banner identity={shown.identity} asOf={shown.asOf} />
        <main>
          <SummaryPage summary={shown} strip={{ ...stripPart.strip, ...strip }} protectedPart={null} />
        </main>
      </div>,
    );
  },
};

declare global {
  interface Window {
    clinical: typeof clinical;
  }
}
window.clinical = clinical;
