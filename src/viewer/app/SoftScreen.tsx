import { type FormEvent, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";

/** Nothing but whose screen this is: the PIN of the same person, or the lock. */
export function SoftScreen() {
  const { t } = useKeysWords();
  const { core, lock } = useFrame();
  const { staff } = useStatus();
  const [pin, setPin] = useState("");
  const task = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pin === "") return;
    task.run(() => core.resume(pin).finally(() => setPin("")));
  };
  const left = task.failure?.code === "pin-wrong" ? task.failure.detail.left : undefined;
  return (
    <main className="screen">
      <h1>{t("softTitle")}</h1>
      <p>{t("softWho", { name: staff?.name ?? "" })}</p>
      <form className="stack" onSubmit={submit} autoComplete="off">
        <Field label={t("pin")} kind="pin" value={pin} onChange={setPin} autoFocus />
        <Submit disabled={pin === "" || task.busy}>{t("softOpen")}</Submit>
      </form>
      <ErrorNotice failure={task.failure} />
      {typeof left === "number" ? <p role="status">{t("softLeft", { left })}</p> : null}
      <Button onPress={lock}>{t("softLock")}</Button>
    </main>
  );
}
