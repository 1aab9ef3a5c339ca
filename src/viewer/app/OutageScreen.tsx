import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { FormsOut } from "./FormsOut.tsx";
import { OutageBar } from "./OutageBar.tsx";
import type { ToolProps } from "./tools.ts";
import { useTask } from "./useTask.ts";

/** Declares that the site's own systems are down, once; or ends it. */
export function OutageScreen({ onDone }: ToolProps) {
  const { t: app } = useWords();
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const { outage } = useStatus();
  const task = useTask();
  const [note, setNote] = useState("");
  const start = () =>
    task.run(async () => {
      await core.startOutage(note);
      onDone();
    });
  return (
    <main className="screen">
      <h1>{t("outageTitle")}</h1>
      <p>{t("outageWhat")}</p>
      {outage === null ? (
        <>
          <p>{t("outageEnds", { hours: core.policy().outageHours })}</p>
          <Field label={t("outageNote")} value={note} onChange={setNote} />
          <Button kind="main" wide disabled={task.busy || note.trim() === ""} onPress={start}>
            {t("outageStart")}
          </Button>
        </>
      ) : (
        <OutageBar outage={outage} />
      )}
      <ErrorNotice failure={task.failure} />
      <FormsOut />
      <Button onPress={onDone}>{app("app.back")}</Button>
    </main>
  );
}
