import { lazy, Suspense, useCallback, useMemo, useRef } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { HitList } from "./HitList.tsx";
import { HomeTools } from "./HomeTools.tsx";
import { KeyHealthNotices } from "./KeyHealthNotices.tsx";
import { NothingFound } from "./NothingFound.tsx";
import { OutageBar } from "./OutageBar.tsx";
import { RecentPeople } from "./RecentPeople.tsx";
import { StatusLine } from "./StatusLine.tsx";
import type { Tool } from "./tools.ts";
import { useHomeKeys } from "./useHomeKeys.ts";
import { type Failure, useTask } from "./useTask.ts";

const LossNotice = lazy(() => import("./LossNotice.tsx").then((part) => ({ default: part.LossNotice })));

interface HomeProps {
  readonly search: (text: string) => readonly Hit[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What went wrong when the last person was closed. */
  readonly failure: Failure | null;
  readonly onPick: (hit: Hit) => void;
  readonly onScan: () => void;
  /** Enter in the search field, and whom the words in it have found. */
  readonly onEnter: (query: string, hits: readonly Hit[]) => void;
  readonly onFour: () => void;
  readonly tools: readonly Tool[];
  readonly onTool: (tool: Tool) => void;
  /** To the search beyond this device's people; null where the policy has none. */
  readonly onRegion: (() => void) | null;
}

/** The ways to a person, the truth about this device, and whoever is found. What an emergency needs is a tap away, never in a menu. */
export function HomeScreen({ search, query, onQuery, failure, onPick, onScan, onEnter, onFour, tools, onTool, onRegion }: HomeProps) {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const task = useTask();
  const home = useRef<HTMLElement>(null);
  const asked = query.trim() !== "";
  // A sync may bring new people under the same words: asOf is what changes then.
  const hits = useMemo(() => (asked && status.asOf !== "" ? search(query) : []), [search, query, asked, status.asOf]);
  const clear = useCallback(() => onQuery(""), [onQuery]);
  const enter = useCallback(() => onEnter(query, hits), [onEnter, query, hits]);
  useHomeKeys(home, { onClear: clear, onEnter: enter });
  const readiness = tools.find(({ name }) => name === "readiness");
  const unknown = tools.find(({ name }) => name === "unknown");
  const sync = () => task.run(() => core.sync());
  return (
    <main className="screen screen-wide" ref={home}>
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
        {asked ? <Button onPress={clear}>{t("home.clear")}</Button> : null}
      </div>
      {asked ? null : (
        <div className="home-scan">
          <Button kind="main" onPress={onScan}>
            {t("home.scan")}
          </Button>
          <Button onPress={onFour}>{t("home.four")}</Button>
        </div>
      )}
      <ErrorNotice failure={failure} />
      {status.outage === null ? null : <OutageBar outage={status.outage} />}
      {status.loss === null ? null : (
        <Suspense fallback={null}>
          <LossNotice loss={status.loss} />
        </Suspense>
      )}
      <StatusLine brief={asked} {...(readiness ? { onReadiness: () => onTool(readiness) } : {})} />
      {hits.length > 0 ? null : <ErrorNotice failure={task.failure} />}
      {asked ? (
        <section className="stack" aria-live="polite">
          {hits.length === 0 ? (
            <NothingFound
              query={query}
              onFour={onFour}
              onSync={sync}
              onRegion={onRegion}
              unknown={unknown ?? null}
              onTool={onTool}
              busy={task.busy}
            />
          ) : (
            <HitList hits={hits} onPick={onPick} />
          )}
        </section>
      ) : (
        <>
          <HomeTools tools={tools} onTool={onTool} onSync={sync} busy={task.busy}>
            <RecentPeople onPick={onPick} />
          </HomeTools>
          <KeyHealthNotices />
        </>
      )}
    </main>
  );
}
