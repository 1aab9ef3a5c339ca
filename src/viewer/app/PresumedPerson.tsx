import { Button } from "../../ui/Button.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { Failed } from "./Failed.tsx";
import { WhoLines } from "./HitCard.tsx";
import { OtherWays } from "./OtherWays.tsx";
import { policyOf } from "./policyOf.ts";
import { ReasonList } from "./ReasonList.tsx";
import { StatusLine } from "./StatusLine.tsx";
import type { Task } from "./useTask.ts";

interface PresumedProps {
  readonly hit: Hit;
  readonly task: Task;
  readonly onReason: (reasonId: string, note: string) => void;
  readonly onBack: () => void;
}

/** Phase 1: nothing is open yet. The reason's button carries the name and the birth date and says that identity is presumed. */
export function PresumedPerson({ hit, task, onReason, onBack }: PresumedProps) {
  const { t } = useWords();
  const { t: glass } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(60_000);
  const who = useWho();
  const policy = policyOf(core);
  const leaseOver = status.leaseState === "extended";
  const action = t("glass.presume", { name: who.name(hit), birth: who.birth(hit.birthDate) });
  return (
    <main className="screen">
      <section className="presumed" aria-label={t("confirm.presumed")}>
        <WhoLines hit={hit} now={now} />
      </section>
      <Failed failure={task.failure ?? policy.failure} />
      {hit.packs.strip === "" ? <p className="caution">{glass("regionHit")}</p> : null}
      <h1>{t("glass.title")}</h1>
      <p>{t("glass.notOpen")}</p>
      {leaseOver ? <p className="caution">{t("glass.leaseReason")}</p> : null}
      <ReasonList
        label={t("glass.title")}
        reasons={policy.reasons(1)}
        action={action}
        busy={task.busy}
        onPick={(reasonId) => onReason(reasonId, "")}
      />
      <OtherWays hit={hit} part="strip" reasons={policy.otherWays(1)} action={action} busy={task.busy} onPick={onReason} />
      {task.busy ? <p role="status">{t("glass.opening")}</p> : null}
      <Button onPress={onBack}>{t("app.back")}</Button>
      <StatusLine />
    </main>
  );
}
