import { useState } from "react";
import type { NoteView } from "../shared/protocol/notesConsole.ts";
import type { NoteState } from "../shared/protocol/notesPage.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { noteWords } from "../words/console-notes.ts";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

/** Accept, duplicate or reject; and the way back. What stands beside is what a duplicate may be one of. */
export function NoteDecide({ view, onChanged }: { readonly view: NoteView; readonly onChanged: (view: NoteView) => void }) {
  const { api, language } = useConsole();
  const said = noteWords[language];
  const task = useTask();
  const [why, setWhy] = useState("");
  const [saved, setSaved] = useState(false);
  const { item, history, beside } = view;
  const twins = beside.filter(({ standing }) => standing === "new" || standing === "accepted");
  const [of, setOf] = useState(twins[0]?.key ?? "");
  const decide = (state: NoteState) => {
    setSaved(false);
    task.run(async () => {
      const decision = { key: item.key, state, of: state === "duplicate" ? of : "", why, seen: history.length };
      onChanged(await api.notes.decide(decision));
      setWhy("");
      setSaved(true);
    });
  };
  const open = item.standing === "new" || item.standing === "waiting";
  return (
    <section className="stack decision">
      <h2>{said.decision}</h2>
      <p>
        {said.now}: <strong>{said.standings[item.standing]}</strong>
      </p>
      {open && twins.length > 0 ? (
        <Choices
          legend={said.duplicateOf}
          choices={twins.map(({ key, note, deviceName }) => ({
            value: key,
            label: `${note.happened.replace("T", " ")}　${said.kinds[note.content.kind]}　${note.author.name}　${deviceName}`,
          }))}
          chosen={[of]}
          onChange={([chosen = ""]) => setOf(chosen)}
        />
      ) : null}
      <Field label={said.why} kind="lines" value={why} onChange={setWhy} />
      <Failure code={task.error} />
      {saved ? <Notice kind="plain" title={said.saved} live /> : null}
      <div className="row">
        {open ? (
          <>
            <Button kind="main" onPress={() => decide("accepted")} disabled={task.busy || item.standing === "waiting"}>
              {said.accept}
            </Button>
            <Button onPress={() => decide("duplicate")} disabled={task.busy || item.standing === "waiting" || of === ""}>
              {said.duplicate}
            </Button>
            <Button onPress={() => decide("rejected")} disabled={task.busy || why.trim() === ""}>
              {said.reject}
            </Button>
          </>
        ) : (
          <Button onPress={() => decide("new")} disabled={task.busy}>
            {said.undo}
          </Button>
        )}
      </div>
    </section>
  );
}
