import { useState } from "react";
import type { NumberItem, PatientItem, PersonItem, QuestionItem, StatementItem } from "../shared/protocol/identity.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { HistoryList } from "./IdentityHistory.tsx";
import { BackButton, bare, Statements } from "./IdentityParts.tsx";
import { named } from "./named.ts";
import { Failure } from "./parts.tsx";
import { bornOn } from "./when.ts";

/** Two persons side by side, and what the operator makes of them. */
export function IdentityPair({ question, onBack }: { readonly question: QuestionItem; readonly onBack: () => void }) {
  const { words } = useConsole();
  const { a, b, persons, causes } = question;
  const [left, right] = [numberOf(persons[0], a), numberOf(persons[1], b)];
  return (
    <article className="stack">
      <BackButton onBack={onBack} />
      <h1>{words.identity.compare}</h1>
      <h2>{words.identity.causesTitle}</h2>
      <ul className="marks">
        {causes.map((cause) => (
          <li key={cause}>▲ {named(words.identity.causes, cause)}</li>
        ))}
      </ul>
      <Comparison left={left} right={right} question={question} />
      <Others person={persons[0]} shown={left} />
      <Others person={persons[1]} shown={right} />
      <Decide a={a} b={b} />
      <HistoryList items={[...persons[0].history, ...persons[1].history]} />
    </article>
  );
}

function Comparison({ left, right, question }: { left: PatientItem; right: PatientItem; question: QuestionItem }) {
  const { words, language } = useConsole();
  const { agreement } = question;
  const [one, other] = [left.statements[0], right.statements[0]];
  const text = (said: StatementItem | undefined, key: keyof StatementItem) => {
    const value = said?.[key] ?? "";
    if (value === "") return words.identity.notSent;
    return key === "birthDate" ? bornOn(value, language) : key === "sex" ? named(words.sexes, value) : value;
  };
  const rows = [
    { name: words.identity.kanji, key: "kanji", level: worse(agreement.family, agreement.given) },
    { name: words.identity.kana, key: "kana", level: worse(agreement.family, agreement.given) },
    { name: words.identity.birth, key: "birthDate", level: agreement.birth },
    { name: words.identity.sex, key: "sex", level: agreement.sex },
    { name: words.identity.address, key: "address", level: agreement.address },
    { name: words.identity.phone, key: "phone", level: agreement.phone },
  ] as const;
  const differs = (level: string | undefined) => (level === "other" || level === "apart" ? "compare-other" : undefined);
  return (
    <div className="compare-frame">
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{words.identity.item}</th>
            <th scope="col">{left.facilityName || left.facility}</th>
            <th scope="col">{right.facilityName || right.facility}</th>
            <th scope="col">{words.identity.agreement}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.identity.number}</th>
            <td>{left.pid}</td>
            <td>{right.pid}</td>
            <td />
          </tr>
          {rows.map(({ name, key, level }) => (
            <tr key={key} className={differs(level)}>
              <th scope="row">{name}</th>
              <td>{text(one, key)}</td>
              <td>{text(other, key)}</td>
              <td>{named(words.identity.levels, level ?? "unknown")}</td>
            </tr>
          ))}
          <tr className={differs(agreement.card)}>
            <th scope="row">{words.identity.card}</th>
            <td colSpan={2} className="soft">
              {words.identity.cardHint}
            </td>
            <td>{named(words.identity.levels, agreement.card ?? "unknown")}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** What else is said under the number that is compared, and the other numbers of the person. */
function Others({ person, shown }: { readonly person: PersonItem; readonly shown: PatientItem }) {
  const { words } = useConsole();
  const others = person.patients.filter((one) => one.facility !== shown.facility || one.pid !== shown.pid);
  const more = shown.statements.slice(1);
  if (others.length === 0 && more.length === 0) return null;
  return (
    <section className="card stack">
      <strong>
        {shown.facilityName || shown.facility}　{shown.pid}
      </strong>
      {more.length === 0 ? null : (
        <>
          <p className="soft">{words.identity.otherStatements}</p>
          <Statements statements={more} />
        </>
      )}
      {others.length === 0 ? null : <p className="soft">{words.identity.otherNumbers}</p>}
      {others.map((one) => (
        <div key={`${one.facility}/${one.pid}`}>
          <p>
            {one.facilityName || one.facility}　{one.pid}
          </p>
          <Statements statements={one.statements} />
        </div>
      ))}
    </section>
  );
}

function Decide({ a, b }: { readonly a: NumberItem; readonly b: NumberItem }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [why, setWhy] = useState("");
  const [done, setDone] = useState(false);
  const decide = (kind: "link" | "apart") =>
    task.run(async () => {
      await api.identity.decide({ kind, a: bare(a), b: bare(b), why });
      setDone(true);
    });
  if (done) return <Notice kind="plain" title={words.identity.done} live />;
  return (
    <section className="stack decision">
      <h2>{words.identity.decision}</h2>
      <Field label={words.identity.why} value={why} onChange={setWhy} />
      <Failure code={task.error} />
      <div className="row">
        <Button onPress={() => decide("link")} disabled={task.busy || why.trim() === ""}>
          {words.identity.join}
        </Button>
        <Button onPress={() => decide("apart")} disabled={task.busy || why.trim() === ""}>
          {words.identity.keepApart}
        </Button>
      </div>
    </section>
  );
}

function numberOf(person: PersonItem, { facility, pid }: NumberItem): PatientItem {
  const found = person.patients.find((one) => one.facility === facility && one.pid === pid);
  return found ?? { facility, pid, facilityName: "", statements: [] };
}

type Level = QuestionItem["agreement"]["family"];

/** Of family and given name the one that fits less: the row shows both. */
function worse(family: Level, given: Level): Level {
  const order: readonly Level[] = ["other", "near", "unknown", "same"];
  return order.find((level) => family === level || given === level);
}
