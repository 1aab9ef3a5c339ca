import type { ReactNode } from "react";
import {
  type Item,
  type ProtectedPart,
  type Section,
  type SectionName,
  type Sections,
  type Strip,
  type Summary,
  sectionNames,
} from "../../shared/summary/summary.ts";
import { Allergies } from "./Allergies.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { Diagnoses } from "./Diagnoses.tsx";
import { Labs } from "./Labs.tsx";
import { Medicines } from "./Medicines.tsx";
import { Contacts, Registrations } from "./Others.tsx";
import { Procedures } from "./Procedures.tsx";
import { useReading } from "./reading.ts";
import { AnchorContext } from "./SectionFrame.tsx";
import { StripPanel } from "./StripPanel.tsx";
import { Visits } from "./Visits.tsx";

interface SummaryPageProps {
  readonly summary: Summary;
  readonly strip: Strip;
  /** null while it was not asked for. */
  readonly protectedPart: ProtectedPart | null;
  /** What to do about the protected items. */
  readonly masked?: ReactNode;
}

/** The whole page in the order in which emergency staff look (clinical-safety.md §7). Pure: it draws what it is given. */
export function SummaryPage({ summary, strip, protectedPart, masked }: SummaryPageProps) {
  const { t } = useReading();
  return (
    <div className="page">
      <Jump sections={summary.sections} />
      <div className="page-body">
        <Conflicts identity={summary.identity} />
        <StripPanel strip={protectedPart === null ? strip : { ...strip, masked: false }} masked={masked} />
        {protectedPart === null ? null : <Protected part={protectedPart} asOf={summary.asOf} />}
        <Parts sections={summary.sections} asOf={summary.asOf} />
        <p className="soft page-end">{t("strip.rule", { count: strip.unjudged })}</p>
      </div>
    </div>
  );
}

function Parts({ sections, asOf }: { readonly sections: Sections; readonly asOf: string }) {
  return (
    <>
      <Allergies section={sections.allergies} />
      <Medicines section={sections.medicines} asOf={asOf} />
      <Diagnoses section={sections.diagnoses} />
      <Labs section={sections.labs} />
      <Procedures section={sections.procedures} />
      <Visits section={sections.visits} />
      <Contacts section={sections.contacts} />
      <Registrations section={sections.registration} />
    </>
  );
}

/** The protected items, in a frame of their own, and only the sections that hold any. */
function Protected({ part, asOf }: { readonly part: ProtectedPart; readonly asOf: string }) {
  const { t } = useReading();
  const { sections } = part;
  return (
    <AnchorContext value="protected-">
      <div className="protected">
        <StripPanel strip={{ ...part.strip, masked: false }} title={t("strip.protectedTitle")} />
        {sections.allergies.items.length === 0 ? null : <Allergies section={sections.allergies} />}
        {sections.medicines.items.length === 0 ? null : <Medicines section={sections.medicines} asOf={asOf} />}
        {sections.diagnoses.items.length === 0 ? null : <Diagnoses section={sections.diagnoses} />}
        {sections.labs.items.length === 0 ? null : <Labs section={sections.labs} />}
        {sections.procedures.items.length === 0 ? null : <Procedures section={sections.procedures} />}
        {sections.visits.items.length === 0 ? null : <Visits section={sections.visits} />}
        {sections.contacts.items.length === 0 ? null : <Contacts section={sections.contacts} />}
        {sections.registration.items.length === 0 ? null : <Registrations section={sections.registration} />}
      </div>
    </AnchorContext>
  );
}

/** Jumps without a hash: nothing of a patient may enter the address or the history. */
function Jump({ sections }: { readonly sections: Sections }) {
  const { t } = useReading();
  const jump = (id: string) => {
    const heading = document.getElementById(id);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  };
  const count = (name: SectionName) => {
    const section: Section<Item> = sections[name];
    return section.state === "present" ? ` ${t("jump.count", { count: section.items.length })}` : "";
  };
  return (
    <nav className="jump" aria-label={t("jump.label")}>
      <ul>
        <li>
          <button type="button" className="button button-quiet" onClick={() => jump("strip-title")}>
            {t("strip.title")}
          </button>
        </li>
        {sectionNames.map((name) => (
          <li key={name}>
            <button type="button" className="button button-quiet" onClick={() => jump(`title-${name}`)}>
              {t(`section.${name}`)}
              {count(name)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
