import { useEffect, useRef, useState } from "react";
import { type ConsentPatient, type ConsentRules, type ConsentState, protectedIds } from "../shared/protocol/consent.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ConsentForm } from "./ConsentForm.tsx";
import { ConsentHistory } from "./ConsentHistory.tsx";
import { useConsole, useLoaded } from "./context.ts";
import { Fact, Failure } from "./parts.tsx";
import { bornOn } from "./when.ts";

interface PersonProps {
  readonly patient: ConsentPatient;
  readonly rules: ConsentRules;
  readonly onBack: () => void;
}

/** What devices will have of one person, why, and everything that was said; what is recorded here is one more entry. */
export function ConsentPerson({ patient, rules, onBack }: PersonProps) {
  const { words } = useConsole();
  const { consent } = words;
  const loaded = useLoaded((api) => api.consent.person(patient));
  const [withdrawing, setWithdrawing] = useState(0);
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    if (withdrawing > 0) form.current?.focus();
  }, [withdrawing]);
  const state = loaded.value;
  return (
    <article className="stack">
      <div className="row">
        <Button kind="quiet" onPress={onBack}>
          {consent.searchOther}
        </Button>
        {state === null ? null : <Button onPress={() => setWithdrawing(withdrawing + 1)}>{consent.withdraw}</Button>}
      </div>
      <Failure code={loaded.error} />
      {state === null ? <p>{words.waiting}</p> : <State state={state} rules={rules} />}
      {state === null ? null : (
        <>
          <section className="stack" ref={form} tabIndex={-1} aria-labelledby="consent-record">
            <h2 id="consent-record">{consent.record}</h2>
            {withdrawing > 0 ? <Notice kind="warn" title={consent.withdrawHelp} live /> : null}
            <ConsentForm
              key={withdrawing}
              patient={{ facility: state.patient.facility, pid: state.patient.pid }}
              rules={rules}
              onRecorded={loaded.reload}
              {...(withdrawing > 0 ? { first: "withdrawn" as const } : {})}
            />
          </section>
          <h2>{consent.history}</h2>
          <ConsentHistory entries={state.history} facilities={rules.facilities} onChanged={loaded.reload} />
        </>
      )}
    </article>
  );
}

function State({ state, rules }: { readonly state: ConsentState; readonly rules: ConsentRules }) {
  const { words, language } = useConsole();
  const { consent } = words;
  const { patient, reason } = state;
  const placed = ({ facility, pid }: ConsentPatient) =>
    `${rules.facilities.find(({ code }) => code === facility)?.name ?? facility}　${pid}`;
  const places = (shown: boolean) =>
    state.facilities
      .filter((facility) => facility.shown === shown)
      .map(({ code, name }) => name || code)
      .join("、") || consent.noFacility;
  return (
    <>
      <h1>{patient.name || patient.kana || consent.nameUnknown}</h1>
      <dl className="facts">
        <Fact name={consent.pid}>{placed(patient)}</Fact>
        <Fact name={words.born}>{patient.birthDate === "" ? words.notRecorded : bornOn(patient.birthDate, language)}</Fact>
        <Fact name={consent.linked}>{state.linked.length === 0 ? consent.linkedNone : state.linked.map(placed).join("、")}</Fact>
      </dl>
      {patient.known ? null : <Notice kind="warn" title={consent.noRecords} />}
      <h2>{consent.onDevices}</h2>
      {reason === null ? (
        <Notice kind="plain" title={consent.something} />
      ) : (
        <Notice kind="danger" title={consent.nothing}>
          <p>
            {consent.why[reason]}
            {state.like === null ? "" : `：${placed(state.like)}`}
          </p>
        </Notice>
      )}
      <dl className="facts">
        <Fact name={consent.now}>{state.published ? consent.nowPublished : consent.nowNot}</Fact>
        {reason !== null ? null : (
          <>
            <Fact name={consent.shownFacilities}>{places(true)}</Fact>
            <Fact name={consent.hiddenFacilities}>{places(false)}</Fact>
            <Fact name={consent.categories}>
              {protectedIds.map((id) => (
                <span className="line" key={id}>
                  {consent.category[id]}：{consent.standing[state.categories[id]]}
                </span>
              ))}
            </Fact>
          </>
        )}
      </dl>
      {state.pending ? <Notice kind="warn" title={consent.pending} /> : null}
    </>
  );
}
