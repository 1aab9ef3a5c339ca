import type { ReviewReport } from "../shared/protocol/reviewReport.ts";
import { reviewRules } from "../shared/protocol/reviewRules.ts";
import { useConsole } from "./context.ts";

/** How often each rule held, did not, or could not be judged. */
export function ReportRules({ report }: { readonly report: ReviewReport }) {
  const { words } = useConsole();
  const said = words.review;
  const most = report.byRule.reduce((greatest, { holds, unjudged }) => Math.max(greatest, holds + unjudged), 1);
  return (
    <section className="bars">
      <h3>{said.report.byRule}</h3>
      <table className="by-rule">
        <thead>
          <tr>
            <th scope="col">{said.report.rule}</th>
            <th scope="col">{said.weight}</th>
            <th scope="col">
              <span className="swatch swatch-holds" aria-hidden="true" /> {said.holds}
            </th>
            <th scope="col">
              <span className="swatch" aria-hidden="true" /> {said.unjudged}
            </th>
            <th scope="col">{said.clear}</th>
            <td className="by-rule-bar" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {report.byRule.map(({ rule, holds, clear, unjudged }) => (
            <tr key={rule}>
              <th scope="row">{said.rules[rule].name}</th>
              <td className="bars-number">{reviewRules[rule]}</td>
              <td className="bars-number">{holds}</td>
              <td className="bars-number">{unjudged}</td>
              <td className="bars-number">{clear}</td>
              <td className="by-rule-bar" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" className="bar-picture" aria-hidden="true">
                  <rect x="0" y="0" width={(100 * holds) / most} height="10" className="bar-fill" />
                  <rect x={(100 * holds) / most} y="0" width={(100 * unjudged) / most} height="10" className="bar-unjudged" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
