import { useMemo } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import type { Hit } from "../find/search.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { HitCard } from "./HitCard.tsx";
import { KeyHealthNotices } from "./KeyHealthNotices.tsx";
import { OutageBar } from "./OutageBar.tsx";
import { StatusLine } from "./StatusLine.tsx";
import type { Tool } from "./tools.ts";
import { type Failure, useTask } from "./useTask.ts";

/** core.search() gives no more than these. */
const shownAtMost = 50;

interface HomeProps {
  readonly search: (text: string) => readonly Hit[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What went wrong when the last person was closed. */
  readonly failure: Failure | null;
  readonly onPick: (hit: Hit) => void;
  readonly tools: readonly Tool[];
  readonly onTool: (tool: Tool) => void;
  /** To the search beyond this device's people; null where the policy has none. */
  readonly onRegion: (() => void) | null;
}

/** Search, the truth about this device, and the people found. */
export function HomeScreen({ search, query, onQuery, failure, onPick, tools, onTool, onRegion }: HomeProps) {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(60_000);
  const task = useTask();
  const asked = query.trim() !== "";
  // A sync may bring new people under the same words: asOf is what changes then.
  const hits = useMemo(() => (asked && status.asOf !== "" ? search(query) : []), [search, query, asked, status.asOf]);
  const sync = () => task.run(() => core.sync());
  return (
    <main className="screen screen-wide">
      <h1 className="hidden-label">{t("home.search")}</h1>
      <div className="home-search">
        <Field
          label={t("home.search")}
          kind="search"
          {...(asked ? {} : { help: t("home.searchHelp") })}
          value={query}
          onChange={onQuery}
          autoFocus
        />
        {asked ? <Button onPress={() => onQuery("")}>{t("home.clear")}</Button> : null}
      </div>
      <ErrorNotice failure={failure} />
      {status.outage === null ? null : <OutageBar outage={status.outage} />}
      <StatusLine brief={asked} />
      {hits.length > 0 ? null : <ErrorNotice failure={task.failure} />}
      {asked ? (
        <section className="stack" aria-live="polite">
          {hits.length === 0 ? (
            <NothingFound people={status.people} asOf={status.asOf} onSync={sync} onRegion={onRegion} busy={task.busy} />
          ) : (
            <p className={hits.length >= shownAtMost ? "caution" : "soft"}>
              {t(hits.length >= shownAtMost ? "home.countMore" : "home.count", { count: hits.length })}
            </p>
          )}
          <ul className="hits">
            {hits.map((hit) => (
              <li key={hit.personRef}>
                <HitCard hit={hit} now={now} onPick={onPick} />
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <div className="row">
          <Button onPress={sync} disabled={task.busy}>
            {t("home.sync")}
          </Button>
          {tools.map((tool) => (
            <Button key={tool.name} onPress={() => onTool(tool)}>
              {t(tool.word)}
            </Button>
          ))}
        </div>
      )}
      {asked ? null : <KeyHealthNotices />}
    </main>
  );
}

interface NothingProps {
  readonly people: number;
  readonly asOf: string | null;
  readonly onSync: () => void;
  readonly onRegion: (() => void) | null;
  readonly busy: boolean;
}

/** Nobody found is not nobody there: what was searched, how old it is, what to do next. */
function NothingFound({ people, asOf, onSync, onRegion, busy }: NothingProps) {
  const { t } = useWords();
  return (
    <div className="stack nothing">
      <h2>{t("home.none", { people })}</h2>
      <p>{t("home.noneScope")}</p>
      <p>{asOf === null ? t("status.asOfNever") : t("home.noneAge", { at: formatInstant(asOf) })}</p>
      <h3>{t("home.noneNext")}</h3>
      <ul className="bullets">
        <li>{t("home.noneFewer")}</li>
        <li>{t("home.noneSync")}</li>
        <li>{t("home.noneCall")}</li>
      </ul>
      <Button onPress={onSync} disabled={busy}>
        {t("home.sync")}
      </Button>
      {onRegion === null ? null : <Button onPress={onRegion}>{t("home.region")}</Button>}
    </div>
  );
}
