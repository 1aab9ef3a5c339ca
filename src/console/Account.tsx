import { useState } from "react";
import type { Account as AccountOf } from "../shared/protocol/account.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { Fact, Failure, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

/** One's own account: what leads in, and where one is signed in. */
export function Account() {
  const { api, words, failed } = useConsole();
  const loaded = useLoaded((asked) => asked.account.read());
  const task = useTask();
  const { value } = loaded;
  const account = words.account;
  return (
    <section className="stack">
      <PageHead title={words.tabs.account} lead={account.lead} loaded={loaded} />
      <Failure code={task.error} />
      {value === null ? null : (
        <>
          <dl className="facts">
            <Fact name={words.name}>{value.name}</Fact>
            <Fact name={account.roles}>{value.roles.map((role) => account.roleNames[role]).join(" · ")}</Fact>
          </dl>
          <h2>{account.passkeys}</h2>
          {value.passkeys.length === 0 ? <p>{account.passkeysNone}</p> : null}
          <ul className="stack">
            {value.passkeys.map((key) => (
              <Passkey
                key={key.id}
                passkey={key}
                busy={task.busy}
                onRemove={() => task.run(async () => loaded.set(await api.account.removePasskey(key.id)))}
              />
            ))}
          </ul>
          <NewPasskey busy={task.busy} onAdd={(label) => task.run(async () => loaded.set(await api.account.addPasskey(label)))} />
          <h2>{account.others}</h2>
          <dl className="facts">
            <Fact name={account.passphrase}>{value.passphrase ? account.passphraseSet : account.passphraseUnset}</Fact>
            {value.bindings.map((binding) => (
              <Fact key={binding} name={account.provider}>
                {binding}
              </Fact>
            ))}
          </dl>
          <h2>{account.sessions}</h2>
          <Sessions
            sessions={value.sessions}
            busy={task.busy}
            onEnd={(id) =>
              task.run(async () => {
                await api.account.endSessions(id);
                if (id === null) failed("session-expired");
                else loaded.reload();
              })
            }
          />
        </>
      )}
    </section>
  );
}

interface PasskeyProps {
  readonly passkey: AccountOf["passkeys"][number];
  readonly busy: boolean;
  readonly onRemove: () => void;
}

function Passkey({ passkey: { label, created, used }, busy, onRemove }: PasskeyProps) {
  const { words, language } = useConsole();
  const [sure, setSure] = useState(false);
  const account = words.account;
  return (
    <li className="card stack">
      <span className="card-title">
        <strong>{label}</strong>
        <span>
          {account.registered} {when(created, language)} · {used === 0 ? account.neverUsed : `${account.used} ${when(used, language)}`}
        </span>
      </span>
      {sure ? (
        <>
          <p>{account.removeSure}</p>
          <div className="row">
            <Button onPress={onRemove} disabled={busy}>
              {words.yes}
            </Button>
            <Button onPress={() => setSure(false)}>{words.no}</Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button onPress={() => setSure(true)} disabled={busy}>
            {account.remove}
          </Button>
        </div>
      )}
    </li>
  );
}

function NewPasskey({ busy, onAdd }: { readonly busy: boolean; readonly onAdd: (label: string) => void }) {
  const { words } = useConsole();
  const [label, setLabel] = useState("");
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(label.trim());
      }}
    >
      <Field label={words.account.label} value={label} onChange={setLabel} />
      <Submit disabled={busy || label.trim() === ""}>{words.account.make}</Submit>
    </form>
  );
}

interface SessionsProps {
  readonly sessions: AccountOf["sessions"];
  readonly busy: boolean;
  readonly onEnd: (id: string | null) => void;
}

function Sessions({ sessions, busy, onEnd }: SessionsProps) {
  const { words, language } = useConsole();
  const account = words.account;
  return (
    <>
      <ul className="stack">
        {sessions.map(({ id, way, opened, seen, own }) => (
          <li key={id} className="card">
            <span className="card-title">
              <strong>{account.ways[way]}</strong>
              <span>
                {account.since} {when(opened, language)} · {account.seen} {when(seen, language)}
              </span>
            </span>
            <div className="row">
              {own ? (
                <span className="badge">{account.here}</span>
              ) : (
                <Button onPress={() => onEnd(id)} disabled={busy}>
                  {account.end}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Button onPress={() => onEnd(null)} disabled={busy}>
        {account.endAll}
      </Button>
    </>
  );
}
