import { useState } from "react";
import { type OpeningPath, openingPaths, type PolicyReason } from "../shared/protocol/policy.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";

interface PolicyReasonsProps {
  readonly reasons: readonly PolicyReason[];
  readonly onChange: (reasons: readonly PolicyReason[]) => void;
}

/** The reasons that staff choose from: reworded, removed, added. The id of a known one stays, since journals name it. */
export function PolicyReasons({ reasons, onChange }: PolicyReasonsProps) {
  const { words } = useConsole();
  const said = words.policy;
  const [adding, setAdding] = useState(false);
  const change = (id: string, part: Partial<PolicyReason>) => onChange(reasons.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <section className="card stack">
      <h2>{said.reasons}</h2>
      {reasons.map((reason) => (
        <div key={reason.id} className="card">
          <span className="soft">
            {named(said.paths, reason.path ?? "emergency")}・{said.phases[reason.phase]}・{named(said.purposes, reason.purpose)}
          </span>
          <Field label={said.reasonJa} value={reason.ja} onChange={(ja) => change(reason.id, { ja })} />
          <Field label={said.reasonEn} value={reason.en} onChange={(en) => change(reason.id, { en })} />
          <div className="row">
            <Button onPress={() => onChange(reasons.filter(({ id }) => id !== reason.id))}>{said.removeReason}</Button>
          </div>
        </div>
      ))}
      {adding ? (
        <NewReason
          onAdd={(made) => {
            onChange([...reasons, made]);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button onPress={() => setAdding(true)}>{said.addReason}</Button>
      )}
    </section>
  );
}

function NewReason({ onAdd, onCancel }: { readonly onAdd: (reason: PolicyReason) => void; readonly onCancel: () => void }) {
  const { words } = useConsole();
  const said = words.policy;
  const [ja, setJa] = useState("");
  const [en, setEn] = useState("");
  const [phase, setPhase] = useState<"1" | "2">("1");
  const [path, setPath] = useState<OpeningPath>("emergency");
  const [purpose, setPurpose] = useState<PolicyReason["purpose"]>("ETREAT");
  const add = () => {
    const id = `own-${crypto.randomUUID().slice(0, 8)}`;
    onAdd({ id, ja: ja.trim(), en: en.trim(), phase: phase === "1" ? 1 : 2, purpose, ...(path === "emergency" ? {} : { path }) });
  };
  return (
    <div className="card stack">
      <Field label={said.reasonJa} value={ja} onChange={setJa} autoFocus />
      <Field label={said.reasonEn} value={en} onChange={setEn} />
      <Choices
        legend={said.reasonPhase}
        choices={(["1", "2"] as const).map((value) => ({ value, label: named(said.phases, value) }))}
        chosen={[phase]}
        onChange={([chosen]) => setPhase(chosen ?? phase)}
      />
      <Choices
        legend={said.reasonPath}
        choices={openingPaths.map((value) => ({ value, label: named(said.paths, value) }))}
        chosen={[path]}
        onChange={([chosen]) => setPath(chosen ?? path)}
      />
      <Choices
        legend={said.reasonPurpose}
        choices={(["ETREAT", "BTG", "TREAT"] as const).map((value) => ({ value, label: named(said.purposes, value) }))}
        chosen={[purpose]}
        onChange={([chosen]) => setPurpose(chosen ?? purpose)}
      />
      <div className="row">
        <Button kind="main" onPress={add} disabled={ja.trim() === "" || en.trim() === ""}>
          {said.addReason}
        </Button>
        <Button onPress={onCancel}>{said.cancel}</Button>
      </div>
    </div>
  );
}
