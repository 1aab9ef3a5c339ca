import type { ReviewRulesAnswer } from "../shared/protocol/review.ts";
import { type ReviewRule, reviewRuleIds, reviewRules } from "../shared/protocol/reviewRules.ts";
import { useConsole, useLoaded } from "./context.ts";
import { PageHead } from "./parts.tsx";
import { ReviewSettingsForm } from "./ReviewSettingsForm.tsx";
import { when } from "./when.ts";

/** Every rule with its weight and its words, what is set, and who set what when. */
export function ReviewRules() {
  const { words } = useConsole();
  const said = words.review;
  const loaded = useLoaded((api) => api.review.rules());
  const { value } = loaded;
  return (
    <section className="stack">
      <PageHead title={said.views.rules} lead={said.rulesLead} loaded={loaded} />
      <RuleTable version={value?.version ?? null} />
      {value === null ? null : (
        <>
          <ReviewSettingsForm key={value.history.length} answer={value} onSaved={loaded.set} />
          <section className="stack">
            <h2>{said.seed}</h2>
            <p className="code">{value.seed}</p>
            <p className="soft">{said.seedHelp}</p>
          </section>
          <SettingsHistory answer={value} />
        </>
      )}
    </section>
  );
}

export function RuleTable({ version }: { readonly version: number | null }) {
  const { words } = useConsole();
  const said = words.review;
  // Every rule has words, or this does not compile.
  const wordsOf: Readonly<Record<ReviewRule, { readonly name: string; readonly help: string }>> = said.rules;
  const heavy = [...reviewRuleIds].sort((a, b) => reviewRules[b] - reviewRules[a]);
  return (
    <table className="rules">
      <caption>
        {said.rulesVersion} {version ?? ""}
      </caption>
      <thead>
        <tr>
          <th scope="col">{said.weight}</th>
          <th scope="col">{said.report.rule}</th>
        </tr>
      </thead>
      <tbody>
        {heavy.map((rule) => (
          <tr key={rule}>
            <td className="rules-weight">{reviewRules[rule]}</td>
            <td>
              <strong>{wordsOf[rule].name}</strong>
              <br />
              {wordsOf[rule].help}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SettingsHistory({ answer }: { readonly answer: ReviewRulesAnswer }) {
  const { words, language } = useConsole();
  const said = words.review;
  return (
    <section className="stack">
      <h2>{said.settingsHistory}</h2>
      {answer.history.length === 0 ? <p>{said.settingsFirst}</p> : null}
      <ol className="steps">
        {[...answer.history].reverse().map(({ at, by, settings }) => (
          <li key={`${at}/${by}`} className="card">
            <span className="card-title">
              <strong>{by}</strong>
              <span>{when(at, language)}</span>
            </span>
            <span>
              {said.from} {settings.from}　{said.share} {settings.share}　{said.contactTitle}: {settings.contact.sender || said.notSet}
            </span>
            <span>
              {settings.shifts
                .map(
                  ({ site, from, to, weekends }) =>
                    `${answer.sites.find(({ id }) => id === site)?.name ?? (site === "" ? said.everySite : site)} ${from}–${to}${weekends ? ` ${said.weekends}` : ""}`,
                )
                .join(said.comma)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
