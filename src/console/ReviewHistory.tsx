import type { ReviewItem } from "../shared/protocol/review.ts";
import { useConsole } from "./context.ts";
import { when } from "./when.ts";

/** Everything that was ever done about an item; nothing of it is ever changed. */
export function ReviewHistory({ item }: { readonly item: ReviewItem }) {
  const { words, language } = useConsole();
  const said = words.review;
  return (
    <section className="stack">
      <h2>{said.historyTitle}</h2>
      {item.history.length === 0 ? <p>{said.historyNone}</p> : null}
      <ol className="steps">
        {item.history.map((deed) => (
          <li key={`${deed.at}/${deed.what}/${deed.state}/${deed.note}`} className="card">
            <span className="card-title">
              <strong>
                {said.deeds[deed.what]}
                {deed.what === "decided" ? `: ${words.states[deed.state]}` : ""}
                {deed.what === "answered" ? `: ${deed.answeredBy}` : ""}
              </strong>
              <span>
                {when(deed.at, language)}　{deed.reviewer}
              </span>
            </span>
            {deed.note === "" ? null : <span className="lines">{deed.note}</span>}
            {deed.rules === 0 ? null : (
              <span className="soft">
                {said.asOf} {deed.rank}　{said.rulesVersion} {deed.rules}
              </span>
            )}
          </li>
        ))}
      </ol>
      {item.letters.length === 0 ? null : (
        <>
          <h3>{said.letterPrinted}</h3>
          <ul>
            {item.letters.map(({ at, by, language: written }) => (
              <li key={`${at}/${by}`}>
                {when(at, language)}　{by}　{written}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
