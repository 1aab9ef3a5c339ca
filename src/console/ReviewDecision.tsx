import { useState } from "react";
import type { ReviewItem } from "../shared/protocol/review.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

interface DecisionProps {
  readonly item: ReviewItem;
  readonly onChanged: (item: ReviewItem) => void;
}

/** Accept, ask or escalate; and what staff answered. Whoever is concerned can do neither. */
export function ReviewDecision({ item, onChanged }: DecisionProps) {
  const { words } = useConsole();
  const said = words.review;
  if (item.own)
    return (
      <section className="stack decision">
        <h2>{said.decisionTitle}</h2>
        <Notice kind="warn" title={said.own} />
      </section>
    );
  return (
    <>
      {item.state === "question" || item.state === "escalated" ? <Answer item={item} onChanged={onChanged} /> : null}
      <Decision item={item} onChanged={onChanged} />
    </>
  );
}

function Decision({ item, onChanged }: DecisionProps) {
  const { api, words } = useConsole();
  const said = words.review;
  const task = useTask();
  const [note, setNote] = useState("");
  const [saved, setSaved] = useState(false);
  const decide = (state: "accepted" | "question" | "escalated") => {
    setSaved(false);
    task.run(async () => {
      onChanged(await api.review.decide(item.id, { state, note, seen: item.history.length }));
      setNote("");
      setSaved(true);
    });
  };
  const empty = note.trim() === "";
  return (
    <section className="stack decision">
      <h2>{said.decisionTitle}</h2>
      {item.state === "accepted" ? <p>{said.acceptedAlready}</p> : null}
      <Field label={said.decisionNote} kind="lines" value={note} onChange={setNote} />
      <Failure code={task.error} />
      {saved ? <Notice kind="plain" title={said.saved} live /> : null}
      <div className="row">
        <Button kind="main" onPress={() => decide("accepted")} disabled={task.busy || item.state === "accepted"}>
          {said.decide.accepted}
        </Button>
        <Button onPress={() => decide("question")} disabled={task.busy || empty}>
          {said.decide.question}
        </Button>
        <Button onPress={() => decide("escalated")} disabled={task.busy || empty}>
          {said.decide.escalated}
        </Button>
      </div>
    </section>
  );
}

function Answer({ item, onChanged }: DecisionProps) {
  const { api, words } = useConsole();
  const said = words.review;
  const task = useTask();
  const [by, setBy] = useState(item.staff.name);
  const [note, setNote] = useState("");
  const save = () =>
    task.run(async () => {
      onChanged(await api.review.answer(item.id, { by: by.trim(), note, seen: item.history.length }));
      setNote("");
    });
  return (
    <section className="stack decision">
      <h2>{said.answerTitle}</h2>
      <Field label={said.answerBy} value={by} onChange={setBy} />
      <Field label={said.answerNote} kind="lines" value={note} onChange={setNote} />
      <Failure code={task.error} />
      <div className="row">
        <Button onPress={save} disabled={task.busy || by.trim() === "" || note.trim() === ""}>
          {said.answerSave}
        </Button>
      </div>
    </section>
  );
}
