import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { leaseEn } from "../../words/lease-en.ts";
import { leaseJa } from "../../words/lease-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

/** Until the journal is home: what happened, what is left, and what happens next. */
export function WipedScreen() {
  const { t } = useMoreWords("lease", leaseJa, leaseEn);
  const { core } = useFrame();
  const status = useStatus();
  const task = useTask();
  const { wipe } = status;
  if (wipe === null) return null;
  return (
    <main className="screen">
      <h1>{t(wipe.step === "erasing" ? "wipedErasing" : "wipedWaiting")}</h1>
      <Notice
        kind="danger"
        title={t(wipe.reason === "renew" ? "wipedRenew" : "wipedRevoked", { at: formatInstant(new Date(wipe.at).toISOString()) })}
      >
        {wipe.step === "erasing" ? null : <p>{t("wipedGone")}</p>}
        <p>{t("wipedAsk")}</p>
      </Notice>
      <p>{t("wipedOutbox", { count: status.outbox })}</p>
      <p>{t("wipedAgainLater")}</p>
      <ErrorNotice failure={task.failure} />
      <Button kind="main" wide disabled={task.busy} onPress={() => task.run(() => core.sync())}>
        {t("wipedSend")}
      </Button>
    </main>
  );
}

/** On the enrolment screen, once nothing is left. */
export function WipedNotice() {
  const { t } = useMoreWords("lease", leaseJa, leaseEn);
  const { wipe } = useStatus();
  if (wipe?.step !== "done") return null;
  return (
    <Notice kind="warn" title={t("wipedDone")}>
      <p>{t(wipe.reason === "renew" ? "wipedRenew" : "wipedRevoked", { at: formatInstant(new Date(wipe.at).toISOString()) })}</p>
      <p>
        {t("wipedGone")} {t("wipedHome")}
      </p>
      <p>{t("wipedAgain")}</p>
    </Notice>
  );
}
