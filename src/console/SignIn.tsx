import { useEffect, useState } from "react";
import type { DoorAnswer } from "../shared/protocol/account.ts";
import type { Session } from "../shared/protocol/console.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";
import { hasPasskeys } from "./passkey.ts";

interface SignInProps {
  readonly onSignedIn: (session: Session) => void;
}

/** By passkey, by the organisation's identity provider where there is one, by name and passphrase; or, the first time, by an invitation. */
export function SignIn({ onSignedIn }: SignInProps) {
  const { api } = useConsole();
  const [inviting, setInviting] = useState(false);
  const [door, setDoor] = useState<DoorAnswer | null>(null);
  useEffect(() => {
    // Whatever the hub does not answer, name and passphrase stand there all the same.
    api.account.door().then(setDoor, () => setDoor(null));
  }, [api]);
  return inviting ? (
    <Invitation onSignedIn={onSignedIn} onBack={() => setInviting(false)} />
  ) : (
    <Ways door={door} onSignedIn={onSignedIn} onInvite={() => setInviting(true)} />
  );
}

function Ways({ door, onSignedIn, onInvite }: SignInProps & { readonly door: DoorAnswer | null; readonly onInvite: () => void }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const leave = () => task.run(async () => window.location.assign(await api.account.oidcStart()));
  return (
    <form
      className="sign-in stack"
      onSubmit={(event) => {
        event.preventDefault();
        task.run(async () => onSignedIn(await api.signIn({ name, passphrase })));
      }}
    >
      <h1>{words.signIn}</h1>
      <p className="soft">{words.signInWhy}</p>
      <Failure code={task.error} />
      {hasPasskeys() ? (
        <Button kind="main" wide disabled={task.busy} onPress={() => task.run(async () => onSignedIn(await api.account.signInByPasskey()))}>
          {words.account.usePasskey}
        </Button>
      ) : null}
      {door?.oidc === true ? (
        <Button wide disabled={task.busy} onPress={leave}>
          {words.account.useProvider}
        </Button>
      ) : null}
      <Field label={words.name} value={name} onChange={setName} autoFocus />
      <Field label={words.passphrase} kind="password" value={passphrase} onChange={setPassphrase} />
      <Submit disabled={task.busy || name.trim() === "" || passphrase === ""}>{task.busy ? words.waiting : words.signIn}</Submit>
      <Button kind="quiet" onPress={onInvite} disabled={task.busy}>
        {words.account.useInvite}
      </Button>
    </form>
  );
}

function Invitation({ onSignedIn, onBack }: SignInProps & { readonly onBack: () => void }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [code, setCode] = useState("");
  const [label, setLabel] = useState("");
  return (
    <form
      className="sign-in stack"
      onSubmit={(event) => {
        event.preventDefault();
        task.run(async () => onSignedIn(await api.account.accept(code, label.trim())));
      }}
    >
      <h1>{words.account.invite}</h1>
      <p className="soft">{words.account.inviteLead}</p>
      <Failure code={task.error} />
      <Field label={words.account.code} kind="code" value={code} onChange={setCode} autoFocus />
      <Field label={words.account.label} value={label} onChange={setLabel} />
      <Submit disabled={task.busy || code.trim() === "" || label.trim() === ""}>{task.busy ? words.waiting : words.account.make}</Submit>
      <Button kind="quiet" onPress={onBack} disabled={task.busy}>
        {words.account.useName}
      </Button>
    </form>
  );
}
