import { useEffect } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { withKeys } from "../chart/withKeys.ts";
import { useFrame, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

const checkEveryMs = 10_000;

/** Waits until the operator has compared the letters and approved. */
export function PendingScreen() {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const task = useTask();
  const { run, failure, busy } = task;
  useEffect(() => {
    const check = () => run(() => core.checkEnrolment());
    check();
    const timer = setInterval(check, checkEveryMs);
    return () => clearInterval(timer);
  }, [core, run]);
  const unreached = failure?.code === "hub-unreachable" || failure?.code === "hub-slow";
  return (
    <main className="screen">
      <h1>{t("pending.title")}</h1>
      <p>{t("pending.intro")}</p>
      <section className="stack" aria-label={t("pending.fingerprint")}>
        <p>{t("pending.fingerprint")}</p>
        <p className="fingerprint">
          {withKeys(status.fingerprint.split(/[\s-]+/)).map(([key, group]) => (
            <span key={key}>{group}</span>
          ))}
        </p>
      </section>
      <p className="caution">
        <span aria-hidden="true">▲ </span>
        {t("pending.differs")}
      </p>
      <p className="soft">{unreached ? t("pending.unreached") : t("pending.auto")}</p>
      <ErrorNotice failure={unreached || failure?.code === "enrol-not-approved" ? null : failure} />
      <Button disabled={busy} onPress={() => run(() => core.checkEnrolment())}>
        {t("pending.check")}
      </Button>
    </main>
  );
}
