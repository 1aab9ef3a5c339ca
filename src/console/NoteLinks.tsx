import { useState } from "react";
import type { PersonItem } from "../shared/protocol/identity.ts";
import type { NoteView } from "../shared/protocol/notesConsole.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { noteWords } from "../words/console-notes.ts";
import { useConsole, useTask } from "./context.ts";
import { Statements } from "./IdentityParts.tsx";
import { IdentitySearch } from "./IdentitySearch.tsx";
import { Failure } from "./parts.tsx";

/** Who the unknown patient is: found by search, linked, and unlinked. Records stay apart. */
export function NoteLinks({ view, onChanged }: { readonly view: NoteView; readonly onChanged: (view: NoteView) => void }) {
  const { api, words, language } = useConsole();
  const said = noteWords[language];
  const task = useTask();
  const [finding, setFinding] = useState(false);
  const [person, setPerson] = useState<PersonItem | null>(null);
  const [why, setWhy] = useState("");
  const { item, links } = view;
  const link = (ref: string) =>
    task.run(async () => {
      onChanged(await api.notes.link({ key: item.key, person: ref, why, seen: links.length }));
      setFinding(false);
      setPerson(null);
      setWhy("");
    });
  return (
    <section className="card stack">
      <h2>{said.linkTitle}</h2>
      <p className="soft">{said.linkLead}</p>
      {item.linked === null ? null : (
        <p>
          <strong>{item.linked.name || words.personUnknown}</strong>（{said.linkBy[item.linked.by]}）
        </p>
      )}
      {finding && person === null ? <IdentitySearch onChoose={setPerson} /> : null}
      {person === null ? null : <Statements statements={person.patients.flatMap(({ statements }) => statements)} />}
      {person === null && item.linked === null ? null : <Field label={said.linkWhy} value={why} onChange={setWhy} />}
      <Failure code={task.error} />
      <div className="row">
        {person === null ? (
          <Button onPress={() => setFinding(true)} disabled={finding}>
            {said.linkFind}
          </Button>
        ) : (
          <Button kind="main" onPress={() => link(person.person)} disabled={task.busy || why.trim() === ""}>
            {said.linkTo}
          </Button>
        )}
        {item.linked === null ? null : (
          <Button onPress={() => link("")} disabled={task.busy || why.trim() === ""}>
            {said.unlink}
          </Button>
        )}
      </div>
    </section>
  );
}
