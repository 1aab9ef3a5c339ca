import { type FormEvent, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFrame } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";

/** The soft lock's PIN, for this session alone. Nothing where the policy has no soft lock. */
export function PinPart() {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const [pin, setPin] = useState("");
  const [{ minutes, pinSet }, setKept] = useState(() => core.softLockOf());
  const task = useTask();
  if (minutes === 0) return null;
  const set = (next: string | null) =>
    task.run(async () => {
      await core.setPin(next);
      setPin("");
      setKept(core.softLockOf());
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pin !== "") set(pin);
  };
  return (
    <section className="part stack" aria-label={t("pinTitle")}>
      <h2>{t("pinTitle")}</h2>
      <p>{t("pinWhy", { minutes })}</p>
      {pinSet ? (
        <>
          <p>
            <span aria-hidden="true">● </span>
            {t("pinIs")}
          </p>
          <div className="row">
            <Button kind="main" onPress={() => task.run(() => core.pause())}>
              {t("pause")}
            </Button>
            <Button onPress={() => set(null)}>{t("pinClear")}</Button>
          </div>
        </>
      ) : (
        <form className="stack" onSubmit={submit} autoComplete="off">
          <Field label={t("pin")} kind="pin" value={pin} onChange={setPin} />
          <Submit disabled={pin === "" || task.busy}>{t("pinSet")}</Submit>
        </form>
      )}
      <ErrorNotice failure={task.failure} />
    </section>
  );
}
