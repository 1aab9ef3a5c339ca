import type { Diagnosis, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Diagnoses, current and past apart; a suspected one says so before its name. */
export function Diagnoses({ section }: { readonly section: Section<Diagnosis> }) {
  const { t } = useReading();
  const active = section.items.filter((diagnosis) => diagnosis.active);
  const past = section.items.filter((diagnosis) => !diagnosis.active);
  return (
    <SectionFrame name="diagnoses" section={section}>
      <List title={t("diagnosis.active")} diagnoses={active} />
      <List title={t("diagnosis.past")} diagnoses={past} />
    </SectionFrame>
  );
}

function List({ title, diagnoses }: { readonly title: string; readonly diagnoses: readonly Diagnosis[] }) {
  const { t, day } = useReading();
  if (diagnoses.length === 0) return null;
  return (
    <div className="group">
      <h3>
        {title} <span className="count">{t("jump.count", { count: diagnoses.length })}</span>
      </h3>
      <ul className="items">
        {withKeys(diagnoses).map(([key, diagnosis]) => (
          <Entry item={diagnosis} coded={diagnosis.disease} key={key}>
            <p className="item-title">
              {diagnosis.suspected ? <span className="badge badge-warn">{t("diagnosis.suspected")}</span> : null}
              <strong>{diagnosis.disease.text}</strong>
              {diagnosis.main ? <span className="badge">{t("diagnosis.main")}</span> : null}
            </p>
            <p className="facts">
              {diagnosis.onset === null ? null : (
                <span className="pair">
                  {t("diagnosis.onset")} {day(diagnosis.onset)}
                </span>
              )}
              {diagnosis.end === null ? null : (
                <span className="pair">
                  {t("diagnosis.end")} {day(diagnosis.end)}
                </span>
              )}
              {diagnosis.outcome === null ? null : <span className="pair">{t(`diagnosis.outcome.${diagnosis.outcome}`)}</span>}
              {diagnosis.phase === "" ? null : <span className="pair">{diagnosis.phase}</span>}
            </p>
          </Entry>
        ))}
      </ul>
    </div>
  );
}
