import { Fragment, type ReactNode, useMemo, useState } from "react";
import type { ProtectedPart, SectionName, Sections, Strip, Summary } from "../../shared/summary/summary.ts";
import { Absent } from "./Absent.tsx";
import { Allergies } from "./Allergies.tsx";
import { CareLevels } from "./CareLevels.tsx";
import { Checkups } from "./Checkups.tsx";
import { ChildWeight } from "./ChildWeight.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { Devices } from "./Devices.tsx";
import { Diagnoses } from "./Diagnoses.tsx";
import { DialysisPart } from "./DialysisPart.tsx";
import { Disclosures } from "./Disclosures.tsx";
import { Documents, LatestDocuments } from "./Documents.tsx";
import { Images } from "./Images.tsx";
import { Immunizations } from "./Immunizations.tsx";
import { Infections } from "./Infections.tsx";
import { ItemIdsContext, itemIdsOf } from "./itemIds.ts";
import { Jump } from "./Jump.tsx";
import { Labs } from "./Labs.tsx";
import { Medicines } from "./Medicines.tsx";
import { Contacts, Registrations } from "./Others.tsx";
import { isFolded, pageOrder } from "./order.ts";
import { PageWays } from "./PageWays.tsx";
import { PastMedicines } from "./PastMedicines.tsx";
import { Pregnancies } from "./Pregnancies.tsx";
import { Procedures } from "./Procedures.tsx";
import { useReading } from "./reading.ts";
import { AnchorContext } from "./SectionFrame.tsx";
import { StripPanel } from "./StripPanel.tsx";
import { UnfoldedContext } from "./unfolded.ts";
import { Visits } from "./Visits.tsx";
import { Vitals } from "./Vitals.tsx";
import { Wishes, WishNotice } from "./Wishes.tsx";

interface SummaryPageProps {
  readonly summary: Summary;
  readonly strip: Strip;
  /** null while it was not asked for. */
  readonly protectedPart: ProtectedPart | null;
  /** What to do about the protected items. */
  readonly masked?: ReactNode;
  /** The way to another view, below the strip. */
  readonly onward?: ReactNode;
  /** What staff wrote on devices, in a frame of its own: after the medicines, among which stands what was just given. */
  readonly notes?: ReactNode;
}

/** The whole page in the order in which emergency staff look (clinical-safety.md §7). Pure: it draws what it is given. */
export function SummaryPage({ summary, strip, protectedPart, masked, onward, notes }: SummaryPageProps) {
  const { t } = useReading();
  const { sections, asOf } = summary;
  const [finding, setFinding] = useState(false);
  const ids = useMemo(() => itemIdsOf(sections), [sections]);
  return (
    <ItemIdsContext value={ids}>
      <UnfoldedContext value={finding}>
        <div className="page">
          <Jump sections={sections} />
          <div className="page-body">
            <Disclosures shown={protectedPart === null ? [sections] : [sections, protectedPart.sections]} />
            <Conflicts identity={summary.identity} />
            <WishNotice section={sections.wishes} />
            <ChildWeight summary={summary} />
            <StripPanel strip={protectedPart === null ? strip : { ...strip, masked: false }} masked={masked} />
            <PageWays
              summary={summary}
              masked={strip.masked && protectedPart === null}
              finding={finding}
              onFinding={setFinding}
              onward={onward}
            />
            {protectedPart === null ? null : <Protected part={protectedPart} asOf={asOf} />}
            {pageOrder.map((name) => (
              <Fragment key={name}>
                <Place name={name} sections={sections} asOf={asOf} stands={!isFolded(name, sections[name])} />
                {name === "medicines" ? notes : null}
              </Fragment>
            ))}
            <Absent sections={sections} />
            <p className="soft page-end">{t("strip.rule", { count: strip.unjudged })}</p>
          </div>
        </div>
      </UnfoldedContext>
    </ItemIdsContext>
  );
}

interface PlaceProps {
  readonly name: SectionName;
  readonly sections: Sections;
  readonly asOf: string;
  /** Whether the section itself stands here; what §7 puts beside it stands here anyway. */
  readonly stands: boolean;
}

/** A section that is not in this table does not compile. */
const parts: Readonly<Record<SectionName, (sections: Sections, asOf: string) => ReactNode>> = {
  allergies: ({ allergies }) => <Allergies section={allergies} />,
  medicines: ({ medicines }, asOf) => <Medicines section={medicines} asOf={asOf} />,
  diagnoses: ({ diagnoses }) => <Diagnoses section={diagnoses} />,
  infections: ({ infections }) => <Infections section={infections} />,
  devices: ({ devices }) => <Devices section={devices} />,
  pregnancy: ({ pregnancy }) => <Pregnancies section={pregnancy} />,
  labs: ({ labs }) => <Labs section={labs} />,
  vitals: ({ vitals }) => <Vitals section={vitals} />,
  procedures: ({ procedures }) => <Procedures section={procedures} />,
  visits: ({ visits }) => <Visits section={visits} />,
  images: ({ images }) => <Images section={images} />,
  dialysis: ({ dialysis }) => <DialysisPart section={dialysis} />,
  checkups: ({ checkups }) => <Checkups section={checkups} />,
  immunizations: ({ immunizations }) => <Immunizations section={immunizations} />,
  contacts: ({ contacts }) => <Contacts section={contacts} />,
  wishes: ({ wishes }) => <Wishes section={wishes} />,
  careLevel: ({ careLevel }) => <CareLevels section={careLevel} />,
  registration: ({ registration }) => <Registrations section={registration} />,
  documents: ({ documents }) => <Documents section={documents} />,
};

function Place({ name, sections, asOf, stands }: PlaceProps) {
  return (
    <>
      {name === "procedures" ? <LatestDocuments section={sections.documents} /> : null}
      {stands ? parts[name](sections, asOf) : null}
      {name === "images" ? <PastMedicines section={sections.medicines} asOf={asOf} /> : null}
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
        {pageOrder.map((name) => (
          <Place key={name} name={name} sections={sections} asOf={asOf} stands={sections[name].items.length > 0} />
        ))}
      </div>
    </AnchorContext>
  );
}
