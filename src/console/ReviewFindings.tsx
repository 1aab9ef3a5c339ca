import type { ReviewItem } from "../shared/protocol/review.ts";
import { type Finding, reviewRules } from "../shared/protocol/reviewRules.ts";
import { useConsole } from "./context.ts";

/** What each rule says of an item, in words: those that hold first, then those that cannot be judged; those that do not hold by name. */
export function ReviewFindings({ item }: { readonly item: ReviewItem }) {
  const { words } = useConsole();
  const said = words.review;
  const of = (verdict: Finding["verdict"]) => item.findings.filter((finding) => finding.verdict === verdict);
  const heavy = [...of("holds")].sort((a, b) => reviewRules[b.rule] - reviewRules[a.rule]);
  const why = [item.lot ? said.lot : "", heavy.length > 0 && item.due ? said.byRank : "", item.due ? "" : said.notDue].filter(Boolean);
  return (
    <section className="stack">
      <h2>{said.marksTitle}</h2>
      <p>
        <strong>
          {said.rank} {item.rank}
        </strong>
        {why.length === 0 ? "" : ` (${why.join(said.comma)})`}
      </p>
      <p className="soft">{said.marksLead}</p>
      {heavy.length === 0 ? <p>{said.noneHolds}</p> : null}
      <ul className="findings">
        {heavy.map(({ rule }) => (
          <li key={rule} className="finding finding-holds">
            <span className="finding-name">
              ▲ {said.rules[rule].name}
              <span className="badge">+{reviewRules[rule]}</span>
            </span>
            <span>{said.rules[rule].help}</span>
          </li>
        ))}
        {of("unjudged").map(({ rule, why: reason }) => (
          <li key={rule} className="finding">
            <span className="finding-name">
              ？ {said.rules[rule].name}
              <span className="badge">{said.unjudged}</span>
            </span>
            <span>{reason === "" ? said.unjudged : said.whys[reason]}</span>
          </li>
        ))}
      </ul>
      {of("clear").length === 0 ? null : (
        <p className="soft">
          {said.clearAll}:{" "}
          {of("clear")
            .map(({ rule }) => said.rules[rule].name)
            .join(said.comma)}
        </p>
      )}
    </section>
  );
}
