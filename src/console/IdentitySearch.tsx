import { useState } from "react";
import type { PersonItem } from "../shared/protocol/identity.ts";
import { Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole, useTask } from "./context.ts";
import { Statements } from "./IdentityParts.tsx";
import { Failure } from "./parts.tsx";

/** By name, birth date or number; nothing that is typed stands in the address. */
export function IdentitySearch({ onChoose }: { readonly onChoose: (person: PersonItem) => void }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [typed, setTyped] = useState("");
  const [birthDate, setBirthDate] = useState("");
  const [found, setFound] = useState<readonly PersonItem[] | null>(null);
  return (
    <section className="stack">
      <h2>{words.identity.views.search}</h2>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          task.run(async () => setFound(await api.identity.search({ words: typed, birthDate })));
        }}
      >
        <Field label={words.identity.findWords} kind="search" value={typed} onChange={setTyped} autoFocus />
        <Field label={words.identity.findBirth} value={birthDate} onChange={setBirthDate} />
        <Failure code={task.error} />
        <Submit disabled={task.busy || (typed.trim() === "" && birthDate.trim() === "")}>{words.identity.find}</Submit>
      </form>
      {found?.length === 0 ? <p className="empty">{words.identity.findNone}</p> : null}
      <ul className="stack">
        {(found ?? []).map((person) => (
          <li key={person.person}>
            <button type="button" className="card card-button" onClick={() => onChoose(person)}>
              <span className="card-title">
                <strong>
                  {person.patients[0]?.statements[0]?.kanji || person.patients[0]?.statements[0]?.kana || words.identity.notSent}
                </strong>
                <span className="badge">
                  {person.patients.length} {words.identity.numbers}
                </span>
              </span>
              <Statements statements={person.patients.flatMap(({ statements }) => statements).slice(0, 3)} />
              <span className="soft">{words.identity.open}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
