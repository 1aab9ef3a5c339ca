import "./identity.css";
import { useState } from "react";
import type { PersonItem, QuestionItem } from "../shared/protocol/identity.ts";
import { useConsole, useLoaded } from "./context.ts";
import { IdentityHistory } from "./IdentityHistory.tsx";
import { IdentityPair } from "./IdentityPair.tsx";
import { IdentityPerson } from "./IdentityPerson.tsx";
import { IdentitySearch } from "./IdentitySearch.tsx";
import { named } from "./named.ts";
import { PageHead, Views } from "./parts.tsx";
import { bornOn } from "./when.ts";

const views = ["queue", "search", "history"] as const;

/** Who is who: pairs to look at, persons to find, all that was ever decided. */
export function Identity() {
  const { words } = useConsole();
  const [view, setView] = useState<(typeof views)[number]>("queue");
  const [person, setPerson] = useState<PersonItem | null>(null);
  if (person !== null) return <IdentityPerson person={person} onBack={() => setPerson(null)} />;
  return (
    <section className="stack">
      <h1>{words.tabs.identity}</h1>
      <p className="soft">{words.identity.lead}</p>
      <Views label={words.identity.view} views={views} chosen={view} wordOf={(name) => words.identity.views[name]} onChoose={setView} />
      {view === "queue" ? <QueueList /> : view === "search" ? <IdentitySearch onChoose={setPerson} /> : <IdentityHistory />}
    </section>
  );
}

function QueueList() {
  const { words } = useConsole();
  const loaded = useLoaded((api) => api.identity.queue());
  const [chosen, setChosen] = useState<QuestionItem | null>(null);
  if (chosen !== null) {
    const back = () => {
      setChosen(null);
      loaded.reload();
    };
    return <IdentityPair question={chosen} onBack={back} />;
  }
  const queue = loaded.value;
  return (
    <section className="stack">
      <PageHead
        title={words.identity.views.queue}
        lead={queue === null ? "" : `${words.identity.of} ${queue.total}　${words.identity.shown} ${queue.items.length}`}
        loaded={loaded}
      />
      {queue === null && loaded.busy ? <p>{words.waiting}</p> : null}
      {queue?.total === 0 ? <p className="empty">{words.identity.queueNone}</p> : null}
      <ul className="stack">
        {(queue?.items ?? []).map((item) => (
          <li key={`${item.a.facility}/${item.a.pid}/${item.b.facility}/${item.b.pid}`}>
            <QueueRow item={item} onChoose={() => setChosen(item)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function QueueRow({ item, onChoose }: { readonly item: QuestionItem; readonly onChoose: () => void }) {
  const { words, language } = useConsole();
  const line = (person: PersonItem) => {
    const [said] = person.patients.flatMap(({ statements }) => statements);
    const born = said === undefined || said.birthDate === "" ? words.identity.notSent : bornOn(said.birthDate, language);
    return `${said?.kanji || said?.kana || words.identity.notSent}　${said?.kana ?? ""}　${born}`;
  };
  const refused = item.causes.some((cause) => cause !== "likeness");
  return (
    <button type="button" className={`card card-button${refused ? " card-warn" : ""}`} onClick={onChoose}>
      <span className="card-title">
        <strong>{line(item.persons[0])}</strong>
        <span className="badge">{count(item, words.identity.levels)}</span>
      </span>
      <span>{line(item.persons[1])}</span>
      <span className="soft">{item.causes.map((cause) => named(words.identity.causes, cause)).join("・")}</span>
    </button>
  );
}

/** How many items are the same, near and different: facts, where a percentage would be taken for a verdict. */
function count({ agreement }: QuestionItem, names: Readonly<Record<string, string>>): string {
  const levels = Object.values(agreement).map((level) => (level === "apart" ? "other" : level));
  return (["same", "near", "other"] as const)
    .map((level) => `${named(names, level)} ${levels.filter((one) => one === level).length}`)
    .join("　");
}
