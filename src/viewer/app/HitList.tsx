import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { useNow } from "./context.ts";
import { HitCard } from "./HitCard.tsx";

/** core.search() gives no more than these. */
const shownAtMost = 50;

interface HitListProps {
  readonly hits: readonly Hit[];
  readonly onPick: (hit: Hit) => void;
}

/** Everybody found, and how many they are. */
export function HitList({ hits, onPick }: HitListProps) {
  const { t } = useWords();
  const now = useNow(60_000);
  const full = hits.length >= shownAtMost;
  return (
    <>
      <p className={full ? "caution" : "soft"}>{t(full ? "home.countMore" : "home.count", { count: hits.length })}</p>
      <ul className="hits">
        {hits.map((hit) => (
          <li key={hit.personRef}>
            <HitCard hit={hit} now={now} onPick={onPick} />
          </li>
        ))}
      </ul>
    </>
  );
}
