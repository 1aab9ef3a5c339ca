import { lazy, type ReactNode, Suspense, useContext, useState } from "react";
import type { AbsenceState, Strip } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useWords } from "../../words/react.ts";
import { useReading } from "./reading.ts";
import { otherTable, RuleTableContext } from "./ruleTable.ts";
import { StateLabel } from "./StateLabel.tsx";
import { StripBrief, StripClass } from "./StripLine.tsx";
import { groupStrip, untoldOf } from "./strip.ts";

const RulesDialog = lazy(() => import("./RulesDialog.tsx").then((part) => ({ default: part.RulesDialog })));

interface StripPanelProps {
  readonly strip: Strip;
  readonly title?: string;
  /** What to do about the protected items: shown only where something is masked. */
  readonly masked?: ReactNode;
  /** The way to the next step, before the details. */
  readonly onward?: ReactNode;
}

/** From here on the lines no longer fit a phone's first screen: then each class is said in one line first. */
const briefFrom = 3;

/** From here on even the names would not fit it: they stand closer, and a supply that lasts is dated with its record below only. */
const denseFrom = 12;

/**
 * The danger strip. What stands here was put here by visible rules; it says so, with the number of items no rule could judge.
 * First what must be seen without scrolling: what is known at all, every class with its names, what is hidden. Then each record whole.
 */
export function StripPanel({ strip, title, masked, onward }: StripPanelProps) {
  const { t } = useReading();
  const { t: app } = useWords();
  const other = otherTable(useContext(RuleTableContext), strip.rules);
  const [rules, setRules] = useState(false);
  const groups = groupStrip(strip.items);
  const brief = strip.items.length >= briefFrom;
  const dense = strip.items.length >= denseFrom;
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
      </div>
      <div className="strip-states">
        <dl aria-label={t("strip.states")}>
          <State name={t("section.allergies")} state={strip.allergyState} />
          <State name={t("section.medicines")} state={strip.medicineState} />
          <State name={t("section.diagnoses")} state={strip.diagnosisState} />
        </dl>
      </div>
      {untoldOf(strip.items).map((code) => (
        <p className="caution" key={code}>
          <span aria-hidden="true">◆ </span>
          {t(`disclosure.title.${code}`)}
        </p>
      ))}
      {strip.items.length === 0 ? <p className="strip-nothing">{t("strip.nothing")}</p> : null}
      {brief ? (
        <ul className={dense ? "strip-brief strip-dense" : "strip-brief"} aria-label={t("strip.brief")}>
          {groups.map((group) => (
            <StripBrief key={group.danger} group={group} dense={dense} />
          ))}
        </ul>
      ) : null}
      {strip.masked ? (
        <div className="masked">
          <p className="masked-title">
            <span aria-hidden="true">◆ </span>
            {t("strip.masked")}
          </p>
          {masked}
        </div>
      ) : null}
      <p className="strip-rule">
        {t("strip.rule", { count: strip.unjudged })}{" "}
        <span className="pair">
          <Unbroken text={t("strip.rulesVersion", strip.rules)} />
        </span>
        {other === null ? null : (
          <span className="strip-differs">
            <span aria-hidden="true">▲ </span>
            {t("strip.rulesDiffer", { strip: strip.rules.version, held: other.version })}
          </span>
        )}
      </p>
      <div className="row">
        {onward}
        <Button kind="quiet" onPress={() => setRules(true)}>
          {t("strip.rules")}
        </Button>
      </div>
      {groups.length === 0 ? null : (
        <div className="strip-groups">
          {groups.map((group) => (
            <StripClass key={group.danger} group={group} />
          ))}
        </div>
      )}
      {rules ? (
        <Suspense fallback={<p>{app("app.loading")}</p>}>
          <RulesDialog strip={strip} onClose={() => setRules(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

function State({ name, state }: { readonly name: string; readonly state: AbsenceState }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <StateLabel state={state} brief />
      </dd>
    </div>
  );
}
