import { useState } from "react";
import type { ChangeItem, SiteItem, SitesAnswer, SiteWords } from "../shared/protocol/sites.ts";
import { Button } from "../ui/Button.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { filled } from "./filled.ts";
import { named } from "./named.ts";
import { Fact, Failure, PageHead } from "./parts.tsx";
import { SiteDevices } from "./SiteDevices.tsx";
import { SiteForm } from "./SiteForm.tsx";
import { SiteStaff } from "./SiteStaff.tsx";
import { Sure } from "./Sure.tsx";
import { when } from "./when.ts";

interface SitePageProps {
  readonly site: SiteItem;
  readonly all: SitesAnswer;
  readonly onChanged: (all: SitesAnswer) => void;
  readonly onBack: () => void;
}

/** One site: what it is, its devices, its members, and what was changed. */
export function SitePage({ site, all, onChanged, onBack }: SitePageProps) {
  const { api, words } = useConsole();
  const said = words.sites;
  const loaded = useLoaded((asked) => asked.sites.read(site.id));
  const task = useTask();
  const [editing, setEditing] = useState(false);
  const { value } = loaded;
  const save = (changed: SiteWords) =>
    task.run(async () => {
      onChanged(await api.sites.change(site.id, changed));
      setEditing(false);
      loaded.reload();
    });
  const close = () =>
    task.run(async () => {
      const left = await api.sites.remove(site.id);
      onBack();
      onChanged(left);
    });
  return (
    <section className="stack">
      <div className="row">
        <Button kind="quiet" onPress={onBack}>
          {said.back}
        </Button>
      </div>
      <PageHead title={site.name} lead={said.kinds[site.kind]} loaded={loaded}>
        <Button onPress={() => setEditing(true)} disabled={editing}>
          {said.edit}
        </Button>
      </PageHead>
      <Failure code={task.error} />
      {editing ? (
        <SiteForm site={site} all={all} busy={task.busy} word={said.save} onSave={save} onCancel={() => setEditing(false)} />
      ) : (
        <SiteFacts site={site} all={all} />
      )}
      {value === null ? null : (
        <>
          <SiteDevices site={site.id} devices={value.devices} onChanged={loaded.reload} />
          <SiteStaff site={site.id} siteName={site.name} staff={value.staff} former={value.former} onChanged={loaded.reload} />
          <History items={value.history} all={all} />
        </>
      )}
      <Sure word={said.close} question={filled(said.closeSure, { name: site.name })} onYes={close} busy={task.busy} />
    </section>
  );
}

function SiteFacts({ site, all }: { readonly site: SiteItem; readonly all: SitesAnswer }) {
  const { words } = useConsole();
  const said = words.sites;
  const nameOf = (list: SitesAnswer["cohorts"], id: string) => list.find((one) => one.id === id)?.name ?? id;
  return (
    <dl className="facts card">
      <Fact name={said.telephone}>{site.telephone === "" ? words.notRecorded : site.telephone}</Fact>
      <Fact name={said.cohort}>{nameOf(all.cohorts, site.cohort)}</Fact>
      <Fact name={said.facilities}>
        {site.facilities.length === 0 ? said.noFacilities : site.facilities.map((code) => nameOf(all.facilities, code)).join("、")}
      </Fact>
    </dl>
  );
}

function History({ items, all }: { readonly items: readonly ChangeItem[]; readonly all: SitesAnswer }) {
  const { words, language } = useConsole();
  const said = words.sites;
  const value = (kind: string, text: string): string => {
    if (kind === "staff-role") return named(words.roles, text);
    if (kind === "staff-declares") return named(said.flags, text);
    if (kind === "site-kind") return named(said.kinds, text);
    if (kind === "site-cohort") return all.cohorts.find(({ id }) => id === text)?.name ?? text;
    return text;
  };
  return (
    <details className="stack">
      <summary>{said.history}</summary>
      {items.length === 0 ? <p className="empty">{said.historyNone}</p> : null}
      <ul className="plain-list">
        {items.map((item) => (
          <li key={`${item.at} ${item.kind} ${item.subject} ${item.after}`} className="card">
            <span className="card-title">
              <strong>{named(said.changeKinds, item.kind)}</strong>
              <span className="soft">
                {when(item.at, language)}　{item.by}
              </span>
            </span>
            <span>
              {item.subject}
              {item.before === "" && item.after === "" ? "" : `：${value(item.kind, item.before)} → ${value(item.kind, item.after)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
