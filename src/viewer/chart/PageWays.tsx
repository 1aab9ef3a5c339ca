import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Summary } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { usePage } from "./page.ts";

const Timeline = lazy(() => import("./Timeline.tsx").then((part) => ({ default: part.Timeline })));

const Find = lazy(() => import("./Find.tsx").then((part) => ({ default: part.Find })));

interface PageWaysProps {
  readonly summary: Summary;
  /** Protected items that are not open. */
  readonly masked: boolean;
  /** Whether words are being looked for: then the page stands unfolded. */
  readonly finding: boolean;
  readonly onFinding: (finding: boolean) => void;
  readonly onward?: ReactNode;
}

/** Other ways to look at the page, below the strip and never before it; each is fetched when it is asked for. */
export function PageWays({ summary, masked, finding, onFinding, onward }: PageWaysProps) {
  const { t } = usePage();
  const { t: app } = useWords();
  const [timeline, setTimeline] = useState(false);
  return (
    <>
      <div className="row page-ways">
        {onward}
        <Button onPress={() => onFinding(!finding)}>{t("ways.find")}</Button>
        <Button onPress={() => setTimeline(!timeline)}>{t(timeline ? "ways.timelineClose" : "ways.timeline")}</Button>
      </div>
      {finding ? (
        <Suspense fallback={<p role="status">{app("app.loading")}</p>}>
          <Find summary={summary} masked={masked} onClose={() => onFinding(false)} />
        </Suspense>
      ) : null}
      {timeline ? (
        <Suspense fallback={<p role="status">{app("app.loading")}</p>}>
          <Timeline sections={summary.sections} asOf={summary.asOf} />
        </Suspense>
      ) : null}
    </>
  );
}
