import { useState } from "react";
import type { ReviewReport as Report } from "../shared/protocol/reviewReport.ts";
import { Button } from "../ui/Button.tsx";
import { Bars, Days } from "./Bars.tsx";
import { useConsole, useLoaded } from "./context.ts";
import { named } from "./named.ts";
import { Fact, PageHead } from "./parts.tsx";
import { ReportRules } from "./ReportRules.tsx";
import { when } from "./when.ts";
import "./report.css";

/** Numbers of one month, to look at and to print. */
export function ReviewReport() {
  const [month, setMonth] = useState(() => when(Date.now(), "ja").slice(0, 7));
  return <Month key={month} month={month} onMonth={setMonth} />;
}

function Month({ month, onMonth }: { readonly month: string; readonly onMonth: (month: string) => void }) {
  const { words } = useConsole();
  const said = words.review.report;
  const loaded = useLoaded((api) => api.review.report(month));
  return (
    <section className="stack">
      <div className="no-print stack">
        <PageHead title={words.review.views.report} lead={said.lead} loaded={loaded}>
          <Button onPress={() => window.print()} disabled={loaded.value === null}>
            {said.print}
          </Button>
        </PageHead>
        <div className="row">
          <Button onPress={() => onMonth(shifted(month, -1))}>{said.previous}</Button>
          <Button onPress={() => onMonth(shifted(month, 1))}>{said.next}</Button>
        </div>
      </div>
      {loaded.value === null ? <p>{words.waiting}</p> : <ReportPaper report={loaded.value} />}
    </section>
  );
}

export function ReportPaper({ report }: { readonly report: Report }) {
  const { words, language } = useConsole();
  const all = words.review;
  const said = all.report;
  const unfinished = when(report.made, "ja").slice(0, 7) <= report.month;
  const word = (table: Readonly<Record<string, string>>) => (name: string) => (name === "" ? "" : named(table, name));
  return (
    <article className="report stack">
      <header>
        <h2>
          {words.review.views.report} {report.month}
        </h2>
        <p className="soft">
          {said.made} {when(report.made, language)}　{all.rulesVersion} {report.rulesVersion}
          {unfinished ? `　${said.unfinished}` : ""}
        </p>
      </header>
      <dl className="tiles">
        <Fact name={said.openings}>{report.openings}</Fact>
        <Share name={`${said.reviewed}（${said.ofDue}）`} part={report.reviews.dueReviewed} whole={report.reviews.due} />
        <Share name={`${said.reviewed}（${said.ofLot}）`} part={report.reviews.lotReviewed} whole={report.reviews.lot} />
        <Share name={`${said.reviewed}（${said.ofAll}）`} part={report.reviews.reviewed} whole={report.reviews.items} />
        <Fact name={said.median}>{hours(report.reviews.medianHours, said)}</Fact>
        <Fact name={said.slowest}>{hours(report.reviews.slowestTenthHours, said)}</Fact>
        <Fact name={said.letters}>{report.letters}</Fact>
        <Fact name={said.unlockFailures}>{report.unlockFailures}</Fact>
        <Fact name={said.drills}>
          {report.drills}
          <span className="tile-small">
            {said.drillRecords} {report.drillRecords}
          </span>
        </Fact>
      </dl>
      <Days title={said.perDay} counts={report.byDay} />
      <div className="charts">
        <Bars title={said.bySite} counts={report.bySite} nameOf={(name) => name} />
        <Bars title={said.byReason} counts={report.byReason} nameOf={word(words.reasons)} />
        <Bars title={said.byRole} counts={report.byRole} nameOf={word(words.roles)} />
        <Bars title={said.byPhase} counts={report.byPhase} nameOf={word(said.phases)} />
        <Bars title={said.byKind} counts={report.byKind} nameOf={word(all.kinds)} />
        <Bars title={said.byState} counts={report.byState} nameOf={word(words.states)} />
        <Bars title={said.alerts} counts={report.alerts} nameOf={word(words.alertKinds)} />
        <Bars title={said.refused} counts={report.refused} nameOf={word(words.alertKinds)} />
      </div>
      <ReportRules report={report} />
    </article>
  );
}

function Share({ name, part, whole }: { readonly name: string; readonly part: number; readonly whole: number }) {
  const { words } = useConsole();
  return (
    <Fact name={name}>
      {whole === 0 ? "–" : `${Math.floor((100 * part) / whole)} %`}
      <span className="tile-small">
        {part} / {whole}
        <span className="unseen">{words.review.report.count}</span>
      </span>
    </Fact>
  );
}

function hours(value: number | null, said: { readonly hours: string; readonly noneDecided: string }): string {
  return value === null ? said.noneDecided : `${value} ${said.hours}`;
}

/** "2026-11", -1 → "2026-10". */
function shifted(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}
