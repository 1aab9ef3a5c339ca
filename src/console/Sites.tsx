import { useState } from "react";
import type { SiteItem, SitesAnswer, SiteWords } from "../shared/protocol/sites.ts";
import { Button } from "../ui/Button.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { filled } from "./filled.ts";
import { Failure, PageHead } from "./parts.tsx";
import { SiteForm } from "./SiteForm.tsx";
import { SitePage } from "./SitePage.tsx";
import { when } from "./when.ts";

/** The sites, or one of them. */
export function Sites() {
  const { api, words, language } = useConsole();
  const said = words.sites;
  const loaded = useLoaded((asked) => asked.sites.list());
  const task = useTask();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const { value } = loaded;
  const site = value?.sites.find(({ id }) => id === chosen);
  const leave = () => {
    setChosen(null);
    loaded.reload();
  };
  if (value !== null && site !== undefined) return <SitePage key={site.id} site={site} all={value} onChanged={loaded.set} onBack={leave} />;
  const add = (made: SiteWords) =>
    task.run(async () => {
      loaded.set(await api.sites.add(made));
      setAdding(false);
    });
  return (
    <section className="stack">
      <PageHead title={words.tabs.sites} lead={said.lead} loaded={loaded}>
        <Button kind="main" onPress={() => setAdding(true)} disabled={adding || value === null}>
          {said.add}
        </Button>
      </PageHead>
      <Failure code={task.error} />
      {adding && value !== null ? (
        <SiteForm all={value} busy={task.busy} word={said.add} onSave={add} onCancel={() => setAdding(false)} />
      ) : null}
      {value?.sites.length === 0 ? <p className="empty">{said.none}</p> : null}
      <ul className="stack">
        {(value?.sites ?? []).map((item) => (
          <SiteCard key={item.id} site={item} all={value} onOpen={() => setChosen(item.id)} />
        ))}
      </ul>
      {value === null || value.closed.length === 0 ? null : (
        <details>
          <summary>{said.closed}</summary>
          <ul className="plain-list">
            {value.closed.map(({ id, name, removed }) => (
              <li key={id}>
                {name}　{when(removed, language)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SiteCard({ site, all, onOpen }: { readonly site: SiteItem; readonly all: SitesAnswer | null; readonly onOpen: () => void }) {
  const { words } = useConsole();
  const said = words.sites;
  const cohort = all?.cohorts.find(({ id }) => id === site.cohort)?.name ?? site.cohort;
  return (
    <li className={site.pending > 0 ? "card card-warn" : "card"}>
      <span className="card-title">
        <strong>{site.name}</strong>
        <span className="badge">{said.kinds[site.kind]}</span>
      </span>
      <div className="row">
        <span>{filled(said.counts, { staff: site.staff, devices: site.devices })}</span>
        <span className="soft">{cohort}</span>
        {site.pending > 0 ? <span className="badge badge-warn">{filled(said.pending, { count: site.pending })}</span> : null}
      </div>
      <div className="row">
        <Button onPress={onOpen}>{said.open}</Button>
      </div>
    </li>
  );
}
