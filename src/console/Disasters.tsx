import { useState } from "react";
import type { DisasterReport, DisastersAnswer, ReturnState } from "../shared/protocol/consoleDisaster.ts";
import { Button } from "../ui/Button.tsx";
import { disasterWords } from "../words/console-disaster.ts";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { DisasterForm } from "./DisasterForm.tsx";
import { Fact, Failure, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

/** Disasters: declare, end, what was done under them, and the way back to normal. */
export function Disasters() {
  const { words, language } = useConsole();
  const said = disasterWords[language];
  const loaded = useLoaded((api) => api.disasters.list());
  const { value } = loaded;
  return (
    <section className="stack">
      <PageHead title={words.tabs.disasters} lead={said.lead} loaded={loaded}>
        <Button onPress={() => window.print()}>{said.print}</Button>
      </PageHead>
      {value === null ? null : (
        <>
          <DisasterForm sites={value.sites} onDone={loaded.set} />
          {value.disasters.length === 0 ? <p className="empty">{said.none}</p> : null}
          <ul className="stack">
            {value.disasters.map((report) => (
              <Report key={report.item.id} report={report} sites={value.sites} onChanged={loaded.set} />
            ))}
          </ul>
          <h2>{said.declared}</h2>
          {value.declared.length === 0 ? <p className="empty">{said.declaredNone}</p> : null}
          <ul className="stack">
            {value.declared.map((each) => (
              <li key={`${each.at}${each.deviceName}`} className="card">
                <span className="card-title">
                  <strong>{each.deviceName}</strong>
                  <span className={each.ended ? "badge" : "badge badge-warn"}>{each.ended ? said.over : said.running}</span>
                </span>
                <p>{each.words}</p>
                <p className="soft">{when(each.at, language)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface ReportProps {
  readonly report: DisasterReport;
  readonly sites: DisastersAnswer["sites"];
  readonly onChanged: (answer: DisastersAnswer) => void;
}

function Report({ report, sites, onChanged }: ReportProps) {
  const { api, language } = useConsole();
  const said = disasterWords[language];
  const task = useTask();
  const [sure, setSure] = useState(false);
  const { item } = report;
  const running = item.until > Date.now();
  const end = () => task.run(async () => onChanged(await api.disasters.end(item.id)));
  const extend = () => task.run(async () => onChanged(await api.disasters.extend(item.id, 72)));
  const area = item.sites.includes("*") ? said.region : item.sites.map((id) => sites.find((site) => site.id === id)?.name ?? id).join("、");
  return (
    <li className={running ? "card card-warn" : "card"}>
      <span className="card-title">
        <strong>{item.words}</strong>
        <span className={running ? "badge badge-warn" : "badge"}>{running ? said.running : said.over}</span>
      </span>
      <dl className="facts">
        <Fact name={said.area}>{area}</Fact>
        <Fact name={said.from}>{when(item.from, language)}</Fact>
        <Fact name={said.until}>{when(item.until, language)}</Fact>
        <Fact name={said.by}>{item.declaredBy}</Fact>
        {running ? null : <Fact name={said.endedBy}>{item.endedBy === "" ? said.itself : item.endedBy}</Fact>}
      </dl>
      <h3>{said.figures}</h3>
      <dl className="facts">
        <Fact name={said.openings}>{report.openings}</Fact>
        <Fact name={said.rescues}>{report.rescues}</Fact>
        <Fact name={said.envelopes}>{report.envelopes}</Fact>
        <Fact name={said.locals}>{report.locals}</Fact>
      </dl>
      <Failure code={task.error} />
      {running && !sure ? (
        <div className="row">
          <Button onPress={extend} disabled={task.busy}>
            {said.extend}
          </Button>
          <Button onPress={() => setSure(true)}>{said.end}</Button>
        </div>
      ) : null}
      {running && sure ? (
        <>
          <p>{said.endSure}</p>
          <div className="row">
            <Button kind="main" onPress={end} disabled={task.busy}>
              {said.end}
            </Button>
            <Button onPress={() => setSure(false)}>{said.no}</Button>
          </div>
        </>
      ) : null}
      {report.steps.length === 0 ? null : (
        <>
          <h3>{said.back}</h3>
          <p className="soft">{said.backLead}</p>
          <ul className="stack">
            {report.steps.map((step) => (
              <Step key={`${step.site}/${step.step}`} step={step} disaster={item.id} onChanged={onChanged} />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

interface StepProps {
  readonly step: ReturnState;
  readonly disaster: string;
  readonly onChanged: (answer: DisastersAnswer) => void;
}

function Step({ step, disaster, onChanged }: StepProps) {
  const { api, language } = useConsole();
  const said = disasterWords[language];
  const task = useTask();
  const say = () => task.run(async () => onChanged(await api.disasters.say({ id: disaster, site: step.site, step: step.step, note: "" })));
  const left = step.state === "open" ? said.left[step.step](step.left) : "";
  // Only what the hub cannot see is said by a person.
  // While the hub still sees notes to decide on, nobody's word stands for it.
  const sayable = step.state === "open" && (step.step === "envelope" || (step.step === "notes" && step.left === 0));
  return (
    <li>
      <span className={step.state === "open" ? "badge badge-warn" : "badge"}>{said.state[step.state]}</span> {step.siteName}：
      {said.steps[step.step]}
      {left === "" ? null : <span className="soft"> {left}</span>}
      {step.state === "said" ? (
        <span className="soft">
          {" "}
          {step.by} {when(step.at, language)}
        </span>
      ) : null}
      {sayable ? (
        <Button onPress={say} disabled={task.busy}>
          {said.say}
        </Button>
      ) : null}
      <Failure code={task.error} />
    </li>
  );
}
