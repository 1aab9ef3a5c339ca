import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { leaseEn } from "../../words/lease-en.ts";
import { leaseJa } from "../../words/lease-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import type { LeaseState } from "../vault/lease-machine.ts";
import { ConfirmDate } from "./ConfirmDate.tsx";
import { useFrame, useNow } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { useTask } from "./useTask.ts";

export type ClosedLease = Extract<LeaseState, "none" | "doubtful" | "over">;

const words = {
  none: ["titleNone", "whyNone"],
  doubtful: ["titleDoubtful", "whyDoubtful"],
  over: ["titleOver", "whyOver"],
} as const satisfies Record<ClosedLease, readonly [string, string]>;

const steps = ["journal.step1", "journal.step2", "journal.step3"] as const;

/** In place of the search while the lease allows nothing: what is so, what was not lost, and every way on. */
export function LeaseScreen({ state }: { readonly state: ClosedLease }) {
  const { t } = useMoreWords("lease", leaseJa, leaseEn);
  const { t: app } = useWords();
  const { core } = useFrame();
  const now = useNow(30_000);
  const task = useTask();
  const [title, why] = words[state];
  return (
    <main className="screen">
      <h1>{t(title)}</h1>
      <Notice kind={state === "doubtful" ? "warn" : "danger"} title={t("closed")}>
        <p>{t(why)}</p>
        <p>{t("clockShows", { at: formatInstant(new Date(now).toISOString()) })}</p>
      </Notice>
      <section className="stack">
        <h2>{t("syncFirst")}</h2>
        <ErrorNotice failure={task.failure} />
        <Button kind="main" wide disabled={task.busy} onPress={() => task.run(() => core.sync())}>
          {t("sync")}
        </Button>
      </section>
      {state === "doubtful" ? <ConfirmDate /> : null}
      <section className="stack">
        <h2>{t("paper")}</h2>
        <ol className="bullets">
          {steps.map((step) => (
            <li key={step}>{app(step)}</li>
          ))}
        </ol>
      </section>
      <StatusLine />
    </main>
  );
}
