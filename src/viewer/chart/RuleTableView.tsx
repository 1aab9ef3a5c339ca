import { type ReactNode, useState } from "react";
import type { RuleTable } from "../../shared/summary/rules.ts";
import { type DangerClass, dangerClasses } from "../../shared/summary/summary.ts";
import { useMoreWords } from "../../words/react.ts";
import { rulesEn } from "../../words/rules-en.ts";
import { rulesJa } from "../../words/rules-ja.ts";
import { useReading } from "./reading.ts";

/** The whole rule table, class by class. */
export function RuleTableView({ table }: { readonly table: RuleTable }) {
  const { t } = useReading();
  const { t: rules } = useMoreWords("rules", rulesJa, rulesEn);
  const title = t("strip.rulesVersion", { version: table.version, date: table.date });
  const counts = {
    codes: table.medicineCodes.length,
    names: table.medicineNames.length,
    diagnoses: table.diagnoses.length,
    sections: table.sections.length,
  };
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      <p>{rules("rules.intro")}</p>
      <p>{rules("rules.counts", counts)}</p>
      {dangerClasses.map((danger) => (
        <Folded key={danger} title={t(`danger.${danger}`)}>
          {() => <RulesOf table={table} danger={danger} />}
        </Folded>
      ))}
      <Folded title={rules("rules.ordinary", { count: table.ordinary.length })}>{() => <p>{table.ordinary.join("、")}</p>}</Folded>
    </section>
  );
}

/** Drawn when it is opened: there are thousands of names. */
function Folded({ title, children }: { readonly title: string; readonly children: () => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="rules-class" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open ? children() : null}
    </details>
  );
}

/** What a hospital says of an allergy is shown as it stands. */
const sent: readonly DangerClass[] = ["allergy", "contraindication"];

function RulesOf({ table, danger }: { readonly table: RuleTable; readonly danger: DangerClass }) {
  const { t: rules } = useMoreWords("rules", rulesJa, rulesEn);
  const of = <T extends { readonly danger: DangerClass }>(list: readonly T[]) => list.filter((rule) => rule.danger === danger);
  const list = (...parts: readonly string[]) => parts.filter((part) => part !== "").join(" · ");
  const except = (words: readonly string[]) => (words.length === 0 ? "" : rules("rules.except", { list: words.join(" ") }));
  const groups = [
    {
      title: rules("rules.codes"),
      lines: of(table.medicineCodes).map((rule) => [
        rule.id,
        list(rule.prefixes.join(" "), except(rule.except), rule.external ? rules("rules.external") : ""),
      ]),
    },
    {
      title: rules("rules.names"),
      lines: of(table.medicineNames).map((rule) => [
        rule.id,
        list(rule.names.join("、"), rule.forms.length === 0 ? "" : rules("rules.forms", { list: rule.forms.join(" ") })),
      ]),
    },
    {
      title: `${rules("rules.icd10")} / ${rules("rules.words")}`,
      lines: of(table.diagnoses).map((rule) => [
        rule.id,
        list(rule.icd10.join(" "), rule.words.join("、"), except(rule.except), rule.evenEnded ? rules("rules.evenEnded") : ""),
      ]),
    },
    {
      title: rules("rules.sections"),
      lines: of(table.sections).map((rule) => [
        rule.id,
        list(rule.section, rule.states.join(" ") || rules("rules.anyState"), rule.words.join("、")),
      ]),
    },
  ];
  return (
    <div className="stack">
      {sent.includes(danger) ? <p>{rules("rules.allergy")}</p> : null}
      {groups
        .filter(({ lines }) => lines.length > 0)
        .map(({ title, lines }) => (
          <div key={title}>
            <h4>{title}</h4>
            <ul className="bullets">
              {lines.map(([id, text]) => (
                <li key={id}>
                  {text} <span className="soft">{id}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  );
}
