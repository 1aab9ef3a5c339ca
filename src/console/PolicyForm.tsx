import { useState } from "react";
import { type PackKind, packKinds } from "../shared/crypto/derive.ts";
import { type StaffRole, staffRoles } from "../shared/protocol/enrolment.ts";
import type { PolicyAnswer } from "../shared/protocol/policyConsole.ts";
import { comparePolicies, judgePolicy, type PolicyBody } from "../shared/protocol/policyJudge.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { named } from "./named.ts";
import { PolicyChanges } from "./PolicyChanges.tsx";
import { PolicyReasons } from "./PolicyReasons.tsx";
import { Failure } from "./parts.tsx";
import { figuresOf, withFigure } from "./policyFigures.ts";

interface PolicyFormProps {
  readonly before: PolicyBody;
  /** Sequence of `before`. */
  readonly from: number;
  readonly onSigned: (now: PolicyAnswer) => void;
  readonly onCancel: () => void;
}

const modes = ["shown", "masked", "withheld"] as const;

/** Edits a copy, then shows what changes and what to beware of; only then it is signed. */
export function PolicyForm({ before, from, onSigned, onCancel }: PolicyFormProps) {
  const { words } = useConsole();
  const said = words.policy;
  const [policy, setPolicy] = useState(before);
  const [checking, setChecking] = useState(false);
  if (checking) return <Check before={before} policy={policy} from={from} onSigned={onSigned} onBack={() => setChecking(false)} />;
  return (
    <div className="stack">
      <Grid
        title={said.roles}
        policy={policy}
        ticked={(role, part) => policy.roles[role]?.[part] === true}
        onTick={(role, part, on) => setPolicy(withRight(policy, role, part, on))}
      />
      <Grid
        title={said.seconds}
        policy={policy}
        ticked={(role, part) => policy.locks.secondPerson[role]?.includes(part) === true}
        onTick={(role, part, on) => setPolicy(withSecond(policy, role, part, on))}
      />
      <Choices
        legend={said.protectedTitle}
        choices={modes.map((value) => ({ value, label: named(said.protectedModes, value) }))}
        chosen={[policy.protected]}
        onChange={([chosen]) => setPolicy({ ...policy, protected: chosen ?? policy.protected })}
      />
      <section className="card stack">
        <h2>{said.figures}</h2>
        {figuresOf(policy).map(({ name, value }) => (
          <Field
            key={name}
            label={named(said.names, name)}
            value={String(value)}
            onChange={(typed) => {
              if (/^\d{0,4}$/.test(typed)) setPolicy(withFigure(policy, name, Number(typed)));
            }}
          />
        ))}
        <Choices
          legend={named(said.names, "region")}
          choices={[
            { value: "on", label: said.regionOn },
            { value: "off", label: said.regionOff },
          ]}
          chosen={[policy.locks.region ? "on" : "off"]}
          onChange={([chosen]) => setPolicy({ ...policy, locks: { ...policy.locks, region: chosen === "on" } })}
        />
      </section>
      <PolicyReasons reasons={policy.reasons} onChange={(reasons) => setPolicy({ ...policy, reasons })} />
      <div className="row">
        <Button kind="main" onPress={() => setChecking(true)}>
          {said.check}
        </Button>
        <Button onPress={onCancel}>{said.cancel}</Button>
      </div>
    </div>
  );
}

interface GridProps {
  readonly title: string;
  readonly policy: PolicyBody;
  readonly ticked: (role: StaffRole, part: PackKind) => boolean;
  readonly onTick: (role: StaffRole, part: PackKind, on: boolean) => void;
}

function Grid({ title, ticked, onTick }: GridProps) {
  const { words } = useConsole();
  return (
    <fieldset className="card">
      <legend>{title}</legend>
      {staffRoles.map((role) => (
        <div className="tick-row" key={role}>
          <strong>{words.roles[role]}</strong>
          {packKinds.map((part) => (
            <label className="choice" key={part}>
              <input type="checkbox" checked={ticked(role, part)} onChange={(event) => onTick(role, part, event.target.checked)} />
              <span>{words.sites.parts[part]}</span>
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}

interface CheckProps {
  readonly before: PolicyBody;
  readonly policy: PolicyBody;
  readonly from: number;
  readonly onSigned: (now: PolicyAnswer) => void;
  readonly onBack: () => void;
}

function Check({ before, policy, from, onSigned, onBack }: CheckProps) {
  const { api, words } = useConsole();
  const said = words.policy;
  const task = useTask();
  const [seen, setSeen] = useState(false);
  const { faults, warnings } = judgePolicy(policy);
  const changes = comparePolicies(before, policy);
  const ready = faults.length === 0 && changes.length > 0 && (seen || warnings.length === 0);
  return (
    <section className="card stack">
      <PolicyChanges changes={changes} />
      {faults.length === 0 ? null : (
        <Notice kind="danger" title={said.faultsTitle} live>
          <Lines items={faults} words={said.faults} />
        </Notice>
      )}
      {warnings.length === 0 ? null : (
        <Notice kind="warn" title={said.warningsTitle}>
          <Lines items={warnings} words={said.warnings} />
          <label className="choice">
            <input type="checkbox" checked={seen} onChange={(event) => setSeen(event.target.checked)} />
            <span>{said.accept}</span>
          </label>
        </Notice>
      )}
      <Failure code={task.error} />
      <div className="row">
        <Button
          kind="main"
          onPress={() => task.run(async () => onSigned(await api.sites.setPolicy({ policy, seen: warnings, from })))}
          disabled={task.busy || !ready}
        >
          {said.sign}
        </Button>
        <Button onPress={onBack}>{said.back}</Button>
      </div>
    </section>
  );
}

function Lines({ items, words }: { readonly items: readonly string[]; readonly words: Readonly<Record<string, string>> }) {
  return (
    <ul className="plain-list">
      {items.map((item) => (
        <li key={item}>{named(words, item)}</li>
      ))}
    </ul>
  );
}

function withRight(policy: PolicyBody, role: StaffRole, part: PackKind, on: boolean): PolicyBody {
  const known = policy.roles[role] ?? { strip: false, rest: false, protected: false };
  return { ...policy, roles: { ...policy.roles, [role]: { ...known, [part]: on } } };
}

function withSecond(policy: PolicyBody, role: StaffRole, part: PackKind, on: boolean): PolicyBody {
  const before = policy.locks.secondPerson[role] ?? [];
  const after = packKinds.filter((kind) => (kind === part ? on : before.includes(kind)));
  const { [role]: _, ...others } = policy.locks.secondPerson;
  return { ...policy, locks: { ...policy.locks, secondPerson: after.length === 0 ? others : { ...others, [role]: after } } };
}
