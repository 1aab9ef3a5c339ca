import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { agoText } from "../chart/ago.ts";
import { elapsedSinceInstant, formatInstant } from "../chart/dates.ts";
import { useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import type { RecentPerson } from "./core-seek.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { clockRight } from "./status-facts.ts";
import { type Failure, failureOf } from "./useTask.ts";

const shownFirst = 3;

/** Whom this member opened here lately. A tap is a hit like any other: the reason is asked again. Nobody: nothing is shown. */
export function RecentPeople({ onPick }: { readonly onPick: (hit: Hit) => void }) {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(60_000);
  const who = useWho();
  const [people, setPeople] = useState<readonly RecentPerson[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [all, setAll] = useState(false);
  // Again after a sync: who left the cohort leaves this list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asOf is what changes then
  useEffect(() => {
    let over = false;
    core.recentPeople().then(
      (found) => over || setPeople(found),
      (error: unknown) => over || setFailure(failureOf(error)),
    );
    return () => {
      over = true;
    };
  }, [core, status.asOf]);
  if (people.length === 0) return <ErrorNotice failure={failure} />;
  const shown = all ? people : people.slice(0, shownFirst);
  return (
    <section className="recent" aria-labelledby="recent">
      <h2 id="recent">{t("home.recent")}</h2>
      <ul className="hits">
        {shown.map(({ hit, at }) => (
          <li key={hit.personRef}>
            <button type="button" className="hit" onClick={({ detail }) => (detail <= 1 ? onPick(hit) : undefined)}>
              <span className="hit-name">
                <strong>{who.name(hit)}</strong>
                <span className="banner-kana">{hit.kanji === null ? "" : who.kana(hit)}</span>
              </span>
              <span className="hit-facts">
                <span className="pair">{who.birth(hit.birthDate)}</span>
                <span className="pair">{who.age(hit.birthDate, now)}</span>
                <span className="pair">{who.sex(hit.sex)}</span>
              </span>
              <span className="hit-more">
                {t("home.recentAt", { at: formatInstant(at), ago: agoText(t, elapsedSinceInstant(at, now), clockRight(status)) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {people.length > shown.length ? (
        <Button kind="quiet" onPress={() => setAll(true)}>
          {t("home.recentMore", { count: people.length - shown.length })}
        </Button>
      ) : null}
    </section>
  );
}
