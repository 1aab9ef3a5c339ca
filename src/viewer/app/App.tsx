import type { i18n } from "i18next";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef } from "react";
import { I18nextProvider } from "react-i18next";
import { codeOf } from "../../shared/error.ts";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import type { DrillRun } from "../drill/names.ts";
import type { InstallOffer } from "../readiness/installOffer.ts";
import { Crash } from "./Crash.tsx";
import { FrameContext, useFrame, useStatus } from "./context.ts";
import type { Core } from "./core.ts";
import { Detachable } from "./Detachable.tsx";
import { useGuard } from "./guard.ts";
import { LockScreen } from "./LockScreen.tsx";
import { keepLockFault } from "./lockFault.ts";
import { Shell } from "./Shell.tsx";
import { useGone } from "./useGone.ts";
import { useSyncLoop } from "./useSyncLoop.ts";

const DrillBar = lazy(() => import("./DrillBar.tsx").then((part) => ({ default: part.DrillBar })));
const EnrolScreen = lazy(() => import("./EnrolScreen.tsx").then((part) => ({ default: part.EnrolScreen })));
const PendingScreen = lazy(() => import("./PendingScreen.tsx").then((part) => ({ default: part.PendingScreen })));
const StaffScreen = lazy(() => import("./StaffScreen.tsx").then((part) => ({ default: part.StaffScreen })));
const SoftScreen = lazy(() => import("./SoftScreen.tsx").then((part) => ({ default: part.SoftScreen })));
const WipedScreen = lazy(() => import("./WipedScreen.tsx").then((part) => ({ default: part.WipedScreen })));
const Inside = lazy(() => import("./Inside.tsx").then((part) => ({ default: part.Inside })));

interface AppProps {
  readonly core: Core;
  readonly words: i18n;
  readonly now: () => number;
  /** Loads the page anew after a lock. */
  readonly reload: () => void;
  /** The drill that this page is in; null: the real device. */
  readonly drill?: DrillRun | null;
  readonly install?: InstallOffer | null;
  /** Offered at the lock screen only: never under a patient. */
  readonly updateOffer?: ReactNode;
}

/** The viewer's screens. Which one shows is decided by the device's state alone; nothing of it enters the address or the history. */
export function App({ core, words, now, reload, drill = null, install = null, updateOffer }: AppProps) {
  const leaving = useRef(false);
  const lock = useCallback(() => {
    leaving.current = true;
    // Whatever became of the journal entry about the lock, the keys must leave this page's memory; the lock screen says what became of it.
    core.lock().then(reload, (error: unknown) => {
      keepLockFault(sessionStorage, codeOf(error));
      reload();
    });
  }, [core, reload]);
  const gone = useCallback(() => {
    if (!leaving.current) lock();
  }, [lock]);
  const frame = useMemo(() => ({ core, now, lock, install }), [core, now, lock, install]);
  return (
    <I18nextProvider i18n={words}>
      <FrameContext value={frame}>
        <Crash reload={reload}>
          {drill === null ? null : (
            <Suspense>
              <DrillBar run={drill} reload={reload} />
            </Suspense>
          )}
          <Shell>
            <Screen updateOffer={updateOffer} gone={gone} />
          </Shell>
        </Crash>
      </FrameContext>
    </I18nextProvider>
  );
}

function Screen({ updateOffer, gone }: { readonly updateOffer: ReactNode; readonly gone: () => void }) {
  const { t } = useWords();
  const { core, lock } = useFrame();
  const { phase } = useStatus();
  const pausing = useMemo(
    // A pause that could not be written is a pause all the same; the way back says why it does not open.
    () => ({ ready: () => core.softLockOf().pinSet, pause: () => void core.pause().catch(() => undefined) }),
    [core],
  );
  const soon = useGuard(phase === "unlocked", lock, pausing);
  useSyncLoop(core, phase === "unlocked" || phase === "soft" || phase === "locked" || phase === "wiped");
  useGone(phase, gone);
  return (
    <>
      {soon === null ? null : <Notice kind="warn" title={t(soon === "pause" ? "app.hideSoon" : "app.idleSoon")} live />}
      {/* By its key, what belonged to the last phase (a passphrase half typed) leaves the page while the next part still loads. */}
      <Suspense key={phase === "soft" ? "unlocked" : phase} fallback={<Loading />}>
        {phase === "blank" ? <EnrolScreen /> : null}
        {phase === "pending" ? <PendingScreen /> : null}
        {phase === "unstaffed" ? <StaffScreen /> : null}
        {phase === "locked" ? <LockScreen updateOffer={updateOffer} /> : null}
        {phase === "unlocked" || phase === "soft" ? (
          <Detachable attached={phase === "unlocked"}>
            {/* Its own: what waits further out takes the place out of the document, and the search field would lose its focus. */}
            <Suspense fallback={<Loading />}>
              <Inside />
            </Suspense>
          </Detachable>
        ) : null}
        {phase === "wiped" ? <WipedScreen /> : null}
      </Suspense>
      {phase === "soft" ? (
        <Suspense fallback={<Loading />}>
          <SoftScreen />
        </Suspense>
      ) : null}
    </>
  );
}

function Loading() {
  const { t } = useWords();
  return (
    <main className="screen">
      <p role="status">{t("app.loading")}</p>
    </main>
  );
}
