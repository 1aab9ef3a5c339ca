import { useState } from "react";
import type { IssuedCode } from "../shared/protocol/console.ts";
import { type StaffRole, staffRoles } from "../shared/protocol/enrolment.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { CodeDialog, Failure, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

interface Issued extends IssuedCode {
  readonly name: string;
}

export function Staff() {
  const { api, words, language } = useConsole();
  const loaded = useLoaded((asked) => asked.staff());
  const task = useTask();
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  const issue = (name: string, ask: () => Promise<IssuedCode>) =>
    task.run(async () => {
      setIssued({ name, ...(await ask()) });
      setAdding(false);
    });
  return (
    <section className="stack">
      <PageHead title={words.tabs.staff} lead={words.staffLead} loaded={loaded}>
        <Button kind="main" onPress={() => setAdding(true)} disabled={adding}>
          {words.addStaff}
        </Button>
      </PageHead>
      <Failure code={task.error} />
      {adding ? (
        <NewMember busy={task.busy} onAdd={(member) => issue(member.name, () => api.addStaff(member))} onCancel={() => setAdding(false)} />
      ) : null}
      {loaded.value?.length === 0 ? <p className="empty">{words.staffNone}</p> : null}
      <ul className="stack">
        {(loaded.value ?? []).map((member) => (
          <li key={member.id} className="card">
            <span className="card-title">
              <strong>{member.name}</strong>
              <span>
                {member.kana}　{words.roles[member.role]}
              </span>
            </span>
            <div className="row">
              <span className="badge">{member.registered ? words.registered : words.notRegistered}</span>
              {member.codeUntil > Date.now() ? <span className="badge badge-warn">{words.codeOpen}</span> : null}
              <Button onPress={() => issue(member.name, () => api.newStaffCode(member.id))} disabled={task.busy}>
                {words.newCode}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {issued === null ? null : (
        <CodeDialog
          title={`${words.codeFor}: ${issued.name}`}
          lead={words.codeOnce}
          code={issued.code}
          until={when(issued.until, language)}
          onClose={() => {
            setIssued(null);
            loaded.reload();
          }}
        />
      )}
    </section>
  );
}

interface NewMemberProps {
  readonly busy: boolean;
  readonly onAdd: (member: { name: string; kana: string; role: StaffRole }) => void;
  readonly onCancel: () => void;
}

function NewMember({ busy, onAdd, onCancel }: NewMemberProps) {
  const { words } = useConsole();
  const [name, setName] = useState("");
  const [kana, setKana] = useState("");
  const [role, setRole] = useState<StaffRole>("physician");
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ name: name.trim(), kana: kana.trim(), role });
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
      <Submit disabled={busy || name.trim() === "" || kana.trim() === ""}>{words.addStaff}</Submit>
      <Button onPress={onCancel}>{words.close}</Button>
    </form>
  );
}
