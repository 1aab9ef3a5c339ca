import { useState } from "react";
import type { CohortItem, CohortsAnswer, CohortWords } from "../shared/protocol/sites.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { CohortForm } from "./CohortForm.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { filled } from "./filled.ts";
import { named } from "./named.ts";
import { Fact, Failure, PageHead } from "./parts.tsx";
import { Sure } from "./Sure.tsx";
import { when } from "./when.ts";

/** Whom sites may open in an emergency, and the keys of their index and key ring. */
export function Cohorts() {
  const { api, words } = useConsole();
  const said = words.cohorts;
  const loaded = useLoaded((asked) => asked.sites.cohorts());
  const task = useTask();
  const [adding, setAdding] = useState(false);
  const { value } = loaded;
  const add = (made: CohortWords) =>
    task.run(async () => {
      loaded.set(await api.sites.setCohort(null, made));
      setAdding(false);
    });
  return (
    <section className="stack">
      <PageHead title={words.tabs.cohorts} lead={said.lead} loaded={loaded}>
        <Button kind="main" onPress={() => setAdding(true)} disabled={adding || value === null}>
          {said.add}
        </Button>
      </PageHead>
      <Failure code={task.error} />
      {adding && value !== null ? (
        <CohortForm facilities={value.facilities} busy={task.busy} word={said.add} onSave={add} onCancel={() => setAdding(false)} />
      ) : null}
      <ul className="stack">
        {(value?.cohorts ?? []).map((cohort) => (
          <Cohort key={cohort.id} cohort={cohort} all={value} onChanged={loaded.set} />
        ))}
      </ul>
      {value === null ? null : <Renewals all={value} />}
    </section>
  );
}

interface CohortProps {
  readonly cohort: CohortItem;
  readonly all: CohortsAnswer | null;
  readonly onChanged: (all: CohortsAnswer) => void;
}

function Cohort({ cohort, all, onChanged }: CohortProps) {
  const { api, words } = useConsole();
  const said = words.cohorts;
  const task = useTask();
  const [doing, setDoing] = useState<"edit" | "rotate" | null>(null);
  const then = (work: () => Promise<CohortsAnswer>) =>
    task.run(async () => {
      onChanged(await work());
      setDoing(null);
    });
  const waits = all?.rotations.some((order) => order.cohort === cohort.id && order.done === 0) === true;
  return (
    <li className="card">
      <span className="card-title">
        <strong>{cohort.name}</strong>
        {waits ? <span className="badge badge-warn">{said.waiting}</span> : null}
      </span>
      <CohortFacts cohort={cohort} all={all} />
      <Failure code={task.error} />
      <div className="row">
        <Button onPress={() => setDoing("edit")} disabled={doing !== null}>
          {words.sites.change}
        </Button>
        <Button onPress={() => setDoing("rotate")} disabled={doing !== null}>
          {said.rotate}
        </Button>
      </div>
      {doing === "edit" && all !== null ? (
        <CohortForm
          cohort={cohort}
          facilities={all.facilities}
          busy={task.busy}
          word={words.sites.save}
          onSave={(changed) => then(() => api.sites.setCohort(cohort.id, changed))}
          onCancel={() => setDoing(null)}
        />
      ) : null}
      {doing === "rotate" ? (
        <Notice kind="warn" title={said.rotateTitle}>
          <p>{said.rotateDoes}</p>
          <p>{said.rotateNot}</p>
          <div className="row">
            <Button kind="main" onPress={() => then(() => api.sites.rotate(cohort.id))} disabled={task.busy}>
              {said.rotateSure}
            </Button>
            <Button onPress={() => setDoing(null)}>{words.sites.cancel}</Button>
          </div>
        </Notice>
      ) : null}
      {cohort.id !== "region" && cohort.sites.length === 0 ? (
        <Sure
          word={said.remove}
          question={filled(said.removeSure, { name: cohort.name })}
          onYes={() => then(() => api.sites.removeCohort(cohort.id))}
          busy={task.busy}
        />
      ) : null}
    </li>
  );
}

function CohortFacts({ cohort, all }: Pick<CohortProps, "cohort" | "all">) {
  const { words, language } = useConsole();
  const said = words.cohorts;
  const { published } = cohort;
  const nameOf = (code: string) => all?.facilities.find(({ id }) => id === code)?.name ?? code;
  return (
    <dl className="facts">
      <Fact name={said.who}>{cohort.everybody ? said.everybody : [...cohort.facilities.map(nameOf), ...cohort.areas].join("、")}</Fact>
      <Fact name={said.sites}>{cohort.sites.length === 0 ? said.noSites : cohort.sites.join("、")}</Fact>
      <Fact name={said.people}>{published === null ? "—" : published.people}</Fact>
      <Fact name={said.published}>{published === null ? said.notPublished : when(published.at, language)}</Fact>
      <Fact name={said.schedule}>{cohort.rotateDays === 0 ? said.never : filled(said.everyDays, { days: cohort.rotateDays })}</Fact>
    </dl>
  );
}

function Renewals({ all }: { readonly all: CohortsAnswer }) {
  const { words, language } = useConsole();
  const said = words.cohorts;
  return (
    <details className="stack">
      <summary>{said.history}</summary>
      {all.rotations.length === 0 ? <p className="empty">{said.historyNone}</p> : null}
      <ul className="plain-list">
        {all.rotations.map(({ cohort, why, by, asked, done }) => (
          <li key={`${cohort} ${why} ${asked}`}>
            {when(asked, language)}　{all.cohorts.find(({ id }) => id === cohort)?.name ?? cohort}　{named(said.why, why)}　{by}　
            {done === 0 ? said.waiting : said.done}
          </li>
        ))}
      </ul>
    </details>
  );
}
