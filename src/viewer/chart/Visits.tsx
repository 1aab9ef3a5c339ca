import type { Section, Visit } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { Telephone } from "./Telephone.tsx";
import { withKeys } from "./withKeys.ts";

const planned: ReadonlySet<Visit["event"]> = new Set(["plannedAdmission", "plannedTransfer", "plannedDischarge"]);

/**
 * Visits and admissions, with the telephone of each place: the next thing an emergency physician does is call there.
 * What was only planned stands apart: an admission that was planned is none.
 */
export function Visits({ section }: { readonly section: Section<Visit> }) {
  const { t, sources } = usePage();
  const plans = section.items.filter(({ event }) => planned.has(event));
  const visits = section.items.filter(({ event }) => !planned.has(event));
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
      <VisitList title={t("visit.history")} visits={visits} />
      <VisitList title={t("visit.planned")} help={t("visit.plannedHelp")} visits={plans} />
    </SectionFrame>
  );
}

interface ListProps {
  readonly title: string;
  readonly help?: string;
  readonly visits: readonly Visit[];
}

function VisitList({ title, help, visits }: ListProps) {
  const { t } = usePage();
  if (visits.length === 0) return null;
  return (
    <div className={help === undefined ? "group" : "apart"}>
      <h3>
        {title} <span className="count">{t("jump.count", { count: visits.length })}</span>
      </h3>
      {help === undefined ? null : <p className="soft">{help}</p>}
      <ul className="items">
        {withKeys(visits).map(([key, visit]) => (
          <VisitLine key={key} visit={visit} />
        ))}
      </ul>
    </div>
  );
}

function VisitLine({ visit }: { readonly visit: Visit }) {
  const { t, day, sources } = usePage();
  const source = sources[visit.source];
  return (
    <Entry item={visit}>
      <p className="item-title">
        <span className={planned.has(visit.event) ? "badge badge-warn" : "badge"}>{t(`visit.${visit.event}`)}</span>
        <strong>{source?.name ?? t("source.unknown")}</strong>
        <Fact label={t("contact.telephone")} text={source?.telephone ?? ""} />
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
    </Entry>
  );
}
