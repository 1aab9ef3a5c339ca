import { useState } from "react";
import type { ConsentFound, ConsentPatient, ConsentRules } from "../shared/protocol/consent.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { ConsentImport } from "./ConsentImport.tsx";
import { ConsentPerson } from "./ConsentPerson.tsx";
import { ConsentRulesPart } from "./ConsentRules.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { Failure, PageHead } from "./parts.tsx";
import { bornOn } from "./when.ts";

/** Find a patient, the region's rules, a file; or one person. */
export function Consent() {
  const { words } = useConsole();
  const loaded = useLoaded((api) => api.consent.rules());
  const [chosen, setChosen] = useState<ConsentPatient | null>(null);
  const rules = loaded.value;
  if (chosen !== null && rules !== null)
    return (
      <ConsentPerson
        patient={chosen}
        rules={rules}
        onBack={() => {
          setChosen(null);
          loaded.reload();
        }}
      />
    );
  return (
    <section className="stack">
      <PageHead title={words.tabs.consent} lead={words.consent.lead} loaded={loaded} />
      {rules === null ? loaded.busy ? <p>{words.waiting}</p> : null : null}
      {rules === null ? null : (
        <>
          <Find rules={rules} onChoose={setChosen} />
          <ConsentRulesPart rules={rules} onChanged={loaded.reload} onChoose={setChosen} />
          <ConsentImport onChanged={loaded.reload} />
        </>
      )}
    </section>
  );
}

function Find({ rules, onChoose }: { readonly rules: ConsentRules; readonly onChoose: (patient: ConsentPatient) => void }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [facility, setFacility] = useState(rules.facilities.length === 1 ? (rules.facilities[0]?.code ?? "") : "");
  const [pid, setPid] = useState("");
  const [name, setName] = useState("");
  const [found, setFound] = useState<readonly ConsentFound[] | null>(null);
  const byNumber = pid.trim() !== "";
  const ready = byNumber ? /^\d{10}$/.test(facility.trim()) : name.trim() !== "";
  return (
    <section className="stack">
      <h2>{words.consent.find}</h2>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          task.run(async () => {
            const typed = { facility: facility.trim(), pid: pid.trim(), name: name.trim() };
            setFound(await api.consent.find(byNumber ? { ...typed, name: "" } : { ...typed, facility: "" }));
          });
        }}
      >
        <div className="pair">
          <Field label={words.consent.facility} value={facility} onChange={setFacility} />
          <Field label={words.consent.pid} value={pid} onChange={setPid} />
        </div>
        <Field label={words.consent.name} value={name} onChange={setName} />
        <Failure code={task.error} />
        <Submit disabled={task.busy || !ready}>{words.consent.search}</Submit>
      </form>
      {found?.length === 0 ? <p className="empty">{words.consent.nobodyFound}</p> : null}
      <ul className="stack">
        {(found ?? []).map((one) => (
          <li key={`${one.facility}/${one.pid}`}>
            <FoundRow found={one} facilities={rules.facilities} onChoose={() => onChoose(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FoundProps {
  readonly found: ConsentFound;
  readonly facilities: ConsentRules["facilities"];
  readonly onChoose: () => void;
}

export function FoundRow({ found, facilities, onChoose }: FoundProps) {
  const { words, language } = useConsole();
  return (
    <button type="button" className="card card-button" onClick={onChoose}>
      <span className="card-title">
        <span>
          <strong>{found.name || found.kana || words.consent.nameUnknown}</strong>{" "}
          <span className="soft">
            {found.kana} {found.birthDate === "" ? "" : bornOn(found.birthDate, language)}
          </span>
        </span>
        {found.known ? null : <span className="badge badge-warn">{words.consent.effects.unknown}</span>}
      </span>
      <span>
        {facilities.find(({ code }) => code === found.facility)?.name ?? found.facility}　{found.pid}
      </span>
    </button>
  );
}

/** A button that asks once more before it acts. */
export function Sure({ label, question, busy, onSure }: { label: string; question: string; busy: boolean; onSure: () => void }) {
  const { words } = useConsole();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button onPress={() => setAsked(true)} disabled={busy}>
        {label}
      </Button>
    );
  return (
    <fieldset className="sure">
      <legend>{question}</legend>
      <div className="row">
        <Button
          kind="main"
          onPress={() => {
            setAsked(false);
            onSure();
          }}
          disabled={busy}
        >
          {words.yes}
        </Button>
        <Button onPress={() => setAsked(false)}>{words.no}</Button>
      </div>
    </fieldset>
  );
}
