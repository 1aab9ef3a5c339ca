import "./emergency.css";
import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { drillEn, drillJa } from "../../words/drill.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { type DrillRecord, drillTimes } from "../drill/record.ts";
import { useFrame } from "./context.ts";
import type { KeptRecord } from "./core-drill.ts";
import { stopwatch } from "./DrillBar.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

interface RecordProps {
  readonly record: DrillRecord;
  readonly onClose: () => void;
}

const order = ["unlock", "strip", "confirm", "rest", "rescue"] as const;

/** The record of a drill that ended: signed once, then paper for the continuity plan's file. */
export function DrillRecordScreen({ record, onClose }: RecordProps) {
  const { t } = useMoreWords("drill", drillJa, drillEn);
  const { core } = useFrame();
  const [kept, setKept] = useState<KeptRecord | null>(null);
  const task = useTask();
  const { run } = task;
  useEffect(() => run(async () => setKept(await core.keepDrillRecord(record))), [run, core, record]);
  const times = drillTimes(record);
  const length = record.until - record.from;
  const facts: readonly (readonly [string, string])[] = [
    [t("site"), record.site],
    [t("device"), record.device],
    [t("member"), record.staff],
    [t("when"), `${formatInstant(record.from)} – ${formatInstant(record.until)}`],
    [t("scenario"), t(record.disaster ? "disaster" : "outage")],
    [t("length"), stopwatch(length)],
    [t("entries"), String(record.steps.length)],
  ];
  return (
    <main className="screen drill-record">
      <h1>{t("record")}</h1>
      <p>{t("recordWhy")}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div className="fact" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>{t("steps")}</h2>
      <ul className="drill-steps">
        {order.map((step) => {
          const after = times[step];
          return (
            <li key={step}>
              <span>{t(`step.${step}`)}</span>
              <span>{after === null ? t("notDone") : stopwatch(after)}</span>
              <meter min={0} max={Math.max(1, length)} value={after ?? 0} aria-hidden="true" />
            </li>
          );
        })}
      </ul>
      <h2>{t("signed")}</h2>
      {kept === null ? (
        <p role="status">{t("saving")}</p>
      ) : (
        <dl className="facts drill-signed">
          <div className="fact">
            <dt>{t("entry")}</dt>
            <dd>
              {kept.chain} / {kept.seq}
            </dd>
          </div>
          <div className="fact">
            <dt>{t("hash")}</dt>
            <dd>{kept.hash}</dd>
          </div>
          <div className="fact">
            <dt>{t("signature")}</dt>
            <dd>{kept.signature}</dd>
          </div>
        </dl>
      )}
      <p className="print-only">{t("reviewed")}</p>
      <ErrorNotice failure={task.failure} />
      <div className="row no-print">
        <Button kind="main" onPress={() => window.print()} disabled={kept === null}>
          {t("print")}
        </Button>
        <Button onPress={onClose}>{t("close")}</Button>
      </div>
    </main>
  );
}
