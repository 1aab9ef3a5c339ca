import { lazy, type RefObject, Suspense, useRef, useState } from "react";
import type { StripPart } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { Banner } from "../chart/Banner.tsx";
import { Conflicts } from "../chart/Conflicts.tsx";
import { ReadingContext } from "../chart/reading.ts";
import { RuleTableContext } from "../chart/ruleTable.ts";
import { StripPanel } from "../chart/StripPanel.tsx";
import { useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";
import { ConfirmIdentity } from "./ConfirmIdentity.tsx";
import { useFrame, useNow, useStatus } from "./context.ts";
import type { DeviceNote } from "./core-notes.ts";
import { Failed } from "./Failed.tsx";
import { GrantClock } from "./GrantClock.tsx";
import { AskGuarded, Guarded } from "./Guarded.tsx";
import { OpenRest } from "./OpenRest.tsx";
import type { Opened } from "./PersonScreen.tsx";
import { PrintButton, PrintNotice } from "./PrintButton.tsx";
import { policyOf } from "./policyOf.ts";
import { StripInstead } from "./StripInstead.tsx";
import { clockRight } from "./status-facts.ts";
import type { SecondHook } from "./useSecond.ts";
import type { Task } from "./useTask.ts";
import type { Begun } from "./WriteNote.tsx";

/** Apart from the strip, which does not wait for it; readAhead.ts has it in memory before anyone is unlocked. */
const PaperScreen = lazy(() => import("./PaperScreen.tsx").then((part) => ({ default: part.PaperScreen })));
const NotesFrame = lazy(() => import("./NotesFrame.tsx").then((part) => ({ default: part.NotesFrame })));
const WriteNote = lazy(() => import("./WriteNote.tsx").then((part) => ({ default: part.WriteNote })));
const FormBar = lazy(() => import("./FormBar.tsx").then((part) => ({ default: part.FormBar })));
const SummaryPage = lazy(() => import("../chart/SummaryPage.tsx").then((part) => ({ default: part.SummaryPage })));

/** What a paramedic needs on one screen, drawn of what is open already. */
const Brief = lazy(() => import("../chart/Brief.tsx").then((part) => ({ default: part.Brief })));

interface OpenPersonProps {
  readonly hit: Hit;
  readonly task: Task;
  readonly second: SecondHook;
  readonly opened: Opened;
  readonly onOpened: (opened: Opened) => void;
  readonly onClose: () => void;
  /** Paper form that is copied here. */
  readonly form: string | null;
  /** The way back from what stands over the person, while something does. */
  readonly over: RefObject<(() => void) | null>;
}

/** Without a hash: nothing of a patient may enter the address or the history. */
function goTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "start" });
}

