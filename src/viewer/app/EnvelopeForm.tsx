import { type FormEvent, lazy, Suspense, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useFrame } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { codeLettersOf } from "./enrolCode.ts";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";
import { useThrottle } from "./useThrottle.ts";

const Scanner = lazy(() => import("./Scanner.tsx").then((part) => ({ default: part.Scanner })));
const letters = 32;

/** At the lock screen: the printed secret, and who it is that uses it. Without a disaster it only says so. */
export function EnvelopeForm({ onBack }: { readonly onBack: () => void }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const [secret, setSecret] = useState("");
  const [user, setUser] = useState("");
  const [scanning, setScanning] = useState(false);
  const task = useTask();
  const wait = useThrottle(task.failure);
  const users = core.envelopeUsers();
  const ready = secret.length === letters && user !== "" && wait === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) task.run(() => core.unlockByEnvelope(secret, user));
  };
  if (scanning) {
    return (
      <Suspense>
        <Scanner
          onText={(text) => {
            setSecret(codeLettersOf(text));
            setScanning(false);
          }}
          onType={() => setScanning(false)}
        />
      </Suspense>
    );
  }
  return (
    <main className="screen">
      <h1>{t("envelopeTitle")}</h1>
      {core.envelopeStanding() === "ready" ? (
        <form className="stack" onSubmit={submit} autoComplete="off">
          <p>{t("envelopeWhy")}</p>
          <Button wide onPress={() => setScanning(true)}>
            {t("envelopeScan")}
          </Button>
          <Field
            kind="lines"
            label={t("envelopeSecret")}
            help={t("envelopeHelp")}
            value={secret.replace(/(.{4})(?=.)/g, "$1-")}
            onChange={(text) => setSecret(codeLettersOf(text))}
          >
            <p className="soft" role="status">
              {t("envelopeCount", { count: secret.length })}
            </p>
          </Field>
          <Choices
            legend={t("envelopeUser")}
            chosen={[user]}
            onChange={([next]) => setUser(next ?? "")}
            choices={users.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <ErrorNotice failure={task.failure} />
          <Submit disabled={!ready || task.busy}>{t("envelopeOpen")}</Submit>
        </form>
      ) : (
        <Notice kind="warn" title={t("envelopeClosed")}>
          <p>{t("envelopeClosedHelp")}</p>
        </Notice>
      )}
      <Button onPress={onBack}>{t("back")}</Button>
    </main>
  );
}
