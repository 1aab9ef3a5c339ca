import { type ReactNode, useState } from "react";
import type { Strip, StripItem } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words/react.ts";
import { Provenance } from "./Provenance.tsx";
import { useReading } from "./reading.ts";
import { StateLabel } from "./StateLabel.tsx";
import { withKeys } from "./withKeys.ts";

interface StripPanelProps {
  readonly strip: Strip;
  readonly title?: string;
  /** What to do about the protected items: shown only where something is masked. */
  readonly masked?: ReactNode;
}

/** The danger strip. What stands here was put here by visible rules; it says so, with the number of items no rule could judge. */
export function StripPanel({ strip, title, masked }: StripPanelProps) {
  const { t, day } = useReading();
  const { t: app } = useWords();
  const [rules, setRules] = useState(false);
  return (
    <section
      className="strip"
      aria-labelledby={title === undefined ? "strip-title" : "protected-strip-title"}
      id={title === undefined ? "section-strip" : undefined}
    >
      <div className="part-head">
        <h2 id={title === undefined ? "strip-title" : "protected-strip-title"} tabIndex={-1}>
          {title ?? t("strip.title")}
        </h2>
        <Button kind="quiet" onPress={() => setRules(true)}>
          {t("strip.rules")}
        </Button>
      </div>
      {strip.items.length === 0 ? (
        <p className="strip-nothing">{t("strip.nothing")}</p>
      ) : (
        <ul className="strip-items">
          {withKeys(strip.items).map(([key, item]) => (
            <StripLine key={key} item={item} />
          ))}
        </ul>
      )}
      {strip.masked ? (
        <div className="masked">
          <p className="masked-title">
            <span aria-hidden="true">◆ </span>
            {t("strip.masked")}
          </p>
          {masked}
        </div>
      ) : null}
      <div className="strip-states">
        <h3>{t("strip.states")}</h3>
        <dl>
          <dt>{t("section.allergies")}</dt>
          <dd>
            <StateLabel state={strip.allergyState} brief />
          </dd>
          <dt>{t("section.medicines")}</dt>
          <dd>
            <StateLabel state={strip.medicineState} brief />
          </dd>
          <dt>{t("section.diagnoses")}</dt>
          <dd>
            <StateLabel state={strip.diagnosisState} brief />
          </dd>
        </dl>
      </div>
      <p className="strip-rule">{t("strip.rule", { count: strip.unjudged })}</p>
      {rules ? (
        <Dialog title={t("strip.rules")} closeWord={app("app.close")} onClose={() => setRules(false)}>
          <p>{t("strip.rulesVersion", { version: strip.rules.version, date: day(strip.rules.date) })}</p>
          <p>{t("strip.rulesHelp")}</p>
          <ul className="bullets">
            {withKeys(strip.items).map(([key, item]) => (
              <li key={key}>
                {t(`danger.${item.danger}`)}: {item.text} ({t("strip.ruleUsed", { rule: item.rule })})
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </section>
  );
}

const judged = { name: "strip.byName", code: "strip.byCode", sent: "strip.bySent" } as const;

function StripLine({ item }: { readonly item: StripItem }) {
  const { t, day } = useReading();
  return (
    <li className="strip-item">
      <p className="strip-class">
        <span aria-hidden="true">■ </span>
        {t(`danger.${item.danger}`)}
        <span className="strip-by">{t(judged[item.by])}</span>
      </p>
      <p className="strip-text">{item.text}</p>
      <p className="facts">
        {item.detail === "" ? null : <span className="pair">{item.detail}</span>}
        {item.end === null ? null : <span className="pair">{t("strip.end", { date: day(item.end) })}</span>}
      </p>
      <Provenance item={item} />
    </li>
  );
}
