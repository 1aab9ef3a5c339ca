import { useConsole, useLoaded } from "./context.ts";
import { named } from "./named.ts";
import { Fact, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

export function Alerts() {
  const { words, language } = useConsole();
  const loaded = useLoaded((api) => api.alerts());
  return (
    <section className="stack">
      <PageHead title={words.tabs.alerts} lead={words.alertsLead} loaded={loaded} />
      {loaded.value?.length === 0 ? <p className="empty">{words.alertsNone}</p> : null}
      <ul className="stack">
        {(loaded.value ?? []).map((alert) => (
          <li key={alert.id} className="card card-danger">
            <span className="card-title">
              <strong>■ {named(words.alertKinds, alert.kind)}</strong>
            </span>
            <dl className="facts">
              <Fact name={words.device}>{alert.deviceName || alert.device}</Fact>
              <Fact name={words.alertSeq}>{alert.seq}</Fact>
              <Fact name={words.alertCount}>{alert.count}</Fact>
              <Fact name={words.alertLast}>{when(alert.at, language)}</Fact>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
