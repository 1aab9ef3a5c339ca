import { useState } from "react";
import type { LetterContact, ReviewRulesAnswer, ReviewSettings, Shift } from "../shared/protocol/review.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

interface FormProps {
  readonly answer: ReviewRulesAnswer;
  readonly onSaved: (answer: ReviewRulesAnswer) => void;
}

/** Numbers as typed; what is no number is not sent. */
interface ShiftDraft {
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly weekends: boolean;
}

/** From which weight, which share by lot, which hours, whom a patient may ask. Each change is kept with its author. */
export function ReviewSettingsForm({ answer, onSaved }: FormProps) {
  const { api, words } = useConsole();
  const said = words.review;
  const task = useTask();
  const { settings } = answer;
  const [from, setFrom] = useState(String(settings.from));
  const [share, setShare] = useState(String(settings.share));
  const [shifts, setShifts] = useState<readonly ShiftDraft[]>(settings.shifts.map(drafted));
  const [contact, setContact] = useState<LetterContact>(settings.contact);
  const [staffNames, setStaffNames] = useState(settings.staffNames);
  const [saved, setSaved] = useState(false);
  const made = settingsFrom(from, share, shifts, contact, staffNames);
  return (
    <form
      className="stack settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (made === null) return;
        setSaved(false);
        task.run(async () => {
          const answered = await api.review.setRules(made);
          setSaved(true);
          onSaved(answered);
        });
      }}
    >
      <h2>{said.settingsTitle}</h2>
      <div className="pair">
        <Field label={said.from} value={from} onChange={setFrom} />
        <Field label={said.share} help={said.shareHelp} value={share} onChange={setShare} />
      </div>
      <h3>{said.shiftsTitle}</h3>
      {shifts.map((shift, i) => (
        <ShiftRow
          key={shift.site}
          shift={shift}
          name={answer.sites.find(({ id }) => id === shift.site)?.name ?? said.everySite}
          onChange={(changed) => setShifts(shifts.map((one, at) => (at === i ? changed : one)))}
          onRemove={shift.site === "" ? null : () => setShifts(shifts.filter((_, at) => at !== i))}
        />
      ))}
      <div className="row">
        {answer.sites
          .filter(({ id }) => !shifts.some(({ site }) => site === id))
          .map(({ id, name }) => (
            <Button key={id} onPress={() => setShifts([...shifts, { site: id, from: "0", to: "24", weekends: true }])}>
              {said.addShift}: {name}
            </Button>
          ))}
      </div>
      <h3>{said.contactTitle}</h3>
      <p className="soft">{said.contactLead}</p>
      <div className="pair">
        {(["sender", "department", "telephone", "hours"] as const).map((name) => (
          <Field
            key={name}
            label={said.contact[name]}
            value={contact[name]}
            onChange={(value) => setContact({ ...contact, [name]: value })}
          />
        ))}
      </div>
      <label className="choice">
        <input type="checkbox" checked={staffNames} onChange={(event) => setStaffNames(event.target.checked)} />
        <span>{said.staffNames}</span>
      </label>
      <Failure code={task.error} />
      {saved ? <Notice kind="plain" title={said.settingsSaved} live /> : null}
      <Submit disabled={task.busy || made === null}>{said.saveSettings}</Submit>
    </form>
  );
}

interface ShiftRowProps {
  readonly shift: ShiftDraft;
  readonly name: string;
  readonly onChange: (shift: ShiftDraft) => void;
  readonly onRemove: (() => void) | null;
}

function ShiftRow({ shift, name, onChange, onRemove }: ShiftRowProps) {
  const { words } = useConsole();
  const said = words.review;
  return (
    <fieldset className="card shift">
      <legend>{name}</legend>
      <Field label={said.shiftFrom} value={shift.from} onChange={(from) => onChange({ ...shift, from })} />
      <Field label={said.shiftTo} value={shift.to} onChange={(to) => onChange({ ...shift, to })} />
      <label className="choice">
        <input type="checkbox" checked={shift.weekends} onChange={(event) => onChange({ ...shift, weekends: event.target.checked })} />
        <span>{said.weekends}</span>
      </label>
      {onRemove === null ? null : <Button onPress={onRemove}>{said.removeShift}</Button>}
    </fieldset>
  );
}

const drafted = ({ site, from, to, weekends }: Shift): ShiftDraft => ({ site, from: String(from), to: String(to), weekends });

/** null: something is not a number in its bounds. */
function settingsFrom(
  from: string,
  share: string,
  shifts: readonly ShiftDraft[],
  contact: LetterContact,
  staffNames: boolean,
): ReviewSettings | null {
  const number = (text: string, least: number, most: number): number | null => {
    const folded = text.normalize("NFKC").trim();
    const value = /^\d{1,3}$/.test(folded) ? Number(folded) : Number.NaN;
    return value >= least && value <= most ? value : null;
  };
  const [weight, percent] = [number(from, 1, 20), number(share, 1, 100)];
  const hours = shifts.map((shift) => ({ ...shift, from: number(shift.from, 0, 24), to: number(shift.to, 0, 24) }));
  const whole = hours.flatMap(({ site, from: begins, to: ends, weekends }): Shift[] =>
    begins === null || ends === null ? [] : [{ site, from: begins, to: ends, weekends }],
  );
  if (weight === null || percent === null || whole.length !== hours.length) return null;
  const trimmed = {
    sender: contact.sender.trim(),
    department: contact.department.trim(),
    telephone: contact.telephone.trim(),
    hours: contact.hours.trim(),
  };
  return { from: weight, share: percent, shifts: whole, contact: trimmed, staffNames };
}
