import "./emergency.css";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { drillEn, drillJa } from "../../words/drill.ts";
import { useMoreWords } from "../../words/react.ts";
import type { DrillRun } from "../drill/names.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { finishDrill } from "./drillMode.ts";

interface BarProps {
  readonly run: DrillRun;
  readonly reload: () => void;
}

/** On every screen of a drill: that it is one, how long it has run, what unlocks it, and the way out. */
export function DrillBar({ run, reload }: BarProps) {
  const { t } = useMoreWords("drill", drillJa, drillEn);
  const { now } = useFrame();
  const { phase } = useStatus();
  const at = useNow(1_000);
  const [failed, setFailed] = useState(false);
  const end = async () => {
    // No lock before it: locking loads the page anew, and the drill would go on. What is unlocked leaves memory with this page.
    await endDrill(sessionStorage, run, now(), failed);
    reload();
  };
  return (
    <aside className="drill-bar" aria-label={t("running")}>
      <p>
        <strong>{t("running")}</strong> <span>{t("synthetic")}</span> <span className="drill-clock">{stopwatch(at - run.from)}</span>
      </p>
      {phase === "locked" ? <p className="drill-words">{t("passphrase", { words: run.passphrase })}</p> : null}
      {failed ? <p role="alert">{t("endFailed")}</p> : null}
      <Button onPress={() => void end().catch(() => setFailed(true))}>{t("end")}</Button>
    </aside>
  );
}

/** `anyway`: without a record, whatever its databases say. The real device must be reached from every drill. */
export async function endDrill(storage: Storage, run: DrillRun, at: number, anyway: boolean): Promise<void> {
  const [{ drillRecord }, { dropDrill }] = await Promise.all([import("../drill/record.ts"), import("../drill/seed.ts")]);
  const record = drillRecord(run, at);
  finishDrill(storage, await (anyway ? record.catch(() => null) : record));
  const dropped = dropDrill();
  await (anyway ? dropped.catch(() => undefined) : dropped);
}

/** ms as m:ss. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
