import { useState } from "react";
import type { ReviewItem } from "../shared/protocol/console.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { named } from "./named.ts";
import { Fact, Failure } from "./parts.tsx";
import { PersonName } from "./Reviews.tsx";
import { bornOn, when } from "./when.ts";

interface ReviewProps {
  readonly item: ReviewItem;
  readonly onDecided: (item: ReviewItem) => void;
  readonly onBack: () => void;
}

/** Who opened whom, when, why and how far; and what the reviewer makes of it. */
export function Review({ item, onDecided, onBack }: ReviewProps) {
  const { words, language } = useConsole();
  const { person } = item;
  return (
    <article className="stack">
      <div>
        <Button kind="quiet" onPress={onBack}>
          {words.back}
        </Button>
      </div>
      <h1>
        <PersonName item={item} />
      </h1>
      <dl className="facts">
        {person === null ? null : (
          <>
            <Fact name={words.kana}>{person.kana === "" ? words.notRecorded : person.kana}</Fact>
            <Fact name={words.born}>{person.birthDate === "" ? words.notRecorded : bornOn(person.birthDate, language)}</Fact>
            <Fact name={words.sex}>{named(words.sexes, person.sex)}</Fact>
          </>
        )}
        <Fact name={words.staffMember}>
          {item.staff.name || words.staffUnknown} · {named(words.roles, item.staff.role)}
        </Fact>
        <Fact name={words.device}>{item.device.name}</Fact>
        <Fact name={words.opened}>{when(item.opened, language)}</Fact>
        <Fact name={words.purpose}>{named(words.purposes, item.purpose)}</Fact>
        <Fact name={words.state}>{words.states[item.state]}</Fact>
      </dl>
      <h2>{words.marksTitle}</h2>
      {item.marks.length === 0 ? (
        <p>{words.noMarks}</p>
      ) : (
        <ul className="marks">
          {item.marks.map((mark) => (
            <li key={mark}>▲ {named(words.marks, mark)}</li>
          ))}
        </ul>
      )}
      <h2>{words.stepsTitle}</h2>
      <ol className="steps">
        {item.steps.map((step) => (
          <li key={`${step.kind}/${step.at}`} className="card">
            <span className="card-title">
              <strong>{named(words.steps, step.kind)}</strong>
              <span>{when(step.at, language)}</span>
            </span>
            {step.reason === "" ? null : (
              <span>
                {words.reason}: {named(words.reasons, step.reason)}
              </span>
            )}
            {step.note === "" ? null : (
              <span className="lines">
                {words.note}: {step.note}
              </span>
            )}
          </li>
        ))}
      </ol>
      <Decision item={item} onDecided={onDecided} />
    </article>
  );
}

function Decision({ item, onDecided }: Pick<ReviewProps, "item" | "onDecided">) {
  const { api, words, language } = useConsole();
  const task = useTask();
  const [note, setNote] = useState("");
  const [saved, setSaved] = useState(false);
  const decide = (state: "accepted" | "question" | "escalated") => {
    setSaved(false);
    task.run(async () => {
      onDecided(await api.decide(item.id, { state, note }));
      setNote("");
      setSaved(true);
    });
  };
  return (
    <section className="stack decision">
      <h2>{words.decisionTitle}</h2>
      {item.state === "open" ? null : (
        <p className="lines">
          {words.decided}: {words.states[item.state]}　{when(item.decided, language)}　{words.decidedBy}: {item.reviewer}
          {item.note === "" ? "" : `\n${item.note}`}
        </p>
      )}
      <Field label={words.decisionNote} kind="lines" value={note} onChange={setNote} />
      <Failure code={task.error} />
      {saved ? <Notice kind="plain" title={words.saved} live /> : null}
      <div className="row">
        <Button kind="main" onPress={() => decide("accepted")} disabled={task.busy}>
          {words.decide.accepted}
        </Button>
        <Button onPress={() => decide("question")} disabled={task.busy || note.trim() === ""}>
          {words.decide.question}
        </Button>
        <Button onPress={() => decide("escalated")} disabled={task.busy || note.trim() === ""}>
          {words.decide.escalated}
        </Button>
      </div>
    </section>
  );
}
