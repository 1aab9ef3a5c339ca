import { useState } from "react";
import type { ConsentPatient, ConsentRules } from "../shared/protocol/consent.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { FoundRow } from "./Consent.tsx";
import { ConsentForm } from "./ConsentForm.tsx";
import { ConsentHistory } from "./ConsentHistory.tsx";
import { useConsole } from "./context.ts";
import { Fact } from "./parts.tsx";

interface RulesProps {
  readonly rules: ConsentRules;
  readonly onChanged: () => void;
  readonly onChoose: (patient: ConsentPatient) => void;
}

const region: ConsentPatient = { facility: "", pid: "" };

/** What holds for everybody, and who waits because they resemble somebody who refused. */
export function ConsentRulesPart({ rules, onChanged, onChoose }: RulesProps) {
  const { words } = useConsole();
  const [open, setOpen] = useState(false);
  const { consent } = words;
  return (
    <section className="stack">
      <h2>{consent.rules}</h2>
      {rules.everybody === "unstated" ? <Notice kind="danger" title={consent.everybodyIs.unstated} /> : null}
      <dl className="facts">
        <Fact name={consent.everybody}>{consent.everybodyIs[rules.everybody]}</Fact>
        <Fact name={consent.withheldCount}>
          {rules.withheld} {consent.people}
        </Fact>
      </dl>
      <div>
        <Button onPress={() => setOpen(!open)}>{consent.changeRule}</Button>
      </div>
      {open ? (
        <>
          <ConsentForm patient={region} rules={rules} onRecorded={onChanged} />
          <ConsentHistory entries={rules.history} facilities={rules.facilities} onChanged={onChanged} />
        </>
      ) : null}
      {rules.held.length === 0 ? null : (
        <>
          <h2>
            {consent.held}（{rules.held.length}）
          </h2>
          <p className="soft">{consent.heldWhy}</p>
          <ul className="stack">
            {rules.held.map(({ patient, like }) => (
              <li key={`${patient.facility}/${patient.pid}`} className="stack">
                <FoundRow found={patient} facilities={rules.facilities} onChoose={() => onChoose(patient)} />
                <p className="soft">
                  {consent.likeWhom}: {rules.facilities.find(({ code }) => code === like.facility)?.name ?? like.facility}　{like.pid}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
