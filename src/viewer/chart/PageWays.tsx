import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Sections } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { usePage } from "./page.ts";

const Timeline = lazy(() => import("./Timeline.tsx").then((part) => ({ default: part.Timeline })));

interface PageWaysProps {
  readonly sections: Sections;
  readonly asOf: string;
  readonly onward?: ReactNode;
}

/** Other ways to look at the page, below the strip and never before it; each is fetched when it is asked for. */
export function PageWays({ sections, asOf, onward }: PageWaysProps) {
  const { t } = usePage();
  const { t: app } = useWords();
  const [timeline, setTimeline] = useState(false);
  return (
    <>
      <div className="row page-ways">
        {onward}
        <Button onPress={() => setTimeline(!timeline)}>{t(timeline ? "ways.timelineClose" : "ways.timeline")}</Button>
      </div>
      {timeline ? (
        <Suspense fallback={<p role="status">{app("app.loading")}</p>}>
          <Timeline sections={sections} asOf={asOf} />
        </Suspense>
      ) : null}
    </>
  );
}
