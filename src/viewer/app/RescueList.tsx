import "./emergency.css";
import { useState } from "react";
import { type RescueLine, type RescueNeed, rescueNeeds } from "../../shared/summary/rescue.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { emergencyEn } from "../../words/emergency-en.ts";
import { emergencyJa } from "../../words/emergency-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useWho } from "../chart/Who.tsx";
import { useFrame } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

interface ListProps {
  readonly lines: readonly RescueLine[];
  readonly onClose: () => void;
}

/** The roster, soonest help first; on paper with a box for each person. It leaves memory when it is closed. */
export function RescueList({ lines, onClose }: ListProps) {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core } = useFrame();
  const task = useTask();
  const [need, setNeed] = useState<RescueNeed | "all">("all");
  const soonest = (line: RescueLine) => rescueNeeds.indexOf(line.reasons[0]?.need ?? "bedridden");
  const shown = lines
    .filter(({ reasons }) => need === "all" || reasons.some((reason) => reason.need === need))
    .sort((a, b) => soonest(a) - soonest(b) || (a.kana < b.kana ? -1 : 1));
  const print = () =>
    task.run(async () => {
      await core.recordRescuePrint(shown.length);
      window.print();
    });
  const word = (each: RescueNeed) => t(`need.${each}`);
  return (
    <main className="screen screen-wide rescue">
      <h1>{t("rescueTitle")}</h1>
      <p className="caution">
        <span aria-hidden="true">▲ </span>
        {t("rescueLimit")}
      </p>
      <div className="no-print stack">
        <Choices
          legend={t("rescueCount", { shown: shown.length, count: lines.length })}
          chosen={[need]}
          choices={[
            { value: "all" as const, label: t("rescueAll") },
            ...rescueNeeds
              .map((each) => ({ each, people: lines.filter(({ reasons }) => reasons.some((reason) => reason.need === each)).length }))
              .filter(({ people }) => people > 0)
              .map(({ each, people }) => ({ value: each, label: `${word(each)} ${people}` })),
          ]}
          onChange={([next]) => setNeed(next ?? "all")}
        />
        <div className="row">
          <Button kind="main" onPress={print} disabled={task.busy}>
            {t("rescuePrint")}
          </Button>
          <Button onPress={onClose}>{t("rescueClose")}</Button>
        </div>
        <ErrorNotice failure={task.failure} />
      </div>
      <ul className="rescue-lines">
        {shown.map((line) => (
          <Line key={line.person} line={line} />
        ))}
      </ul>
    </main>
  );
}

function Line({ line }: { readonly line: RescueLine }) {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const who = useWho();
  return (
    <li className="part rescue-line">
      <p className="rescue-who">
        <span className="rescue-box" aria-hidden="true" />
        <strong>{line.name === "" ? line.kana : line.name}</strong> <span className="soft">{line.kana}</span>
        <span>{who.birth(line.birthDate)}</span>
      </p>
      <p>{line.address === "" ? t("addressNone") : line.address}</p>
      <p>{line.telephones.length === 0 ? t("phoneNone") : line.telephones.join("、")}</p>
      <ul className="bullets">
        {line.reasons.map((reason) => (
          <li key={`${reason.need}${reason.text}${reason.source}`}>
            <strong>{t(`need.${reason.need}`)}</strong> {reason.text}
            <span className="soft">
              {" "}
              {reason.source} {reason.telephone} {(reason.date ?? "").slice(0, 10)}
            </span>
          </li>
        ))}
      </ul>
      <p className="soft">{t("asOf", { at: formatInstant(line.asOf) })}</p>
    </li>
  );
}
