import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useWords } from "../../words/react.ts";
import type { Scanned } from "../find/scan.ts";
import type { Hit } from "../find/search.ts";
import { useFrame, useStatus } from "./context.ts";
import { clearRecord, readRecord } from "./drillMode.ts";
import { HomeScreen } from "./HomeScreen.tsx";
import { clearLockFault } from "./lockFault.ts";
import { OpenFormContext } from "./openForm.ts";
import { PersonScreen } from "./PersonScreen.tsx";
import { PullScreen } from "./PullScreen.tsx";
import { policyOf } from "./policyOf.ts";
import { entered } from "./scanHits.ts";
import { type Tool, tools } from "./tools.ts";
import { useBack } from "./useBack.ts";
import type { Failure } from "./useTask.ts";
import { readWish } from "./wish.ts";

const DrillRecordScreen = lazy(() => import("./DrillRecordScreen.tsx").then((part) => ({ default: part.DrillRecordScreen })));
const LeaseScreen = lazy(() => import("./LeaseScreen.tsx").then((part) => ({ default: part.LeaseScreen })));

const ScanScreen = lazy(() => import("./ScanScreen.tsx").then((part) => ({ default: part.ScanScreen })));
const FormScreen = lazy(() => import("./FormScreen.tsx").then((part) => ({ default: part.FormScreen })));
const UnknownScreen = lazy(() => import("./UnknownScreen.tsx").then((part) => ({ default: part.UnknownScreen })));
const FourScreen = lazy(() => import("./FourScreen.tsx").then((part) => ({ default: part.FourScreen })));
const RegionScreen = lazy(() => import("./RegionScreen.tsx").then((part) => ({ default: part.RegionScreen })));

type View =
  | { readonly at: "home" }
  | { readonly at: "region" }
  | { readonly at: "scan"; readonly first: Scanned | null }
  | { readonly at: "four" }
  /** form: id of the paper form that is copied there. */
  | { readonly at: "person"; readonly hit: Hit; readonly form?: string }
  | { readonly at: "form"; readonly form: string }
  | { readonly at: "unknown"; readonly form: string }
  | { readonly at: "tool"; readonly tool: Tool };

/** Everything behind the lock: home, one person at a time, or one of the tools. The view lives here alone, never in the address. */
export function Inside() {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const [view, setView] = useState<View>({ at: "home" });
  const [query, setQuery] = useState("");
  const [waiting, setWaiting] = useState(status.asOf === null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [record, setRecord] = useState(() => readRecord(sessionStorage));
  const show = (next: View) => {
    setView(next);
    window.scrollTo(0, 0);
  };
  const openForm = (form: string) => show({ at: "form", form });
  const home = (failed: Failure | null = null) => {
    setFailure(failed);
    show({ at: "home" });
  };
  // A person's screen closes itself, with its entry; from a tool back is home; at home back does nothing.
  useBack(useCallback(() => setView((now) => (now.at === "person" ? now : { at: "home" })), []));
  useEffect(() => clearLockFault(sessionStorage), []);
  // A shortcut of the installed app asked for it before the unlock. The search is where home begins anyway.
  useEffect(() => {
    if (readWish(sessionStorage) === "scan") setView({ at: "scan", first: null });
  }, []);
  useEffect(() => {
    if (status.asOf !== null && status.pull === null) setWaiting(false);
  }, [status]);
  if (record !== null) {
    const close = () => {
      clearRecord(sessionStorage);
      setRecord(null);
    };
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <DrillRecordScreen record={record} onClose={close} />
      </Suspense>
    );
  }
  if (waiting) return <PullScreen onBackground={() => setWaiting(false)} />;
  if (status.asOf !== null && (status.leaseState === "none" || status.leaseState === "doubtful" || status.leaseState === "over")) {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <LeaseScreen state={status.leaseState} />
      </Suspense>
    );
  }
  if (view.at === "person") return <PersonScreen key={view.hit.personRef} hit={view.hit} form={view.form ?? null} onClose={home} />;
  if (view.at === "form" || view.at === "unknown") {
    const { form } = view;
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        {view.at === "unknown" ? (
          <UnknownScreen form={form} onDone={() => home()} />
        ) : (
          <FormScreen
            form={form}
            onPick={(hit) => show({ at: "person", hit, form })}
            onUnknown={() => show({ at: "unknown", form })}
            onDone={() => home()}
          />
        )}
      </Suspense>
    );
  }
  if (view.at === "tool") {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <OpenFormContext value={openForm}>
          <view.tool.Screen onDone={() => home()} />
        </OpenFormContext>
      </Suspense>
    );
  }
  if (view.at === "region") {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <RegionScreen onPick={(hit) => show({ at: "person", hit })} onBack={() => home()} />
      </Suspense>
    );
  }
  if (view.at === "scan") {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <ScanScreen first={view.first} onHit={(hit) => show({ at: "person", hit })} onForm={openForm} onBack={() => home()} />
      </Suspense>
    );
  }
  if (view.at === "four") {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <FourScreen onPick={(hit) => show({ at: "person", hit })} onBack={() => home()} />
      </Suspense>
    );
  }
  const enter = (text: string, hits: readonly Hit[]) => {
    const meant = entered(core, text, hits);
    if (meant === null) return;
    if ("hit" in meant) show({ at: "person", hit: meant.hit });
    else if (meant.code.kind === "form") openForm(meant.code.id);
    else show({ at: "scan", first: meant.code });
    // What a scanner typed is no search to come back to.
    if (hits.length === 0) setQuery("");
  };
  return (
    <HomeScreen
      search={core.search.bind(core)}
      query={query}
      onQuery={setQuery}
      failure={failure}
      onPick={(hit) => show({ at: "person", hit })}
      onScan={() => show({ at: "scan", first: null })}
      onEnter={enter}
      onFour={() => show({ at: "four" })}
      onRegion={policyOf(core).region ? () => show({ at: "region" }) : null}
      tools={tools}
      onTool={(tool) => show({ at: "tool", tool })}
    />
  );
}
