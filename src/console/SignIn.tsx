import { useState } from "react";
import type { Session } from "../shared/protocol/console.ts";
import { Submit } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

export function SignIn({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  const { api, words } = useConsole();
  const task = useTask();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
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
      <Field label={words.name} value={name} onChange={setName} autoFocus />
      <Field label={words.passphrase} kind="password" value={passphrase} onChange={setPassphrase} />
      <Submit disabled={task.busy || name.trim() === "" || passphrase === ""}>{task.busy ? words.waiting : words.signIn}</Submit>
    </form>
  );
}
