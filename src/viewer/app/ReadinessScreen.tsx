import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { levels, linesOf, overallOf } from "../../shared/protocol/readiness.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useMoreWords } from "../../words/react.ts";
import { readinessEn } from "../../words/readiness-en.ts";
import { readinessJa } from "../../words/readiness-ja.ts";
import { formatInstant } from "../chart/dates.ts";
import type { BrowserFacts, Facts } from "../readiness/facts.ts";
import type { Action, Line } from "../readiness/line.ts";
import { readiness } from "../readiness/lines.ts";
import { openCamera } from "./camera.ts";
import { useFrame } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { ReadinessLine } from "./ReadinessLine.tsx";
import { useTask } from "./useTask.ts";
import "./readiness.css";

const KeysScreen = lazy(() => import("./KeysScreen.tsx").then((part) => ({ default: part.KeysScreen })));
const InstallScreen = lazy(() => import("./InstallScreen.tsx").then((part) => ({ default: part.InstallScreen })));

const kinds = { red: "danger", amber: "warn", green: "plain" } as const;

/** "If the network died now": one answer, then one line for everything that it hangs on, worst first, each with what to do. */
export function ReadinessScreen({ onDone }: { readonly onDone: () => void }) {
  const { t } = useMoreWords("readiness", readinessJa, readinessEn);
  const { core, lock } = useFrame();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [camera, setCamera] = useState<BrowserFacts["camera"]>(null);
  const [inside, setInside] = useState<"keys" | "install" | null>(null);
  const { run, busy, failure } = useTask();
  const look = useCallback(async () => setFacts(await core.readiness()), [core]);
  useEffect(() => run(look), [run, look]);

  const act = (action: Action) => {
    switch (action) {
      case "sync":
        return run(() => core.sync().finally(look));
      case "trial":
        return run(() => core.tryPacks().finally(look));
      case "persist":
        return run(() => core.askPersistence().then(look));
      case "camera":
        return run(async () => setCamera(await tryCamera()));
      case "lock":
        return lock();
      case "keys":
      case "install":
        return setInside(action);
    }
  };
  const back = () => {
    setInside(null);
    run(look);
  };

  if (inside !== null)
    return (
      <Suspense fallback={<p role="status">{t("looking")}</p>}>
        {inside === "keys" ? <KeysScreen onDone={back} /> : <InstallScreen onDone={back} />}
      </Suspense>
    );
  const lines = facts && readiness(camera === null ? facts : { ...facts, camera });
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      <p>{t("intro")}</p>
      {lines === null ? <p role="status">{t("looking")}</p> : <Answer lines={lines} at={facts?.now ?? 0} />}
      <ErrorNotice failure={failure} />
      <div className="row">
        <Button kind="main" disabled={busy} onPress={() => run(() => core.tryPacks().finally(look))}>
          {t("again")}
        </Button>
        <Button onPress={onDone}>{t("back")}</Button>
      </div>
      {lines === null ? null : (
        <ul className="checks">
          {levels.flatMap((level) =>
            lines
              .filter((line) => line.level === level)
              .map((line) => <ReadinessLine key={line.check} line={line} busy={busy} onAct={act} />),
          )}
        </ul>
      )}
    </main>
  );
}

function Answer({ lines, at }: { readonly lines: readonly Line[]; readonly at: number }) {
  const { t } = useMoreWords("readiness", readinessJa, readinessEn);
  const overall = overallOf(linesOf((check) => lines.find((line) => line.check === check)?.level ?? "unknown"));
  const count = (level: Line["level"]) => lines.filter((line) => line.level === level).length;
  return (
    <Notice kind={kinds[overall]} title={t(`overall.${overall}`)} live>
      <p>{t("counts", { red: count("red"), amber: count("amber"), unknown: count("unknown"), green: count("green") })}</p>
      <p className="soft">{t("lookedAt", { at: formatInstant(at) })}</p>
    </Notice>
  );
}

/** The camera is let go at once: nothing is read. */
async function tryCamera(): Promise<BrowserFacts["camera"]> {
  const opened = await openCamera(navigator.mediaDevices);
  if (typeof opened === "string") return opened === "failed" ? null : opened;
  for (const track of opened.getTracks()) track.stop();
  return "granted";
}
