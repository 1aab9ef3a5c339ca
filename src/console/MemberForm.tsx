import { useState } from "react";
import { type StaffRole, staffRoles } from "../shared/protocol/enrolment.ts";
import type { MemberChange, MemberItem } from "../shared/protocol/sites.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole } from "./context.ts";

interface MemberFormProps {
  readonly member?: MemberItem;
  readonly busy: boolean;
  readonly word: string;
  readonly onSave: (member: MemberChange) => void;
  readonly onCancel: () => void;
}

/** A member's name, reading and role; of a known one also whether they may declare a disaster. */
export function MemberForm({ member, busy, word, onSave, onCancel }: MemberFormProps) {
  const { words } = useConsole();
  const [name, setName] = useState(member?.name ?? "");
  const [kana, setKana] = useState(member?.kana ?? "");
  const [role, setRole] = useState<StaffRole>(member?.role ?? "physician");
  const [declares, setDeclares] = useState(member?.declares ?? false);
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), kana: kana.trim(), role, declares });
      }}
    >
      <Field label={words.name} value={name} onChange={setName} autoFocus />
      <Field label={words.kana} value={kana} onChange={setKana} />
      <Choices
        legend={words.role}
        choices={staffRoles.map((value) => ({ value, label: words.roles[value] ?? value }))}
        chosen={[role]}
        onChange={([chosen]) => setRole(chosen ?? role)}
      />
      {member === undefined ? null : (
        <label className="choice">
          <input type="checkbox" checked={declares} onChange={(event) => setDeclares(event.target.checked)} />
          <span>{words.sites.declares}</span>
        </label>
      )}
      <Submit disabled={busy || name.trim() === "" || kana.trim() === ""}>{word}</Submit>
      <Button onPress={onCancel}>{words.sites.cancel}</Button>
    </form>
  );
}
