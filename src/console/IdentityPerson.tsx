import { useState } from "react";
import type { PersonItem } from "../shared/protocol/identity.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { HistoryList } from "./IdentityHistory.tsx";
import { BackButton, bare, Statements } from "./IdentityParts.tsx";
import { Failure } from "./parts.tsx";

/** All numbers that are held to be one person's; those that are not theirs can be split off. */
export function IdentityPerson({ person, onBack }: { readonly person: PersonItem; readonly onBack: () => void }) {
  const { words } = useConsole();
  const [said] = person.patients.flatMap(({ statements }) => statements);
  return (
    <article className="stack">
      <BackButton onBack={onBack} />
      <h1>{said?.kanji || said?.kana || words.identity.notSent}</h1>
      <h2>{words.identity.person}</h2>
      {person.patients.map((one) => (
        <section key={`${one.facility}/${one.pid}`} className="card">
          <strong>
            {one.facilityName || one.facility}　{one.pid}
          </strong>
          <Statements statements={one.statements} />
        </section>
      ))}
      {person.patients.length > 1 ? <Split person={person} /> : null}
      <HistoryList items={person.history} />
    </article>
  );
}

function Split({ person }: { readonly person: PersonItem }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [why, setWhy] = useState("");
  const [done, setDone] = useState(false);
  const split = () =>
    task.run(async () => {
      const leaving = person.patients.filter((_, i) => chosen.includes(String(i))).map(bare);
      await api.identity.decide({ kind: "split", person: person.person, leaving, why });
      setDone(true);
    });
  if (done) return <Notice kind="plain" title={words.identity.done} live />;
  const possible = chosen.length > 0 && chosen.length < person.patients.length && why.trim() !== "";
  return (
    <section className="stack decision">
      <Choices
        legend={words.identity.splitChoose}
        many
        choices={person.patients.map(({ facility, facilityName, pid }, i) => ({
          value: String(i),
          label: `${facilityName || facility}　${pid}`,
        }))}
        chosen={chosen}
        onChange={setChosen}
      />
      <Field label={words.identity.why} value={why} onChange={setWhy} />
      <Failure code={task.error} />
      <div className="row">
        <Button onPress={split} disabled={task.busy || !possible}>
          {words.identity.split}
        </Button>
      </div>
    </section>
  );
}
