import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame } from "./context.ts";
import type { OutageView } from "./core-outage.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

/** That an outage session runs, who declared it, until when and how many it has opened; and the way to end it. */
export function OutageBar({ outage }: { readonly outage: OutageView }) {
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const task = useTask();
  const { byName, until, openings } = outage;
  return (
    <Notice kind="warn" title={t("outageRuns", { name: byName, until: formatInstant(until), count: openings })}>
      <Button disabled={task.busy} onPress={() => task.run(() => core.endOutage())}>
        {t("outageEnd")}
      </Button>
      <ErrorNotice failure={task.failure} />
    </Notice>
  );
}
