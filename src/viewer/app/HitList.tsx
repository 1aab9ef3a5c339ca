import { lazy, Suspense, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { useNow } from "./context.ts";
import { HitCard } from "./HitCard.tsx";

const Namesakes = lazy(() => import("./Namesakes.tsx").then((part) => ({ default: part.Namesakes })));

/** core.search() gives no more than these. */
const shownAtMost = 50;

interface HitListProps {
  readonly hits: readonly Hit[];
  readonly onPick: (hit: Hit) => void;
}

/** Everybody found, and how many they are; whoever is easily taken for another can be held beside them, also beside those not found. */
export function HitList({ hits, onPick }: HitListProps) {
  const { t } = useWords();
  const now = useNow(60_000);
  const [compared, setCompared] = useState<Hit | null>(null);
  const full = hits.length >= shownAtMost;
  return (
    <>
      <p className={full ? "caution" : "soft"}>{t(full ? "home.countMore" : "home.count", { count: hits.length })}</p>
      <ul className="hits">
        {hits.map((hit) => (
          <li key={hit.personRef}>
            <HitCard hit={hit} now={now} onPick={onPick} />
            {hit.alike.length === 0 ? null : (
              <Button kind="quiet" onPress={() => setCompared(hit)}>
                {t("hit.compare")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {compared === null ? null : (
        <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
          <Namesakes hit={compared} onPick={onPick} onClose={() => setCompared(null)} />
        </Suspense>
      )}
    </>
  );
}
