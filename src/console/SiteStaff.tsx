import { useState } from "react";
import type { IssuedCode } from "../shared/protocol/console.ts";
import type { PolicyBody } from "../shared/protocol/policyJudge.ts";
import type { MemberItem, SiteAnswer } from "../shared/protocol/sites.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { filled } from "./filled.ts";
import { MemberForm } from "./MemberForm.tsx";
import { named } from "./named.ts";
import { Failure } from "./parts.tsx";
import { Rights } from "./Rights.tsx";
import { Sure } from "./Sure.tsx";
import { when } from "./when.ts";

interface SiteStaffProps {
  readonly site: string;
  readonly siteName: string;
  readonly staff: readonly MemberItem[];
  readonly former: SiteAnswer["former"];
  readonly onChanged: () => void;
}

interface Issued extends IssuedCode {
  readonly name: string;
}

/** Members of a site, what their roles may open, and those who left. */
export function SiteStaff({ site, siteName, staff, former, onChanged }: SiteStaffProps) {
  const { api, words, language } = useConsole();
  const said = words.sites;
  const task = useTask();
  const policy = useLoaded((asked) => asked.sites.policy());
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  const issue = (name: string, ask: () => Promise<IssuedCode>) =>
    task.run(async () => {
      setIssued({ name, ...(await ask()) });
      setAdding(false);
    });
  const current: PolicyBody | null = policy.value?.current ?? null;
  return (
    <section className="stack">
      <div className="page-head">
        <h2>{said.staff}</h2>
        <Button kind="main" onPress={() => setAdding(true)} disabled={adding}>
          {words.addStaff}
        </Button>
      </div>
      <p className="soft">{words.staffLead}</p>
      <Failure code={task.error ?? policy.error} />
      {adding ? (
        <MemberForm
          busy={task.busy}
          word={words.addStaff}
          onSave={({ declares: _, ...member }) => issue(member.name, () => api.sites.addMember(site, member))}
          onCancel={() => setAdding(false)}
        />
      ) : null}
      {policy.value === null ? null : current === null ? <p className="warn-line">{said.noPolicy}</p> : <Rights policy={current} />}
      {staff.length === 0 ? <p className="empty">{said.staffNone}</p> : null}
      <ul className="stack">
        {staff.map((member) => (
          <Member
            key={member.id}
            member={member}
            busy={task.busy}
            onCode={() => issue(member.name, () => api.sites.newCode(member.id))}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {former.length === 0 ? null : (
        <details>
          <summary>{said.former}</summary>
          <ul className="plain-list">
            {former.map(({ id, name, role, removed }) => (
              <li key={id}>
                {name}　{named(words.roles, role)}　{said.left} {when(removed, language)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {issued === null ? null : (
        <CodePaper
          issued={issued}
          site={siteName}
          onClose={() => {
            setIssued(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

interface MemberProps {
  readonly member: MemberItem;
  readonly busy: boolean;
  readonly onCode: () => void;
  readonly onChanged: () => void;
}

function Member({ member, busy, onCode, onChanged }: MemberProps) {
  const { api, words } = useConsole();
  const said = words.sites;
  const task = useTask();
  const [editing, setEditing] = useState(false);
  const then = (work: () => Promise<void>) =>
    task.run(async () => {
      await work();
      setEditing(false);
      onChanged();
    });
  return (
    <li className="card">
      <span className="card-title">
        <strong>{member.name}</strong>
        <span>
          {member.kana}　{words.roles[member.role]}
        </span>
      </span>
      <div className="row">
        <span className="badge">{member.registered ? words.registered : words.notRegistered}</span>
        {member.declares ? <span className="badge">{said.declaresShort}</span> : null}
        {member.codeUntil > Date.now() ? <span className="badge badge-warn">{words.codeOpen}</span> : null}
        <Button onPress={onCode} disabled={busy}>
          {words.newCode}
        </Button>
        <Button onPress={() => setEditing(true)} disabled={editing}>
          {said.change}
        </Button>
      </div>
      <Failure code={task.error} />
      {editing ? (
        <>
          <MemberForm
            member={member}
            busy={task.busy}
            word={said.save}
            onSave={(change) => then(() => api.sites.changeMember(member.id, change))}
            onCancel={() => setEditing(false)}
          />
          <Sure
            word={said.remove}
            question={filled(said.removeSure, { name: member.name })}
            onYes={() => then(() => api.sites.removeMember(member.id))}
            busy={task.busy}
          />
        </>
      ) : null}
    </li>
  );
}

/** A member's code, to be printed or read aloud; black on white on paper. */
function CodePaper({ issued, site, onClose }: { readonly issued: Issued; readonly site: string; readonly onClose: () => void }) {
  const { words, language } = useConsole();
  const said = words.sites;
  return (
    <Dialog title={`${words.codeFor}: ${issued.name}`} closeWord={words.close} onClose={onClose}>
      <p>{words.codeOnce}</p>
      <div className="code-paper stack">
        <p className="code-paper-title">
          <strong>{said.paperTitle}</strong>
        </p>
        <p>
          {site}
          <br />
          {said.paperFor}：<strong>{issued.name}</strong>
        </p>
        <p className="code">{issued.code}</p>
        <p>
          {words.validUntil} {when(issued.until, language)}
        </p>
        <p>{said.paperHow}</p>
      </div>
      <Button onPress={() => window.print()}>{said.print}</Button>
    </Dialog>
  );
}
