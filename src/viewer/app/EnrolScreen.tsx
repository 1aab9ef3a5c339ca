import { type FormEvent, lazy, Suspense, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { codeLetters, codeLettersOf, groupsOfFive } from "./enrolCode.ts";
import { useTask } from "./useTask.ts";

const WipedNotice = lazy(() => import("./WipedScreen.tsx").then((part) => ({ default: part.WipedNotice })));
const LossNotice = lazy(() => import("./LossNotice.tsx").then((part) => ({ default: part.LossNotice })));
const InstallScreen = lazy(() => import("./InstallScreen.tsx").then((part) => ({ default: part.InstallScreen })));
const Scanner = lazy(() => import("./Scanner.tsx").then((part) => ({ default: part.Scanner })));

/** A device that belongs nowhere yet: the operator's code, scanned or typed, and a name for the device. */
export function EnrolScreen() {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const [letters, setLetters] = useState("");
  const [device, setDevice] = useState("");
  const [scanning, setScanning] = useState(false);
  const [installing, setInstalling] = useState(false);
  const task = useTask();
  const ready = letters.length === codeLetters && device.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) task.run(() => core.enrol(letters, device.trim()));
  };
  if (installing) {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <InstallScreen onDone={() => setInstalling(false)} />
      </Suspense>
    );
  }
  if (scanning) {
    return (
      <Suspense fallback={<p role="status">{t("scan.starting")}</p>}>
        <Scanner
          onText={(text) => {
            setLetters(codeLettersOf(text));
            setScanning(false);
          }}
          onType={() => setScanning(false)}
        />
      </Suspense>
    );
  }
  return (
    <main className="screen">
      <h1>{t("enrol.title")}</h1>
      {status.wipe === null ? null : (
        <Suspense fallback={null}>
          <WipedNotice />
        </Suspense>
      )}
      {status.loss === null ? null : (
        <Suspense fallback={null}>
          <LossNotice loss={status.loss} />
        </Suspense>
      )}
      <p>{t("enrol.intro")}</p>
      <Button wide onPress={() => setScanning(true)}>
        {t("enrol.scan")}
      </Button>
      <form className="stack" onSubmit={submit} autoComplete="off">
        <Field
          kind="lines"
          label={t("enrol.code")}
          help={t("enrol.codeHelp")}
          value={groupsOfFive(letters)}
          onChange={(text) => setLetters(codeLettersOf(text))}
        >
          <p className="soft" role="status">
            {t("enrol.codeCount", { count: letters.length })}
          </p>
        </Field>
        <Field label={t("enrol.device")} help={t("enrol.deviceHelp")} value={device} onChange={setDevice} />
        <ErrorNotice failure={task.failure} />
        <Submit disabled={!ready || task.busy}>{task.busy ? t("enrol.working") : t("enrol.submit")}</Submit>
      </form>
      <p className="soft">{t("enrol.installFirst")}</p>
      <Button onPress={() => setInstalling(true)}>{t("enrol.install")}</Button>
    </main>
  );
}
