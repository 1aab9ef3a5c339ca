import type { ReviewItem } from "../shared/protocol/review.ts";
import { Button } from "../ui/Button.tsx";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";
import { Fact } from "./parts.tsx";
import { ReviewDecision } from "./ReviewDecision.tsx";
import { ReviewFindings } from "./ReviewFindings.tsx";
import { ReviewHistory } from "./ReviewHistory.tsx";
import { Subject } from "./Reviews.tsx";
import { bornOn, when } from "./when.ts";

interface ReviewProps {
  readonly item: ReviewItem;
  readonly onChanged: (item: ReviewItem) => void;
  readonly onLetter: () => void;
  readonly onBack: () => void;
}

/** Who opened whom, when, why and how far; what the rules say of it; and what the reviewer makes of it. */
export function Review({ item, onChanged, onLetter, onBack }: ReviewProps) {
  const { words, language } = useConsole();
  const { person } = item;
  return (
    <article className="stack">
      <div>
        <Button kind="quiet" onPress={onBack}>
          {words.back}
        </Button>
      </div>
      <div className="page-head">
        <h1>
          <Subject item={item} />
        </h1>
        {item.kind === "opening" && person !== null ? <Button onPress={onLetter}>{words.review.letter}</Button> : null}
      </div>
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
        <Fact name={words.review.site}>{item.site || words.notRecorded}</Fact>
        <Fact name={words.device}>{item.device.name || words.notRecorded}</Fact>
        <Fact name={words.opened}>{when(item.opened, language)}</Fact>
        <Fact name={words.purpose}>{named(words.purposes, item.purpose)}</Fact>
        <Fact name={words.state}>{words.states[item.state]}</Fact>
      </dl>
      <ReviewFindings item={item} />
      <Steps item={item} />
      <ReviewHistory item={item} />
      <ReviewDecision item={item} onChanged={onChanged} />
    </article>
  );
}

/** Of these the content says something to a reviewer; of openings it is the name of a pack. */
const telling: readonly string[] = [
  "print",
  "export",
  "handover",
  "second-person",
  "sponsor",
  "envelope",
  "rescue",
  "clock-confirm",
  "open-region",
];

function Steps({ item: { steps } }: Pick<ReviewProps, "item">) {
  const { words, language } = useConsole();
  return (
    <section className="stack">
      <h2>{words.review.stepsTitle}</h2>
      {steps.length === 0 ? <p>{words.review.stepsNone}</p> : null}
      <ol className="steps">
        {steps.map((step) => (
          <li key={`${step.kind}/${step.at}/${step.what}`} className="card">
            <span className="card-title">
              <strong>{named(words.review.steps, step.kind)}</strong>
              <span>{when(step.at, language)}</span>
            </span>
            {step.reason === "" ? null : (
              <span>
                {words.reason}: {named(words.reasons, step.reason)}
              </span>
            )}
            {step.what === "" || !telling.includes(step.kind) ? null : (
              <span className="lines">
                {words.review.stepWhat}: {step.what}
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
    </section>
  );
}
