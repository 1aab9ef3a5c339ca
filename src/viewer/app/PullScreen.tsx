import { Button } from "../../ui/Button.tsx";
import { Meter } from "../../ui/Meter.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { errorText } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { useFrame, useStatus } from "./context.ts";
import { megabytes } from "./status-facts.ts";
import { useTask } from "./useTask.ts";

/** The first pull: how much, how many, and why it stopped. It may go on behind the home screen. */
export function PullScreen({ onBackground }: { readonly onBackground: () => void }) {
  const { t, language } = useWords();
  const { core } = useFrame();
  const { pull, syncError } = useStatus();
  const task = useTask();
  const stopped = pull === null && !task.busy ? (task.failure?.code ?? syncError) : null;
  return (
    <main className="screen">
      <h1>{t("pull.title")}</h1>
      <p>{t("pull.intro")}</p>
      {stopped === null ? (
        <Meter label={t("pull.title")} share={pull === null || pull.totalBytes === 0 ? null : pull.doneBytes / pull.totalBytes}>
          {pull === null ? (
            <span>{t("pull.preparing")}</span>
          ) : (
            <>
              <span>{t("pull.bytes", { done: megabytes(pull.doneBytes), total: megabytes(pull.totalBytes) })}</span>
              <span>{t("pull.items", { done: pull.doneItems, total: pull.totalItems })}</span>
            </>
          )}
        </Meter>
      ) : (
        <Notice kind="danger" title={t("pull.stopped")} live>
          <p>{errorText(stopped, language)}</p>
          <p className="soft">{t("app.detail", { code: stopped })}</p>
          <Button kind="main" onPress={() => task.run(() => core.sync())}>
            {t("pull.resume")}
          </Button>
        </Notice>
      )}
      <Button onPress={onBackground}>{t("pull.background")}</Button>
    </main>
  );
}
