import type { ReactNode } from "react";
import type { Identity, Item, Section, Source, Strip, Summary } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useMoreWords } from "../../words/react.ts";
import { viewsEn, viewsJa } from "../../words/views.ts";
import { dayOf, facilitiesOf, firstOf, lastVisit, medicinesNow, partedByStrip } from "./brief.ts";
import { dayInJapan } from "./dates.ts";
import { usePage } from "./page.ts";
import { StateLabel } from "./StateLabel.tsx";
import { StripBrief } from "./StripLine.tsx";
import { groupStrip } from "./strip.ts";
import { Telephone } from "./Telephone.tsx";
import { withKeys } from "./withKeys.ts";

interface BriefProps {
  readonly identity: Identity;
  readonly sources: readonly Source[];
  readonly strip: Strip;
  /** null while only the strip is open: then it says what is not, and shows what the strip's part holds. */
  readonly summary: Summary | null;
  readonly onClose: () => void;
}

const medicinesShown = 6;

/**
 * Everything a paramedic asks for on one screen, under the banner: what kills, what is taken, whom to call. Names are whole; what does not fit is counted.
 * It opens nothing: it draws what is open already.
 */
export function Brief({ identity, sources, strip, summary, onClose }: BriefProps) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  const { t: page } = usePage();
  const groups = groupStrip(strip.items);
  return (
    <section className="brief" aria-labelledby="title-brief">
      <h2 id="title-brief" tabIndex={-1}>
        {t("brief.title")}
      </h2>
      <div className="brief-part brief-danger">
        <h3>{t("brief.danger")}</h3>
        {groups.length === 0 ? <p className="strip-nothing">{page("strip.nothing")}</p> : null}
        <ul>
          {groups.map((group) => (
            <StripBrief key={group.danger} group={group} />
          ))}
        </ul>
        <div className="brief-state">
          {strip.allergyState === "present" ? null : <State name={page("section.allergies")} state={strip.allergyState} />}
          {strip.masked ? (
            <p className="masked-title">
              <span aria-hidden="true">◆ </span>
              {page("strip.masked")}
            </p>
          ) : null}
        </div>
        <p className="soft">{page("strip.rule", { count: strip.unjudged })}</p>
      </div>
      <Part title={t("brief.medicines")}>
        {summary === null ? <p className="soft">{t("brief.medicinesClosed")}</p> : <MedicinesNow summary={summary} strip={strip} />}
      </Part>
      <Part title={t("brief.hospital")}>{summary === null ? <Facilities sources={sources} /> : <LastHospital summary={summary} />}</Part>
      <Part title={t("brief.contact")}>
        {summary === null ? <p className="soft">{t("brief.contactClosed")}</p> : <FirstContact summary={summary} />}
        {summary !== null && summary.sections.contacts.items.length > 0 ? null : <Self telephones={identity.telephones} />}
      </Part>
      <div className="row">
        <Button onPress={onClose}>{t("brief.close")}</Button>
      </div>
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="brief-part">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** The state of a section that has nothing to show: never a blank. */
function State({
  name,
  state,
  section,
}: {
  readonly name: string;
  readonly state?: Strip["allergyState"];
  readonly section?: Section<Item>;
}) {
  const shown = section === undefined ? (state ?? "unavailable") : section.state === "present" ? "unavailable" : section.state;
  return (
    <div className="brief-state">
      <span>{name}</span> <StateLabel state={shown} {...(section === undefined ? {} : { confirmed: section.confirmed })} brief />
    </div>
  );
}

function More({ count }: { readonly count: number }) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  return count === 0 ? null : <p className="more">{t("brief.more", { count })}</p>;
}

function MedicinesNow({ summary: { sections, asOf }, strip }: { readonly summary: Summary; readonly strip: Strip }) {
  const { t, now, clockRight } = usePage();
  const { t: views } = useMoreWords("views", viewsJa, viewsEn);
  const { named, others } = partedByStrip(medicinesNow(sections.medicines, dayInJapan(clockRight ? now : Date.parse(asOf))), strip.items);
  const { shown, more } = firstOf(others, medicinesShown);
  if (sections.medicines.items.length === 0) return <State name={t("section.medicines")} section={sections.medicines} />;
  return (
    <>
      {named === 0 ? null : <p className="soft">{views("brief.named", { count: named })}</p>}
      {shown.length === 0 && named === 0 ? <p className="soft">{t("medicine.group0")}</p> : null}
      <ul className="brief-medicines">
        {withKeys(shown).map(([key, { medicine, place }]) => (
          <li key={key}>
            {medicine.conflicts.length === 0 ? null : <span aria-hidden="true">≠ </span>}
            <strong>
              <Unbroken text={medicine.drug.text} />
            </strong>
            {place === "current" && medicine.conflicts.length === 0 ? null : (
              <span className="soft"> {medicine.conflicts.length === 0 ? t(`medicine.place.${place}`) : t("medicine.conflict")}</span>
            )}
          </li>
        ))}
      </ul>
      <More count={more} />
    </>
  );
}

function LastHospital({ summary: { sections, sources } }: { readonly summary: Summary }) {
  const { t, day, ago } = usePage();
  const visit = lastVisit(sections.visits);
  if (visit === null)
    return (
      <>
        <State name={t("section.visits")} section={sections.visits} />
        <Facilities sources={sources} open />
      </>
    );
  const source = sources[visit.source];
  return (
    <p className="brief-call">
      <span>
        <strong>{source?.name ?? t("source.unknown")}</strong>{" "}
        <span className="pair">
          {t(`visit.${visit.event}`)} <Unbroken text={`${day(dayOf(visit))} ${ago(dayOf(visit))}`} />
        </span>{" "}
        {visit.department}
      </span>{" "}
      <Telephone telephone={source?.telephone ?? ""} />
    </p>
  );
}

/** Who sent information, with numbers to call; `open`: the visits were looked at. */
function Facilities({ sources, open = false }: { readonly sources: readonly Source[]; readonly open?: boolean }) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  const { shown, more } = firstOf(facilitiesOf(sources), 2);
  return (
    <>
      {open ? null : <p className="soft">{t("brief.hospitalClosed")}</p>}
      {withKeys(shown).map(([key, source]) => (
        <p className="brief-call" key={key}>
          <strong>{source.name}</strong> <Telephone telephone={source.telephone} />
        </p>
      ))}
      <More count={more} />
    </>
  );
}

/** The person's own number, where there is nobody else to call. */
function Self({ telephones }: { readonly telephones: readonly string[] }) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  return telephones.slice(0, 1).map((telephone) => (
    <p className="brief-call" key={telephone}>
      <span>{t("brief.self")}</span> <Telephone telephone={telephone} />
    </p>
  ));
}

function FirstContact({ summary: { sections } }: { readonly summary: Summary }) {
  const { t } = usePage();
  const { shown, more } = firstOf(sections.contacts.items, 1);
  const [contact] = shown;
  if (contact === undefined) return <State name={t("section.contacts")} section={sections.contacts} />;
  return (
    <>
      <p className="brief-call">
        <span>
          <strong>{contact.name}</strong> {contact.relation}
        </span>{" "}
        <Telephone telephone={contact.telephones[0] ?? ""} />
      </p>
      <More count={more} />
    </>
  );
}
