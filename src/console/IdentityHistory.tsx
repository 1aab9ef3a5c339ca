import { useState } from "react";
import type { DecisionItem } from "../shared/protocol/identity.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { named } from "./named.ts";
import { Failure, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

/** All that was ever decided, the newest first. */
export function IdentityHistory() {
  const { words } = useConsole();
  const loaded = useLoaded((api) => api.identity.history());
  return (
    <section className="stack">
      <PageHead title={words.identity.views.history} lead="" loaded={loaded} />
      {loaded.value === null ? null : <HistoryList items={loaded.value} whole />}
    </section>
  );
}

/** Decisions with who, when and why; each can be taken back once. `whole`: it stands under a heading of its own. */
export function HistoryList({ items, whole = false }: { readonly items: readonly DecisionItem[]; readonly whole?: boolean }) {
  const { words } = useConsole();
  const once = [...new Map(items.map((item) => [item.id, item])).values()].sort((a, b) => b.id - a.id);
  return (
    <section className="stack">
      {whole ? null : <h2>{words.identity.history}</h2>}
      {once.length === 0 ? <p className="empty">{words.identity.historyNone}</p> : null}
      <ol className="steps">
        {once.map((item) => (
          <li key={item.id} className="card">
            <Entry item={item} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Entry({ item }: { readonly item: DecisionItem }) {
  const { api, words, language } = useConsole();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const [done, setDone] = useState(false);
  const undo = () =>
    task.run(async () => {
      await api.identity.decide({ kind: "undo", decision: item.id, why });
      setDone(true);
    });
  return (
    <>
      <span className="card-title">
        <strong>
          {item.id}. {named(words.identity.kinds, item.kind)}
          {item.undoes === 0 ? "" : `（${words.identity.undoes} ${item.undoes}）`}
        </strong>
        <span>{when(item.at, language)}</span>
      </span>
      <span>
        {item.a.facility}/{item.a.pid}　—　{item.b.facility}/{item.b.pid}
      </span>
      <span className="lines">
        {item.who}: {item.why}
      </span>
      <Failure code={task.error} />
      {done ? <Notice kind="plain" title={words.identity.done} live /> : null}
      {item.undone ? <span className="badge">{words.identity.undone}</span> : null}
      {item.kind === "undo" || item.undone || done ? null : asking ? (
        <div className="stack">
          <Field label={words.identity.why} value={why} onChange={setWhy} autoFocus />
          <div className="row">
            <Button onPress={undo} disabled={task.busy || why.trim() === ""}>
              {words.identity.undo}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <Button kind="quiet" onPress={() => setAsking(true)}>
            {words.identity.undo}
          </Button>
        </div>
      )}
    </>
  );
}
