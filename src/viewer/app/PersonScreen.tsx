import { useCallback, useEffect, useRef, useState } from "react";
import type { ProtectedPart, RestPart, StripPart } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import type { Grant } from "../glass/grant.ts";
import { useFrame } from "./context.ts";
import type { Core } from "./core.ts";
import { OpenPerson } from "./OpenPerson.tsx";
import { PresumedPerson } from "./PresumedPerson.tsx";
import { SecondPerson } from "./SecondPerson.tsx";
import { useBack } from "./useBack.ts";
import { useSecond } from "./useSecond.ts";
import { type Failure, failureOf, useTask } from "./useTask.ts";

/** What is open of one person; everything of it leaves memory when the screen closes. */
export interface Opened {
  readonly strip: { readonly grant: Grant<"strip">; readonly part: StripPart };
  /** Reason that the strip was opened for. */
  readonly reasonId: string;
  readonly confirmed: boolean;
  readonly rest: { readonly grant: Grant<"rest">; readonly part: RestPart } | null;
  readonly guarded: { readonly grant: Grant<"protected">; readonly part: ProtectedPart } | null;
}

interface PersonScreenProps {
  readonly hit: Hit;
  /** Paper form that is copied here. */
  readonly form?: string | null;
  readonly onClose: (failure: Failure | null) => void;
}

/** One person, from the hit to the full page: reason → strip → identity → reason → page. Each opening is on disk before it shows. */
export function PersonScreen({ hit, form = null, onClose }: PersonScreenProps) {
  const { t } = useWords();
  const { core, now } = useFrame();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [over, setOver] = useState(false);
  const task = useTask();
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);

  const second = useSecond(task);
  const openRest = async (strip: Opened, note: string) => {
    const grant = await core.breakRest(strip.strip.grant, strip.reasonId, note);
    const part = await core.openRest(grant);
    setOpened({ ...strip, rest: { grant, part } });
  };
  const openStrip = (reasonId: string, note: string) =>
    second.run(async () => {
      const grant = await core.breakGlass(hit, reasonId, note);
      // Who went back meanwhile sees nothing: then the grant must not stay open behind the home screen.
      if (left.current) return core.endGrant(grant);
      const part = await core.openStrip(grant);
      const strip: Opened = { strip: { grant, part }, reasonId, confirmed: false, rest: null, guarded: null };
      setOpened(strip);
      // However far the reasons were scrolled: what kills first stands at the top.
      window.scrollTo(0, 0);
      // A declared outage: one tap for each own patient, one entry for each part.
      if (isOutage(core, reasonId) && !left.current) await second.follow(() => openRest(strip, note));
    });
  const close = useCallback(() => {
    if (opened === null) return onClose(null);
    setOpened(null);
    core.endGrant(opened.strip.grant).then(
      () => onClose(null),
      (error: unknown) => onClose(failureOf(error)),
    );
  }, [core, opened, onClose]);

  // What stands over the person (a note being written) is what back leaves first.
  const atop = useRef<(() => void) | null>(null);
  useBack(useCallback(() => (atop.current ?? close)(), [close]));

  // The grant ends by itself: what it showed leaves the screen at once.
  useEffect(() => {
    if (opened === null) return;
    const ends = Math.min(opened.strip.grant.expiresAt, opened.rest?.grant.expiresAt ?? Number.POSITIVE_INFINITY);
    const timer = setInterval(() => {
      if (now() < ends) return;
      setOpened(null);
      setOver(true);
    }, 1000);
    return () => clearInterval(timer);
  }, [opened, now]);

  if (over) {
    return (
      <main className="screen">
        <h1>{t("grant.ended")}</h1>
        <Button kind="main" onPress={() => onClose(null)}>
          {t("app.back")}
        </Button>
      </main>
    );
  }
  const approval = second.asking ? (
    <SecondPerson hit={hit} asking={second.asking} onApproved={second.approved} onCancel={second.cancel} />
  ) : null;
  if (opened === null)
    return (
      <>
        <PresumedPerson hit={hit} task={task} onReason={openStrip} onBack={() => onClose(null)} />
        {approval}
      </>
    );
  return (
    <>
      <OpenPerson hit={hit} opened={opened} task={task} second={second} onOpened={setOpened} onClose={close} form={form} over={atop} />
      {approval}
    </>
  );
}

function isOutage(core: Core, reasonId: string): boolean {
  return core.policy().reasons.some(({ id, path }) => id === reasonId && path === "outage");
}
