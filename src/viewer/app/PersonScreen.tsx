import { useCallback, useEffect, useRef, useState } from "react";
import type { ProtectedPart, RestPart, StripPart } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import type { Grant } from "../glass/grant.ts";
import { useFrame } from "./context.ts";
import { OpenPerson } from "./OpenPerson.tsx";
import { PresumedPerson } from "./PresumedPerson.tsx";
import { useBack } from "./useBack.ts";
import { type Failure, failureOf, useTask } from "./useTask.ts";

/** What is open of one person; everything of it leaves memory when the screen closes. */
export interface Opened {
  readonly strip: { readonly grant: Grant<"strip">; readonly part: StripPart };
  readonly confirmed: boolean;
  readonly rest: { readonly grant: Grant<"rest">; readonly part: RestPart } | null;
  readonly guarded: { readonly grant: Grant<"protected">; readonly part: ProtectedPart } | null;
}

interface PersonScreenProps {
  readonly hit: Hit;
  readonly onClose: (failure: Failure | null) => void;
}

/** One person, from the hit to the full page: reason → strip → identity → reason → page. Each opening is on disk before it shows. */
export function PersonScreen({ hit, onClose }: PersonScreenProps) {
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

  const openStrip = (reasonId: string) =>
    task.run(async () => {
      const grant = await core.breakGlass(hit, reasonId);
      // Who went back meanwhile sees nothing: then the grant must not stay open behind the home screen.
      if (left.current) return core.endGrant(grant);
      const part = await core.openStrip(grant);
      setOpened({ strip: { grant, part }, confirmed: false, rest: null, guarded: null });
      // However far the reasons were scrolled: what kills first stands at the top.
      window.scrollTo(0, 0);
    });
  const close = useCallback(() => {
    if (opened === null) return onClose(null);
    setOpened(null);
    core.endGrant(opened.strip.grant).then(
      () => onClose(null),
      (error: unknown) => onClose(failureOf(error)),
    );
  }, [core, opened, onClose]);

  useBack(close);

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
  if (opened === null) return <PresumedPerson hit={hit} task={task} onReason={openStrip} onBack={() => onClose(null)} />;
  return <OpenPerson opened={opened} onOpened={setOpened} onClose={close} />;
}
