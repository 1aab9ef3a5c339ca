import type { Section, Visit } from "../../shared/summary/summary.ts";
import { Provenance } from "./Provenance.tsx";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Visits and admissions, with the telephone of each place: the next thing an emergency physician does is call there. */
export function Visits({ section }: { readonly section: Section<Visit> }) {
  const { t, day, sources } = useReading();
  return (
    <SectionFrame name="visits" section={section}>
      <div className="group">
        <h3>{t("visit.facilities")}</h3>
        <ul className="telephones">
          {withKeys(sources).map(([key, source]) => (
            <li key={key}>
              <span>{source.name}</span> <Telephone telephone={source.telephone} />
            </li>
          ))}
        </ul>
      </div>
      <ul className="items">
        {withKeys(section.items).map(([key, visit]) => (
          <li className="item" key={key}>
            <p className="item-title">
              <span className="badge">{t(`visit.${visit.event}`)}</span>
              <strong>{sources[visit.source]?.name ?? t("source.unknown")}</strong>
              <Telephone telephone={sources[visit.source]?.telephone ?? ""} />
            </p>
            <p className="facts">
              <Fact label={t("visit.department")} text={visit.department} />
              <Fact label={t("visit.ward")} text={visit.ward} />
              <Fact label={t("visit.doctor")} text={visit.doctor} />
              <Fact
                label={t(visit.event === "outpatient" ? "visit.came" : "visit.admitted")}
                text={visit.admitted === null ? "" : day(visit.admitted)}
              />
              <Fact label={t("visit.discharged")} text={visit.discharged === null ? "" : day(visit.discharged)} />
            </p>
            <Provenance item={visit} />
          </li>
        ))}
      </ul>
    </SectionFrame>
  );
}

function Telephone({ telephone }: { readonly telephone: string }) {
  const { t } = useReading();
  if (telephone === "") return <span className="soft">{t("visit.telephoneUnknown")}</span>;
  return (
    <span className="pair telephone">
      {t("visit.telephone")} <strong>{telephone}</strong>
    </span>
  );
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  if (text === "") return null;
  return (
    <span className="pair">
      {label} {text}
    </span>
  );
}