/** The strip, then the identity, then the whole page. The banner stays on screen throughout. */
export function OpenPerson({ hit, opened, task, second, onOpened, onClose, form, over }: OpenPersonProps) {
  const { t } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(30_000);
  const who = useWho();
  const { t: glass } = useMoreWords("glass", glassJa, glassEn);
  const [asking, setAsking] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [paper, setPaper] = useState(false);
  const [brief, setBrief] = useState(false);
  const [writing, setWriting] = useState<{ readonly corrected: DeviceNote | null } | null>(null);
  const begun = useRef<Begun | null>(null);
  const write = (next: { readonly corrected: DeviceNote | null } | null) => {
    setWriting(next);
    window.scrollTo(0, 0);
    over.current = next === null ? null : () => write(null);
  };
  const { part } = opened.strip;
  const policy = policyOf(core);
  const person = { name: who.name(part.identity), birth: who.birth(part.identity.birthDate) };
  const summary = opened.rest?.part.summary ?? null;
  const reading = { now, clockRight: clockRight(status), sources: summary?.sources ?? part.sources };

  const confirm: Parameters<typeof ConfirmIdentity>[0]["onConfirm"] = (compared) =>
    task.run(async () => {
      await core.confirmIdentity(opened.strip.grant, compared);
      setConfirming(false);
      onOpened({ ...opened, confirmed: true });
    });
  const openRest = (reasonId: string, note: string) =>
    second.run(async () => {
      const grant = await core.breakRest(opened.strip.grant, reasonId, note);
      const rest = { grant, part: await core.openRest(grant) };
      onOpened({ ...opened, rest });
      window.scrollTo(0, 0);
    });
  const openGuarded = (reasonId: string) =>
    second.run(async () => {
      if (opened.rest === null) return;
      const grant = await core.breakProtected(opened.rest.grant, reasonId);
      const guarded = { grant, part: await core.openProtected(grant) };
      setAsking(false);
      onOpened({ ...opened, guarded });
    });
  // Who agreed to the strip's opening, or is one's own patient, is so for the rest: that reason stands first.
  const same = policy.otherWays(2).filter(({ id }) => id === opened.reasonId);
  const masked = <Guarded guarded={policy.guarded} afterRest={summary !== null} onAsk={() => setAsking(true)} />;

  const turn = (shown: boolean) => {
    setBrief(shown);
    window.scrollTo(0, 0);
  };
  const toBrief = <Button onPress={() => turn(true)}>{glass("brief")}</Button>;
  const toWrite = <Button onPress={() => write({ corrected: null })}>{glass("write")}</Button>;
  const onward = (
    <>
      {opened.confirmed ? (
        <Button onPress={() => goTo("rest-title")}>{t("rest.onward")}</Button>
      ) : (
        <Button onPress={() => goTo("confirm-title")}>{t("confirm.onward")}</Button>
      )}
      {toBrief}
      {toWrite}
    </>
  );
  const notes = (
    <Suspense>
      <NotesFrame open={opened.strip.grant} onWrite={(corrected) => write({ corrected })} />
    </Suspense>
  );

  return (
    <ReadingContext value={reading}>
      <RuleTableContext value={{ held: core.rulesVersion(), load: core.ruleTable }}>
        <div className={paper ? "patient paper-screen" : "patient"}>
          <Banner
            identity={summary?.identity ?? part.identity}
            asOf={summary?.asOf ?? part.asOf}
            action={<Button onPress={onClose}>{t("grant.end")}</Button>}
          >
            <div className="row banner-tools">
              <span className={opened.confirmed ? "badge" : "badge badge-warn"}>
                {t(opened.confirmed ? "confirm.done" : "confirm.presumed")}
              </span>
              <GrantClock expiresAt={opened.strip.grant.expiresAt} />
              {summary !== null && !opened.confirmed ? <Button onPress={() => setConfirming(true)}>{glass("confirmLater")}</Button> : null}
            </div>
          </Banner>
          {paper ? (
            <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
              <PaperScreen opened={opened} task={task} onBack={() => setPaper(false)} />
            </Suspense>
          ) : null}
          <main hidden={paper}>
            <Failed failure={task.failure} />
            {asking ? (
              <AskGuarded
                reasons={[...same, ...policy.reasons(2)]}
                action={t("protected.open", person)}
                busy={task.busy}
                onPick={openGuarded}
                onCancel={() => setAsking(false)}
              />
            ) : null}
            {confirming ? (
              <Dialog title={glass("confirmLater")} closeWord={t("app.cancel")} onClose={() => setConfirming(false)}>
                <ConfirmIdentity identity={part.identity} busy={task.busy} onConfirm={confirm} onWrong={onClose} />
              </Dialog>
            ) : null}
            {form === null ? null : (
              <Suspense>
                <FormBar form={form} />
              </Suspense>
            )}
            {writing !== null ? (
              <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
                <div className="page-body">
                  <WriteNote
                    open={opened.strip.grant}
                    who={`${person.name} ${person.birth} ${who.sex(part.identity.sex)}`}
                    corrected={writing.corrected}
                    form={form}
                    begun={begun}
                    onClose={() => write(null)}
                  />
                </div>
              </Suspense>
            ) : brief ? (
              <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
                <Brief
                  identity={summary?.identity ?? part.identity}
                  sources={reading.sources}
                  strip={withGuarded(opened)}
                  summary={summary}
                  onClose={() => turn(false)}
                />
              </Suspense>
            ) : summary === null ? (
              <div className="page-body strip-page">
                <Conflicts identity={part.identity} />
                <StripPanel strip={part.strip} masked={masked} onward={onward} />
                {notes}
                {opened.confirmed ? (
                  <OpenRest
                    hit={hit}
                    same={same}
                    reasons={policy.reasons(2)}
                    others={policy.otherWays(2)}
                    action={t("rest.open", person)}
                    busy={task.busy}
                    onOpen={openRest}
                  />
                ) : (
                  <ConfirmIdentity identity={part.identity} busy={task.busy} onConfirm={confirm} onWrong={onClose} />
                )}
              </div>
            ) : (
              <StripInstead strip={<StripPanel strip={part.strip} masked={masked} />}>
                <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
                  <SummaryPage
                    summary={summary}
                    strip={part.strip}
                    protectedPart={opened.guarded?.part ?? null}
                    masked={masked}
                    onward={
                      <>
                        {toBrief}
                        {toWrite}
                      </>
                    }
                    notes={notes}
                  />
                </Suspense>
              </StripInstead>
            )}
            <div className="row page-tools">
              <Button kind="main" onPress={() => setPaper(true)}>
                {glass("paperOpen")}
              </Button>
              <PrintButton task={task} record={() => core.recordUse((opened.rest ?? opened.strip).grant, "print", printedParts(opened))} />
            </div>
          </main>
        </div>
        <PrintNotice paper={paper} />
      </RuleTableContext>
    </ReadingContext>
  );
}

/** The danger strip with what was opened of the protected items. */
function withGuarded({ strip: { part }, guarded }: Opened): StripPart["strip"] {
  return guarded === null ? part.strip : { ...part.strip, masked: false, items: [...part.strip.items, ...guarded.part.strip.items] };
}

/** What stands on the paper: the parts that are open. */
function printedParts({ rest, guarded }: Opened): string {
  return ["strip", ...(rest === null ? [] : ["rest"]), ...(guarded === null ? [] : ["protected"])].join(" ");
}
