import "./emergency.css";
import { useState } from "react";
import type { RescueLine } from "../../shared/summary/rescue.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { emergencyEn } from "../../words/emergency-en.ts";
import { emergencyJa } from "../../words/emergency-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame, useStatus } from "./context.ts";
import { DeclareForm } from "./DeclareForm.tsx";
import { beginDrill, readDrill } from "./drillMode.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { RescueList } from "./RescueList.tsx";
import type { ToolProps } from "./tools.ts";
import { useTask } from "./useTask.ts";

const effects = ["effect1", "effect2", "effect3", "effect4"] as const;

/** What holds in a disaster, the rescue roster, declaring with no hub, and drills. */
export function EmergencyScreen({ onDone }: ToolProps) {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core } = useFrame();
  useStatus();
  const [roster, setRoster] = useState<readonly RescueLine[] | null>(null);
  const disaster = core.disaster();
  // With the end of the disaster the list leaves the screen.
  if (roster !== null && disaster !== null) return <RescueList lines={roster} onClose={() => setRoster(null)} />;
  const until = disaster === null ? "" : formatInstant(disaster.until);
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      {disaster === null ? (
        <p>{t("none")}</p>
      ) : (
        <Notice kind="warn" title={t("inForce", { words: disaster.words })}>
          <p>{t(disaster.by === "hub" ? "byHub" : "byHere", { until })}</p>
          <h2>{t("effects")}</h2>
          <ul className="bullets">
            {effects.map((effect) => (
              <li key={effect}>{t(effect)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Rescue open={disaster !== null} onOpened={setRoster} />
      {disaster?.by === "here" ? <EndHere /> : null}
      {disaster === null ? <DeclareForm /> : null}
      <Drill />
      <Button onPress={onDone}>{t("back")}</Button>
    </main>
  );
}

function Rescue({ open, onOpened }: { readonly open: boolean; readonly onOpened: (lines: readonly RescueLine[]) => void }) {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core } = useFrame();
  const task = useTask();
  const count = core.rescueCount();
  return (
    <section className="part stack">
      <h2>{t("rescueTitle")}</h2>
      <p>{t("rescueWhy")}</p>
      <p className="soft">{t("rescueLimit")}</p>
      {count === null ? <p>{t("rescueMissing")}</p> : null}
      {count !== null && !open ? <p>{t("rescueClosed")}</p> : null}
      {count !== null && open ? (
        <Button kind="main" wide disabled={task.busy} onPress={() => task.run(async () => onOpened(await core.openRescue()))}>
          {t("rescueOpen", { count })}
        </Button>
      ) : null}
      <ErrorNotice failure={task.failure} />
    </section>
  );
}

function EndHere() {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core } = useFrame();
  const task = useTask();
  const [sure, setSure] = useState(false);
  return (
    <section className="part stack">
      {sure ? (
        <>
          <p>{t("endSure")}</p>
          <div className="row">
            <Button kind="main" disabled={task.busy} onPress={() => task.run(() => core.endDisaster())}>
              {t("yes")}
            </Button>
            <Button onPress={() => setSure(false)}>{t("no")}</Button>
          </div>
        </>
      ) : (
        <Button onPress={() => setSure(true)}>{t("end")}</Button>
      )}
      <ErrorNotice failure={task.failure} />
    </section>
  );
}

function Drill() {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core, lock } = useFrame();
  const task = useTask();
  const [disaster, setDisaster] = useState(false);
  const running = readDrill(sessionStorage) !== null;
  const begin = () =>
    task.run(async () => {
      beginDrill(sessionStorage, await core.startDrill(disaster));
      // Locking loads the page anew, and the page then is the drill's.
      lock();
    });
  return (
    <section className="part stack">
      <h2>{t("drillTitle")}</h2>
      {running ? (
        <p>{t("drillHere")}</p>
      ) : (
        <>
          <p>{t("drillWhy")}</p>
          <label className="tick">
            <input type="checkbox" checked={disaster} onChange={() => setDisaster(!disaster)} /> <span>{t("drillDisaster")}</span>
          </label>
          <Button disabled={task.busy} onPress={begin}>
            {t("drillStart")}
          </Button>
          <ErrorNotice failure={task.failure} />
        </>
      )}
    </section>
  );
}
