import { useState } from "react";
import {
  type ConsentBasis,
  type ConsentKind,
  type ConsentPatient,
  type ConsentRules,
  type ConsentValue,
  consentBases,
  consentKinds,
  consentValues,
  everyFacility,
  faultOf,
  protectedIds,
} from "../shared/protocol/consent.ts";
import { Submit } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

interface FormProps {
  /** Both "": a rule of the region. */
  readonly patient: ConsentPatient;
  readonly rules: Pick<ConsentRules, "facilities" | "today">;
  readonly onRecorded: () => void;
  /** What stands there at first: a withdrawal, say. */
  readonly first?: ConsentValue;
}

/** One statement: about what, what is said, from when, on what basis. Who records it is who is signed in. */
export function ConsentForm({ patient, rules, onRecorded, first }: FormProps) {
  const { api, words } = useConsole();
  const { consent } = words;
  const task = useTask();
  const [kind, setKind] = useState<ConsentKind>("participation");
  const [target, setTarget] = useState("");
  const [value, setValue] = useState<ConsentValue | null>(first ?? null);
  const [from, setFrom] = useState(rules.today);
  const [basis, setBasis] = useState<ConsentBasis | null>(null);
  const [note, setNote] = useState("");
  const [saved, setSaved] = useState(false);
  const of = patient.facility === "" && patient.pid === "" ? "region" : "patient";
  const whole = { ...patient, kind, target, value: value ?? "", from: from.trim(), basis: basis ?? "", by: "-", note: note.trim() };
  const fault = faultOf(whole, of);
  const pick = (chosen: ConsentKind) => {
    setKind(chosen);
    setTarget("");
    setValue(null);
    setSaved(false);
  };
  const save = () =>
    task.run(async () => {
      if (value === null || basis === null) return;
      await api.consent.record({ ...patient, kind, target, value, from: whole.from, basis, note: whole.note });
      setSaved(true);
      setNote("");
      onRecorded();
    });
  return (
    <form
      className="card stack consent-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Choices
        legend={consent.kind}
        choices={consentKinds.map((one) => ({ value: one, label: consent.kinds[one] }))}
        chosen={[kind]}
        onChange={([chosen]) => pick(chosen ?? kind)}
      />
      {kind === "facility" ? (
        <Choices
          legend={consent.targetFacility}
          choices={[
            ...rules.facilities.map(({ code, name }) => ({ value: code, label: name || code, help: code })),
            { value: everyFacility, label: consent.everyFacility },
          ]}
          chosen={[target]}
          onChange={([chosen]) => setTarget(chosen ?? target)}
        />
      ) : null}
      {kind === "category" ? (
        <Choices
          legend={consent.target}
          choices={protectedIds.map((id) => ({ value: id as string, label: consent.category[id] }))}
          chosen={[target]}
          onChange={([chosen]) => setTarget(chosen ?? target)}
        />
      ) : null}
      <Choices
        legend={consent.value}
        choices={valuesOf(kind, of).map((one) => ({ value: one, label: consent.values[one] }))}
        chosen={value === null ? [] : [value]}
        onChange={([chosen]) => setValue(chosen ?? value)}
      />
      <Field label={consent.from} value={from} onChange={setFrom} />
      <Choices
        legend={consent.basis}
        choices={consentBases.map((one) => ({
          value: one,
          label: consent.bases[one],
          ...(one === "other" ? { help: consent.otherNeedsNote } : {}),
        }))}
        chosen={basis === null ? [] : [basis]}
        onChange={([chosen]) => setBasis(chosen ?? basis)}
      />
      <Field label={consent.note} value={note} onChange={setNote} help={consent.recordedBy} />
      {fault === "date" || (fault === "note" && basis !== null) ? <p className="warn-line">▲ {consent.faults[fault]}</p> : null}
      <Failure code={task.error} />
      {saved ? <Notice kind="plain" title={consent.saved} live /> : null}
      <Submit disabled={task.busy || fault !== null}>{consent.save}</Submit>
    </form>
  );
}

/** A region withdraws from nothing: it states another rule. */
function valuesOf(kind: ConsentKind, of: "patient" | "region"): readonly ConsentValue[] {
  return consentValues[kind].filter((value: ConsentValue) => of === "patient" || value !== "withdrawn");
}
